"""Parquet files."""
import numpy
import pyarrow
import pyarrow.parquet

from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import is_of_system


class ParquetTable(ArrowTable):
    """A Parquet file of any codec; only the columns that are wanted are read."""

    def __init__(self, path):
        self._path = path
        self._source = open_input(path)
        try:
            self._file = opened(self._source)
        except BaseException:
            self._source.close()
            raise
        super().__init__(self._file.schema_arrow)

    def row_count(self):
        return self._file.metadata.num_rows

    def close(self):
        self._source.close()

    def _read(self, names):
        try:
            return self._file.read(columns=names, use_threads=False)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error)

    def _check_column(self, position, values):
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
            raise ValueError(
                f"column '{name}', row {int(numpy.argmax(is_wrapped)) + 1}: the time is outside the years that a "
                "datetime can hold (1677 to 2262)"
            )

    def _int96_names(self):
        columns = (self._file.schema.column(index) for index in range(len(self._file.schema)))
        return {column.path for column in columns if column.physical_type == "INT96"}


def opened(source, **options):
    try:
        return pyarrow.parquet.ParquetFile(source, memory_map=False, **options)
    except (pyarrow.ArrowException, OSError) as error:
        raise unreadable(error)


def unreadable(error):
    """Returns the error for a file that pyarrow can't read."""
    if is_of_system(error):
        return error
    text = " ".join(str(error).split()).rstrip(".")
    if "ncrypt" in text:
        return ValueError("the Parquet file is encrypted. Write it without encryption.")
    return ValueError(f"the file can't be read as Parquet: {text}")
