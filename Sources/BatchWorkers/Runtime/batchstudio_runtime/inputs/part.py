"""A part of a large input file: a mini-batch of its own, which any worker scores.

    path = PartPath("/in/big.csv", Part(1, 12, start=9000, end=18000, first_row=300, rows=300, header=120, first_line=301))
    part_of(path).first_row  # 300
    part_of("/in/big.csv")   # None: all of the file

Readers get its path as they get any other. What opens a text file by it reads the file's header and the part's records, as if
they were a file of their own; what opens a Parquet file by it reads the part's row groups.
"""
import io
from typing import Any, BinaryIO, NamedTuple, Optional, Sequence


class Part(NamedTuple):
    """A run of a file's records, by their bytes, or by the numbers of its row groups in a Parquet file.

    `header` bytes at the file's start are its header; `first_row` rows and `first_line` lines are before the part.
    """

    index: int  # type: ignore[assignment]  # in place of the methods of tuples
    count: int  # type: ignore[assignment]
    start: int
    end: int
    first_row: int
    rows: int
    header: int
    first_line: int

    @property
    def is_empty(self) -> bool:
        """True where nothing is left to it: the file has changed since it was split, and its first part is all of it."""
        return self.end == 0


class PartPath(str):
    """The path of a file of which a part is meant."""

    part: Optional[Part]

    def __new__(cls, path: str, part: Optional[Part]) -> "PartPath":
        made = super().__new__(cls, path)
        made.part = part
        return made


class WholeFileNeeded(Exception):
    """Rows of a part that may not be those that the whole file has; the message is a clause with the reason."""


def part_of(path: str) -> Optional[Part]:
    """Returns the part that a path stands for, None for a whole file."""
    return getattr(path, "part", None)


def part_in(numbers: Sequence[int]) -> Optional[Part]:
    """Returns the part that these numbers of a manifest describe; None where it is all of the file."""
    if len(numbers) == 8:
        return Part(*numbers)
    index, count = numbers
    return None if index == 0 else Part(index, count, 0, 0, 0, 0, 0, 0)


def check_rows(path: str, rows: int) -> None:
    """Raises WholeFileNeeded unless a part has as many rows as were counted: else later rows would have wrong numbers."""
    part = part_of(path)
    if part is not None and part.rows != rows:
        raise WholeFileNeeded(f"part {part.index + 1} has {rows} rows, but {part.rows} were counted when the file was split")


class PartFile(io.RawIOBase):
    """The bytes of a text file's header and of a part of its records, one after the other."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        self._file = file
        self._part = part
        self._position = 0
        file.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        header, length = self._part.header, self._part.end - self._part.start
        if self._position < header:
            count = header - self._position
        else:
            if self._position == header:
                self._file.seek(self._part.start)
            count = header + length - self._position
        view = memoryview(buffer)[:count]
        read = self._file.readinto(view) or 0  # type: ignore[attr-defined]
        self._position += read
        return read

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or offset < 0:
            raise io.UnsupportedOperation("a part is read from a position on")
        self._position = offset
        self._file.seek(offset if offset < self._part.header else self._part.start + offset - self._part.header)
        return offset

    def tell(self) -> int:
        return self._position


def opened(file: BinaryIO, path: str) -> BinaryIO:
    """Returns what is to be read of an open text file: the part that its path stands for, or all of it."""
    part = part_of(path)
    return file if part is None else io.BufferedReader(PartFile(file, part), 1024 * 1024)


def position_in_file(path: str, position: int) -> int:
    """Returns where in the file a byte is that was read at this position."""
    part = part_of(path)
    if part is None or position < part.header:
        return position
    return position - part.header + part.start
