"""A typed value that its column can't hold, before its file's place in messages is known."""
from typing import Optional

from batchstudio_runtime.inputs.columns import Column, ColumnType


class BadValue(ValueError):
    """The first value of a column that does not fit; `position` counts from 0, `count` is how many do not fit."""

    def __init__(self, column: Column, position: int, problem: object, count: int = 1) -> None:
        super().__init__(f"column '{column.name}', row {position + 1}: {problem}")
        self.column = column
        self.position = position
        self.problem = str(problem)
        self.count = count


class WrongType(TypeError):
    """A column whose type in the file can't feed the signature's."""

    def __init__(self, name: Optional[str], found: object, wanted: ColumnType) -> None:
        super().__init__(f"column '{name}' is {found} in the file; the model's signature says {wanted}")
        self.name = name
        self.found = found
        self.wanted = wanted
