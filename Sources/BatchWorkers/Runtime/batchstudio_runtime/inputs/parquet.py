"""Parquet files."""
import contextlib
from typing import Any, BinaryIO, Dict, Iterator, List, Optional, Sequence, Set

import numpy
import pyarrow
import pyarrow.parquet

from batchstudio_runtime.inputs import system_errors
from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.headers import Use
from batchstudio_runtime.inputs.part import part_of
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.values import OUTSIDE

BATCH = 64 * 1024  # rows that are decoded together
# A megabyte of a column is read at a time; newer versions would keep all that was read of the file.
STREAMED: Dict[str, Any] = {"buffer_size": 1024 * 1024}
if int(pyarrow.__version__.split(".")[0]) >= 5:
    STREAMED["pre_buffer"] = False
LEAST_OF_OTHERS = 64  # bytes that a value without a fixed width takes at least


class ParquetTable(ArrowTable):
    """A Parquet file of any codec, or a run of its row groups; only the columns that are wanted are read."""

    def __init__(self, path: str) -> None:
        self._path = path
        part = part_of(path)
        self._groups = None if part is None else list(range(part.start, part.end))
        self._first_row = 0 if part is None else part.first_row
        self._source = open_input(path)
        try:
            self._file = opened(self._source)
        except BaseException:
            self._source.close()
            raise
        super().__init__(self._file.schema_arrow)

    def row_count(self) -> int:
        if self._groups is None:
            return self._file.metadata.num_rows
        return sum(self._file.metadata.row_group(group).num_rows for group in self._groups)

    def close(self) -> None:
        self._source.close()

    def blocks(self, uses: Sequence[Use], size: BlockSize) -> Iterator[ArrowTable]:
        """Yields the table in blocks of rows, itself where they fit into one."""
        names = list(dict.fromkeys(self.names[use.position] for use in uses))
        rows = size.of_table(self._row_bytes(names))
        if self.row_count() <= rows:
            yield self
            return
        with contextlib.ExitStack() as files:
            first_row = self._first_row
            is_wide = not self._int96_names().isdisjoint(names)
            tables = block_tables(self._opened(files), names, rows, self._groups)
            wide = None
            if is_wide:
                wide = block_tables(self._opened(files, coerce_int96_timestamp_unit="us"), names, rows, self._groups)
            for table in tables:
                yield ParquetBlock(self, table, first_row, None if wide is None else next(wide))
                first_row += table.num_rows

    def _opened(self, files: contextlib.ExitStack, **options: Any) -> pyarrow.parquet.ParquetFile:
        return opened(files.enter_context(open_input(self._path)), **STREAMED, **options)

    def _row_bytes(self, names: List[str]) -> float:
        """Returns about how many bytes these columns of a row take in memory."""
        widths = {field.name: width_of(field.type) for field in self.schema if field.name in names}
        total, metadata = 0.0, self._file.metadata
        stored = {name: 0 for name in names if widths[name] is None}
        for group in range(metadata.num_row_groups if stored else 0):
            for index in range(metadata.num_columns):
                chunk = metadata.row_group(group).column(index)
                name = next((name for name in stored if chunk.path_in_schema.split(".")[0] == name.split(".")[0]), None)
                if name is not None:
                    stored[name] += chunk.total_uncompressed_size
        for name in names:
            total += widths[name] or max(LEAST_OF_OTHERS, stored[name] / max(1, metadata.num_rows))
        return total

    def _read(self, names: List[str]) -> pyarrow.Table:
        try:
            return self._read_of(self._file, names)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error)

    def _read_of(self, file: pyarrow.parquet.ParquetFile, names: List[str]) -> pyarrow.Table:
        if self._groups is None:
            return file.read(columns=names, use_threads=False)
        return file.read_row_groups(self._groups, columns=names, use_threads=False)

    def _check_column(self, position: int, values: pyarrow.ChunkedArray) -> None:
        """Raises an error for times of 96 bits outside the years of nanoseconds: pyarrow wraps them around."""
        name = self.names[position]
        if not pyarrow.types.is_timestamp(values.type) or name not in self._int96_names():
            return
        with open_input(self._path) as source:
            wide = self._read_of(opened(source, coerce_int96_timestamp_unit="us"), [name])
        check_times(name, values, self._column_in(wide, position), self._first_row)

    def _int96_names(self) -> Set[str]:
        columns = (self._file.schema.column(index) for index in range(len(self._file.schema)))
        return {column.path for column in columns if column.physical_type == "INT96"}


class ParquetBlock(ArrowTable):
    """Some rows of a Parquet file; `wide` is their table with times of 96 bits in microseconds, if there are such times."""

    def __init__(self, file: ParquetTable, table: pyarrow.Table, first_row: int, wide: Optional[pyarrow.Table]) -> None:
        super().__init__(file.schema)
        self.first_row = first_row
        self._table = table
        self._wide = wide

    def row_count(self) -> int:
        return self._table.num_rows

    def _read(self, names: List[str]) -> pyarrow.Table:
        return self._table

    def _check_column(self, position: int, values: pyarrow.ChunkedArray) -> None:
        if self._wide is not None and pyarrow.types.is_timestamp(values.type):
            wide = self._column_in(self._wide, position)
            if wide.type.unit != values.type.unit:
                check_times(self.names[position], values, wide, self.first_row)


def check_times(name: str, values: pyarrow.ChunkedArray, wide: pyarrow.ChunkedArray, first_row: int = 0) -> None:
    """Raises an error for the first time in nanoseconds that differs from the same in microseconds."""
    microseconds = wide.cast(pyarrow.int64()).fill_null(0).to_numpy()[:len(values)]
    nanoseconds = values.cast(pyarrow.int64()).fill_null(0).to_numpy()
    is_wrapped = microseconds != nanoseconds // 1000
    if is_wrapped.any():
        raise ValueError(f"column '{name}', row {first_row + int(numpy.argmax(is_wrapped)) + 1}: the time is {OUTSIDE}")


def block_tables(
    file: pyarrow.parquet.ParquetFile, names: List[str], rows: int, groups: Optional[List[int]] = None
) -> Iterator[pyarrow.Table]:
    """Yields these columns of a file, or of some row groups, as tables of so many rows each, fewer in the last."""
    waiting: List[pyarrow.RecordBatch] = []
    count = 0
    try:
        for batch in file.iter_batches(min(BATCH, rows), groups, names, use_threads=False):
            waiting.append(batch)
            count += batch.num_rows
            if count >= rows:
                table = pyarrow.Table.from_batches(waiting)
                for start in range(0, count - count % rows, rows):
                    yield table.slice(start, rows)
                rest = table.slice(count - count % rows)
                waiting, count = rest.to_batches(), rest.num_rows
                del table, rest, batch
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(error)
    if count:
        yield pyarrow.Table.from_batches(waiting)


def width_of(type_: pyarrow.DataType) -> Optional[float]:
    """Returns the bytes of a value of this type, None where they differ."""
    try:
        return max(1, type_.bit_width / 8)
    except ValueError:
        return None


def opened(source: BinaryIO, **options: Any) -> pyarrow.parquet.ParquetFile:
    try:
        return pyarrow.parquet.ParquetFile(source, memory_map=False, **options)
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(error)


def unreadable(error: Exception) -> Exception:
    """Returns the error for a file that pyarrow can't read."""
    if "ncrypt" in str(error) and not system_errors.is_of_system(error):
        return ValueError("the Parquet file is encrypted. Write it without encryption.")
    return system_errors.unreadable(error, "Parquet")
