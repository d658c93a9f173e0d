"""Single values of rows: how each kind is written, in every format, and which kinds are refused.

| kind | written as |
|---|---|
| str, int, float, bool | unchanged; whole numbers of any size exactly |
| None, NaN, NaT, NA | missing |
| bytes | their text in UTF-8; other bytes are refused |
| Enum | its value where it is a text or number too, otherwise its name |
| list, tuple, dict, array, tensor | JSON within CSV |
| set | refused: it has no order, so the output would differ from run to run |
| a value whose text has a memory address | refused for the same reason |
| all else | its `str()` |
"""
import datetime
import decimal
import enum
import json
import numbers
import re
from typing import Any, Union

from batchstudio_runtime.scoring.errors import clean

NATIVE = {str, int, bool, type(None)}
# The types that csv.writer, pandas and str() write alike.
KEPT = (numbers.Number, datetime.date, datetime.time, datetime.timedelta)
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{4,}\b")


class BadValue(ValueError):
    """A value that no format can hold."""


def plain(value: Any) -> Any:
    """Returns the value as csv.writer writes it the way pandas does; None is written as nothing."""
    kind = type(value)
    if kind in NATIVE:
        return value
    if kind is float:
        return value if value == value else None
    value = without_library(value)
    if type(value) in NATIVE:
        return value
    if is_nested(value):
        return json.dumps(jsonable(value), ensure_ascii=False)
    if is_array(value):
        return plain(python_value(value))
    return None if is_missing(value) else single(value)


def single(value: Any) -> Any:
    """Returns a value that is neither missing nor nested as one that csv.writer writes correctly; raises BadValue."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return text_of_bytes(value)
    if isinstance(value, enum.Enum):
        return value.value if isinstance(value, (str, int, float)) else str(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (set, frozenset)):
        raise BadValue(f"a {type(value).__name__} has no order; return a list")
    if hasattr(value, "iloc"):
        raise BadValue(f"a {type(value).__name__} is not a single value")
    if isinstance(value, KEPT):
        return value
    text = str(value)
    if ADDRESS.search(text):
        raise BadValue(f"a value of type {type(value).__name__} has no text of its own")
    return text


def text_of_bytes(value: Union[bytes, bytearray, memoryview]) -> str:
    try:
        return bytes(value).decode("utf-8")
    except UnicodeDecodeError:
        raise BadValue("bytes that are not UTF-8 text") from None


def without_library(value: Any) -> Any:
    """Returns a tensor of any library as a NumPy array, all else as it is."""
    if hasattr(value, "detach") and hasattr(value, "cpu"):  # PyTorch
        return array_of_torch(value)
    if is_array(value) or isinstance(value, KEPT) or hasattr(value, "iloc"):
        return value
    if hasattr(value, "filled") and hasattr(value, "mask"):  # a masked array of NumPy
        return value.tolist()
    if callable(getattr(value, "numpy", None)):  # TensorFlow
        return value.numpy()
    if hasattr(value, "__array__") and getattr(value, "ndim", None) is not None:  # JAX and others
        import numpy

        return numpy.asarray(value)
    return value


def array_of_torch(tensor: Any) -> Any:
    tensor = tensor.detach().cpu()
    if getattr(tensor, "is_sparse", False):
        tensor = tensor.to_dense()
    try:
        return tensor.numpy()
    except TypeError:  # a type that NumPy lacks, such as bfloat16
        return tensor.float().numpy()


def is_array(value: Any) -> bool:
    """Returns True for a NumPy array or scalar."""
    return type(value).__module__ == "numpy" and hasattr(value, "ndim")


def is_nested(value: Any) -> bool:
    return isinstance(value, (list, tuple, dict)) or is_array(value) and value.ndim > 0


def python_value(scalar: Any) -> Any:
    if scalar.dtype.kind in "mM":  # item() makes nanoseconds bare integers
        text = str(scalar)
        return None if text == "NaT" else text.replace("T", " ")
    value = scalar.item()
    if is_array(value):  # a long double, for which Python has no type
        return complex(value) if value.dtype.kind == "c" else float(value)
    return value


def is_missing(value: Any) -> bool:
    """Returns True for pandas' NA and NaT, and for a NaN of any type, such as a decimal."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return True
    try:
        return bool(value != value)
    except Exception:
        return False


def jsonable(value: Any) -> Any:
    """Returns a nested value as JSON knows it, missing values as null."""
    if type(value) is str:
        return clean(value)
    if type(value) in NATIVE:
        return value
    if isinstance(value, dict):
        return {key_of(key): jsonable(item) for key, item in value.items()}
    if is_array(value) and value.ndim > 0 and value.dtype.kind in "biuf":
        value = value.tolist()
    if is_nested(value):
        return [jsonable(item) for item in value]
    value = without_library(value)
    if is_nested(value):
        return jsonable(value)
    value = plain(value)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    if isinstance(value, str):
        return clean(value)
    return value if value is None or isinstance(value, (int, float)) else str(value)


def key_of(key: object) -> str:
    return clean(str(single(key)))


def native(value: Any) -> Any:
    """Returns a value for Arrow: lists and dicts stay nested."""
    if type(value) not in NATIVE:
        value = without_library(value)
    if type(value) in NATIVE:
        return value
    if isinstance(value, dict):
        return {str(single(key)): native(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [native(item) for item in value]
    if is_array(value):
        return native(value.tolist()) if value.ndim else native_scalar(value)
    if is_missing(value):
        return None
    return value if isinstance(value, decimal.Decimal) else single(value)


def native_scalar(scalar: Any) -> Any:
    return scalar if scalar.dtype.kind in "mM" else native(python_value(scalar))


# Columns of frames


SIMPLE = NATIVE | {float}


def check_column(column: Any) -> None:
    """Raises BadValue, naming the row, where a column of objects has a value that no format can hold."""
    if column.dtype != object or SIMPLE.issuperset(set(map(type, column))):
        return
    for row, value in enumerate(column, 1):
        try:
            jsonable(value)
        except BadValue as error:
            raise BadValue(f"row {row}: {error}") from None
