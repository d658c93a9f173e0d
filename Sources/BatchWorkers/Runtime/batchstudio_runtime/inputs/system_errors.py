"""The errors of the operating system, as distinct from those of a file's content."""
import errno


def is_of_system(error: BaseException) -> bool:
    """Returns whether the system could not read a file: pyarrow and bz2 raise OSError without a number for its contents."""
    return isinstance(error, OSError) and bool(error.errno)


def is_disk_full(error: BaseException) -> bool:
    """Returns whether the disk is full, or the user's quota of it exhausted."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def unreadable(error: Exception, format_: str) -> Exception:
    """Returns the error for a file that a library can't read: that of the system as it is, any other as a short message."""
    if is_of_system(error):
        return error
    text = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return ValueError(f"the file can't be read as {format_}: {text}")
