"""The result of run() as an Arrow table, for Parquet.

Whole numbers beyond 64 bits are decimals of 38 digits: a column that has them in some mini-batches is one of decimals.
"""
import decimal
from typing import TYPE_CHECKING, Any, Callable, Optional

from batchstudio_runtime.outputs import columns, values

if TYPE_CHECKING:
    import pyarrow

LARGEST = 2 ** 63 - 1
SMALLEST = -2 ** 63
MAX_DIGITS = 38


def table_of(result: Any) -> "pyarrow.Table":
    """Returns the rows as a table; lists and dicts in it stay nested."""
    import pyarrow

    if type(result).__module__ == "pyarrow.lib":
        return result
    if hasattr(result, "iloc"):
        return of_frame(result if hasattr(result, "columns") else result.to_frame())
    names, rows = columns.rows_of(result)
    columns.refuse_duplicates(names)
    series = list(zip(*rows)) or [()] * len(names)
    return pyarrow.table([array_of(column) for column in series], names=names)


def of_frame(frame: Any) -> "pyarrow.Table":
    import pyarrow

    frame = frame.rename(columns=str)
    columns.refuse_duplicates(list(frame.columns))
    sparse = [name for name, dtype in frame.dtypes.items() if str(dtype).startswith("Sparse")]
    if sparse:  # which pyarrow does not take
        frame = frame.assign(**{name: frame[name].sparse.to_dense() for name in sparse})
    try:
        return with_objects(frame, is_of_objects)
    except (UnicodeEncodeError, pyarrow.ArrowInvalid):
        return with_objects(frame, is_of_texts)  # a file name of undecodable bytes


def with_objects(frame: Any, is_converted: Callable[[Any], bool]) -> "pyarrow.Table":
    """Returns the frame as a table whose columns are converted by this module where asked, else by pyarrow."""
    import pyarrow

    converted = {name: array_of(frame[name]) for name in frame.columns if is_converted(frame[name])}
    if not converted:
        return pyarrow.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    rest = pyarrow.Table.from_pandas(frame.drop(columns=list(converted)), preserve_index=False)
    arrays = [converted[name] if name in converted else rest.column(name) for name in frame.columns]
    return pyarrow.table(arrays, names=list(frame.columns))


def is_of_objects(column: Any) -> bool:
    return column.dtype == object and not {"str", "NoneType"}.issuperset(kind.__name__ for kind in set(map(type, column)))


def is_of_texts(column: Any) -> bool:
    return str(column.dtype) in ("object", "str", "string", "category")


def array_of(column: Any) -> "pyarrow.Array":
    """Returns values of Python or NumPy as an Arrow array."""
    import pyarrow

    items = [native(value, row) for row, value in enumerate(column, 1)]
    try:
        if any(type(item) is int and not SMALLEST <= item <= LARGEST for item in items):
            return pyarrow.array(list(map(as_decimal, items)), pyarrow.decimal128(MAX_DIGITS, 0))
        return pyarrow.array(items)
    except UnicodeEncodeError:  # a file name of undecodable bytes
        return pyarrow.array([values.clean(item) if isinstance(item, str) else item for item in items])


def native(value: Any, row: int) -> Any:
    try:
        return values.native(value)
    except values.BadValue as error:
        raise values.BadValue(f"row {row}: {error}") from None


def as_decimal(number: Any) -> Optional[decimal.Decimal]:
    if number is None:
        return None
    if type(number) is not int or len(str(abs(number))) > MAX_DIGITS:
        other = "a larger one" if type(number) is int else repr(type(number).__name__)
        raise values.BadValue(f"a whole number of more than 64 bits is in a column with {other}, which Parquet can't hold")
    return decimal.Decimal(number)
