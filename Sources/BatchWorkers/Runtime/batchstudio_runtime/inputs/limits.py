"""Rules of the readers of all formats: the ranges of types, spaces around a cell, values in messages."""
from typing import Sequence

SPACES = " \t"
LONGEST = 80  # characters of a value in a message
EXACT = 2 ** 53  # up to here each whole number is a double
EXACT_FLOAT = 2 ** 24  # up to here each whole number is a float of 32 bits
LARGEST_FLOAT = float.fromhex("0x1.fffffep+127")  # of 32 bits
# The types of whole numbers, as messages describe them.
WHOLE_NUMBERS = {"long": "a whole number", "integer": "a whole number of 32 bits"}
RANGES = {"long": (-2 ** 63, 2 ** 63 - 1), "integer": (-2 ** 31, 2 ** 31 - 1)}


def quoted(value: object) -> str:
    """Returns a value as a message shows it: texts in quotes, cut."""
    if isinstance(value, (bytes, bytearray)):
        return f"bytes of length {len(value)}"
    text = str(value)
    if len(text) > LONGEST:
        text = text[:LONGEST - 1] + "…"
    return f"'{text}'" if isinstance(value, str) else text


def listing(names: Sequence[object], limit: int = 30) -> str:
    """Returns names as a message lists them."""
    shown = ", ".join(str(name) for name in names[:limit])
    return shown if len(names) <= limit else f"{shown} and {len(names) - limit} more"
