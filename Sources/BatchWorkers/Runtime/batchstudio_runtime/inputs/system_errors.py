"""Errors of the system, told from those that libraries raise over what is in a file."""


def is_of_system(error):
    """Returns whether the system could not read a file: pyarrow and bz2 raise OSError without a number for its contents."""
    return isinstance(error, OSError) and bool(error.errno)
