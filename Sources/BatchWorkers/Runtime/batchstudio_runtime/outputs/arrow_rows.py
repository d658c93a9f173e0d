"""The fast way to CSV: pyarrow writes whole columns at once, where its text is the same as pandas'.

pyarrow writes `1` for 1.0, `1e-7` for 1e-07, `true` for True and `nan` for a missing value, and it quotes every text or
none. So each column is turned into texts first, the numbers whose text would differ are written by NumPy, as pandas
does, and columns that would need more care are left to pandas.
"""
import sys
from typing import Any, Optional, Sequence

# The names of the types of NumPy and pandas; pandas' own Int64, boolean and so on are spelt differently.
TYPES = {
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64",
    "object", "str", "string", "category",
}

ROWS_AT_ONCE = 16 * 1024

# Where pyarrow and NumPy agree on the digits: neither uses an exponent. Measured in the tests.
SMALLEST_ALIKE = {"float64": 1e-4, "float32": 1e-3}
LARGEST_ALIKE = {"float64": 1e9, "float32": 1e5}


def to_csv(columns: Sequence[Any]) -> Optional[bytes]:
    """Returns the rows of these columns, or None if pyarrow is not loaded or would write another text than pandas."""
    if sys.modules.get("pyarrow") is None or not columns:
        return None
    import pyarrow
    import pyarrow.csv

    try:
        texts = [column_of_texts(column) for column in columns]
        if any(text is None for text in texts):
            return None
        if len(texts) == 1 and has_empty(texts[0]):
            return None  # a line of one empty value is written as "", unlike a blank line
        sink = pyarrow.BufferOutputStream()
        options = pyarrow.csv.WriteOptions(include_header=False, quoting_style="none", batch_size=ROWS_AT_ONCE)
        table = pyarrow.table(texts, names=[str(index) for index in range(len(texts))])
        pyarrow.csv.write_csv(table, sink, options)
        return sink.getvalue().to_pybytes()
    except (pyarrow.ArrowException, TypeError, OverflowError, UnicodeEncodeError):
        return None  # a text that needs quotes, values of mixed types, an old pyarrow


def column_of_texts(column: Any) -> Any:
    """Returns a NumPy, pandas or Arrow column as Arrow texts or integers, or None when pyarrow should not write it."""
    import pyarrow
    import pyarrow.compute as compute

    array = as_arrow(column)
    if array is None or pyarrow.types.is_integer(array.type):
        return array
    if pyarrow.types.is_boolean(array.type):
        return compute.if_else(array, "True", "False")
    if pyarrow.types.is_float32(array.type) or pyarrow.types.is_float64(array.type):
        return texts_of_floats(array)
    if pyarrow.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if pyarrow.types.is_string(array.type) or pyarrow.types.is_large_string(array.type):
        return array
    return None


def as_arrow(column: Any) -> Any:
    """Returns the column as an Arrow array, or None if it is of a type that pandas has to write."""
    import pyarrow

    if hasattr(column, "combine_chunks"):
        return column.combine_chunks()
    if str(column.dtype) not in TYPES:
        return None
    array = pyarrow.array(column, from_pandas=True)
    if str(column.dtype) == "object" and pyarrow.types.is_floating(array.type):
        # Integers among them have become floats.
        return array if all(type(value) is float or value is None for value in column) else None
    return array


def texts_of_floats(array: Any) -> Any:
    import numpy
    import pyarrow
    import pyarrow.compute as compute

    values = array.to_numpy(zero_copy_only=False)  # missing values are NaN here
    kind = values.dtype.name
    with numpy.errstate(invalid="ignore"):
        magnitude = numpy.abs(values)
        alike = (magnitude == 0) | (magnitude >= SMALLEST_ALIKE[kind]) & (magnitude < LARGEST_ALIKE[kind])
        whole = alike & (values == numpy.floor(values))
    texts = compute.cast(array, pyarrow.string())
    if whole.any():
        texts = compute.if_else(pyarrow.array(whole), compute.binary_join_element_wise(texts, ".0", ""), texts)
    others = ~alike & ~numpy.isnan(values)
    if others.any():
        written = pyarrow.array(values[others].astype(str).tolist())
        texts = compute.replace_with_mask(texts, pyarrow.array(others), written)
    return texts


def has_empty(array: Any) -> bool:
    import pyarrow.compute as compute

    if array.null_count:
        return True
    return not str(array.type).startswith(("int", "uint")) and compute.any(compute.equal(array, "")).as_py() is True
