"""The result of run() as lines of CSV, with the text that `pandas.DataFrame.to_csv(header=False, index=False)` writes.

It differs where pandas loses something: integers are never written as floats, nested values are JSON, a carriage return is quoted
by every version of Python.
"""
import csv
import io
import re
from typing import Any, Iterable, List, Optional, Sequence, Tuple

from batchstudio_runtime.outputs import arrow_rows
from batchstudio_runtime.outputs.values import BadValue, is_array, plain

NOTHING_TO_WRITE = (
    "The run() method in the entry script should return a list or a pandas DataFrame; it returned {}."
)


def to_csv(result: Any) -> Tuple[bytes, int]:
    """Returns the rows as UTF-8 and their number."""
    if isinstance(result, (list, tuple)):
        return encode(items_to_text(result)), len(result)
    library = type(result).__module__.partition(".")[0]
    if library == "numpy" and hasattr(result, "ndim") and result.ndim > 0:
        return array_to_csv(result), len(result)
    if library == "pandas" and type(result).__name__ == "Series":
        return frame_to_csv(result.to_frame()), len(result)
    if hasattr(result, "to_csv") and hasattr(result, "iloc"):
        return frame_to_csv(result), len(result)
    if library == "polars" and hasattr(result, "to_frame"):
        result = result.to_frame()
    if library == "polars" and hasattr(result, "to_arrow"):
        result = result.to_arrow()
    if type(result).__module__ == "pyarrow.lib" and hasattr(result, "column_names"):
        return table_to_csv(result), result.num_rows
    raise TypeError(NOTHING_TO_WRITE.format(type(result).__name__))


# A list's items


# A text that a CSV reader takes for exactly one record: a quote at the beginning of a field ends within it.
FIELD = r'(?:"(?:[^"]|"")*"(?!")(?:[^",\r\n][^,\r\n]*)?|[^",\r\n][^,\r\n]*|)'
RECORD = re.compile(f"{FIELD}(?:,{FIELD})*")
SPECIAL = re.compile('["\r\n]')


def items_to_text(items: Sequence[Any]) -> str:
    """Returns one line an item. A text that is one record of CSV is a line as it is: scripts often format theirs."""
    if all(type(item) is str for item in items):
        return "".join([line_of(item) for item in items])
    lines = Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    keys = columns_of_dicts(items)
    for number, item in enumerate(items, 1):
        if isinstance(item, str):
            lines.add(line_of(str.__str__(item)))
        else:
            values = columns_of(item) if keys is None else [item.get(key) for key in keys]
            try:
                writer.writerow([plain(value) for value in values])
            except BadValue as error:
                raise BadValue(f"row {number}: {error}") from None
    return lines.getvalue()


class Lines(io.StringIO):
    """Takes lines of csv.writer that end with CRLF, and ends them with LF.

    Before Python 3.13 csv.writer quotes a carriage return only where the end of its lines has one; readers take one that is
    not quoted for the end of a line.
    """

    def write(self, line: str) -> int:
        return self.add(line[:-2] + "\n")

    def add(self, line: str) -> int:
        return super().write(line)


def line_of(text: str) -> str:
    """Returns a text as a line, or as one quoted value where a CSV reader would read more or less than a record in it."""
    line = text if text.endswith("\n") else text + "\n"
    return line if is_record(text) else '"{}"\n'.format(text.replace('"', '""'))


def is_record(text: str) -> bool:
    """Returns whether a text is one record of CSV, with or without its line's end."""
    if not SPECIAL.search(text):
        return True
    if text.endswith("\n"):
        text = text[:-2] if text.endswith("\r\n") else text[:-1]
    return RECORD.fullmatch(text) is not None


def columns_of_dicts(items: Sequence[Any]) -> Optional[List[Any]]:
    """Returns all keys in the order in which they first occur, as pandas orders its columns, if all items are dicts."""
    if not all(isinstance(item, dict) for item in items):
        return None
    keys = {}
    for item in items:
        keys.update(dict.fromkeys(item))
    return list(keys)


def columns_of(item: Any) -> Iterable[Any]:
    if isinstance(item, (list, tuple)):
        return item
    if isinstance(item, dict):
        return item.values()
    if is_array(item) and item.ndim > 0:
        return item
    return (item,)


# Arrays, frames and tables


def array_to_csv(array: Any) -> bytes:
    columns = [array] if array.ndim == 1 else [array[:, index] for index in range(array.shape[1])]
    fast = arrow_rows.to_csv(columns)
    return encode(columns_to_text(columns)) if fast is None else fast


def columns_to_text(columns: List[Any]) -> str:
    lines = Lines()
    csv.writer(lines, lineterminator="\r\n").writerows(zip(*[column_values(column) for column in columns]))
    return lines.getvalue()


def column_values(array: Any) -> List[Any]:
    """Returns the values of a NumPy column as csv.writer takes them."""
    if array.ndim == 1 and array.dtype.kind == "f":
        # NumPy's own text: the shortest that names the value in the column's precision.
        return ["" if text == "nan" else text for text in array.astype(str).tolist()]
    if array.ndim == 1 and array.dtype.kind in "biuU":
        return array.tolist()
    return [plain(value) for value in array]


def frame_to_csv(frame: Any) -> bytes:
    if frame.shape[1] == 0:
        return b"\n" * len(frame)
    fast = arrow_rows.to_csv([frame.iloc[:, index] for index in range(frame.shape[1])])
    if fast is not None:
        return fast
    return encode(text_of_frame(with_plain_objects(frame)))


def text_of_frame(frame: Any) -> str:
    text = frame.to_csv(header=False, index=False)
    if "\r" not in text:
        return text
    lines = Lines()
    try:
        frame.to_csv(lines, header=False, index=False, lineterminator="\r\n")
    except TypeError:  # pandas before 1.5
        frame.to_csv(lines, header=False, index=False, line_terminator="\r\n")
    return lines.getvalue()


# The types that pandas writes as this module does.
OF_PANDAS = {
    "str", "int", "float", "bool", "NoneType", "Timestamp", "NaTType", "NAType", "float64", "float32", "float16", "longdouble",
    "int64",
}


def with_plain_objects(frame: Any) -> Any:
    """Returns the frame with JSON in place of nested values, and texts in place of bytes and the like."""
    frame = frame.reset_index(drop=True)
    columns = {index: frame.iloc[:, index] for index in range(frame.shape[1])}
    changed = False
    for index, column in columns.items():
        if not needs_care(column):
            continue
        columns[index] = type(column)([cell(value, row) for row, value in enumerate(column, 1)], dtype=object)
        changed = True
    return type(frame)(columns) if changed else frame


def needs_care(column: Any) -> bool:
    """Returns whether a column has values that pandas would write otherwise."""
    dtype = str(column.dtype)
    if dtype == "category":
        column = column.cat.categories
        dtype = str(column.dtype)
    if dtype == "object":
        return not OF_PANDAS.issuperset(kind.__name__ for kind in set(map(type, column)))
    return dtype.startswith(("binary", "large_binary", "fixed_size_binary", "list", "large_list", "struct", "map"))


def cell(value: Any, row: int) -> Any:
    if type(value).__name__ in OF_PANDAS:
        return value
    try:
        return plain(value)
    except BadValue as error:
        raise BadValue(f"row {row}: {error}") from None


def table_to_csv(table: Any) -> bytes:
    """Returns an Arrow table's rows; by pandas where it is at hand, as only that knows all the types' texts."""
    fast = arrow_rows.to_csv(table.columns)
    if fast is not None:
        return fast
    try:
        import pandas  # noqa: F401
    except ImportError:
        return encode(items_to_text(list(zip(*[column.to_pylist() for column in table.columns]))))
    # Columns of one name would get one type; what a frame's index was is a column as any other.
    unique = table.rename_columns([str(number) for number in range(table.num_columns)]).replace_schema_metadata(None)
    return frame_to_csv(unique.to_pandas(integer_object_nulls=True))


def encode(text: str) -> bytes:
    """Returns valid UTF-8 even where a text holds a file name of undecodable bytes."""
    return text.encode("utf-8", "backslashreplace")
