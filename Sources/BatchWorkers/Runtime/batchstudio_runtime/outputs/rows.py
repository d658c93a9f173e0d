"""What run() returned as lines of CSV, the very text that `pandas.DataFrame.to_csv(header=False, index=False)` writes.

Two deviations, both for the better: integers are never written as floats, and nested values are JSON.
"""
import csv
import io
import json

from batchstudio_runtime.outputs import arrow_rows

NOTHING_TO_WRITE = (
    "The run() method in the entry script should return a list or a pandas DataFrame; it returned {}."
)


def to_csv(result):
    """Return the rows as UTF-8 and their number."""
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


def items_to_text(items):
    """Return one line an item. A text is a line as it is: scripts often format theirs themselves."""
    if all(type(item) is str for item in items):
        return "".join([item if item.endswith("\n") else item + "\n" for item in items])
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    keys = columns_of_dicts(items)
    for item in items:
        if isinstance(item, str):
            lines.write(item if item.endswith("\n") else item + "\n")
        elif keys is not None:
            writer.writerow([plain(item.get(key)) for key in keys])
        else:
            writer.writerow([plain(value) for value in columns_of(item)])
    return lines.getvalue()


def columns_of_dicts(items):
    """Return all keys in the order in which they first occur, as pandas orders its columns, if all items are dicts."""
    if not all(isinstance(item, dict) for item in items):
        return None
    keys = {}
    for item in items:
        keys.update(dict.fromkeys(item))
    return list(keys)


def columns_of(item):
    if isinstance(item, (list, tuple)):
        return item
    if isinstance(item, dict):
        return item.values()
    if is_array(item) and item.ndim > 0:
        return item
    return (item,)


# Values

NATIVE = {str, int, bool}


def plain(value):
    """Return the value as csv.writer writes it the way pandas does; None is written as nothing."""
    kind = type(value)
    if kind in NATIVE or value is None:
        return value
    if kind is float:
        return value if value == value else None
    if is_nested(value):
        return json.dumps(jsonable(value), ensure_ascii=False)
    if is_array(value):
        return plain(python_value(value))
    return None if is_missing(value) else value


def is_array(value):
    """Tell whether the value is a NumPy array or scalar."""
    return type(value).__module__ == "numpy" and hasattr(value, "ndim")


def is_nested(value):
    return isinstance(value, (list, tuple, dict, set, frozenset)) or is_array(value) and value.ndim > 0


def python_value(scalar):
    if scalar.dtype.kind in "mM":  # item() makes nanoseconds bare integers
        text = str(scalar)
        return None if text == "NaT" else text.replace("T", " ")
    return scalar.item()


def is_missing(value):
    """Tell whether the value is a pandas NA or NaT or a NaN of another type, a decimal say."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return True
    try:
        return bool(value != value)
    except Exception:
        return False


def jsonable(value):
    """Return a nested value as JSON knows it, missing values as null."""
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)) or is_array(value) and value.ndim > 0:
        return [jsonable(item) for item in value]
    value = plain(value)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


# Arrays, frames and tables


def array_to_csv(array):
    columns = [array] if array.ndim == 1 else [array[:, index] for index in range(array.shape[1])]
    fast = arrow_rows.to_csv(columns)
    return encode(columns_to_text(columns)) if fast is None else fast


def columns_to_text(columns):
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(zip(*[column_values(column) for column in columns]))
    return lines.getvalue()


def column_values(array):
    """Return the values of a NumPy column as csv.writer takes them."""
    if array.ndim == 1 and array.dtype.kind == "f":
        # NumPy's own text: the shortest that names the value in the column's precision.
        return ["" if text == "nan" else text for text in array.astype(str).tolist()]
    if array.ndim == 1 and array.dtype.kind in "biuU":
        return array.tolist()
    return [plain(value) for value in array]


def frame_to_csv(frame):
    if frame.shape[1] == 0:
        return b"\n" * len(frame)
    fast = arrow_rows.to_csv([frame.iloc[:, index] for index in range(frame.shape[1])])
    if fast is not None:
        return fast
    return encode(with_plain_objects(frame).to_csv(header=False, index=False))


def with_plain_objects(frame):
    """Return the frame with JSON in place of nested values."""
    frame = frame.reset_index(drop=True)
    columns = {index: frame.iloc[:, index] for index in range(frame.shape[1])}
    nested = [index for index, column in columns.items() if column.dtype == object and any(map(is_nested, column))]
    for index in nested:
        columns[index] = columns[index].map(plain)
    return type(frame)(columns) if nested else frame


def table_to_csv(table):
    """Return an Arrow table's rows; by pandas where it is at hand, as only that knows all the types' texts."""
    fast = arrow_rows.to_csv(table.columns)
    if fast is not None:
        return fast
    try:
        import pandas  # noqa: F401
    except ImportError:
        return encode(items_to_text(list(zip(*[column.to_pylist() for column in table.columns]))))
    return frame_to_csv(table.to_pandas(integer_object_nulls=True))


def encode(text):
    """Return valid UTF-8 even where a text holds a file name of undecodable bytes."""
    return text.encode("utf-8", "backslashreplace")
