"""A typed value that its column can't hold, before its file's place in messages is known."""
from typing import Dict, Optional

from batchstudio_runtime.inputs.cells import MADE_OF_SIGNATURE, BadCell
from batchstudio_runtime.inputs.columns import Column, ColumnType


class BadValue(ValueError):
    """The first value of a column that does not fit; `position` counts from 0, `count` is how many do not fit."""

    def __init__(self, column: Column, position: int, problem: object, count: int = 1) -> None:
        super().__init__(f"column '{column.name}', row {position + 1}: {problem}")
        self.column = column
        self.position = position
        self.problem = str(problem)
        self.count = count
        self.line: Optional[int] = None


class BadValues:
    """The values of a file's columns that do not fit, found block by block."""

    def __init__(self, says: str = MADE_OF_SIGNATURE) -> None:
        self._says = says
        self._errors: Dict[int, BadValue] = {}

    def __bool__(self) -> bool:
        return bool(self._errors)

    def add(self, place: int, error: BadValue, first_row: int, line: Optional[int] = None) -> None:
        """Adds the error of the column at this place, in a block whose first row has this number."""
        first = self._errors.setdefault(place, error)
        if first is error:
            error.position += first_row
            error.line = line
        else:
            first.count += error.count

    def raise_first(self) -> None:
        """Raises the error of the first column that has one."""
        for place in sorted(self._errors):
            error = self._errors[place]
            raise BadCell.at(error.column, error.position + 1, error.problem, error.line, error.count, self._says)


class WrongType(TypeError):
    """A column whose type in the file can't feed the signature's."""

    def __init__(self, name: Optional[str], found: object, wanted: ColumnType) -> None:
        super().__init__(f"column '{name}' is {found} in the file; the model's signature says {wanted}")
        self.name = name
        self.found = found
        self.wanted = wanted
