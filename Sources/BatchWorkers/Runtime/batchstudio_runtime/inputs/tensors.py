"""Tables for models whose signature is a tensor: arrays of one type instead of columns of many.

An unnamed tensor takes a table with exactly as many columns as a row of it has values, by position, or one column of lists of
that length. Named tensors take the columns with their names: one value a row for (-1,) and (-1, 1), lists otherwise.

| first line of a text file | is |
|---|---|
| a cell is a name in `columns`, `drop_columns` or `rename` and does not fit the tensor's type | the header |
| no cell fits the tensor's type, or is a number | the header |
| exactly 0,1,…,n-1, two columns or more | the header that pandas writes, with a note |
| all cells fit the type, are numbers or missing values | data |
| 0 alone; cells that fit and cells that don't; any for a tensor of texts | refused until `read_options.header` decides |
"""
from typing import Any, List, Optional, Sequence

import pandas

from batchstudio_runtime.inputs import notes, tensor_types
from batchstudio_runtime.inputs.cells import MISSING, CellRules, Cells
from batchstudio_runtime.inputs.columns import Column, Tensor
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.headers import kept
from batchstudio_runtime.inputs.limits import SPACES
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

DEFAULT_HEADER = (
    "A first line 0,1,…,n-1 was taken as the header that pandas writes, not as data."
    " Give read_options.header: false where it is data."
)
SAY = "Give read_options.header: true or false."


class TensorReader:
    """Reads tables for the tensors of a signature; `format_` is that of the typed files, None for delimited text.

    `note` is called with a sentence where a rule was applied that a user should know of.
    """

    def __init__(
        self, format_: Optional[str], tensors: Sequence[Tensor], options: ReadOptions, note: Optional[Note] = None
    ) -> None:
        self._format = format_
        self._tensors = tensors
        self._options = options
        self._note = note or notes.ignore
        self._is_named = tensors[0].name is not None
        self._has_noted = False

    def read(self, path: str, name: Optional[str] = None) -> Any:
        """Returns the array of a file, a dictionary of arrays for named tensors."""
        if self._is_named:
            columns = [tensor_types.column_for(tensor) for tensor in self._tensors]
            frame = self._table(path, columns, name, self._options)
            return {
                tensor.name: tensor_types.array_of_column(frame[tensor.name], tensor, column)
                for tensor, column in zip(self._tensors, columns)
            }
        if len(self._tensors) > 1:
            raise TypeError("the model's signature has several tensors without names; a table fits one")
        options = self._options if self._format is not None else self.with_header(path, name)
        names = self._names(path, name, options)
        tensor = self._tensors[0]
        if len(names) == 1 and tensor_types.width_of(tensor) != 1 and self._has_lists(path):
            column = tensor_types.column_for(tensor)._replace(name=names[0])
            return tensor_types.array_of_column(self._table(path, [column], name, options)[names[0]], tensor, column)
        tensor_types.check_width(tensor, len(names))
        columns = [Column(name_, tensor_types.type_of(tensor.dtype), True) for name_ in names]
        return tensor_types.array_of_table(self._table(path, columns, name, options), tensor)

    def check(self, path: str, name: Optional[str] = None) -> None:
        """Raises an error when the file's columns don't fit the tensors."""
        if self._is_named:
            columns = [tensor_types.column_for(tensor) for tensor in self._tensors]
            self._check_table(path, columns, name)
            return
        options = self._options if self._format is not None else self.with_header(path, name)
        names = self._names(path, name, options)
        if not (len(names) == 1 and self._has_lists(path)):
            tensor_types.check_width(self._tensors[0], len(names))

    def row_count(self, path: str, limit: int) -> int:
        """Returns the number of a file's rows; those of text are counted up to the limit."""
        if self._format is not None:
            return TypedReader(self._format, [], self._options).row_count(path)
        options = self._options if self._is_named else self.with_header(path, None)
        return DelimitedReader([], options).row_count(path, limit)

    def _table(self, path: str, columns: Sequence[Column], name: Optional[str], options: ReadOptions) -> pandas.DataFrame:
        if self._format is not None:
            return TypedReader(self._format, columns, options, self._note).read(path)
        return DelimitedReader(columns, options, self._note).read(path, name)

    def _check_table(self, path: str, columns: Sequence[Column], name: Optional[str]) -> None:
        if self._format is not None:
            TypedReader(self._format, columns, self._options).check(path)
        else:
            DelimitedReader(columns, self._options).layout(path, name)

    def _names(self, path: str, name: Optional[str], options: ReadOptions) -> List[str]:
        """Returns the names of the columns that hold values."""
        if self._format is not None:
            return TypedReader(self._format, [], options).names(path)
        layout = DelimitedReader([], options).layout(path, name)
        return [column for _, column in kept(layout.names, options)]

    def _has_lists(self, path: str) -> bool:
        if self._format is None:
            return False
        (_, type_text), = TypedReader(self._format, [], self._options).value_names(path)
        return "list" in type_text or "array" in type_text

    def with_header(self, path: str, name: Optional[str] = None) -> ReadOptions:
        """Returns the options with a header or without, by the file's first line where they don't decide."""
        options = self._options
        if options.header is not None:
            return options
        # Names of columns are those of a header, which may not be there.
        without = dict(options.as_dict(), header=False)
        for option in ("column_names", "columns", "drop_columns", "rename"):
            without.pop(option, None)
        _, rows = DelimitedReader([], ReadOptions(without)).sample(path, 1, name)
        has_header = bool(rows) and (
            self._has_names_of_options(rows[0]) or is_header(rows[0], self._tensors[0].dtype, CellRules(options)))
        if has_header and is_default_header(rows[0]) and not self._has_noted:
            self._has_noted = True
            self._note(DEFAULT_HEADER)
        return ReadOptions(dict(options.as_dict(), header=has_header))

    def _has_names_of_options(self, fields: List[str]) -> bool:
        """Returns whether a first line has a name of the options that is no value."""
        options, rules = self._options, CellRules(self._options)
        names = {*(options.columns or ()), *(options.drop_columns or ()), *(options.rename or ())}
        type_ = tensor_types.type_of(self._tensors[0].dtype)
        return any(field in names and not is_value(field.strip(SPACES), type_, rules) for field in fields)


def is_header(fields: List[str], dtype: str, rules: CellRules) -> bool:
    """Returns whether a first line names the columns; raises an error where both are possible."""
    if [field.strip(SPACES) for field in fields] == ["0"]:
        raise ValueError(f"the first line is 0: a header that pandas writes, or data. {SAY}")
    if is_default_header(fields):
        return True
    type_ = tensor_types.type_of(dtype)
    if type_ == "string":
        raise ValueError(f"the first line is a header or data: the model's {dtype} takes any text. {SAY}")
    are_values = [is_value(field.strip(SPACES), type_, rules) for field in fields]
    if all(are_values):
        return False
    if any(is_value and field.strip(SPACES) not in MISSING for is_value, field in zip(are_values, fields)):
        raise ValueError(
            f"the first line has cells that fit the model's {dtype} and others: a header, or data with a bad cell. {SAY}"
        )
    return True


def is_default_header(fields: List[str]) -> bool:
    return len(fields) > 1 and list(fields) == [str(index) for index in range(len(fields))]


def is_value(text: str, type_: str, rules: CellRules) -> bool:
    """Returns whether a cell is a number, a missing value or else a value of this type."""
    if text in MISSING or rules.number.fullmatch(text):
        return True
    cells = Cells(Column("", type_, True), rules)
    cells.convert([text])
    return cells.first_bad is None
