"""The first rows of a file as texts, for a preview."""
from typing import Any, List, Optional, Sequence, Tuple, Union

from batchstudio_runtime.inputs import inference
from batchstudio_runtime.inputs.cells import MADE_OF_SAMPLE, MADE_OF_SIGNATURE, MISSING, CellRules, Cells
from batchstudio_runtime.inputs.columns import Column, Signature, Tensor, columns_in, tensors_in
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.headers import kept
from batchstudio_runtime.inputs.layout import Layout
from batchstudio_runtime.inputs.limits import SPACES
from batchstudio_runtime.inputs.manifest import InputFile
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.tensors import TensorReader
from batchstudio_runtime.inputs.typed_tables import TypedReader
from batchstudio_runtime.outputs.values import BadValue, plain

SAMPLE = 1000  # rows
SignatureColumn = Union[Column, Tensor]


class Table:
    """The names of a file's columns and its first rows, with what both kinds of files know of them."""

    def __init__(self, file: InputFile, options: ReadOptions, names: List[str], rows: List[List[str]]) -> None:
        self.file = file
        self.names = names
        self.rows = rows
        self._renamed = dict(kept(names, options))

    def column_fed_by(self, position: int, columns: Sequence[SignatureColumn]) -> Optional[SignatureColumn]:
        """Returns the column of the signature, or the only tensor without a name, that a column of the file feeds."""
        name = self._renamed.get(position)
        if name is None or not columns:
            return None
        if columns[0].name is None:
            place = list(self._renamed).index(position)
            return columns[0] if isinstance(columns[0], Tensor) else columns[place] if place < len(columns) else None
        return next((column for column in columns if str(column.name) == name), None)

    def type_of(self, position: int, tables: "List[Table]") -> str:
        """Returns the type of a column, as it is in the file or in these files."""
        raise NotImplementedError

    def cast_from(self, position: int) -> str:
        """Returns the type of a column's values before they are cast to the signature's."""
        raise NotImplementedError

    def missing_in(self, position: int, column: Optional[SignatureColumn]) -> int:
        """Returns the number of missing values in a column."""
        raise NotImplementedError

    def error_of(self, name: str, column: Column) -> Optional[Exception]:
        """Returns the error for the first value of a column that does not fit, None where all do."""
        raise NotImplementedError

    def texts_of(self, position: int) -> List[str]:
        return [row[position] for row in self.rows]


class TextTable(Table):
    """The first rows of delimited text, before any cast."""

    def __init__(self, file: InputFile, columns: Optional[Signature], options: ReadOptions) -> None:
        self._says = MADE_OF_SAMPLE if columns is None else MADE_OF_SIGNATURE
        self._rules = CellRules(options, self._says)
        tensors = tensors_in(columns)
        if tensors and tensors[0].name is None:
            options = TensorReader(None, tensors, options).with_header(file.path)
        self.layout, rows = sample_of(file.path, columns_in(columns), options)
        self.has_header = options.header is not False
        super().__init__(file, options, self.layout.names, rows)

    def type_of(self, position: int, tables: "List[Table]") -> str:
        evidence = inference.Evidence(self._rules, MISSING)
        for table in tables:
            if isinstance(table, TextTable) and self.names[position] in table.names:
                evidence.add(table.texts_of(table.names.index(self.names[position])))
        return evidence.type()

    def cast_from(self, position: int) -> str:
        return "text"

    def missing_in(self, position: int, column: Optional[SignatureColumn]) -> int:
        texts = self._rules.missing_of(column) if isinstance(column, Column) else MISSING
        return sum(text.strip(SPACES) in texts for text in self.texts_of(position))

    def error_of(self, name: str, column: Column) -> Optional[Exception]:
        if name not in self.names:
            return None
        cells = Cells(column, self._rules)
        cells.convert(self.texts_of(self.names.index(name)))
        return cells.error(says=self._says)


class TypedTable(Table):
    """The first rows of a file whose values have types of their own."""

    def __init__(self, file: InputFile, kind: str, columns: Optional[Signature], options: ReadOptions) -> None:
        self._kind = kind
        self._says = MADE_OF_SAMPLE if columns is None else MADE_OF_SIGNATURE
        self._options = options
        reader = TypedReader(kind, [], options)
        self._types = dict(reader.value_names(file.path))
        names = list(self._types)
        inferred = [Column(name, type_ or "double", False) for name, type_ in reader.inferred_types(file.path)]
        frame = TypedReader(kind, inferred, options).read(file.path, SAMPLE)
        values = [frame[name].tolist() if name in frame else [None] * len(frame) for name in names]
        self._missing = [sum(map(is_missing, column)) for column in values]
        super().__init__(file, options, names, [list(map(text_of, row)) for row in zip(*values)])
        # The names are those after renaming.
        self._renamed = dict(enumerate(names))

    def type_of(self, position: int, tables: "List[Table]") -> str:
        return self._types[self.names[position]]

    def cast_from(self, position: int) -> str:
        return self._types[self.names[position]]

    def missing_in(self, position: int, column: Optional[SignatureColumn]) -> int:
        return self._missing[position]

    def error_of(self, name: str, column: Column) -> Optional[Exception]:
        if name not in self.names:
            return None
        reader = TypedReader(self._kind, [column], self._options, says=self._says)
        try:
            reader.check(self.file.path)
            reader.read(self.file.path, SAMPLE)
        except Exception as error:
            return error
        return None


def sample_of(path: str, columns: Sequence[Column], options: ReadOptions) -> Tuple[Layout, List[List[str]]]:
    """Returns layout and rows; the delimiter is inferred from the signature's columns where they fit."""
    try:
        return DelimitedReader(columns, options).sample(path, SAMPLE)
    except ValueError:
        return DelimitedReader([], options).sample(path, SAMPLE)


def text_of(value: Any) -> str:
    try:
        written = plain(value)
    except BadValue:
        return f"{len(value)} bytes" if isinstance(value, bytes) else type(value).__name__
    return "" if written is None else str(written)


def is_missing(value: Any) -> bool:
    try:
        return plain(value) is None
    except BadValue:
        return False
