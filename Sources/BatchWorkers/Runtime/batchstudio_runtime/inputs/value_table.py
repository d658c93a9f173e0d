"""A table of Python values, whatever file it comes from, as columns of a signature."""
from typing import Any, List, Optional, Sequence

import pandas

from batchstudio_runtime.inputs import value_columns
from batchstudio_runtime.inputs.columns import AnyValue, ColumnType
from batchstudio_runtime.inputs.file_table import FileTable
from batchstudio_runtime.inputs.headers import Use
from batchstudio_runtime.inputs.values import Misfit, converter_to, is_missing


class ValueTable(FileTable):
    """A file whose rows are read as Python values."""

    def type_texts(self) -> List[str]:
        return [type_text(self.values(name)) for name in self.names]

    def columns(self, uses: Sequence[Use], limit: Optional[int] = None) -> List[Any]:
        columns = []
        for position, column in uses:
            values = self.values(self.names[position])
            columns.append(value_columns.series(values if limit is None else values[:limit], column, self.rules))
        return columns

    def frame(self, names: Sequence[Optional[str]], columns: List[Any]) -> pandas.DataFrame:
        return pandas.DataFrame(dict(zip(names, columns)))

    def values(self, name: str) -> List[Any]:
        """Returns the values of a column, None for those that are missing."""
        raise NotImplementedError

    def inferred_types(self) -> List[Optional[ColumnType]]:
        return [inferred_type(self.values(name)) for name in self.names]


def inferred_type(values: List[Any]) -> Optional[ColumnType]:
    """Returns the first type that holds all values, Any where none does, None without a value.

    Whole numbers with missing ones are doubles.
    """
    present = [value for value in values if not is_missing(value)]
    if not present:
        return None
    for name in ("boolean", "long", "double", "datetime", "string", "binary"):
        if all_fit(present, name):
            if len(present) < len(values) and name == "long":
                return "double"
            return AnyValue() if len(present) < len(values) and name == "boolean" else name
    return AnyValue()


def all_fit(values: List[Any], type_name: str) -> bool:
    convert = converter_to(type_name)
    if type_name == "long" and not all(isinstance(value, int) for value in values):
        return False  # 5.0 is a double where no type is given
    try:
        for value in values:
            convert(value)
    except Misfit:
        return False
    return True


def type_text(values: List[Any]) -> str:
    kinds = {type(value).__name__ for value in values if not is_missing(value)}
    return " or ".join(sorted(kinds)) or "nothing"
