"""Blocks of delimited text, read by pyarrow: fast where every cell is as expected.

pyarrow converts the fields itself. Where it refuses one, the block is read as text and the column is converted by its
compute functions, at last by `cells`. What does not fit there either is Refused: `delimited` then reads the file record by
record and raises the error.
"""
import re
from typing import Any, Dict, FrozenSet, List, Optional, Set, Tuple

import numpy

from batchstudio_runtime.inputs.cells import BOOLEANS, CellRules, Cells, has_large, series_of
from batchstudio_runtime.inputs.columns import DTYPES, NUMBERS, Column, is_nested
from batchstudio_runtime.inputs.csv_blocks import Block
from batchstudio_runtime.inputs.dialect import Dialect
from batchstudio_runtime.inputs.headers import Use
from batchstudio_runtime.inputs.limits import SPACES

try:
    # Imported with this module, in the host, once for all workers. None of them starts a thread before it is used.
    import pyarrow
    import pyarrow.compute as compute
    import pyarrow.csv
except ImportError:  # mlflow-skinny comes without
    pyarrow = None

OLDEST = 6  # version of pyarrow
FEW = 100  # cells that are converted one by one in less time than by way of functions for columns
# pyarrow takes an hour without minutes too, which is of this length where there is no time zone.
HOUR_ONLY = len("2024-05-01 10")
ZONED_TIME = r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)$"
MICROSECONDS = (-(2 ** 63 // 1000) + 1, 2 ** 63 // 1000 - 1)
TRUE_TEXTS = ["true", "True", "TRUE", "1"]
FALSE_TEXTS = ["false", "False", "FALSE", "0"]
assert all(text.lower() in BOOLEANS for text in TRUE_TEXTS + FALSE_TEXTS)
FIRST_LABEL = re.compile(rb"-?0[0-9]|\+")
LABEL_CELL = r"^[ \t]*(-?0[0-9]|\+)"
PIECE = 1024 * 1024  # bytes that pyarrow parses together


class Refused(ValueError):
    """A block that is for the reader of records."""


def is_available() -> bool:
    """Returns whether pyarrow is installed with what is used of it here."""
    return pyarrow is not None and int(pyarrow.__version__.split(".")[0]) >= OLDEST


class ArrowReader:
    """Reads blocks of records of one shape."""

    def __init__(self, width: int, uses: List[Use], dialect: Dialect, rules: CellRules) -> None:
        self._names = [str(position) for position in range(width)]
        self._uses = uses
        self._dialect = dialect
        self._rules = rules
        self._missing = {use: rules.missing_of(use.column) for use in uses}
        # A missing text may be a number as well, and pyarrow ignores no spaces around it.
        self._as_text = {
            use for use in uses if self._arrow_type(use.column) is None or rules.has_missing_values_in(use.column)
        }
        self._inferred = {use for use in uses if use.column.type in NUMBERS and rules.is_inferred(use.column)}
        self._label = re.compile(
            b"[\r\n\"\t " + re.escape(dialect.delimiter.encode()) + b"](?:-?0[0-9]|\\+)"
        )
        self._has_whole_numbers = any(use.column.type in ("long", "integer") for use in uses)
        typed = [self._missing[use] for use in uses if use not in self._as_text]
        self._made_options: Dict[Tuple[FrozenSet[Use], bool], Tuple[Any, Any]] = {}
        self._null_texts = sorted(typed[0]) if typed else []

    def read(self, block: Block) -> List[Any]:
        """Returns a list of one column a use: arrays of NumPy, and of Arrow where they are texts."""
        # pyarrow reads 0x10 as sixteen.
        is_decimal = not (self._has_whole_numbers and (block.has(b"0x") or block.has(b"0X")))
        table = None
        as_text = set(self._as_text)
        if not is_decimal:
            as_text |= {use for use in self._uses if use.column.type in ("long", "integer")}
        if self._inferred and self._may_have_labels(block):
            as_text |= self._inferred
        if len(as_text) < len(self._uses):
            try:
                table = self._table(block, as_text)
            except (pyarrow.ArrowInvalid, UnicodeDecodeError):
                table = None
        if table is None:
            as_text = set(self._uses)
            try:
                table = self._table(block, as_text)
            except (pyarrow.ArrowException, UnicodeDecodeError) as error:
                raise Refused(str(error))
        columns = []
        for use, column in zip(self._uses, table.columns):
            values = None if use in as_text else self._typed_values(use, column)
            columns.append(self._values_of_texts(block, use, column, is_decimal) if values is None else values)
        return columns

    def _may_have_labels(self, block: Block) -> bool:
        """Returns whether a cell may be 007 or +1, of which a number would lose a part."""
        return bool(FIRST_LABEL.match(block.data) or self._label.search(block.data))

    def _table(self, block: Block, as_text: Set[Use]) -> "pyarrow.Table":
        """Returns the used columns of a block, those in `as_text` as texts."""
        parse, convert = self._options(frozenset(as_text), block.has_quotes)
        # pyarrow takes as much memory as it may parse together: a small file needs little.
        for block_size in (min(PIECE, block.length + 1), block.length + 1):
            try:
                # A block is cut at line ends by pyarrow too, unless a quote may hold one.
                return pyarrow.csv.read_csv(
                    pyarrow.BufferReader(block.data), parse_options=parse, convert_options=convert,
                    read_options=pyarrow.csv.ReadOptions(
                        use_threads=False, column_names=self._names, block_size=block_size
                    ),
                )
            except pyarrow.ArrowInvalid as error:
                if "straddling" not in str(error) or block_size > block.length:
                    raise

    def _options(self, as_text: FrozenSet[Use], has_quotes: bool) -> Tuple[Any, Any]:
        """Returns pyarrow's options, which are the same for all blocks of a kind: to make them takes as long as a small file."""
        options = self._made_options.get((as_text, has_quotes))
        if options is None:
            options = self._made_options[as_text, has_quotes] = (
                pyarrow.csv.ParseOptions(
                    delimiter=self._dialect.delimiter,
                    quote_char=self._dialect.quote if has_quotes else False,
                    newlines_in_values=has_quotes,
                    ignore_empty_lines=len(self._names) > 1,
                ),
                pyarrow.csv.ConvertOptions(
                    check_utf8=False,
                    include_columns=[self._names[use.position] for use in self._uses],
                    column_types={
                        self._names[use.position]: pyarrow.string() if use in as_text else self._arrow_type(use.column)
                        for use in self._uses
                    },
                    strings_can_be_null=False, null_values=self._null_texts,
                    true_values=TRUE_TEXTS, false_values=FALSE_TEXTS,
                    **({"decimal_point": self._rules.decimal} if self._rules.decimal != "." else {}),
                ),
            )
        return options

    def _arrow_type(self, column: Column) -> "Optional[pyarrow.DataType]":
        """Returns the type that pyarrow is to parse, None where the text is needed."""
        if is_nested(column.type) or column.type not in DTYPES:
            return None
        if column.type in ("double", "float"):
            return None if self._rules.thousands else pyarrow.float64()
        if column.type == "boolean":
            return pyarrow.bool_()
        return None if self._rules.thousands else pyarrow.from_numpy_dtype(numpy.dtype(DTYPES[column.scalar]))

    def _typed_values(self, use: Use, column: "pyarrow.ChunkedArray") -> Any:
        """Returns the values of a column that pyarrow has parsed, None where the texts have to be seen."""
        kind = use.column.scalar
        if kind in ("double", "float"):
            numbers = doubles(column, kind)
            return None if numbers is not None and use in self._inferred and has_large(numbers) else numbers
        if column.null_count == 0:
            return column.to_numpy()
        if kind == "boolean" and not use.column.is_required:
            return series_of(column.to_pylist(), "boolean")
        return None

    def _values_of_texts(self, block: Block, use: Use, column: "pyarrow.ChunkedArray", is_decimal: bool) -> Any:
        kind = use.column.scalar
        if not column_is_text(column):
            column = self._table(block, set(self._uses)).column(self._uses.index(use))
        if kind == "string":
            missing = self._missing[use]
            return with_nulls(column, missing) if missing else column
        self._as_text.add(use)
        values = None
        try:
            if use in self._inferred and compute.any(compute.match_substring_regex(column, LABEL_CELL)).as_py():
                values = None
            elif kind in ("double", "float") and self._rules.has_plain_numbers:
                values = doubles(compute.cast(self._stripped(use, column), pyarrow.float64()), kind)
                if values is not None and use in self._inferred and has_large(values):
                    values = None
            elif kind in ("long", "integer") and is_decimal and self._rules.has_plain_numbers:
                numbers = compute.cast(self._stripped(use, column), pyarrow.from_numpy_dtype(numpy.dtype(DTYPES[kind])))
                values = numbers.to_numpy() if numbers.null_count == 0 else None
            elif kind == "datetime" and len(column) > FEW and self._rules.date_formats_of(use.column) is None:
                values = nanoseconds(self._stripped(use, column))
        except (pyarrow.ArrowException, ValueError):
            values = None
        if values is None:
            cells = Cells(use.column, self._rules)
            values = cells.convert(column.to_pylist())
            if cells.first_bad is not None:
                raise Refused()
        return values

    def _stripped(self, use: Use, column: "pyarrow.ChunkedArray") -> "pyarrow.ChunkedArray":
        return with_nulls(compute.utf8_trim(column, characters=SPACES), self._missing[use])


def column_is_text(column: "pyarrow.ChunkedArray") -> bool:
    return column.type.equals(pyarrow.string())


def with_nulls(column: "pyarrow.ChunkedArray", missing: FrozenSet[str]) -> "pyarrow.ChunkedArray":
    is_missing = compute.is_in(column, value_set=pyarrow.array(sorted(missing), pyarrow.string()))
    return compute.if_else(is_missing, pyarrow.scalar(None, pyarrow.string()), column)


def doubles(column: "pyarrow.ChunkedArray", kind: str) -> Optional[numpy.ndarray]:
    """Returns an array of numbers, NaN for missing ones; None if there are others that are not finite."""
    numbers = column.to_numpy()
    if numpy.count_nonzero(~numpy.isfinite(numbers)) != column.null_count:
        return None
    if kind == "double":
        return numbers
    with numpy.errstate(over="ignore"):
        halved = numbers.astype("float32")
    return None if numpy.isinf(halved).any() else halved


def nanoseconds(column: "pyarrow.ChunkedArray") -> Optional[numpy.ndarray]:
    """Returns ISO 8601 texts as times, None where pyarrow can't read them all or may read them in another way."""
    if column.null_count == len(column):
        return numpy.full(len(column), "NaT", dtype="datetime64[ns]")
    try:
        times = compute.cast(column, pyarrow.timestamp("us"))
        if compute.any(compute.equal(compute.binary_length(column), HOUR_ONLY)).as_py():
            return None
    except pyarrow.ArrowInvalid:
        if not compute.all(compute.match_substring_regex(column, ZONED_TIME)).as_py():
            return None
        times = compute.cast(column, pyarrow.timestamp("us", "UTC"))
    numbers = times.cast(pyarrow.int64())
    limits = compute.min_max(numbers).as_py()
    if limits["min"] < MICROSECONDS[0] or limits["max"] > MICROSECONDS[1]:
        return None
    values = compute.fill_null(numbers, 0).to_numpy() * 1000
    values = values.view("datetime64[ns]")
    if numbers.null_count:
        values[compute.is_null(numbers).to_numpy()] = numpy.datetime64("NaT")
    return values


def series_of_chunks(chunks: List[Any]) -> Any:
    """Returns Arrow columns of texts, one after the other, as the column of a frame."""
    column = pyarrow.chunked_array([part for chunk in chunks for part in chunk.chunks], pyarrow.string())
    series = column.to_pandas()
    if series.dtype == object and column.null_count:
        series = series.where(series.notna(), numpy.nan)
    return series
