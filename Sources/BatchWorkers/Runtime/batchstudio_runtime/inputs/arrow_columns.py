"""Arrow columns as the types of a signature: what fits without loss is converted, else the first bad row is named.

Numbers are never made of text, nor text of numbers: both the file and the signature have types.
"""
from typing import Any

import numpy
import pyarrow

from batchstudio_runtime.inputs.arrow_nested import nested_values
from batchstudio_runtime.inputs.arrow_types import KINDS, check_type, is_view, plain
from batchstudio_runtime.inputs.bad_values import BadValue, converted
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.limits import EXACT, EXACT_FLOAT, LARGEST_FLOAT, RANGES, quoted
from batchstudio_runtime.inputs.values import OUTSIDE, TIMES, UNITS, Misfit, MissingValue, converter_to

ARROW_TYPES = {
    "double": pyarrow.float64(), "float": pyarrow.float32(), "long": pyarrow.int64(), "integer": pyarrow.int32(),
    "boolean": pyarrow.bool_(), "datetime": pyarrow.timestamp("ns"),
}


def convert(values: pyarrow.ChunkedArray, column: Column) -> Any:
    """Returns a chunked Arrow column in the signature's type; a list of Python objects for nested types."""
    values = plain(values)
    if not isinstance(column.type, str):
        return nested_values(values, column, convert)
    if KINDS.is_null(values.type):
        return missing_values(len(values), column)
    return CONVERSIONS[column.scalar](values, column)


def missing_values(length: int, column: Column) -> pyarrow.ChunkedArray:
    if length and (column.type in ("long", "integer") or column.type == "boolean" and column.is_required):
        raise BadValue(column, 0, MissingValue(), length)
    type_ = {"string": pyarrow.string(), "binary": pyarrow.binary()}.get(column.scalar) or ARROW_TYPES[column.scalar]
    return pyarrow.chunked_array([pyarrow.nulls(length, type_)], type_)


def to_floating(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    """Returns numbers as doubles or floats."""
    check_type(values.type, column)
    wanted = ARROW_TYPES[column.scalar]
    if values.type.equals(wanted):
        return values
    if KINDS.is_decimal(values.type):
        return converted_one_by_one(values, column)
    if KINDS.is_integer(values.type):
        check_whole_numbers(values, column)
        return values.cast(wanted, safe=False)
    if column.type == "float" and KINDS.is_float64(values.type):
        numbers = to_numpy(values, "float64", numpy.nan)
        check(numpy.isfinite(numbers) & (numpy.abs(numbers) > LARGEST_FLOAT), values, column)
    if KINDS.is_float16(values.type):  # pyarrow casts it from version 16 on only
        return arrow_array(to_numpy(values, "float16", numpy.nan).astype(wanted.to_pandas_dtype()), values, wanted)
    return values.cast(wanted, safe=False)


def check_whole_numbers(values: pyarrow.ChunkedArray, column: Column) -> None:
    """Raises an error for the first whole number that is rounded as a floating-point number."""
    exact = EXACT if column.type == "double" else EXACT_FLOAT
    if values.type.bit_width <= (32 if column.type == "double" else 16):
        return
    numbers = to_numpy(values, values.type.to_pandas_dtype(), 0)
    is_large = (numbers > exact) | (numbers < -exact) if KINDS.is_signed_integer(values.type) else numbers > exact
    if not is_large.any():
        return
    for position in numpy.flatnonzero(is_large):
        number = int(numbers[position])
        is_large[position] = int(numpy.dtype(ARROW_TYPES[column.scalar].to_pandas_dtype()).type(number)) != number
    check(is_large, values, column)


def to_whole(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    """Returns numbers as whole numbers of 64 or 32 bits."""
    check_type(values.type, column)
    check(is_null(values), values, column)
    wanted = ARROW_TYPES[column.scalar]
    if values.type.equals(wanted):
        return values
    if KINDS.is_decimal(values.type):
        return converted_one_by_one(values, column)
    smallest, largest = RANGES[column.scalar]
    if KINDS.is_integer(values.type):
        if values.type.bit_width < wanted.bit_width or (
                values.type.bit_width == wanted.bit_width and KINDS.is_signed_integer(values.type)):
            return values.cast(wanted)
        numbers = to_numpy(values, values.type.to_pandas_dtype(), 0)
        bad = numbers > largest
        if KINDS.is_signed_integer(values.type):
            bad |= numbers < smallest
        check(bad, values, column)
        return values.cast(wanted)
    numbers = to_numpy(values, values.type.to_pandas_dtype(), 0).astype("float64")
    # The upper limit plus one is a double, the limit itself is not.
    with numpy.errstate(invalid="ignore"):
        fits = (numbers >= float(smallest)) & (numbers < float(largest + 1)) & (numpy.floor(numbers) == numbers)
    check(~fits, values, column)
    return arrow_array(numbers.astype(wanted.to_pandas_dtype()), values, wanted)


def to_boolean(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    check_type(values.type, column)
    if column.is_required:
        check(is_null(values), values, column)
    return values


def to_string(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    check_type(values.type, column)
    return values.cast(pyarrow.large_string()) if is_view(values.type, "string_view") else values


def to_binary(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    check_type(values.type, column)
    return values.cast(pyarrow.large_binary()) if is_view(values.type, "binary_view") else values


def to_datetime(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    """Returns dates and times as naive times in UTC, in nanoseconds."""
    check_type(values.type, column)
    wanted = ARROW_TYPES["datetime"]
    if values.type.equals(wanted):
        return values
    if KINDS.is_date32(values.type):
        factor, counts = UNITS["D"], values.cast(pyarrow.int32())
    elif KINDS.is_date64(values.type):
        factor, counts = UNITS["ms"], values.cast(pyarrow.int64())
    else:  # with a time zone the count is that of UTC
        factor, counts = UNITS[values.type.unit], values.cast(pyarrow.int64())
    numbers = to_numpy(counts, counts.type.to_pandas_dtype(), 0).astype("int64")
    check((numbers > TIMES[1] // factor) | (numbers < -(-TIMES[0] // factor)), values, column)
    return arrow_array((numbers * factor).view("datetime64[ns]"), values, wanted)


def converted_one_by_one(values: pyarrow.ChunkedArray, column: Column) -> pyarrow.ChunkedArray:
    """Returns the values that Python converts, decimals."""
    convert_one = converter_to(column.scalar)
    found = converted(values.to_pylist(), column, lambda value: None if value is None else convert_one(value), stage=1)
    if column.type == "float":
        found = [None if value is None else float(value) for value in found]
    wanted = ARROW_TYPES[column.scalar]
    return pyarrow.chunked_array([pyarrow.array(found, wanted)], wanted)


def to_numpy(values: pyarrow.ChunkedArray, dtype: Any, missing: Any) -> numpy.ndarray:
    """Returns the values as an array, with this number in place of each null."""
    if values.null_count:
        mask = is_null(values)
        numbers = numpy.full(len(values), missing, dtype=dtype)
        numbers[~mask] = values.drop_null().to_numpy() if hasattr(values, "drop_null") else values.filter(
            pyarrow.array(~mask)).to_numpy()
        return numbers
    return numpy.asarray(values.to_numpy(), dtype=dtype)


def is_null(values: pyarrow.ChunkedArray) -> numpy.ndarray:
    if not values.null_count:
        return numpy.zeros(len(values), dtype=bool)
    return numpy.concatenate([numpy.asarray(chunk.is_null()) for chunk in values.chunks])


def arrow_array(numbers: numpy.ndarray, values: pyarrow.ChunkedArray, type_: pyarrow.DataType) -> pyarrow.ChunkedArray:
    """Returns converted numbers as an Arrow column, null where the values were."""
    mask = is_null(values) if values.null_count else None
    return pyarrow.chunked_array([pyarrow.array(numbers, type=type_, mask=mask)], type_)


def check(is_bad: numpy.ndarray, values: pyarrow.ChunkedArray, column: Column) -> None:
    """Raises the error for the first bad value, with the problem that the conversion of one value reports."""
    count = int(numpy.count_nonzero(is_bad))
    if not count:
        return
    position = int(numpy.argmax(is_bad))
    value = python_value(values[position])
    error = MissingValue() if value is None or value != value else reason(value, column)
    raise BadValue(column, position, error, count, stage=0 if isinstance(error, MissingValue) else 1)


def python_value(value: Any) -> Any:
    """Returns an Arrow value as Python's; a time that Python can't hold as its number."""
    try:
        return value.as_py()
    except (ValueError, OverflowError):
        return DistantTime(f"{value.value} {value.type.unit} since 1970")


class DistantTime(str):
    """The text of a time that is in no year that Python knows."""


def reason(value: Any, column: Column) -> Misfit:
    if isinstance(value, DistantTime):
        return Misfit(f"{value} is {OUTSIDE}")
    try:
        converter_to(column.scalar)(value)
    except Misfit as error:
        return error
    return Misfit(f"{quoted(value)} does not fit")


CONVERSIONS = {
    "double": to_floating,
    "float": to_floating,
    "long": to_whole,
    "integer": to_whole,
    "boolean": to_boolean,
    "string": to_string,
    "binary": to_binary,
    "datetime": to_datetime,
}
