"""The difference between errors of the system and of a file's content."""


def is_of_system(error: BaseException) -> bool:
    """Returns whether the system could not read a file: pyarrow and bz2 raise OSError without a number for its contents."""
    return isinstance(error, OSError) and bool(error.errno)


def unreadable(error: Exception, format_: str) -> Exception:
    """Returns the error for a file that a library can't read: that of the system as it is, any other as a short message."""
    if is_of_system(error):
        return error
    text = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return ValueError(f"the file can't be read as {format_}: {text}")
