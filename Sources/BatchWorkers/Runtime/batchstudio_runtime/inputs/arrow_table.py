"""A table of Arrow columns, whatever file it comes from, as columns of a signature."""
import json
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import numpy
import pandas
import pyarrow

from batchstudio_runtime.inputs import arrow_columns, arrow_types
from batchstudio_runtime.inputs.cells import series_of
from batchstudio_runtime.inputs.columns import NUMBERS, AnyValue, Array, ColumnType
from batchstudio_runtime.inputs.file_table import FileTable
from batchstudio_runtime.inputs.headers import Use

KINDS = pyarrow.types


class ArrowTable(FileTable):
    """A file whose columns have Arrow types.

    Columns are identified by their positions: several may have one name.
    """

    def __init__(self, schema: pyarrow.Schema) -> None:
        super().__init__(list(schema.names))
        self.schema = schema

    def type_texts(self) -> List[str]:
        return [str(field.type) for field in self.schema]

    def check_types(self, uses: Sequence[Use]) -> None:
        types = self.schema.types
        for position, column in uses:
            arrow_types.check_type(types[position], column)

    def columns(self, uses: Sequence[Use], limit: Optional[int] = None) -> List[Any]:
        self.check_types(uses)
        found = self._values([use.position for use in uses], limit)
        return [arrow_columns.convert(values, use.column) for values, use in zip(found, uses)]

    def frame(self, names: Sequence[Optional[str]], columns: List[Any]) -> pandas.DataFrame:
        return to_frame(names, columns)

    def row_count(self) -> int:
        return self._read(self.names[:1]).num_rows

    def names_of_values(self) -> List[str]:
        """Returns the names of the columns without those that pandas wrote its row labels to."""
        labels = index_names(self.schema.metadata)
        return [name for name in self.names if name not in labels]

    def inferred_types(self) -> List[Optional[ColumnType]]:
        return [self._inferred_type(position) for position in range(len(self.names))]

    def _inferred_type(self, position: int) -> Optional[ColumnType]:
        type_of_file = self.schema.types[position]
        if KINDS.is_null(type_of_file):
            return None
        type_ = inferred_type(type_of_file)
        if type_ in ("long", "integer", "boolean") and self._values([position])[0].null_count:
            # pandas has no whole numbers with missing values among them either.
            return AnyValue() if type_ == "boolean" else "double"
        return type_

    def _values(self, positions: List[int], limit: Optional[int] = None) -> List[pyarrow.ChunkedArray]:
        """Returns the columns at these positions."""
        table = self._read(list(dict.fromkeys(self.names[position] for position in positions)))
        if limit is not None:
            table = table.slice(0, limit)
        found = [self._column_in(table, position) for position in positions]
        for position, values in zip(positions, found):
            self._check_column(position, values)
        return found

    def _column_in(self, table: pyarrow.Table, position: int) -> pyarrow.ChunkedArray:
        """Returns the column at a position of the file from a table with all columns of its name."""
        name = self.names[position]
        alike = [index for index, other in enumerate(table.column_names) if other == name]
        if len(alike) != self.names.count(name):
            raise ValueError(f"the file has several columns '{name}', which can't be distinguished")
        return table.column(alike[self.names[:position].count(name)])

    def _read(self, names: List[str]) -> pyarrow.Table:
        """Returns a table with these columns, and others perhaps."""
        raise NotImplementedError

    def _check_column(self, position: int, values: pyarrow.ChunkedArray) -> None:
        """Raises an error where a column was not read as it is in the file."""


def inferred_type(type_: pyarrow.DataType) -> ColumnType:
    """Returns the type of a signature for this Arrow type; Any for what has no scalar type."""
    type_ = arrow_types.plain_type(type_)
    for name, fits in INFERRED:
        if fits(type_):
            return name
    if arrow_types.is_plain_list(type_) and inferred_type(type_.value_type) in NUMBERS:
        return Array(inferred_type(type_.value_type))
    return AnyValue()


def is_short_integer(type_: pyarrow.DataType) -> bool:
    return KINDS.is_integer(type_) and (type_.bit_width < 32 or KINDS.is_int32(type_))


def is_short_float(type_: pyarrow.DataType) -> bool:
    return KINDS.is_float32(type_) or KINDS.is_float16(type_)


INFERRED: Tuple[Tuple[str, Callable[[pyarrow.DataType], bool]], ...] = (
    ("boolean", KINDS.is_boolean),
    ("integer", is_short_integer),
    ("long", KINDS.is_integer),
    ("float", is_short_float),
    ("double", lambda type_: KINDS.is_float64(type_) or KINDS.is_decimal(type_)),
    ("string", arrow_types.is_text),
    ("binary", arrow_types.is_bytes),
    ("datetime", arrow_types.is_point_in_time),
)


def index_names(metadata: Optional[Dict[bytes, bytes]]) -> List[str]:
    """Returns the names of the columns that hold the row labels of the frame that pandas wrote."""
    try:
        labels = json.loads((metadata or {})[b"pandas"].decode("utf-8"))["index_columns"]
    except (KeyError, ValueError):
        return []
    return [label for label in labels if isinstance(label, str)]


def to_frame(names: Sequence[Any], columns: List[Any]) -> pandas.DataFrame:
    """Returns converted columns as a frame; those of Arrow become pandas' together."""
    if columns and all(isinstance(values, pyarrow.ChunkedArray) and KINDS.is_float64(values.type) for values in columns):
        return frame_of_doubles(names, columns)
    arrow = [values for values in columns if isinstance(values, pyarrow.ChunkedArray)]
    frame = pyarrow.table(arrow, names=[str(index) for index in range(len(arrow))]).to_pandas()
    if len(arrow) < len(columns):
        converted = iter([frame.iloc[:, index] for index in range(len(arrow))])
        columns = [series_of(values, None) if isinstance(values, list) else next(converted) for values in columns]
        frame = pandas.DataFrame(dict(enumerate(columns)))
    frame.columns = names
    return frame


def frame_of_doubles(names: Sequence[Any], columns: List[pyarrow.ChunkedArray]) -> pandas.DataFrame:
    """Returns columns of doubles as the frame that pyarrow makes of them, in a third of its time; missing values are NaN."""
    rows = len(columns[0])
    # Of Arrow's memory, which stays in the process.
    table = numpy.frombuffer(pyarrow.allocate_buffer(8 * rows * len(columns)), "float64").reshape(len(columns), rows)
    for row, values in zip(table, columns):
        row[:] = values.to_numpy()
    frame = pandas.DataFrame(table.T, copy=False)
    frame.columns = names
    return frame
