"""A typed value that its column can't hold, before its file's place in messages is known."""
from typing import Any, Callable, Dict, Iterable, List, Optional

from batchstudio_runtime.inputs.cells import MADE_OF_SIGNATURE, BadCell
from batchstudio_runtime.inputs.columns import Column, ColumnType
from batchstudio_runtime.inputs.values import Misfit


class BadValue(ValueError):
    """The first value of a column that does not fit; `position` counts from 0, `count` is how many do not fit.

    A column may be looked through several times, each time for other problems: `stage` counts them.
    """

    def __init__(self, column: Column, position: int, problem: object, count: int = 1, stage: int = 0) -> None:
        super().__init__(f"column '{column.name}', row {position + 1}: {problem}")
        self.column = column
        self.position = position
        self.problem = str(problem)
        self.count = count
        self.stage = stage
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
        first = self._errors.get(place)
        if first is None or error.stage < first.stage:
            error.position += first_row
            error.line = line
            self._errors[place] = error
        elif error.stage == first.stage:
            first.count += error.count

    def raise_first(self) -> None:
        """Raises the error of the first column that has one."""
        for place in sorted(self._errors):
            error = self._errors[place]
            raise BadCell.at(error.column, error.position + 1, error.problem, error.line, error.count, self._says)


def converted(values: Iterable[Any], column: Column, convert_one: Callable[[Any], Any], stage: int = 0) -> List[Any]:
    """Returns each value converted; counts all that do not fit before it raises the error for the first."""
    results, first, count = [], None, 0
    for position, value in enumerate(values):
        try:
            results.append(convert_one(value))
        except Misfit as error:
            count += 1
            first = first or (position, error)
    if first is not None:
        raise BadValue(column, first[0], first[1], count, stage)
    return results


class WrongType(TypeError):
    """A column whose type in the file can't feed the signature's."""

    def __init__(self, name: Optional[str], found: object, wanted: ColumnType) -> None:
        super().__init__(f"column '{name}' is {found} in the file; the model's signature says {wanted}")
        self.name = name
        self.found = found
        self.wanted = wanted
