"""JSON lines of flat columns read by pyarrow, where that gives what Python's parser gives; None where it might not.

Python's parser has the last word: whatever pyarrow refuses is read again, and what is wrong is named then.
"""
from typing import TYPE_CHECKING, Any, Optional, Sequence

import numpy
import pandas

from batchstudio_runtime.inputs import arrow_columns
from batchstudio_runtime.inputs.arrow_table import to_frame
from batchstudio_runtime.inputs.bad_values import BadValue, WrongType
from batchstudio_runtime.inputs.cells import MADE_OF_SIGNATURE, CellRules, Cells, has_large
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.opening import open_text
from batchstudio_runtime.inputs.read_options import ReadOptions

if TYPE_CHECKING:
    import pyarrow

BLOCK = 16 * 1024 * 1024  # bytes; a line may have that many
OPTIONS = ("encoding", "format", "invalid_lines", "include_path_column", "partition_format", "take", "date_formats")


def read(path: str, columns: Sequence[Column], options: ReadOptions, says: str = MADE_OF_SIGNATURE) -> Optional[pandas.DataFrame]:
    """Returns the frame of a file's lines, None where Python has to read it."""
    if not is_plain(columns, options):
        return None
    with open_text(path, options) as text:
        content = b"".join(text.pieces)
    return frame_of(content, columns, options, says)


def frame_of(
    content: bytes, columns: Sequence[Column], options: ReadOptions, says: str, are_present: bool = False
) -> Optional[pandas.DataFrame]:
    """Returns the frame of plain lines, None where Python has to read them; `are_present`: all columns are in the file."""
    try:
        import pyarrow
        import pyarrow.json
    except ImportError:
        return None
    types = {"double": pyarrow.float64(), "float": pyarrow.float64(), "long": pyarrow.int64(), "integer": pyarrow.int64(),
             "boolean": pyarrow.bool_(), "string": pyarrow.string(), "datetime": pyarrow.string()}
    schema = pyarrow.schema([(column.name, types[column.scalar]) for column in columns])
    try:
        table = pyarrow.json.read_json(
            pyarrow.BufferReader(content),
            read_options=pyarrow.json.ReadOptions(use_threads=False, block_size=BLOCK),
            parse_options=pyarrow.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except (pyarrow.ArrowException, ValueError):
        return None
    if not table.num_rows or table.num_rows != objects_in(content):
        return None
    converted, rules = [], CellRules(options, says)
    for column in columns:
        values = table.column(column.name)
        if values.null_count == len(values) and not are_present:
            return None  # it may not be in the file at all
        values = converted_column(values, column, rules)
        if values is None:
            return None
        converted.append(values)
    return to_frame([column.name for column in columns], converted)


def is_plain(columns: Sequence[Column], options: ReadOptions) -> bool:
    """Returns whether these columns and options leave a file to pyarrow."""
    names = [column.name for column in columns]
    return (
        all(isinstance(column.type, str) and column.type != "binary" for column in columns)
        and all(isinstance(name, str) for name in names) and len(set(names)) == len(names) > 0
        and set(options.as_dict()) <= set(OPTIONS) and options.invalid_lines != "drop"
    )


def objects_in(content: bytes) -> Optional[int]:
    """Returns how many lines hold an object, None where one may span lines; pyarrow takes several on a line as well."""
    lines = [line.strip(b" \t\r") for line in content.split(b"\n")]
    lines = [line for line in lines if line]
    return len(lines) if all(line.startswith(b"{") and line.endswith(b"}") for line in lines) else None


def converted_column(values: "pyarrow.ChunkedArray", column: Column, rules: CellRules) -> Any:
    """Returns a column in the signature's type, None where something of it is not plain."""
    if column.type == "datetime":
        return times(values, column, rules)
    try:
        converted = arrow_columns.convert(values, column)
    except (BadValue, WrongType):
        return None
    if column.type in ("double", "float"):
        numbers = values.to_numpy()
        if numpy.isinf(numbers[~numpy.isnan(numbers)]).any():
            return None  # of a number that is too large
        if rules.is_inferred(column) and has_large(numbers):
            return None  # it may have been rounded
    return converted


def times(values: "pyarrow.ChunkedArray", column: Column, rules: CellRules) -> "Optional[pyarrow.ChunkedArray]":
    import pyarrow

    cells = Cells(column, rules)
    found = cells.convert(["" if text is None else text for text in values.to_pylist()])
    if cells.first_bad is not None:
        return None
    return pyarrow.chunked_array([pyarrow.array(found)])
