"""JSON lines in blocks, with the names and types that the whole file has."""
from typing import Any, Iterable, Iterator, List, Optional, Sequence

import pandas

from batchstudio_runtime.inputs import json_arrow, value_columns
from batchstudio_runtime.inputs.bad_values import BadValue, BadValues
from batchstudio_runtime.inputs.blocks import LARGEST_ROW, BlockSize, RowTooLarge, WaitingRows, one_after_the_other
from batchstudio_runtime.inputs.cells import CellRules
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.headers import Use, uses_by_options
from batchstudio_runtime.inputs.json_tables import JsonLines, JsonTable, names_in_lines
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.opening import open_text
from batchstudio_runtime.inputs.part import Part, WholeFileNeeded, part_of
from batchstudio_runtime.inputs.read_options import ReadOptions

NEW_LINE = b"\n"
CHUNK = 4 * 1024 * 1024  # bytes of lines that are parsed together


def blocks(
    path: str, columns: Sequence[Column], options: ReadOptions, size: BlockSize, warn: Optional[Note], says: str
) -> Iterator[pandas.DataFrame]:
    """Yields a file's rows as frames of one block each; none for a file without rows or without a column that is used.

    After the first value that does not fit none is yielded, so that all of them are counted.
    """
    names = names_in_lines(path, options, lambda found: has_all(columns, found, options))
    part = part_of(path)
    try:
        uses = uses_by_options(columns, names, options) if names else []
    except ValueError:
        if part is None:
            raise
        raise WholeFileNeeded("its first lines do not have all columns")
    if not uses:
        return
    reader = LineReader(names, uses, options, says, part)
    waiting = WaitingRows(1, size, lambda parts, rows: one_after_the_other(parts[0]))
    with open_text(path, options) as text:
        for chunk in chunks(text.pieces):
            frame = reader.frame(chunk)
            if frame is not None:
                waiting.add([frame], len(frame), len(chunk))
                yield from waiting.full_blocks()
        reader.finish(text.name, warn)
    yield from waiting.rest()


def has_all(columns: Sequence[Column], names: List[str], options: ReadOptions) -> bool:
    """Returns whether a file with these names feeds all columns, whatever other names it has."""
    try:
        return len(uses_by_options(columns, names, options)) == len(columns)
    except ValueError:
        return False


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yields the text in chunks of whole lines."""
    parts: List[bytes] = []
    size, line = 0, 1
    for piece in pieces:
        parts.append(piece)
        size += len(piece)
        end = piece.rfind(b"\n") + 1
        if size < CHUNK or not end:
            if size > LARGEST_ROW + CHUNK:
                raise RowTooLarge(f"line {line + sum(part.count(NEW_LINE) for part in parts)}")
            continue
        chunk = b"".join(parts[:-1] + [piece[:end]])
        parts, size = [piece[end:]], len(piece) - end
        line += chunk.count(b"\n")
        yield chunk
    if size:
        yield b"".join(parts)


class LineReader:
    """Reads chunks of lines as frames with the same columns; `part` is that of the file which they are, None for all of it."""

    def __init__(self, names: List[str], uses: List[Use], options: ReadOptions, says: str, part: Optional[Part] = None) -> None:
        self._names = names
        self._uses = uses
        self._columns = [use.column for use in uses]
        self._options = options
        self._says = says
        self._bad = BadValues(says)
        self._rules = CellRules(options, says)
        self._is_plain = json_arrow.is_plain(self._columns, options)
        self._lines = JsonLines(options, 0 if part is None else part.first_line)
        self._rows = 0 if part is None else part.first_row

    def frame(self, chunk: bytes) -> Optional[pandas.DataFrame]:
        """Returns the frame of the next lines, None after the first value that does not fit."""
        frame = json_arrow.frame_of(chunk, self._columns, self._options, self._says, True) if self._is_plain else None
        if frame is None:
            frame = self._frame_of_records(chunk)
        else:
            self._lines.skip(chunk.count(b"\n"))
            self._rows += len(frame)
        return None if self._bad else frame

    def _frame_of_records(self, chunk: bytes) -> pandas.DataFrame:
        found = self._lines.records(lines_in(chunk))
        table = JsonTable(found.records, self._options, found.lines, self._rows)
        series: List[Any] = []
        for place, use in enumerate(self._uses):
            values = table.values(self._names[use.position])
            try:
                series.append(value_columns.series(values, use.column, self._rules))
            except BadValue as error:
                self._bad.add(place, error, self._rows, found.lines[error.position])
        self._rows += len(found.records)
        return pandas.DataFrame() if self._bad else table.frame([column.name for column in self._columns], series)

    def finish(self, name: str, warn: Optional[Note]) -> None:
        """Raises the error for the values that did not fit, if there were any."""
        self._lines.warn_of_dropped(name, warn)
        self._bad.raise_first()


def lines_in(chunk: bytes) -> List[bytes]:
    """Returns lines that only a line feed ends."""
    lines = [line + b"\n" for line in chunk.split(b"\n")]
    return lines[:-1] if chunk.endswith(b"\n") else lines
