"""An open file with a table, whatever its format."""
from typing import Any, Iterator, List, Optional, Sequence

import pandas

from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.cells import CellRules
from batchstudio_runtime.inputs.columns import ColumnType
from batchstudio_runtime.inputs.headers import Use


class FileTable:
    """A file's columns: their names and types first, their values later.

        table.names                                          # ["id", "price"]
        table.columns([Use(1, Column("a", "double", True))])
    """

    has_any_name = False  # whether it has no rows, so that its columns are unknown
    takes_names = True  # whether the options' names go by position
    rules: Optional[CellRules] = None  # of the texts in columns of other types; None where texts are texts alone

    def __init__(self, names: List[str]) -> None:
        self.names = names

    def type_texts(self) -> List[str]:
        """Returns what each column is in the file, for a reader of messages."""
        raise NotImplementedError

    def check_types(self, uses: Sequence[Use]) -> None:
        """Raises an error where no value of a column in the file could feed the column that is wanted."""

    def columns(self, uses: Sequence[Use], limit: Optional[int] = None) -> List[Any]:
        """Returns the columns that are used, in the types that are wanted."""
        raise NotImplementedError

    def blocks(self, uses: Sequence[Use], size: BlockSize) -> "Iterator[FileTable]":
        """Yields the table in blocks of rows; one that is in memory is one block."""
        yield self

    def frame(self, names: Sequence[Optional[str]], columns: List[Any]) -> pandas.DataFrame:
        """Returns converted columns as a frame with these names."""
        raise NotImplementedError

    def line_of(self, position: int) -> Optional[int]:
        """Returns the line of the row at this position, None where the file has no lines."""
        return None

    def row_count(self) -> int:
        """Returns the number of rows."""
        raise NotImplementedError

    def close(self) -> None:
        """Lets go of the file."""

    def names_of_values(self) -> List[str]:
        """Returns the names of the columns without those that hold row labels."""
        return self.names

    def inferred_types(self) -> List[Optional[ColumnType]]:
        """Returns the signature's type that holds each column as it is, None where there is no value."""
        raise NotImplementedError
