"""Opens input files: all of them, so that none blocks a worker or never ends.

A FIFO, socket or device is refused before it is opened, also when it has just replaced a file.
"""
import os
import stat
from typing import BinaryIO

KINDS = (
    (stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "character device"), (stat.S_ISBLK, "block device"),
    (stat.S_ISDIR, "folder"),
)


class NotARegularFile(Exception):
    """A path that is not a regular file."""


def open_input(path: str) -> BinaryIO:
    """Returns a file that is open for reading its bytes; raises an error for a path that is not a regular file."""
    check(os.stat(path))
    # Opening a FIFO would wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        check(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def check(status: os.stat_result) -> None:
    """Raises an error unless the status is that of a regular file."""
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in KINDS if is_kind(status.st_mode)), "special file")
        raise NotARegularFile(f"Not a regular file: {kind}")


def path_of(file: BinaryIO) -> str:
    """Returns a path that opens the very file that is open, whatever has its name by now."""
    return f"/dev/fd/{file.fileno()}"
