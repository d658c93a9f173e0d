"""The shape of a delimited file."""
from typing import Any, Dict, List, NamedTuple, Optional

from batchstudio_runtime.inputs import cells, csv_arrow
from batchstudio_runtime.inputs.columns import DTYPES
from batchstudio_runtime.inputs.dialect import Dialect
from batchstudio_runtime.inputs.headers import Use


class Layout(NamedTuple):
    """The shape of a file: `length` bytes and `line` lines are before its first row; `kept` is what the next file needs as well.

    `is_of_lines`: its delimiter was inferred from lines after the header; those of another file may give another.
    """

    dialect: Dialect
    names: List[str]
    uses: List[Use]
    width: int
    length: int
    line: int
    is_of_lines: bool
    kept: Dict[str, Any]

    def arrow_reader(self, rules: cells.CellRules) -> csv_arrow.ArrowReader:
        if "reader" not in self.kept:
            self.kept["reader"] = csv_arrow.ArrowReader(self.width, self.uses, self.dialect, rules)
        return self.kept["reader"]

    def type_of_numbers(self, rules: cells.CellRules) -> Optional[str]:
        """Returns the type of NumPy of a file whose columns are floats of one type, each used once; None for any other."""
        if "type" not in self.kept:
            types = {use.column.scalar for use in self.uses}
            is_used = len(self.uses) == self.width == len(set(self.names))
            # The texts of numbers that are inferred have to be seen.
            is_known = not any(rules.is_inferred(use.column) for use in self.uses)
            is_floats = types in ({"double"}, {"float"}) and is_used and is_known and self.dialect.is_standard
            self.kept["type"] = DTYPES[types.pop()] if is_floats else None
        return self.kept["type"]

    def is_in_order(self) -> bool:
        """Returns whether the file has its columns in the order and with the names of the signature."""
        if "order" not in self.kept:
            self.kept["order"] = [(use.position, use.column.name) for use in self.uses] == list(enumerate(self.names))
        return self.kept["order"]
