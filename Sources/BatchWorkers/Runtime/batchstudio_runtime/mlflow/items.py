"""The items of a list of predictions as a table: one row an item."""
import collections.abc
from typing import Any, Callable, Dict, Iterable, Optional

import pandas

from batchstudio_runtime.outputs.values import without_library

try:
    import dataclasses  # novermin
except ImportError:  # Python 3.6
    dataclasses = None  # type: ignore[assignment]


class RecordKind(type):
    """Makes isinstance() True for records of named fields."""

    def __instancecheck__(cls, value: Any) -> bool:
        return fields_of(value) is not None


class Record(metaclass=RecordKind):
    """An instance of a data class, an attrs class or a pydantic model."""


def fields_of(value: Any) -> Optional[Callable[[Any], Dict[str, Any]]]:
    """Returns a function that makes a dict of a record, None for what is no record."""
    kind = type(value)
    if dataclasses is not None and dataclasses.is_dataclass(kind):
        return dataclasses.asdict
    if hasattr(kind, "__attrs_attrs__"):
        return lambda record: {field.name: getattr(record, field.name) for field in kind.__attrs_attrs__}
    if hasattr(kind, "model_dump"):
        return lambda record: record.model_dump()
    return None


def frame_of(values: Iterable[Any]) -> pandas.DataFrame:
    """Returns a frame whose values stay what they are: pandas would make floats of integers next to a missing one.

    Items of named values, and lists of one length, are rows of several columns; all other items are one value each.
    """
    values = [plain(value) for value in values]
    if values and all(isinstance(value, collections.abc.Mapping) and value for value in values):
        return pandas.DataFrame([dict(value) for value in values], dtype=object)
    if values and all(isinstance(value, (list, tuple)) for value in values):
        widths = {len(value) for value in values}
        if len(widths) == 1 and widths != {0}:
            names = getattr(values[0], "_fields", None)
            return pandas.DataFrame([list(value) for value in values], dtype=object, columns=names)
    return pandas.DataFrame({"prediction": pandas.Series(values, dtype=object)})


def plain(value: Any) -> Any:
    """Returns an item as Python and NumPy know it."""
    if type(value) in (str, int, float, bool, list, tuple, dict) or value is None:
        return value
    if isinstance(value, pandas.DataFrame):
        raise TypeError("the model returned a list of DataFrames. Return one DataFrame with a row for each prediction.")
    if isinstance(value, pandas.Series):
        return row_of(value)
    as_dict = fields_of(value)
    if as_dict is not None:
        return as_dict(value)
    return without_library(value)


def row_of(series: Any) -> Dict[str, Any]:
    """Returns a row of a table as a dict; what is numbered is more likely a column, and refused."""
    if all(isinstance(label, str) for label in series.index):
        return series.to_dict()
    raise TypeError("the model returned a list of Series, which may be rows or columns. Return a DataFrame.")


def column_of(values: Iterable[Any]) -> pandas.Series:
    return pandas.Series([plain(value) for value in values], dtype=object)


def dimensions(value: Any) -> int:
    """Returns the dimensions of an array, Series or table of any library, 0 for all else."""
    dimensions = getattr(value, "ndim", 0)
    return dimensions if isinstance(dimensions, int) else 0
