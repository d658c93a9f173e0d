"""Tables with columns that a file's path gives, around any reader of tables.

A column of the signature that the file does not have is filled from the path; one that both have has to be the same in each
row. The texts of a path are read by the rules of text cells.
"""
from typing import Any, Callable, Dict, FrozenSet, Iterator, List, Optional, Sequence, Set, Tuple

import numpy
import pandas

from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.cells import MADE_OF_SIGNATURE, BadCell, CellRules, Cells, series_of
from batchstudio_runtime.inputs.columns import Column, is_nested
from batchstudio_runtime.inputs.limits import quoted
from batchstudio_runtime.inputs.path_columns import PathColumns
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.table_reader import TableReader
from batchstudio_runtime.inputs.value_columns import missing_value
from batchstudio_runtime.inputs.values import Misfit, is_missing


class PathTables:
    """Reads tables with the columns of a signature; `make(columns, options)` returns the reader of files itself."""

    def __init__(
        self, columns: Sequence[Column], options: ReadOptions, make: Callable[[List[Column], ReadOptions], TableReader],
        says: str = MADE_OF_SIGNATURE
    ) -> None:
        self._columns = columns
        self._options = options
        self._make = make
        self._says = says
        self._rules = CellRules(options, says)
        self._path_columns = PathColumns(options)
        self._readers: Dict[FrozenSet[Any], TableReader] = {}

    def read(self, path: str, name: str) -> pandas.DataFrame:
        """Returns the frame of a file; `name` is that below the input, with the folders that give columns."""
        fed = self._fed_columns(name)
        values = [self._value(column, text) for column, text in fed]
        return self._with_columns_of_path(self._reader(fed).read(path), fed, values)

    def blocks(self, path: str, name: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        """Yields the rows of a file as frames of one block each."""
        fed = self._fed_columns(name)
        values = [self._value(column, text) for column, text in fed]
        rows = 0
        for frame in self._reader(fed).blocks(path, size):
            yield self._with_columns_of_path(frame, fed, values, rows)
            rows += len(frame)

    def _with_columns_of_path(
        self, frame: pandas.DataFrame, fed: List[Tuple[Column, Optional[str]]], values: List[Any], first_row: int = 0
    ) -> pandas.DataFrame:
        for (column, text), value in zip(fed, values):
            self._check_same(frame, column, text, value, first_row)
            frame[column.name] = constant(value, len(frame), column)
        return frame[[column.name for column in self._columns if column.name in frame]] if fed else frame

    def check(self, path: str, name: str) -> None:
        """Raises an error when the file's columns, or its path, don't fit the signature's."""
        fed = self._fed_columns(name)
        for column, text in fed:
            self._value(column, text)
        self._reader(fed).check(path)

    def _fed_columns(self, name: str) -> List[Tuple[Column, Optional[str]]]:
        texts = dict(self._path_columns.named_values(name))
        if not texts:
            return []
        return [(column, texts[str(column.name)]) for column in self._columns if str(column.name) in texts]

    def _reader(self, fed: List[Tuple[Column, Optional[str]]]) -> TableReader:
        """Returns the reader of files that may lack the columns of the path."""
        names = {column.name for column, _ in fed}
        key = frozenset(names)
        if key not in self._readers:
            columns = [column._replace(is_required=None) if column.name in names else column for column in self._columns]
            self._readers[key] = self._make(columns, without_columns(self._options, names))
        return self._readers[key]

    def _value(self, column: Column, text: Optional[str]) -> Any:
        """Returns a text of the path as the column's type; an array or a list of one."""
        if is_nested(column.type):
            raise TypeError(f"column '{column.name}' comes from the file's path; {self._says} {column.type}")
        if text is None:
            try:
                return [missing_value(column)]
            except Misfit as error:
                raise BadCell(f"column '{column.name}' of the file's path: {error}; {self._says} {column.type}")
        cells = Cells(column, self._rules)
        values = cells.convert([text])
        if cells.first_bad is not None:
            raise BadCell(f"column '{column.name}' of the file's path: {cells.problem}; {self._says} {column.type}")
        return values

    def _check_same(
        self, frame: pandas.DataFrame, column: Column, text: Optional[str], value: Any, first_row: int
    ) -> None:
        if column.name not in frame:
            return
        expected = constant(value, 1, column)[0]
        for position, found in enumerate(frame[column.name]):
            if found != expected and not (is_missing(found) and is_missing(expected)):
                problem = f"{quoted(found)} is not the {'missing value' if text is None else quoted(text)} of the file's path"
                raise BadCell.at(column, first_row + position + 1, problem, says=self._says)


def constant(value: Any, count: int, column: Column) -> pandas.Series:
    """Returns a column with the same value in each row."""
    if column.type in ("string", "binary") or column.type == "boolean" and value[0] is None:
        return pandas.Series(series_of([value[0]] * count, column.type), dtype=None if count else object)
    dtype = {"datetime": "datetime64[ns]", "double": "float64", "float": "float32"}.get(column.scalar)
    return pandas.Series(numpy.repeat(numpy.asarray(value, dtype=dtype), count))


def without_columns(options: ReadOptions, names: Set[Optional[str]]) -> ReadOptions:
    """Returns the options for a file that has not the columns of its path."""
    if options.columns is None or not names:
        return options
    renamed = options.rename or {}
    of_file = [name for name in options.columns if renamed.get(name, name) not in names]
    return ReadOptions(dict(options.as_dict(), columns=of_file))
