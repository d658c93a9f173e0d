"""Columns of Python values, as JSON, Avro and Excel give them, in the types of a signature.

    series([1, 2.5, None], Column("a", "double", True))   # float64: 1.0, 2.5, NaN

Texts for a column of numbers, booleans, times or bytes are read by the rules of text cells where these are given: JSON
and Excel have no such types, or not all of them.
"""
from typing import Any, Callable, Optional, Sequence

import numpy
import pandas

from batchstudio_runtime.inputs import nested
from batchstudio_runtime.inputs.bad_values import BadValue, converted
from batchstudio_runtime.inputs.cells import CellRules, Cells, series_of
from batchstudio_runtime.inputs.columns import DTYPES, Column
from batchstudio_runtime.inputs.limits import quoted
from batchstudio_runtime.inputs.values import Misfit, MissingValue, converter_to, is_missing, is_whole_number

MISSING = dict(nested.MISSING, string=None, binary=None)


def series(values: Sequence[Any], column: Column, rules: Optional[CellRules] = None) -> pandas.Series:
    """Returns the values as a pandas column; raises BadValue for the first that does not fit.

    `rules`, a CellRules, are those by which texts are read; without them a text fits a column of text alone.
    """
    if not isinstance(column.type, str):
        return pandas.Series(series_of(converted(values, column, nested_converter(column)), None), dtype=object)
    if rules is not None:
        values = with_texts_read(values, column, rules)
    # What a user has called a number is rounded to the nearest, as it is in a text.
    rounds = rules is not None and not rules.is_inferred(column)
    results = converted(values, column, scalar_converter(column, rounds), stage=1)
    if column.type == "datetime":
        return pandas.Series(numpy.array(results, dtype="datetime64[ns]"))
    if column.type not in DTYPES:
        return pandas.Series(series_of(results, column.type))
    has_missing = column.type == "boolean" and None in results
    return pandas.Series(numpy.array(results, dtype=object if has_missing else DTYPES[column.scalar]))


def with_texts_read(values: Sequence[Any], column: Column, rules: CellRules) -> Sequence[Any]:
    """Returns the values with the texts among them converted as text cells are."""
    positions = [position for position, value in enumerate(values) if isinstance(value, str)]
    if not positions or column.type == "string" and rules.missing_of(column) <= {""}:
        return values
    cells = Cells(column, rules)
    read = cells.convert([values[position] for position in positions])
    if cells.first_bad is not None:
        raise BadValue(column, positions[cells.first_bad - 1], cells.problem, cells.bad_count)
    values = list(values)
    for position, value in zip(positions, read):
        values[position] = value
    return values


def scalar_converter(column: Column, rounds: bool) -> Callable[[Any], Any]:
    """Returns the function for one value; `rounds` takes the nearest floating-point number for a whole one, as text has it."""
    convert_typed = converter_to(column.scalar)
    is_floating = column.type in ("double", "float")

    def convert_one(value: Any) -> Any:
        if is_missing(value):
            return missing_value(column)
        if rounds and is_floating and is_whole_number(value):
            value = nearest(value, column)
        return convert_typed(value)

    return convert_one


def nearest(value: Any, column: Column) -> float:
    try:
        return float(value)
    except OverflowError:
        raise Misfit(f"{quoted(value)} is too large for {column.type}")


def missing_value(column: Column) -> Any:
    if column.type in MISSING:
        return MISSING[column.scalar]
    if column.type == "boolean" and not column.is_required:
        return None
    raise MissingValue()


def nested_converter(column: Column) -> Callable[[Any], Any]:
    return lambda value: nested.convert_member(value, column.type, column.is_required, "")
