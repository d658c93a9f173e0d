"""The first rows of a file as texts, for a preview."""
from batchstudio_runtime.inputs import inference
from batchstudio_runtime.inputs.cells import MADE_OF_SAMPLE, MADE_OF_SIGNATURE, MISSING, CellRules, Cells
from batchstudio_runtime.inputs.columns import Column, are_tensors
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.headers import kept
from batchstudio_runtime.inputs.limits import SPACES
from batchstudio_runtime.inputs.tensors import TensorReader
from batchstudio_runtime.inputs.typed_tables import TypedReader
from batchstudio_runtime.outputs.values import BadValue, plain

SAMPLE = 1000  # rows


class Table:
    """The names of a file's columns and its first rows, with what both kinds of files know of them."""

    def __init__(self, file, options, names, rows):
        self.file = file
        self.names = names
        self.rows = rows
        self._renamed = dict(kept(names, options))

    def column_fed_by(self, position, columns):
        """Returns the column of the signature, or the only tensor without a name, that a column of the file feeds."""
        name = self._renamed.get(position)
        if name is None or not columns:
            return None
        if columns[0].name is None:
            place = list(self._renamed).index(position)
            return columns[0] if are_tensors(columns) else columns[place] if place < len(columns) else None
        return next((column for column in columns if str(column.name) == name), None)

    def texts_of(self, position):
        return [row[position] for row in self.rows]


class TextTable(Table):
    """The first rows of delimited text, before any cast."""

    def __init__(self, file, columns, options):
        self._says = MADE_OF_SAMPLE if columns is None else MADE_OF_SIGNATURE
        self._rules = CellRules(options, self._says)
        if are_tensors(columns) and columns[0].name is None:
            options = TensorReader(None, columns, options).with_header(file.path)
        self.layout, rows = sample_of(file.path, () if are_tensors(columns) else columns or (), options)
        self.has_header = options.header is not False
        super().__init__(file, options, self.layout.names, rows)

    def type_of(self, position, tables):
        evidence = inference.Evidence(self._rules, MISSING)
        for table in tables:
            if isinstance(table, TextTable) and self.names[position] in table.names:
                evidence.add(table.texts_of(table.names.index(self.names[position])))
        return evidence.type()

    def cast_from(self, position):
        return "text"

    def missing_in(self, position, column):
        texts = MISSING if column is None or are_tensors([column]) else self._rules.missing_of(column)
        return sum(text.strip(SPACES) in texts for text in self.texts_of(position))

    def error_of(self, name, column):
        """Returns the error for the first cell of a column that does not fit, None where all do."""
        if name not in self.names:
            return None
        cells = Cells(column, self._rules)
        cells.convert(self.texts_of(self.names.index(name)))
        return cells.error(says=self._says)


class TypedTable(Table):
    """The first rows of a file whose values have types of their own."""

    def __init__(self, file, kind, columns, options):
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

    def type_of(self, position, tables):
        return self._types[self.names[position]]

    def cast_from(self, position):
        return self._types[self.names[position]]

    def missing_in(self, position, column):
        return self._missing[position]

    def error_of(self, name, column):
        """Returns the error for the first value of a column that does not fit, None where all do."""
        if name not in self.names:
            return None
        reader = TypedReader(self._kind, [column], self._options, says=self._says)
        try:
            reader.check(self.file.path)
            reader.read(self.file.path, SAMPLE)
        except Exception as error:
            return error
        return None


def sample_of(path, columns, options):
    """Returns layout and rows; the signature's columns tell the delimiter where they fit, and are no hindrance where not."""
    try:
        return DelimitedReader(columns, options).sample(path, SAMPLE)
    except ValueError:
        return DelimitedReader([], options).sample(path, SAMPLE)


def text_of(value):
    try:
        written = plain(value)
    except BadValue:
        return f"{len(value)} bytes" if isinstance(value, bytes) else type(value).__name__
    return "" if written is None else str(written)


def is_missing(value):
    try:
        return plain(value) is None
    except BadValue:
        return False
