"""Parquet files."""
from typing import BinaryIO, List, Set

import numpy
import pyarrow
import pyarrow.parquet

from batchstudio_runtime.inputs import system_errors
from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.values import OUTSIDE


class ParquetTable(ArrowTable):
    """A Parquet file of any codec; only the columns that are wanted are read."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._source = open_input(path)
        try:
            self._file = opened(self._source)
        except BaseException:
            self._source.close()
            raise
        super().__init__(self._file.schema_arrow)

    def row_count(self) -> int:
        return self._file.metadata.num_rows

    def close(self) -> None:
        self._source.close()

    def _read(self, names: List[str]) -> pyarrow.Table:
        try:
            return self._file.read(columns=names, use_threads=False)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error)

    def _check_column(self, position: int, values: pyarrow.ChunkedArray) -> None:
        """Raises an error for times of 96 bits outside the years of nanoseconds: pyarrow wraps them around."""
        name = self.names[position]
        if not pyarrow.types.is_timestamp(values.type) or name not in self._int96_names():
            return
        with open_input(self._path) as source:
            wide = opened(source, coerce_int96_timestamp_unit="us").read(columns=[name], use_threads=False)
        microseconds = self._column_in(wide, position).cast(pyarrow.int64()).fill_null(0).to_numpy()[:len(values)]
        nanoseconds = values.cast(pyarrow.int64()).fill_null(0).to_numpy()
        is_wrapped = microseconds != nanoseconds // 1000
        if is_wrapped.any():
            raise ValueError(f"column '{name}', row {int(numpy.argmax(is_wrapped)) + 1}: the time is {OUTSIDE}")

    def _int96_names(self) -> Set[str]:
        columns = (self._file.schema.column(index) for index in range(len(self._file.schema)))
        return {column.path for column in columns if column.physical_type == "INT96"}


def opened(source: BinaryIO, **options: str) -> pyarrow.parquet.ParquetFile:
    try:
        return pyarrow.parquet.ParquetFile(source, memory_map=False, **options)
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(error)


def unreadable(error: Exception) -> Exception:
    """Returns the error for a file that pyarrow can't read."""
    if "ncrypt" in str(error) and not system_errors.is_of_system(error):
        return ValueError("the Parquet file is encrypted. Write it without encryption.")
    return system_errors.unreadable(error, "Parquet")
