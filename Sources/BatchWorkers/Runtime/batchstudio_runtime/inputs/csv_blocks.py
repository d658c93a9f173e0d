"""Blocks of whole records of delimited text, cut where no quote is open.

A quote is regular when it opens a field, closes one, or is doubled within one. Text with any other is for `records`.
"""
from typing import Iterable, Iterator, Optional, Tuple

import numpy

from batchstudio_runtime.inputs.blocks import LARGEST_ROW

BLOCK = 8 * 1024 * 1024  # bytes


class IrregularQuotes(ValueError):
    """A quote within an unquoted field, text after a closing quote, or one that is never closed as far as is known."""


class Block:
    """Whole records: the first `length` bytes of some text; `has_quotes` is true where any quote is in them."""

    def __init__(self, text: bytes, length: int, has_quotes: bool) -> None:
        self._text = text
        self.length = length
        self.has_quotes = has_quotes

    @property
    def data(self) -> memoryview:
        return memoryview(self._text)[:self.length]

    def has(self, text: bytes) -> bool:
        return self._text.find(text, 0, self.length) >= 0


def blocks(pieces: Iterable[bytes], quote: Optional[bytes], delimiter: bytes) -> Iterator[Block]:
    """Yields the text in blocks of whole records; raises IrregularQuotes."""
    parts, size, wanted = [], 0, BLOCK
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        if size < wanted:
            continue
        data = parts[0] if len(parts) == 1 else b"".join(parts)
        length, has_quotes = records_length(data, quote, delimiter)
        if length:
            yield Block(data, length, has_quotes)
            data = data[length:]
        elif size > LARGEST_ROW:
            raise IrregularQuotes()
        # A record that is longer than a block is read again when there is twice as much.
        wanted = BLOCK if length else 2 * size
        parts, size = [data], len(data)
    rest = parts[0] if len(parts) == 1 else b"".join(parts)
    if len(rest) > LARGEST_ROW:
        raise IrregularQuotes()
    if rest:
        has_quotes = False
        if quote is not None and quote in rest:
            has_quotes = True
            positions = quotes_in(rest, quote)
            check_quotes(rest, positions, quote, delimiter)
            if len(positions) % 2:
                raise IrregularQuotes()
        yield Block(rest, len(rest), has_quotes)


def records_length(data: bytes, quote: Optional[bytes], delimiter: bytes) -> Tuple[int, bool]:
    """Returns how many bytes from the beginning are whole records, and whether they have quotes."""
    if quote is None or quote not in data:
        return line_end_before(data, len(data)), False
    positions = quotes_in(data, quote)
    length = line_end_before(data, len(data))
    while length:
        before = int(numpy.searchsorted(positions, length))
        if before % 2 == 0:
            check_quotes(data, positions[:before], quote, delimiter)
            return length, True
        # The last quote before it opens a field that holds this line end.
        length = line_end_before(data, int(positions[before - 1]))
    return 0, True


def line_end_before(data: bytes, end: int) -> int:
    """Returns the length up to and with the last line end before this position; 0 where there is none."""
    found = data.rfind(b"\n", 0, end)
    if found < 0:
        # The last byte may be the first half of a CRLF.
        found = data.rfind(b"\r", 0, min(end, len(data) - 1))
    return found + 1


def quotes_in(data: bytes, quote: bytes) -> numpy.ndarray:
    return numpy.flatnonzero(numpy.frombuffer(data, dtype="uint8") == ord(quote))


def check_quotes(data: bytes, positions: numpy.ndarray, quote: bytes, delimiter: bytes) -> None:
    """Raises IrregularQuotes unless the quotes open and close fields by turns, or are doubled within."""
    if not len(positions):
        return
    beside = numpy.zeros(256, dtype=bool)
    beside[list(b"\r\n" + quote + delimiter)] = True
    bytes_ = numpy.frombuffer(data, dtype="uint8")
    opening, closing = positions[::2], positions[1::2]
    if opening[0] == 0:
        opening = opening[1:]
    if len(closing) and closing[-1] == len(data) - 1:
        closing = closing[:-1]
    if not (beside[bytes_[opening - 1]].all() and beside[bytes_[closing + 1]].all()):
        raise IrregularQuotes()
