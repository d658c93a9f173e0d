"""Delimited text as frames with the types of a model's signature, strictly: a row has as many fields as the header.

    reader = DelimitedReader(columns_of(entries), ReadOptions({"delimiter": ";"}))
    reader.read("a.csv")  # a DataFrame with the signature's columns

Two engines give the same frames. pyarrow reads files in blocks (`csv_arrow`); what it refuses or lacks, Python's csv module
reads record by record (`records`), whose result or error is the one that counts.
"""
import io
import os
import re
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple

import numpy
import pandas

from batchstudio_runtime.inputs import cells, csv_arrow, csv_blocks, csv_numbers, notes, proposals
from batchstudio_runtime.inputs.blocks import BlockSize, RowTooLarge, WaitingRows, WholeFile
from batchstudio_runtime.inputs.columns import DTYPES, Column, ColumnType
from batchstudio_runtime.inputs.dialect import Dialect, delimiter_of, dialect_of
from batchstudio_runtime.inputs.headers import Use, names_of, uses_by_options
from batchstudio_runtime.inputs.layout import Layout
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.opening import Text, open_text
from batchstudio_runtime.inputs.part import WholeFileNeeded, check_rows, part_of
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.records import Records, UnclosedQuote
from batchstudio_runtime.inputs.table_reader import TableReader

HEAD = 64 * 1024  # bytes that hold a header mostly
SMALL = 256 * 1024  # bytes
BATCH = 20000  # records that are converted together
BATCH_BYTES = 4 * 1024 * 1024  # of them, about
FIRST_BATCH = 200  # records, of which the size of a record is not known yet
FIRST_LINES = 10  # of a .txt file, from which its delimiter is inferred
MAX_KNOWN = 1000
PROPOSAL = "Files are read with delimiter {}: {}. Give read_options.delimiter to fix it."
LINE_END = re.compile(rb"\r\n|\n|\r")


class EmptyFile(ValueError):
    """A file without a header."""


class DelimitedReader(TableReader):
    """Reads delimited files with the columns of a signature; `columns` is a list of Column.

    `note` is called with a sentence where a rule was applied that a user should know of.
    """

    def __init__(
        self, columns: Sequence[Column], options: ReadOptions, note: Optional[Note] = None, says: str = cells.MADE_OF_SIGNATURE,
        engine: Optional[str] = None
    ) -> None:
        self._columns = columns
        self._options = options
        self._rules = cells.CellRules(options, says)
        self._note = note or notes.ignore
        self._says = says
        self._uses_arrow = csv_arrow.is_available() if engine is None else engine == "arrow"
        self._numbers = csv_numbers.NumberReader()
        self._known: Dict[Tuple[str, bytes], Layout] = {}

    def read(self, path: str, name: Optional[str] = None) -> pandas.DataFrame:
        """Returns the frame of a file."""
        return next(self.blocks(path, WholeFile(), name))

    def blocks(self, path: str, size: BlockSize, name: Optional[str] = None) -> Iterator[pandas.DataFrame]:
        """Yields a file's rows as frames of one block each, one without rows for a file that has none."""
        rows = 0
        if self._uses_arrow:
            try:
                for frame in self._arrow_blocks(path, size, name):
                    rows += len(frame)
                    yield frame
                return
            except (csv_arrow.Refused, csv_blocks.IrregularQuotes):
                pass
        for frame in self._record_blocks(path, size, name):
            if rows < len(frame):
                yield frame.iloc[rows:].reset_index(drop=True) if rows else frame
            elif not rows:
                yield frame
            rows = max(0, rows - len(frame))

    def layout(self, path: str, name: Optional[str] = None) -> Layout:
        """Returns a file's dialect, names and uses; raises an error when its header does not fit the signature."""
        with open_text(path, self._options) as text:
            return self._layout_of(text, name)[0]

    def check(self, path: str, name: Optional[str] = None) -> None:
        """Raises an error when a file's header does not fit the signature."""
        self.layout(path, name)

    def row_count(self, path: str, limit: int, name: Optional[str] = None) -> int:
        """Returns the number of a file's rows, counted up to this one."""
        return len(self.sample(path, limit, name)[1])

    def sample(self, path: str, limit: int, name: Optional[str] = None) -> Tuple[Layout, List[List[str]]]:
        """Returns a file's layout and up to `limit` of its records, as lists of texts."""
        with open_text(path, self._options) as text:
            layout, pieces = self._layout_of(text, name)
            records = self._records(pieces, layout)
            _, rows = records.batch(limit)
            records.raise_bad_rows()
        return layout, rows

    def _read_numbers(self, path: str, layout: Layout) -> Optional[pandas.DataFrame]:
        """Returns the frame of a file of nothing but floats in the usual notation, None where there is anything else."""
        if os.path.getsize(path) < SMALL:
            return None  # blocks are as fast
        is_usual = set(self._options.as_dict()) <= {"format", "delimiter", "header", "date_formats", "types"}
        dtype = layout.type_of_numbers(self._rules)
        if dtype is None or not is_usual or not self._has_header():
            return None
        frame = self._numbers.read(path, layout.names, layout.dialect.delimiter, dtype)
        return None if frame is None else in_order(frame, layout)

    def _arrow_blocks(self, path: str, size: BlockSize, name: Optional[str]) -> Iterator[pandas.DataFrame]:
        """Yields blocks by way of pyarrow; raises Refused where the file, or a block of it, is not for it."""
        with open_text(path, self._options) as text:
            layout, pieces = self._layout_of(text, name)
            frame = self._read_numbers(path, layout) if isinstance(size, WholeFile) else None
            if frame is not None:
                yield frame
                return
            if not layout.dialect.is_standard or not layout.uses:
                raise csv_arrow.Refused()
            reader = layout.arrow_reader(self._rules)
            quote = layout.dialect.quote.encode() if layout.dialect.quote else None
            waiting = waiting_rows(layout.uses, size)
            for block in csv_blocks.blocks(pieces, quote, layout.dialect.delimiter.encode()):
                columns = reader.read(block)
                waiting.add(columns, len(columns[0]), block.length)
                del columns
                yield from waiting.full_blocks()
            yield from waiting.rest()

    def _record_blocks(self, path: str, size: BlockSize, name: Optional[str]) -> Iterator[pandas.DataFrame]:
        """Yields blocks of records; after the first bad row or cell none, so that all of them are counted."""
        with open_text(path, self._options) as text:
            layout, pieces = self._layout_of(text, name)
            part = part_of(path)
            first_row = 0 if part is None else part.first_row
            records = self._records(pieces, layout, None if part is None else part.first_line)
            converters = [cells.Cells(use.column, self._rules, first_row) for use in layout.uses]
            waiting = waiting_rows(layout.uses, size)
            lines_of_bad: Dict[cells.Cells, int] = {}
            rows, read, limit = 0, 0, FIRST_BATCH
            while True:
                try:
                    lines, batch = records.batch(limit)
                except (UnclosedQuote, RowTooLarge) as unclosed:
                    if part is None:
                        raise
                    raise WholeFileNeeded(f"part {part.index + 1} has a quote that is never closed") from unclosed
                if not batch:
                    break
                columns = []
                for use, converter in zip(layout.uses, converters):
                    columns.append(converter.convert([fields[use.position] for fields in batch]))
                    if converter.first_bad is not None and converter not in lines_of_bad:
                        lines_of_bad[converter] = lines[converter.first_bad - first_row - rows - 1]
                rows += len(batch)
                if not lines_of_bad and records.first_bad is None:
                    waiting.add(columns, len(batch), records.bytes_read - read)
                    yield from waiting.full_blocks()
                read = records.bytes_read
                limit = max(1, min(BATCH, BATCH_BYTES * rows // max(1, read)))
            # Rows of a part that begins elsewhere than a row does are no fault of the file.
            check_rows(path, rows + records.bad_count)
            records.raise_bad_rows()
            for converter in converters:
                error = converter.error(lines_of_bad.get(converter), self._says)
                if error is not None:
                    raise error
            yield from waiting.rest()

    @staticmethod
    def _records(pieces: Iterable[bytes], layout: Layout, passed: Optional[int] = None) -> Records:
        # The lines before the first row have been read; lines are counted from there.
        line = layout.line if passed is None else passed
        records = Records(Text("", pieces).file(), layout.dialect._replace(skip_rows=0), line)
        records.width = layout.width
        return records

    def _layout_of(self, text: Text, name: Optional[str]) -> Tuple[Layout, Iterator[bytes]]:
        """Returns the layout, and the pieces of the text that follow the header."""
        name = name or text.name
        pieces = iter(text.pieces)
        head = gathered(pieces, HEAD)
        if not head.strip():
            raise EmptyFile("the file is empty: it has no header" if head else "the file is empty: 0 bytes, not even a header")
        key = cache_key(name, head)
        layout = self._known.get(key) if key else None
        if layout is None:
            layout, head = self._whole_layout(head, pieces, name)
            is_known_by_key = key is not None and layout.length == len(key[1]) and not layout.is_of_lines
            if key is not None and is_known_by_key and len(self._known) < MAX_KNOWN:
                self._known[key] = layout
        return layout, after(layout.length, head, pieces)

    def _whole_layout(self, head: bytes, pieces: Iterable[bytes], name: str) -> Tuple[Layout, bytes]:
        """Returns the layout and the head, which is as long as the header needs it."""
        while True:
            try:
                layout = self._layout(head, name)
            except ValueError:
                more = gathered(pieces, len(head))
                if not more:
                    raise
            else:
                more = gathered(pieces, len(head)) if layout.length >= len(head) else b""
                if not more:
                    return layout, head
            head += more

    def _layout(self, head: bytes, name: str) -> Layout:
        dialect, is_of_lines = self._dialect(head, name)
        records = Records(io.BytesIO(whole_characters(head)), dialect)
        header = records.first()
        if header is None:
            raise EmptyFile("the file has no header")
        line, fields = header
        has_header = self._has_header()
        if has_header:
            names = names_of(fields, self._options)
            line = records.lines_read
        else:
            names = names_of([str(position) for position in range(len(fields))], self._options)
            # In a file of one column a line before the first value is an empty value.
            line = line - 1 if len(fields) > 1 else dialect.skip_rows
        uses = uses_by_options(self._columns, names, self._options)
        return Layout(dialect, names, uses, len(fields), length_of_lines(head, line), line, is_of_lines, {})

    def _has_header(self) -> bool:
        return self._options.header is not False

    def _dialect(self, head: bytes, name: str) -> Tuple[Dialect, bool]:
        """Returns the dialect of a file, and whether its delimiter was inferred from lines after the header."""
        dialect = dialect_of(name, self._options)
        if self._options.delimiter is not None or not self._has_header():
            if dialect.delimiter:
                return dialect, False
            return dialect._replace(delimiter=self._delimiter_of_lines(head, dialect)), True
        fitting = proposals.fitting_delimiter(head, dialect, self._columns, self._options)
        if fitting is not None:
            if dialect.delimiter:
                self._note(PROPOSAL.format(proposals.shown(fitting), "their header fits the signature so"))
            return dialect._replace(delimiter=fitting), False
        if not dialect.delimiter:
            return dialect._replace(delimiter=self._delimiter_of_lines(head, dialect)), True
        if proposals.is_open(head, dialect, self._columns):
            found = self._delimiter_of_lines(head, dialect)
            if found not in (",", dialect.delimiter):
                self._note(PROPOSAL.format(proposals.shown(found), "it occurs equally often in each of their first lines"))
                return dialect._replace(delimiter=found), True
            return dialect, True
        return dialect, False

    @staticmethod
    def _delimiter_of_lines(head: bytes, dialect: Dialect) -> str:
        lines = LINE_END.split(head)[dialect.skip_rows:]
        texts = [line.decode("utf-8", "replace") for line in lines if line.strip()]
        if dialect.comment:
            texts = [line for line in texts if not line.startswith(dialect.comment)]
        # The last one may be cut off.
        return delimiter_of(texts[:FIRST_LINES] if len(texts) > FIRST_LINES else texts, dialect.quote)


def in_order(frame: pandas.DataFrame, layout: Layout) -> pandas.DataFrame:
    """Returns a frame of all a file's columns in the order and with the names of the signature."""
    if layout.is_in_order():
        return frame
    frame = frame[[layout.names[use.position] for use in layout.uses]]
    frame.columns = [use.column.name for use in layout.uses]
    return frame


def waiting_rows(uses: List[Use], size: BlockSize) -> WaitingRows:
    """Returns the rows that wait for a block of these columns."""
    return WaitingRows(len(uses), size, lambda parts, rows: frame_of(uses, parts, rows))


def frame_of(uses: List[Use], parts: List[List[Any]], rows: int) -> pandas.DataFrame:
    """Returns a frame of the columns' parts, which are arrays of NumPy, of Arrow or lists."""
    if not uses:
        return pandas.DataFrame(index=pandas.RangeIndex(rows))
    names = [use.column.name for use in uses]
    dtypes = {part.dtype if isinstance(part, numpy.ndarray) else None for column in parts for part in column}
    if len(dtypes) == 1 and None not in dtypes:
        return frame_of_arrays(names, parts, dtypes.pop())
    return pandas.DataFrame({name: joined(part, use.column.type) for name, use, part in zip(names, uses, parts)})


def frame_of_arrays(names: Sequence[Optional[str]], parts: List[List[numpy.ndarray]], dtype: Any) -> pandas.DataFrame:
    """Returns a frame of columns of one dtype, in memory a column after the other as pandas would have it."""
    values = numpy.empty((len(names), sum(len(part) for part in parts[0])), dtype)
    for row, column in zip(values, parts):
        end = 0
        for part in column:
            row[end:end + len(part)] = part
            end += len(part)
    return pandas.DataFrame(values.T, columns=names, copy=False)


def joined(parts: List[Any], type_: ColumnType) -> Any:
    if not parts:
        parts = [numpy.array([], dtype=DTYPES.get(str(type_), "datetime64[ns]"))] if is_array_type(type_) else [[]]
    if isinstance(parts[0], numpy.ndarray):
        return parts[0] if len(parts) == 1 else numpy.concatenate(parts)
    if isinstance(parts[0], list):
        return cells.series_of([value for part in parts for value in part], type_)
    return csv_arrow.series_of_chunks(parts)


def is_array_type(type_: ColumnType) -> bool:
    return isinstance(type_, str) and (type_ in DTYPES or type_ == "datetime")


def gathered(pieces: Iterable[bytes], size: int) -> bytes:
    """Returns at least this many bytes of the pieces, fewer at their end."""
    data = b""
    for piece in pieces:
        data = data + piece if data else piece
        if len(data) >= size:
            break
    return data


def after(length: int, head: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the rest of the head and the pieces after it."""
    if length < len(head):
        yield head[length:] if length else head
    yield from pieces


def cache_key(name: str, head: bytes) -> Optional[Tuple[str, bytes]]:
    """Returns a key that files with the same header share: the first line, where it is the header and nothing else."""
    line = head[:head.find(b"\n") + 1]
    if not line.strip() or b'"' in line or b"\r" in line[:-2]:
        return None
    return name[name.rfind("."):], line


def length_of_lines(head: bytes, count: int) -> int:
    """Returns how many bytes this many first lines have."""
    length = 0
    for _ in range(count):
        found = LINE_END.search(head, length)
        if found is None:
            return len(head)
        length = found.end()
    return length


def whole_characters(head: bytes) -> bytes:
    """Returns bytes of UTF-8 without a last character that is cut off."""
    for cut, byte in enumerate(reversed(head[-3:]), 1):
        if byte >= 0xC0:
            length = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return head[:-cut] if cut < length else head
        if byte < 0x80:
            break
    return head
