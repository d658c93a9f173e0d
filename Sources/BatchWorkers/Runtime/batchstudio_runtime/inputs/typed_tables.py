"""Files whose values have types of their own, as frames with the columns of a signature.

    reader = TypedReader("parquet", columns_of(entries), ReadOptions())
    reader.read("a.parquet")  # a DataFrame with the signature's columns

A format is a module with a table: its `names`, and `columns()` for those that are wanted. Its library is imported with it.
"""
import contextlib
from typing import Any, Iterator, List, Optional, Sequence, Tuple

import pandas

from batchstudio_runtime.inputs.bad_values import BadValue, BadValues, WrongType
from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.cells import MADE_OF_SIGNATURE, BadCell, CellRules
from batchstudio_runtime.inputs.columns import Column, ColumnType
from batchstudio_runtime.inputs.file_table import FileTable
from batchstudio_runtime.inputs.headers import Use, kept, names_of, uses_by_options
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.part import part_of
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.table_reader import TableReader

NEEDS_ARROW = "{} files are read by pyarrow: add 'pyarrow' to the model's environment"


class TypedReader(TableReader):
    """Reads files of one format with the columns of a signature; `columns` is a list of Column.

    `warn` is called with a sentence where something of a file was left out.
    """

    def __init__(
        self, format_: str, columns: Sequence[Column], options: ReadOptions, warn: Optional[Note] = None,
        says: str = MADE_OF_SIGNATURE
    ) -> None:
        self._format = format_
        self._columns = columns
        self._options = options
        self._warn = warn
        self._says = says

    def read(self, path: str, limit: Optional[int] = None) -> pandas.DataFrame:
        """Returns the frame of a file, its first `limit` rows where that is given."""
        frame = self._quick_frame(path)
        if frame is not None:
            return frame if limit is None else frame.iloc[:limit]
        with self._opened(path) as table:
            uses = self._uses(table)
            if not uses:
                rows = table.row_count()
                return pandas.DataFrame(index=pandas.RangeIndex(rows if limit is None else min(rows, limit)))
            try:
                columns = table.columns(uses, limit)
            except BadValue as error:
                line = table.line_of(error.position)
                raise BadCell.at(error.column, error.position + 1, error.problem, line, error.count, self._says)
            except WrongType as error:
                raise TypeError(f"column '{error.name}' is {error.found} in the file; {self._says} {error.wanted}")
            return table.frame([use.column.name for use in uses], columns)

    def blocks(self, path: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        blocks = {"parquet": self._parquet_blocks, "json_lines": self._line_blocks}.get(self._format)
        has_blocks = False
        for frame in blocks(path, size) if blocks is not None else ():
            has_blocks = True
            yield frame
        if not has_blocks:
            yield self.read(path)

    def _line_blocks(self, path: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        from batchstudio_runtime.inputs import json_blocks

        return json_blocks.blocks(path, self._columns, self._options, size, self._warn, self._says)

    def _parquet_blocks(self, path: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        """Yields blocks, none where no column of the file is used; after the first bad value none, so that all are counted."""
        with self._opened(path) as table:
            uses = self._uses(table)
            if not uses:
                return
            names = [use.column.name for use in uses]
            bad = BadValues(self._says)
            part = part_of(path)
            rows = 0 if part is None else part.first_row
            for block in table.blocks(uses, size):
                columns = self._columns_of(block, uses, bad, rows)
                rows += block.row_count()
                if not bad:
                    yield table.frame(names, columns)
            bad.raise_first()

    def _columns_of(self, block: FileTable, uses: List[Use], bad: BadValues, first_row: int) -> List[Any]:
        """Returns the columns of a block; values that do not fit are added to the bad ones."""
        try:
            return block.columns(uses)
        except WrongType as error:
            raise TypeError(f"column '{error.name}' is {error.found} in the file; {self._says} {error.wanted}")
        except BadValue:
            pass
        for place, use in enumerate(uses):
            try:
                block.columns([use])
            except BadValue as error:
                bad.add(place, error, first_row)
        return []

    def _quick_frame(self, path: str) -> Optional[pandas.DataFrame]:
        """Returns the frame of a file that pyarrow reads as well, None for others."""
        if self._format != "json_lines":
            return None
        try:
            from batchstudio_runtime.inputs import json_arrow
        except ImportError:
            return None
        return json_arrow.read(path, self._columns, self._options, self._says)

    def check(self, path: str) -> None:
        """Raises an error when the file's columns, or their types, can't feed the signature's."""
        with self._opened(path) as table:
            uses = self._uses(table)
            try:
                table.check_types(uses)
            except WrongType as error:
                raise TypeError(f"column '{error.name}' is {error.found} in the file; {self._says} {error.wanted}")

    def row_count(self, path: str, limit: Optional[int] = None) -> int:
        """Returns the number of rows of a file; `limit`, of which more need not be counted, saves nothing here."""
        with self._opened(path) as table:
            return table.row_count()

    def uses(self, path: str) -> List[Use]:
        """Returns which column of the file, by position, feeds which of the signature's."""
        with self._opened(path) as table:
            return self._uses(table)

    def inferred_types(self, path: str) -> List[Tuple[str, Optional[ColumnType]]]:
        """Returns (name, type) of each column that the options keep, in the file's order: for models without a signature.

        The type is None where the column has no value.
        """
        with self._opened(path) as table:
            values = set(table.names_of_values())
            types = table.inferred_types()
            return [
                (name, types[position]) for position, name in kept(self._names(table), self._options)
                if table.names[position] in values
            ]

    def names(self, path: str) -> List[str]:
        """Returns the names of the columns that the options keep, without the row labels of pandas."""
        if self._format == "json_lines":
            from batchstudio_runtime.inputs.json_tables import names_in_lines

            return [name for _, name in kept(names_in_lines(path, self._options), self._options)]
        return [name for name, _ in self.value_names(path)]

    def value_names(self, path: str) -> List[Tuple[str, str]]:
        """Returns (name, type in the file) of each column that the options keep, without the row labels of pandas."""
        with self._opened(path) as table:
            values, texts = set(table.names_of_values()), table.type_texts()
            return [
                (name, texts[position]) for position, name in kept(self._names(table), self._options)
                if table.names[position] in values
            ]

    @contextlib.contextmanager
    def _opened(self, path: str) -> Iterator[FileTable]:
        table = open_table(self._format, path, self._options, self._columns, self._warn)
        if table.rules is not None:
            table.rules = CellRules(self._options, self._says)
        try:
            yield table
        finally:
            table.close()

    def _uses(self, table: FileTable) -> List[Use]:
        names = self._names(table)
        if table.has_any_name:
            names = [str(column.name) for column in self._columns]
            table.names = names
        return uses_by_options(self._columns, names, self._options)

    def _names(self, table: FileTable) -> List[str]:
        return names_of(table.names, self._options) if table.takes_names else table.names


def open_table(
    format_: str, path: str, options: ReadOptions, columns: Sequence[Column] = (), warn: Optional[Note] = None
) -> FileTable:
    """Returns the table of a file, whose columns are read later; `columns` are those of the signature."""
    return OPENERS[format_](path, options, columns, warn)


def open_parquet(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    with needing_arrow("Parquet"):
        from batchstudio_runtime.inputs.parquet import ParquetTable
    return ParquetTable(path)


def open_arrow(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    with needing_arrow("Arrow and Feather"):
        from batchstudio_runtime.inputs.arrow_files import ArrowFile
    return ArrowFile(path)


def open_orc(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    with needing_arrow("ORC"):
        from batchstudio_runtime.inputs.orc_files import OrcTable
    return OrcTable(path)


def open_avro(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    from batchstudio_runtime.inputs.avro_files import AvroTable

    return AvroTable(path)


def open_excel(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    from batchstudio_runtime.inputs.excel_files import ExcelTable

    return ExcelTable(path, options)


def open_json(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    from batchstudio_runtime.inputs.json_tables import read_document

    return read_document(path, options, columns, warn)


def open_json_lines(path: str, options: ReadOptions, columns: Sequence[Column], warn: Optional[Note]) -> FileTable:
    from batchstudio_runtime.inputs.json_tables import read_lines

    return read_lines(path, options, warn)


@contextlib.contextmanager
def needing_arrow(what: str) -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        if (error.name or "").split(".")[0] != "pyarrow":
            raise
        raise ImportError(NEEDS_ARROW.format(what))


OPENERS = {
    "parquet": open_parquet, "arrow": open_arrow, "orc": open_orc, "avro": open_avro, "excel": open_excel,
    "json": open_json, "json_lines": open_json_lines,
}
