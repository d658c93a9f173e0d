"""The kinds of values that a model's predict() may return, each with its way to a table of one row a prediction.

    predictions_in((10 * value for value in [1, 2]), limit=3).frame["prediction"].tolist()  # [10, 20]

A kind that has no order or no rows is refused by its name. Libraries that may be missing are known by the names of their types.
"""
import collections.abc
import itertools
import numbers
from typing import Any, Callable, Dict, Iterable, List, Mapping, Optional, Tuple

import numpy
import pandas

from batchstudio_runtime.mlflow import items
from batchstudio_runtime.outputs.values import array_of_torch

# Makes predictions of what predict() returned; an iterator is not read beyond so many items.
Converter = Callable[[Any, int], "Predictions"]

ROWS_OR_COLUMNS = "which may be rows or columns. Return one array of rows, or a dict of columns."


class Predictions:
    """A model's predictions: a frame with one row each, and the index under which the model returned them, if any.

    `is_one_value` is true for a value outside of any container, which is one prediction.
    """

    def __init__(self, frame: pandas.DataFrame, index: Optional[pandas.Index] = None, is_one_value: bool = False) -> None:
        if frame.shape[1] == 0 and len(frame):
            raise NotPredictions("the model returned a table without columns")
        self.frame = frame
        self.index = index
        self.is_one_value = is_one_value

    def __len__(self) -> int:
        return len(self.frame)


class NotPredictions(TypeError):
    pass


def predictions_in(result: Any, limit: int) -> Predictions:
    """Returns the predictions in what predict() returned; an iterator is not read beyond `limit` + 1 items."""
    convert = converter_for(result)
    if convert is None:
        raise NotPredictions(
            f"the model returned {called(result)}, which holds no predictions in order. Return a list, an array or a DataFrame."
        )
    return convert(result, limit)


def converter_for(result: Any) -> Optional[Converter]:
    """Returns the converter of the first of the result's types that the table knows, None when it is refused."""
    for kind in type(result).__mro__:
        name = (kind.__module__.partition(".")[0], kind.__name__)
        if name in BY_NAME:
            return BY_NAME[name]
    for attribute, convert in BY_ATTRIBUTE:
        if hasattr(result, attribute):
            return convert
    for kinds, convert_kind in BY_KIND:
        if isinstance(result, kinds):
            return convert_kind
    return None


def called(result: object) -> str:
    if result is None:
        return "None"
    name = type(result).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


# Tables and columns


def of_frame(frame: pandas.DataFrame, limit: int) -> Predictions:
    return Predictions(frame.reset_index(drop=True), frame.index)


def of_series(series: pandas.Series, limit: int) -> Predictions:
    return Predictions(one_column(series.reset_index(drop=True)), series.index)


def of_index(index: pandas.Index, limit: int) -> Predictions:
    if isinstance(index, pandas.MultiIndex):
        return Predictions(index.to_frame(index=False))
    return Predictions(one_column(index.to_series().reset_index(drop=True)))


def of_extension_array(array: Any, limit: int) -> Predictions:
    return Predictions(one_column(pandas.Series(array)))


def of_arrow_table(table: Any, limit: int) -> Predictions:
    # Integers next to a missing one would become floats.
    frame = table.to_pandas(integer_object_nulls=True)
    # The index comes from the frame of pandas that the table was made of, if it was.
    return of_frame(frame, limit) if b"pandas" in (table.schema.metadata or {}) else Predictions(frame)


def of_arrow_column(column: Any, limit: int) -> Predictions:
    return Predictions(one_column(pandas.Series(column.to_pandas(integer_object_nulls=True)).reset_index(drop=True)))


def of_arrow_reader(reader: Any, limit: int) -> Predictions:
    return of_arrow_table(reader.read_all(), limit)


def of_polars_frame(frame: Any, limit: int) -> Predictions:
    try:
        return of_arrow_table(frame.to_arrow(), limit)
    except Exception:  # no pyarrow, or objects that Arrow does not know
        return of_dict(frame.to_dict(as_series=False), limit)


def of_polars_query(query: Any, limit: int) -> Predictions:
    return of_polars_frame(query.collect(), limit)


def of_polars_series(series: Any, limit: int) -> Predictions:
    return of_list(series.to_list(), limit)


def of_foreign_frame(frame: Any, limit: int) -> Predictions:
    """Converts a table of another library of frames: its own way to pandas is the right one."""
    converted = frame.to_pandas()
    if not isinstance(converted, (pandas.DataFrame, pandas.Series)):
        raise NotPredictions(f"the model returned {called(frame)}, whose to_pandas() gives {called(converted)}")
    return predictions_in(converted, limit)


# Arrays


def of_array(array: Any, limit: int) -> Predictions:
    array = numpy.asarray(array)
    if array.ndim == 0:
        return of_value(array.item() if array.dtype.kind not in "mM" else array[()], limit)
    if array.dtype.byteorder not in "=|" and array.dtype.names is None:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.dtype.names is not None and array.ndim == 1:
        columns = {name: one_value_a_row(array[name]) for name in array.dtype.names}
        return Predictions(pandas.DataFrame(columns))
    if array.ndim == 2:
        return Predictions(pandas.DataFrame(array))
    return Predictions(pandas.DataFrame({"prediction": one_value_a_row(array)}))


def of_masked_array(array: Any, limit: int) -> Predictions:
    return of_list(array.tolist(), limit) if array.ndim else of_value(array.tolist(), limit)


def of_sparse(matrix: Any, limit: int) -> Predictions:
    return of_array(matrix.toarray(), limit)


def of_torch(tensor: Any, limit: int) -> Predictions:
    return of_array(array_of_torch(tensor), limit)


def of_tensor(tensor: Any, limit: int) -> Predictions:
    return of_array(tensor.numpy(), limit)


# Python's own


def of_list(values: List[Any], limit: int) -> Predictions:
    """Returns the predictions of a list: its items are rows, arrays of one dimension too, as a loop over rows makes them."""
    if len(values) > 1 and all(items.dimensions(value) > 1 and len(value) == len(values) for value in values):
        raise NotPredictions(f"the model returned a list of {len(values)} arrays, {ROWS_OR_COLUMNS}")
    return Predictions(items.frame_of(values))


def of_tuple(values: Tuple[Any, ...], limit: int) -> Predictions:
    """Returns the predictions of a tuple, as of a list; one of arrays is refused: `return labels, scores` makes columns."""
    if len(values) > 1 and all(items.dimensions(value) or isinstance(value, list) for value in values):
        raise NotPredictions(f"the model returned a tuple of {len(values)} arrays or lists, {ROWS_OR_COLUMNS}")
    return of_list(list(values), limit)


def of_iterable(values: Iterable[Any], limit: int) -> Predictions:
    return of_list(list(itertools.islice(values, limit + 1)), limit)


def of_dict(columns: Mapping[Any, Any], limit: int) -> Predictions:
    """Returns the predictions of a dict: of columns, or of single values, which are one row."""
    columns = dict(columns)
    if not columns:
        raise NotPredictions("the model returned an empty dict")
    if are_plain_columns(columns):
        return Predictions(pandas.DataFrame(columns))
    singles = [name for name, value in columns.items() if is_one_value(value)]
    if len(singles) == len(columns):
        return Predictions(items.frame_of([columns]), is_one_value=True)
    if singles:
        listed = ", ".join(repr(str(name)) for name in singles)
        raise NotPredictions(f"the model returned a dict of columns in which {listed} is a single value")
    parts = {name: column_in(name, value, limit) for name, value in columns.items()}
    lengths = {len(part) for part in parts.values()}
    if len(lengths) > 1:
        listed = ", ".join(f"{name} has {len(part)}" for name, part in parts.items())
        raise NotPredictions(f"the model returned columns of different lengths: {listed}")
    frame = pandas.concat([part.frame.iloc[:, 0] for part in parts.values()], axis=1)
    frame.columns = list(parts)
    indexes = [part.index for part in parts.values() if part.index is not None]
    if any(not index.equals(indexes[0]) for index in indexes):
        raise NotPredictions("the model returned a dict of Series with different indexes")
    return Predictions(frame, indexes[0] if indexes else None)


def are_plain_columns(columns: Mapping[Any, Any]) -> bool:
    """Returns True for named arrays of numbers of one length, as ONNX has them: what most calls return is converted quickly."""
    if not all(type(name) is str and is_plain_column(value) for name, value in columns.items()):
        return False
    return len({len(value) for value in columns.values()}) == 1


def is_plain_column(value: Any) -> bool:
    return type(value) is numpy.ndarray and value.ndim == 1 and value.dtype.kind in "biuf" and value.dtype.isnative


def column_in(name: Any, value: Any, limit: int) -> Predictions:
    """Returns the predictions in one column of a dict; rows of several values stay together as nested values."""
    if isinstance(value, (pandas.DataFrame, collections.abc.Mapping)):
        raise NotPredictions(f"the model returned a dict in which {str(name)!r} is {called(value)}")
    if not items.dimensions(value) and converter_for(value) in (of_list, of_tuple, of_iterable):
        return Predictions(one_column(items.column_of(itertools.islice(value, limit + 1))))
    part = predictions_in(value, limit)
    if items.dimensions(value) < 2:
        return part
    return Predictions(one_column(items.column_of(part.frame.astype(object).to_numpy().tolist())), part.index)


def of_value(value: Any, limit: int) -> Predictions:
    return Predictions(one_value(value), is_one_value=True)


def of_record(record: Any, limit: int) -> Predictions:
    return Predictions(items.frame_of([record]), is_one_value=True)


def is_one_value(value: Any) -> bool:
    if value is None or isinstance(value, collections.abc.Mapping) or getattr(value, "ndim", None) == 0:
        return True
    return converter_for(value) in (of_value, of_record, None)


def one_column(series: Any) -> pandas.DataFrame:
    return pandas.DataFrame({"prediction": series})


def one_value(value: Any) -> pandas.DataFrame:
    return one_column(pandas.Series([value], dtype=object))


def one_value_a_row(array: Any) -> Any:
    """Returns values that a frame's column can hold, those of more dimensions as a list of arrays."""
    return pandas.Series(list(array), dtype=object) if array.ndim > 1 else array


# By library and name, so that nothing is imported for it; None refuses.
BY_NAME: Dict[Tuple[str, str], Optional[Converter]] = {
    ("pandas", "DataFrame"): of_frame,
    ("pandas", "Series"): of_series,
    ("pandas", "Index"): of_index,
    ("pandas", "ExtensionArray"): of_extension_array,  # Categorical among others
    ("numpy", "MaskedArray"): of_masked_array,
    ("numpy", "ndarray"): of_array,
    ("numpy", "generic"): of_value,
    ("pyarrow", "Table"): of_arrow_table,
    ("pyarrow", "RecordBatch"): of_arrow_table,
    ("pyarrow", "RecordBatchReader"): of_arrow_reader,
    ("pyarrow", "ChunkedArray"): of_arrow_column,
    ("pyarrow", "Array"): of_arrow_column,
    ("polars", "DataFrame"): of_polars_frame,
    ("polars", "LazyFrame"): of_polars_query,
    ("polars", "Series"): of_polars_series,
    ("_io", "_IOBase"): None,  # a file, which is an iterator of its lines
}
BY_ATTRIBUTE: Tuple[Tuple[str, Converter], ...] = (
    ("toarray", of_sparse),  # SciPy
    ("detach", of_torch),
    ("to_pandas", of_foreign_frame),
    ("numpy", of_tensor),  # TensorFlow
    ("__array__", of_array),  # JAX and others
)
VIEWS = (collections.abc.KeysView, collections.abc.ValuesView, collections.abc.ItemsView)
BY_KIND: Tuple[Tuple[Any, Optional[Converter]], ...] = (
    ((str, bytes, bytearray, numbers.Number), of_value),
    (tuple, of_tuple),
    (VIEWS, of_iterable),
    (collections.abc.Set, None),
    (collections.abc.Mapping, of_dict),
    (list, of_list),
    ((collections.abc.Sequence, collections.deque, collections.abc.Iterator), of_iterable),
    (items.Record, of_record),
)
