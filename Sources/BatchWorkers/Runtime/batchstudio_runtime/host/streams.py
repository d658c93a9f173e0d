"""Standard output and error: everything that is printed goes to a log file."""
import faulthandler
import io
import os
import sys
from typing import Optional

from batchstudio_runtime.host.print_times import PrintTimes, TimedFile


def set_up() -> None:
    """Prints in UTF-8 whatever the locale, line by line, and dumps the traceback when Python crashes."""
    sys.stdout, sys.stderr = _text(1), _text(2)
    faulthandler.enable()


def _text(descriptor: int) -> io.TextIOWrapper:
    file = io.BufferedWriter(TimedFile(descriptor, "w", closefd=False))
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    text.mode = "w"  # type: ignore[misc]
    return text


def redirect(stdout: str, stderr: str, times: Optional[str] = None) -> None:
    """Points the descriptors to these files: C code and child processes print there as well.

    `times` is a file for the times at which something is printed.
    """
    flush()
    for descriptor, path in ((1, stdout), (2, stderr)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, descriptor)
        os.close(file)
    if times is not None:
        PrintTimes.current = PrintTimes(times)


def flush() -> None:
    """Writes out what is buffered; a script may have closed or replaced the streams, or the disk may be full."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass
