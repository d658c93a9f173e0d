"""Python values in profiles, and as the cells of a record."""
import datetime
import math
import re
from typing import Any, List, Sequence

from batchstudio_runtime.outputs import values
from batchstudio_runtime.profiles.column_profile import MAX_TEXT, ColumnProfile

NATIVE = {str, int, bool, type(None)}
EPOCH = datetime.datetime(1970, 1, 1)
NUMBER = re.compile(r"[-+]?(?:(\d+)|(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?|inf|nan)$", re.IGNORECASE)
# How a cell of a record marks what JSON has no value for.
TIME_MARK, NESTED_MARK, LONG_MARK = "time", "nested", "long"


def cells(column: Sequence[Any]) -> List[Any]:
    """Returns the values of a column as a record has them."""
    if not NATIVE.issuperset(map(type, column)):
        column = list(map(cell, column))
    return [[LONG_MARK, len(value)] if type(value) is str and len(value) > MAX_TEXT else value for value in column]


def cell(value: Any) -> Any:
    """Returns a value as JSON knows it, `["time", microseconds]` or `["nested"]`; None where it is missing.

    Of a long text `cells` keeps `["long", characters]`.
    """
    kind = type(value)
    if kind in NATIVE:
        return value
    if kind is not float:
        value = values.without_library(value)
        if values.is_nested(value):
            return [NESTED_MARK]
        value = values.python_value(value) if values.is_array(value) and value.dtype.kind not in "mM" else value
        if values.is_missing(value):
            return None
        if isinstance(value, datetime.datetime):
            return [TIME_MARK, microseconds_of(value)]
        value = values.plain(value)
    if isinstance(value, (int, str)) or value is None:
        return value
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return str(value)
    return None if math.isnan(number) else number


def microseconds_of(time: datetime.datetime) -> int:
    """Returns the microseconds since 1970 in UTC; a time without a zone counts as one in UTC."""
    offset = time.utcoffset()
    since = time.replace(tzinfo=None) - EPOCH - (offset or datetime.timedelta())
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def text_of_time(microseconds: int) -> str:
    try:
        return str(EPOCH + datetime.timedelta(microseconds=microseconds))
    except OverflowError:
        return f"{microseconds} µs"


def add_cells(profile: ColumnProfile, cells_: Sequence[Any]) -> None:
    """Adds the cells of a record."""
    numbers: List[Any] = []
    texts: List[str] = []
    times: List[int] = []
    booleans, nested, lengths = [0, 0], 0, []
    for value in cells_:
        kind = type(value)
        if kind is str:
            texts.append(value)
        elif value is None or value != value:
            profile.missing += 1
        elif kind is bool:
            booleans[value] += 1
        elif kind is not list:
            numbers.append(value)
        elif value[0] == TIME_MARK:
            times.append(value[1])
        elif value[0] == LONG_MARK:
            lengths.append(value[1])
        else:
            nested += 1
    if numbers:
        profile.add_numbers(numbers)
    if texts:
        profile.add_texts(texts)
    if lengths:
        profile.add_long_texts(lengths)
    if times:
        profile.add_times(times, list(map(text_of_time, times)))
    if any(booleans):
        profile.add_booleans(booleans[0], booleans[1])
    profile.add_nested(nested)


def cell_of_text(text: str) -> Any:
    """Returns the value that a text stands for in a file of CSV, whose cells have no types."""
    if text == "":
        return None
    found = NUMBER.match(text)
    if found is None:
        return {"True": True, "False": False}.get(text, text)
    return int(text) if found.group(1) else float(text)
