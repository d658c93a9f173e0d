"""The records of delimited text, one by one and strictly: the reader that has the last word.

    records = Records(text_file, dialect)
    line, header = records.first()
    records.width = len(header)
    lines, rows = records.batch(1000)

A record of another width than the header's is kept as a bad row: its line, and how many there are.
"""
import contextlib
import csv
import io
import sys
from typing import Any, BinaryIO, Dict, Iterator, List, Optional, TextIO, Tuple

from batchstudio_runtime.inputs.blocks import LARGEST_ROW, RowTooLarge
from batchstudio_runtime.inputs.dialect import Dialect
from batchstudio_runtime.inputs.limits import SPACES

QUOTES = "If quotes are part of the text, give read_options.quote: none."
TOO_LARGE = ", or a quote in it is never closed. " + QUOTES
FIELDS = "Fix the row, or give the file's read_options.delimiter or read_options.quote."


class BadRows(ValueError):
    """Rows whose number of fields differs from the header's, or whose quotes are wrong."""


class UnclosedQuote(BadRows):
    """A quote that is never closed, as far as the text goes."""


class Lines:
    """Lines of text with their numbers, for csv.reader; without the comments between records."""

    def __init__(self, text: TextIO, dialect: Dialect, passed: int) -> None:
        self._read = text.readline
        self._comment = dialect.comment
        self.number = passed
        self.began = 0  # the line where the present record begins
        self.is_between = True
        self._length = 0  # characters of the present record
        for _ in range(dialect.skip_rows):
            if not self._read(LARGEST_ROW):
                break
            self.number += 1

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self._next()
        if self.is_between:
            while self._comment and line.startswith(self._comment):
                line = self._next()
            self.began = self.number
            self.is_between = False
            self._length = 0
        self._length += len(line)
        if self._length >= LARGEST_ROW:
            raise RowTooLarge(f"line {self.began}", TOO_LARGE)
        return line

    def _next(self) -> str:
        line = self._read(LARGEST_ROW)
        if not line:
            raise StopIteration
        self.number += 1
        return line


class Records:
    """The records of a file, the header first; bad rows are left out and counted.

    `passed` lines of the file are before the text that is read.
    """

    def __init__(self, file: BinaryIO, dialect: Dialect, passed: int = 0) -> None:
        self._file = file
        self._lines = Lines(io.TextIOWrapper(file, encoding="utf-8", newline=""), dialect, passed)
        self._reader = csv.reader(self._lines, **parameters(dialect))
        self.width = 0  # fields of a record; to be set from the header
        self.first_bad: Optional[Tuple[str, str]] = None  # problem and advice
        self.bad_count = 0

    def first(self) -> Optional[Tuple[int, List[str]]]:
        """Returns (line, fields) of the first record that is not blank, of any width; None where there is none."""
        with any_field_size():
            while True:
                fields = self._next()
                if fields is None or not is_blank(fields):
                    self.raise_bad_rows()
                    return None if fields is None else (self._lines.began, fields)

    def batch(self, limit: int) -> Tuple[List[int], List[List[str]]]:
        """Returns the lines where the next records begin, and their fields; up to `limit` of them, none at the end."""
        width = self.width
        lines: List[int] = []
        rows: List[List[str]] = []
        with any_field_size():
            while len(rows) < limit:
                fields = self._next()
                if fields is None:
                    break
                if len(fields) != width:
                    fields = self._fitted(fields)
                    if fields is None:
                        continue
                lines.append(self._lines.began)
                rows.append(fields)
        return lines, rows

    @property
    def lines_read(self) -> int:
        return self._lines.number

    @property
    def bytes_read(self) -> int:
        """The bytes of the text that were read, with some of those that come next."""
        return self._file.tell()

    def raise_bad_rows(self) -> None:
        """Raises the error that names the first bad row, if there was one."""
        if self.first_bad is not None:
            problem, advice = self.first_bad
            more = f"; {self.bad_count} rows differ" if self.bad_count > 1 else ""
            raise BadRows(f"{problem}{more}. {advice}")

    def _next(self) -> Optional[List[str]]:
        """Returns the fields of the next record whose quotes are right; None at the end."""
        while True:
            self._lines.is_between = True
            try:
                return next(self._reader, None)
            except csv.Error as error:
                self._raise_if_unclosed(error)
                self._keep(f"line {self._lines.began}: text after a closing quote", QUOTES)

    def _fitted(self, fields: List[str]) -> Optional[List[str]]:
        """Returns the fields of a record of another width where it is an empty value, None where it is left out."""
        if self.width == 1 and not fields:
            return [""]
        if not (self.width > 1 and is_blank(fields)):
            self._keep(f"line {self._lines.began}: {fields_in(len(fields))}, the header has {self.width}", FIELDS)
        return None

    def _keep(self, problem: str, advice: str) -> None:
        self.bad_count += 1
        if self.first_bad is None:
            self.first_bad = problem, advice

    def _raise_if_unclosed(self, error: csv.Error) -> None:
        if "unexpected end of data" in str(error):
            raise UnclosedQuote(f"line {self._lines.began}: a quote begins in this record and is never closed. {QUOTES}")
        if "expected after" not in str(error):
            raise BadRows(f"line {self._lines.began}: {error}")


def parameters(dialect: Dialect) -> Dict[str, Any]:
    quotes: Dict[str, Any] = {"quoting": csv.QUOTE_NONE, "quotechar": None}
    if dialect.quote is not None:
        quotes = {"quotechar": dialect.quote, "doublequote": True}
    return dict(quotes, delimiter=dialect.delimiter, escapechar=dialect.escape, strict=True)


@contextlib.contextmanager
def any_field_size() -> Iterator[None]:
    """Lifts the limit that Python sets to a field's length, which is one for the whole process."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def is_blank(fields: List[str]) -> bool:
    return not fields or len(fields) == 1 and not fields[0].strip(SPACES)


def fields_in(count: int) -> str:
    return "1 field" if count == 1 else f"{count} fields"
