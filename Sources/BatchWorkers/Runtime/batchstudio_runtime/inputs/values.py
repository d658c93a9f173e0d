"""Typed Python values, of JSON, Avro or Excel, as the scalar types of a signature: what fits without loss is converted.

    converter_to("long")(5.0)   # 5
    converter_to("long")(5.5)   # Misfit: 5.5 is not a whole number
"""
import datetime
import decimal
import math
import numbers
from typing import Any, Callable, Union

import numpy
import pandas

from batchstudio_runtime.inputs.limits import EXACT, LARGEST_FLOAT, RANGES, WHOLE_NUMBERS, quoted
from batchstudio_runtime.inputs.times import EPOCH, LARGEST, NAT

LARGEST_WHOLE = 2.0 ** 64
MICROSECOND = datetime.timedelta(microseconds=1)
OUTSIDE = "outside the years that a datetime can hold (1677 to 2262)"
TIMES = (NAT + 1, LARGEST)  # nanoseconds


class NumberLiteral(float):
    """A number with the digits it has in a text: 9007199254740993.0 is a whole number that no float holds."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> "NumberLiteral":
        number = super().__new__(cls, text)
        number.text = text
        return number

    def decimal(self) -> Union[float, decimal.Decimal]:
        """Returns the number as it is written; as a float where it has more digits than a whole number can."""
        try:
            return float(self) if abs(self) >= LARGEST_WHOLE else decimal.Decimal(self.text)
        except decimal.DecimalException:  # an exponent of twenty digits
            return float(self)


class Misfit(ValueError):
    """A value that a type of the signature can't hold; the message is a clause with the reason."""


class MissingValue(Misfit):
    def __init__(self) -> None:
        super().__init__("the value is missing")


def is_missing(value: Any) -> bool:
    """Returns True for a missing value: None, NaN, NaT, pandas.NA."""
    if value is None or value is pandas.NaT or value is getattr(pandas, "NA", None):
        return True
    if isinstance(value, numpy.datetime64):
        return bool(numpy.isnat(value))
    return isinstance(value, (float, numpy.floating, decimal.Decimal)) and value != value


def converter_to(type_name: str) -> Callable[[Any], Any]:
    """Returns the function that converts one value that is not missing to this scalar type, or raises Misfit."""
    return CONVERTERS[type_name]


def to_double(value: Any) -> float:
    if is_whole_number(value):
        return whole_as_double(int(value))
    if isinstance(value, (float, numpy.floating)):
        if isinstance(value, NumberLiteral) and math.isinf(value) and "nf" not in value.text:
            raise Misfit(f"{value.text} is too large for double")
        return float(value)
    if isinstance(value, decimal.Decimal):
        return decimal_as_double(value)
    raise Misfit(f"{described(value)} is not a number")


def whole_as_double(value: int) -> float:
    """Returns a whole number as the double that equals it."""
    if abs(value) > EXACT and (abs(value) >= 2 ** 1024 or int(float(value)) != value):
        raise Misfit(f"{quoted(value)} does not fit into double without rounding")
    return float(value)


def decimal_as_double(value: decimal.Decimal) -> float:
    """Returns a decimal number as Python's float() does: the nearest double, except where whole digits would be lost."""
    try:
        nearest = float(value)
    except OverflowError:
        nearest = math.inf
    if abs(value) > EXACT and (math.isinf(nearest) != value.is_infinite() or decimal.Decimal(nearest) != value):
        raise Misfit(f"{quoted(value)} does not fit into double without rounding")
    return nearest


def to_float(value: Any) -> numpy.float32:
    """Returns a number as numpy.float32: fractions are rounded to it, whole numbers have to survive."""
    number = to_double(value)
    if math.isfinite(number) and abs(number) > LARGEST_FLOAT:
        raise Misfit(f"{quoted(value)} is too large for float")
    rounded = numpy.float32(number)
    if is_whole_number(value) and int(rounded) != value:
        raise Misfit(f"{quoted(value)} does not fit into float without rounding")
    return rounded


def to_long(value: Any) -> int:
    return to_whole(value, "long")


def to_integer(value: Any) -> numpy.int32:
    return numpy.int32(to_whole(value, "integer"))


def to_whole(value: Any, type_name: str) -> int:
    if is_whole_number(value):
        whole = int(value)
    elif isinstance(value, (float, numpy.floating, decimal.Decimal)):
        value = value.decimal() if isinstance(value, NumberLiteral) else value
        if not math.isfinite(value) or value != int(value):
            raise Misfit(f"{quoted(value)} is not {WHOLE_NUMBERS[type_name]}")
        whole = int(value)
    else:
        raise Misfit(f"{described(value)} is not {WHOLE_NUMBERS[type_name]}")
    smallest, largest = RANGES[type_name]
    if not smallest <= whole <= largest:
        raise Misfit(f"{quoted(value)} is not within the range of {type_name}")
    return whole


def to_boolean(value: Any) -> bool:
    if isinstance(value, (bool, numpy.bool_)):
        return bool(value)
    raise Misfit(f"{described(value)} is not true or false")


def to_string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise Misfit(f"{described(value)} is not text")


def to_binary(value: Any) -> bytes:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise Misfit(f"{described(value)} is not bytes")


def to_datetime(value: Any) -> numpy.datetime64:
    """Returns a time as numpy.datetime64[ns], naive, in UTC."""
    nanoseconds = nanoseconds_of(value)
    if not TIMES[0] <= nanoseconds <= TIMES[1]:
        raise Misfit(f"{quoted(value)} is {OUTSIDE}")
    return numpy.datetime64(nanoseconds, "ns")


def nanoseconds_of(value: Any) -> int:
    if isinstance(value, pandas.Timestamp):
        try:
            return value.value
        except OverflowError:  # pandas from 2.0 on, which has times of other units
            return TIMES[1] + 1
    if isinstance(value, numpy.datetime64):
        unit, step = numpy.datetime_data(value.dtype)
        if unit not in UNITS:
            return nanoseconds_of(value.astype("datetime64[s]"))
        return int(value.astype("int64")) * step * UNITS[unit]
    if isinstance(value, datetime.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        return (value - EPOCH) // MICROSECOND * 1000
    if isinstance(value, datetime.date):
        return (datetime.datetime(value.year, value.month, value.day) - EPOCH) // MICROSECOND * 1000
    raise Misfit(f"{described(value)} is not a time")


UNITS = {"ns": 1, "us": 1000, "ms": 10 ** 6, "s": 10 ** 9, "m": 60 * 10 ** 9, "h": 3600 * 10 ** 9, "D": 86400 * 10 ** 9}


def is_whole_number(value: Any) -> bool:
    """Returns whether the value is an integer; True is one for Python, though not for a user."""
    return isinstance(value, (int, numbers.Integral)) and not isinstance(value, (bool, numpy.bool_))


def described(value: Any) -> str:
    """Returns a value of the wrong kind as a message names it, never the contents of a list or a dictionary."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, (list, tuple, numpy.ndarray)):
        return "a list"
    if isinstance(value, datetime.timedelta):
        return f"the duration {quoted(value)}"
    if isinstance(value, datetime.time):
        return f"the time of day {quoted(value)}"
    if isinstance(value, (bool, numpy.bool_)):
        return "true" if value else "false"
    return quoted(value)


CONVERTERS = {
    "double": to_double,
    "float": to_float,
    "long": to_long,
    "integer": to_integer,
    "boolean": to_boolean,
    "string": to_string,
    "binary": to_binary,
    "datetime": to_datetime,
}
