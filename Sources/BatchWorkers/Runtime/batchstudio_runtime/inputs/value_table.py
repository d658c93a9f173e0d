"""A table of Python values, whatever file it comes from, as columns of a signature."""
import pandas

from batchstudio_runtime.inputs import value_columns
from batchstudio_runtime.inputs.columns import AnyValue
from batchstudio_runtime.inputs.values import Misfit, converter_to, is_missing


class ValueTable:
    """A file whose rows are read as Python values.

        table.names                                     # ["id", "price"]
        table.columns([(1, Column("a", "double", True))])
    """

    has_any_name = False  # whether it has no rows to say what its columns are
    takes_names = True  # whether the options' names go by position
    rules = None  # the CellRules of the texts in columns of other types; None where texts are texts alone

    def __init__(self, names):
        self.names = names

    def type_texts(self):
        """Returns what each column is in the file, for a reader of messages: its values say it one by one."""
        return [type_text(self.values(name)) for name in self.names]

    def check_types(self, pairs):
        """Raises nothing: each value has a type of its own."""

    def columns(self, pairs, limit=None):
        """Returns the columns for pairs of a position in the file and the column of the signature that it feeds."""
        columns = []
        for position, column in pairs:
            values = self.values(self.names[position])
            columns.append(value_columns.series(values if limit is None else values[:limit], column, self.rules))
        return columns

    def frame(self, names, columns):
        """Returns converted columns as a frame with these names."""
        return pandas.DataFrame(dict(zip(names, columns)))

    def values(self, name):
        """Returns the values of a column, None for those that are missing."""
        raise NotImplementedError

    def line_of(self, position):
        """Returns the line of the row at this position, None where the file has no lines."""
        return None

    def row_count(self):
        """Returns the number of rows."""
        raise NotImplementedError

    def close(self):
        """Lets go of the file."""

    def names_of_values(self):
        return self.names

    def inferred_types(self):
        """Returns the signature's type that holds each column as it is, None where there is no value."""
        return [inferred_type(self.values(name)) for name in self.names]


def inferred_type(values):
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


def all_fit(values, type_name):
    convert = converter_to(type_name)
    if type_name == "long" and not all(isinstance(value, int) for value in values):
        return False  # 5.0 is a double where nothing says that it is a whole number
    try:
        for value in values:
            convert(value)
    except Misfit:
        return False
    return True


def type_text(values):
    kinds = {type(value).__name__ for value in values if not is_missing(value)}
    return " or ".join(sorted(kinds)) or "nothing"
