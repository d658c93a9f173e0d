"""CSV and Parquet files as pandas frames with the types of a model's signature.

MLflow refuses an int64 column where the signature says double. A CSV file has no types of its own: read without the
signature, whole numbers become int64 and a file passes or fails by the values it happens to hold.
"""
import collections

import numpy
import pandas

from batchstudio_runtime.inputs import bad_cells
from batchstudio_runtime.inputs.csv_headers import Headers
from batchstudio_runtime.inputs.csv_numbers import NumberReader

Column = collections.namedtuple("Column", "name type is_required")

NUMPY_TYPES = {"double": "float64", "float": "float32", "long": "int64", "integer": "int32", "boolean": "bool"}


class PlainTables:
    """Tables as pandas reads them: the model says nothing about its columns."""

    def read_csv(self, path):
        return pandas.read_csv(path)

    def read_parquet(self, path):
        return pandas.read_parquet(path)

    def check_columns(self, path, extension):
        column_names(path, extension)


class TypedTables:
    """Tables with the columns that a signature names."""

    def __init__(self, schema):
        self._columns = [column_of(spec) for spec in schema.inputs]
        self._are_named = all(column.name is not None for column in self._columns)
        self._headers = Headers()
        self._number_reader = NumberReader()

    def read_csv(self, path):
        names = self._headers.names_in(path)
        columns = self._columns_among(names)
        table = self._numbers(path, names, columns)
        return self._table(path, columns) if table is None else table

    def _numbers(self, path, names, columns):
        """Return a table of nothing but floating-point numbers, None where there are others or pandas has to read it."""
        types = {column.type for column in columns}
        has_others = len(names) != len(columns)
        if types not in ({"double"}, {"float"}) or has_others:
            return None
        table = self._number_reader.read(path, names, dtype_of(columns[0]))
        return None if table is None else in_order(table, columns)

    @staticmethod
    def _table(path, columns):
        try:
            table = pandas.read_csv(path, dtype={column.name: dtype_of(column) for column in columns})
            for column in columns:
                if column.type in CONVERSIONS:
                    table[column.name] = CONVERSIONS[column.type](table[column.name])
        except Exception as error:
            bad_cell = bad_cells.find(path, columns)
            if bad_cell is None:
                raise
            raise bad_cell from error
        return in_order(table, columns)

    def read_parquet(self, path):
        import pyarrow.parquet

        file = pyarrow.parquet.ParquetFile(path)
        columns = self._columns_among(file.schema_arrow.names)
        table = file.read(columns=[column.name for column in columns], use_threads=False)
        values = [cast_safely(table.column(column.name), column) for column in columns]
        return pyarrow.table(values, names=[column.name for column in columns]).to_pandas()

    def check_columns(self, path, extension):
        self._columns_among(self._headers.names_in(path) if extension == ".csv" else column_names(path, extension))

    def _columns_among(self, names):
        """Return the signature's columns that a file with these names has; raise an error when one is missing."""
        if not self._are_named:
            return self._by_position(names)
        missing = [column.name for column in self._columns if column.is_required and column.name not in names]
        if missing:
            raise MissingColumns(missing, [column.name for column in self._columns], names)
        return [column for column in self._columns if column.name in names]

    def _by_position(self, names):
        """Return the signature's columns under the file's names: a signature without names goes by position."""
        if len(names) < len(self._columns):
            raise ValueError(
                "the model's signature needs {} columns; the file has {}".format(len(self._columns), len(names))
            )
        return [column._replace(name=name) for column, name in zip(self._columns, names)]


def column_of(spec):
    # MLflow calls the types of a signature double, long, …; arrays and objects have no such name.
    type_name = getattr(spec.type, "name", str(spec.type))
    is_optional = getattr(spec, "optional", False)  # MLflow 1.27 to 2.6
    return Column(spec.name, type_name, getattr(spec, "required", not is_optional))


def in_order(table, columns):
    """Return these columns of the table; MLflow would drop the others with a warning a call."""
    names = [column.name for column in columns]
    return table if list(table.columns) == names else table[names]


def dtype_of(column):
    """Return the type in which pandas is to read this column."""
    if column.type == "integer":
        return numpy.dtype("int64")  # pandas before 3.0 wraps numbers that are too large for 32 bits
    return numpy.dtype(NUMPY_TYPES[column.type]) if column.type in NUMPY_TYPES else str


def to_32_bits(numbers):
    if not numbers.between(-2 ** 31, 2 ** 31 - 1).all():
        raise ValueError("a number does not fit into 32 bits")
    return numbers.astype("int32")


def parse_times(texts):
    try:
        return pandas.to_datetime(texts, format="ISO8601")
    except ValueError:  # not ISO, or a pandas before 2.0
        return pandas.to_datetime(texts)


# What is left to do after reading.
CONVERSIONS = {"integer": to_32_bits, "datetime": parse_times}


def column_names(path, extension):
    if extension == ".csv":
        return list(pandas.read_csv(path, nrows=0).columns)
    import pyarrow.parquet

    return pyarrow.parquet.read_schema(path).names


class MissingColumns(ValueError):
    def __init__(self, missing, needed, present):
        message = "{} missing; the model's signature needs: {}; the file has: {}"
        super().__init__(message.format(subject(missing), listing(needed), listing(present)))


def subject(names):
    quoted = listing(["'{}'".format(name) for name in names])
    return "column {} is".format(quoted) if len(names) == 1 else "columns {} are".format(quoted)


def listing(names, limit=30):
    shown = ", ".join(str(name) for name in names[:limit])
    return shown if len(names) <= limit else "{} and {} more".format(shown, len(names) - limit)


def cast_safely(values, column):
    """Return an Arrow column in the signature's type; an error where that would change a value."""
    import pyarrow

    wanted = arrow_type(column)
    if wanted is None or values.type.equals(wanted):
        return values
    kinds = pyarrow.types
    is_number = kinds.is_integer(values.type) or kinds.is_floating(values.type) or kinds.is_decimal(values.type)
    if column.type in ("double", "float", "long", "integer"):
        fits = is_number or kinds.is_null(values.type)
    elif column.type == "datetime":
        fits = kinds.is_temporal(values.type)
    else:
        fits = kinds.is_null(values.type)
    if not fits:
        raise TypeError(
            "column '{}' is {} in the file; the model's signature says {}".format(column.name, values.type, column.type)
        )
    try:
        return values.cast(wanted)
    except pyarrow.ArrowInvalid as error:
        raise ValueError("column '{}' does not fit the signature's {}: {}".format(column.name, column.type, error))


def arrow_type(column):
    import pyarrow

    if column.type == "datetime":
        return pyarrow.timestamp("ns")
    if column.type in NUMPY_TYPES:
        return pyarrow.from_numpy_dtype(numpy.dtype(NUMPY_TYPES[column.type]))
    return None
