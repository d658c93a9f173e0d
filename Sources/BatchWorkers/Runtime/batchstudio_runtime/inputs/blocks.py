"""Blocks of a table's rows: as many as are read, predicted and written at a time.

    waiting = WaitingRows(uses, BlockSize())
    waiting.add(columns, rows=20000, size=4000000)   # of what was read
    for frame in waiting.full_blocks(): ...
"""
import os
from typing import Any, Callable, Iterator, List, Optional

import pandas

BLOCK = 16 * 1024 * 1024  # bytes of input
LARGEST_ROW = 64 * 1024 * 1024  # bytes
# Libraries compute rows in groups of a power of two, and those that are left over in another way: blocks of whole groups have
# the same last digits as the whole file.
STEPS = (4096, 64)


class RowTooLarge(ValueError):
    """A row whose end is not found within the largest size."""

    def __init__(self, place: str, advice: str = "") -> None:
        super().__init__(f"{place}: the row is larger than {LARGEST_ROW // 1024 // 1024} MiB{advice}")


class BlockSize:
    """The size of blocks: of this many rows, or of as many as have about the bytes of a block."""

    def __init__(self, rows: Optional[int] = None) -> None:
        self.rows = rows

    def of_first(self, rows: int, size: int) -> int:
        """Returns how many of so many rows, which were read from so many bytes, are the first block; 0 while it is not full."""
        if self.rows is not None:
            return self.rows if rows >= self.rows else 0
        if size < BLOCK:
            return 0
        step = next((step for step in STEPS if rows >= step), 1)
        return rows - rows % step

    def of_table(self, row_bytes: float) -> int:
        """Returns the rows of each block where rows have so many bytes on average."""
        if self.rows is not None:
            return self.rows
        return max(1, self.of_first(int(BLOCK / max(row_bytes, 1)), BLOCK))


class WholeFile(BlockSize):
    """The size of a block that holds all rows of any file."""

    def of_first(self, rows: int, size: int) -> int:
        return 0


def portions(paths: List[str]) -> Iterator[List[str]]:
    """Yields runs of files that are read one after the other before any is scored, which is faster: none larger than a block."""
    portion: List[str] = []
    total = 0
    for path in paths:
        try:
            size = os.path.getsize(path)
        except OSError:
            size = 0  # the reader has the reason
        if portion and total + size > BLOCK:
            yield portion
            portion, total = [], 0
        portion.append(path)
        total += size
    if portion:
        yield portion


def one_after_the_other(frames: List[pandas.DataFrame]) -> pandas.DataFrame:
    """Returns frames of the same columns as one; a column whose values have several types is one of objects."""
    first = frames[0]
    if len(frames) == 1:
        return first.reset_index(drop=True)
    mixed = [name for name in first if any(frame[name].dtype != first[name].dtype for frame in frames)]
    if mixed:
        frames = [frame.astype(dict.fromkeys(mixed, object)) for frame in frames]
    return pandas.concat(frames, ignore_index=True)


class WaitingRows:
    """Columns of rows that were read and are in no block yet; `make` returns a frame of a list of parts for each column."""

    def __init__(self, width: int, size: BlockSize, make: Callable[[List[List[Any]], int], pandas.DataFrame]) -> None:
        self._size = size
        self._make = make
        self._parts: List[List[Any]] = [[] for _ in range(width)]
        self._lengths: List[int] = []
        self._rows = 0
        self._bytes = 0.0
        self._has_given = False

    def add(self, columns: List[Any], rows: int, size: int) -> None:
        """Adds rows: a part of each column, and the bytes that they were read from."""
        if not rows:
            return
        for parts, column in zip(self._parts, columns):
            parts.append(column)
        self._lengths.append(rows)
        self._rows += rows
        self._bytes += size

    def full_blocks(self) -> Iterator[pandas.DataFrame]:
        """Yields the blocks that are full."""
        while True:
            count = self._size.of_first(self._rows, int(self._bytes))
            if not count:
                return
            yield self._taken(count)

    def rest(self) -> Iterator[pandas.DataFrame]:
        """Yields the last block, which may be of no rows where there was no other."""
        if self._rows or not self._has_given:
            yield self._taken(self._rows)

    def _taken(self, count: int) -> pandas.DataFrame:
        """Returns the frame of the first rows, which no longer wait then."""
        self._has_given = True
        taken: List[List[Any]] = [[] for _ in self._parts]
        left, lengths = count, []
        for index, length in enumerate(self._lengths):
            cut = min(left, length)
            for parts, column in zip(taken, self._parts):
                if cut:
                    parts.append(column[index] if cut == length else column[index][:cut])
            left -= cut
            if cut < length:
                lengths.append(length - cut)
                for column in self._parts:
                    column[index] = column[index][cut:] if cut else column[index]
        for column in self._parts:
            del column[:len(column) - len(lengths)]
        self._bytes *= 1 - count / self._rows if self._rows else 0
        self._rows -= count
        self._lengths = lengths
        return self._make(taken, count)
