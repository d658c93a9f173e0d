"""Standard output and error: everything that is printed goes to a log file."""
import faulthandler
import os
import sys


def set_up() -> None:
    """Prints in UTF-8 whatever the locale, line by line, and dumps the traceback when Python crashes."""
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    faulthandler.enable()


def redirect(stdout: str, stderr: str) -> None:
    """Points the descriptors to these files: C code and child processes print there as well."""
    flush()
    for descriptor, path in ((1, stdout), (2, stderr)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, descriptor)
        os.close(file)


def flush() -> None:
    """Writes out what is buffered; a script may have closed or replaced the streams, or the disk may be full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
