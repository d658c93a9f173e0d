"""Opens input files: all of them, so that none blocks a worker or never ends.

A FIFO, socket or device is refused before it is opened, and also where it has taken the place of a file a moment ago.
"""
import os
import stat

KINDS = (
    (stat.S_ISFIFO, "FIFO"), (stat.S_ISSOCK, "socket"), (stat.S_ISCHR, "character device"), (stat.S_ISBLK, "block device"),
    (stat.S_ISDIR, "folder"),
)


class NotARegularFile(Exception):
    """A path that is no file with bytes of its own."""


def open_input(path):
    """Returns a file that is open for reading its bytes; raises an error for what is no regular file."""
    check(os.stat(path))
    # Opening a FIFO would wait for its writer.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        check(os.fstat(descriptor))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def check(status):
    """Raises an error unless the status is that of a regular file."""
    if not stat.S_ISREG(status.st_mode):
        kind = next((name for is_kind, name in KINDS if is_kind(status.st_mode)), "special file")
        raise NotARegularFile("Not a regular file: {}".format(kind))


def path_of(file):
    """Returns a path that opens the very file that is open, whatever has its name by now."""
    return "/dev/fd/{}".format(file.fileno())
