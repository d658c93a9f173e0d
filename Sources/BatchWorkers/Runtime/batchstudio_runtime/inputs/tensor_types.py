"""Arrays in the type and shape of a signature's tensor; values that would change are bad cells."""
from typing import Any, Optional

import numpy
import pandas

from batchstudio_runtime.inputs import nested
from batchstudio_runtime.inputs.cells import BadCell
from batchstudio_runtime.inputs.columns import DTYPES, AnyValue, Array, Column, Tensor
from batchstudio_runtime.inputs.values import Misfit

TYPES = {dtype: name for name, dtype in DTYPES.items()}


def type_of(dtype: str) -> str:
    """Returns the type of a signature's column whose values become this dtype."""
    kind = numpy.dtype(dtype)
    if kind.name in TYPES:
        return TYPES[kind.name]
    types = {"i": "long", "u": "long", "f": "double", "U": "string", "M": "datetime"}
    if kind.kind not in types:
        raise TypeError(f"the model's signature has a tensor of {dtype}; a table does not fit it")
    return types[kind.kind]


def width_of(tensor: Tensor) -> Optional[int]:
    """Returns how many values a row of the tensor has, None where its shape leaves that open."""
    lengths = tensor.shape[1:]
    return None if -1 in lengths else int(numpy.prod(lengths, dtype="int64"))


def check_width(tensor: Tensor, count: int) -> None:
    """Raises an error when a table of this many columns does not fit the tensor."""
    width = width_of(tensor)
    if width is None:
        if len(tensor.shape) != 2:
            raise ValueError(f"a table does not fit the signature's {tuple(tensor.shape)}: more than one length is open")
    elif width != count:
        columns = "column" if count == 1 else "columns"
        raise ValueError(
            f"the file has {count} {columns}; the model's signature takes {tuple(tensor.shape)}: {width} values a row"
        )


def column_for(tensor: Tensor) -> Column:
    """Returns the column that feeds a named tensor: one value a row, or lists."""
    type_ = type_of(tensor.dtype)
    if width_of(tensor) == 1 and len(tensor.shape) < 3:
        return Column(tensor.name, type_, True)
    return Column(tensor.name, Array(type_) if len(tensor.shape) == 2 else AnyValue(), True)


def array_of_table(frame: pandas.DataFrame, tensor: Tensor) -> numpy.ndarray:
    """Returns the rows of a frame, whose columns are checked, as the tensor."""
    arrays = [in_dtype(frame.iloc[:, index], tensor.dtype, name) for index, name in enumerate(frame.columns)]
    array = numpy.stack(arrays, axis=1) if arrays else numpy.empty((len(frame), 0), tensor.dtype)
    width = width_of(tensor)
    return checked_rows(array if width is None else array.reshape((len(array),) + tuple(tensor.shape[1:])), tensor)


def array_of_column(series: pandas.Series, tensor: Tensor, column: Column) -> numpy.ndarray:
    """Returns a column of values or lists as the tensor."""
    if isinstance(column.type, str):
        array = in_dtype(series, tensor.dtype, column.name)
        return checked_rows(array.reshape((len(array),) + tuple(tensor.shape[1:])), tensor)
    rows = [row_of(value, tensor, column, position) for position, value in enumerate(series)]
    if not rows:
        lengths = tuple(max(length, 0) for length in tensor.shape[1:])
        return checked_rows(numpy.empty((0,) + lengths, tensor.dtype), tensor)
    if len({row.shape for row in rows}) > 1:
        position = next(index for index, row in enumerate(rows) if row.shape != rows[0].shape)
        problem = f"the list has the shape {rows[position].shape}; that of row 1 has {rows[0].shape}"
        raise misfit(column, position, problem, tensor)
    return checked_rows(numpy.stack(rows), tensor)


def row_of(value: Any, tensor: Tensor, column: Column, position: int) -> numpy.ndarray:
    """Returns a list as a row of the tensor; a flat list of as many values fits as well as a nested one."""
    type_name = type_of(tensor.dtype)
    try:
        if value is None:
            raise Misfit("the value is missing")
        type_ = column.type if isinstance(column.type, Array) else array_type(value, type_name)
        values = nested.convert(value, type_) if not isinstance(value, numpy.ndarray) else value
        array = numpy.array(values)
    except ValueError as error:  # Misfit too; lists of different lengths
        raise misfit(column, position, str(error) if isinstance(error, Misfit) else "the lists differ in length", tensor)
    lengths = tuple(tensor.shape[1:])
    if array.shape == (width_of(tensor),):
        array = array.reshape(lengths)
    is_fitting = array.ndim == len(lengths) and all(wanted in (-1, found) for wanted, found in zip(lengths, array.shape))
    if not is_fitting:
        raise misfit(column, position, f"the list has the shape {array.shape}", tensor)
    return in_dtype(array, tensor.dtype, column.name, position)


def array_type(value: Any, type_name: str) -> Array:
    """Returns the type of nested lists as deep as this value's."""
    if isinstance(value, list) and value and isinstance(value[0], list):
        return Array(array_type(value[0], type_name))
    return Array(type_name)


def in_dtype(values: Any, dtype: str, name: Optional[str], position: Optional[int] = None) -> numpy.ndarray:
    """Returns the values in the tensor's dtype; raises an error for the first that does not survive it."""
    wanted = numpy.dtype(dtype)
    values = numpy.asarray(values)
    if wanted.kind == "U":
        return texts(values, name)
    if values.dtype == wanted:
        return values
    with numpy.errstate(over="ignore", invalid="ignore"):
        converted = values.astype(wanted)
    if wanted.kind == "f":
        is_bad = numpy.isinf(converted) & numpy.isfinite(values)
    else:
        is_bad = converted != values
    if is_bad.any():
        index = int(numpy.argmax(is_bad.ravel()))
        row = (index if position is None else position) + 1
        raise BadCell(
            f"column '{name}', row {row}: {values.ravel()[index]} does not fit into {wanted}; the model's signature says {wanted}"
        )
    return converted


def texts(values: numpy.ndarray, name: Optional[str]) -> numpy.ndarray:
    found = values.tolist()
    missing = [index for index, value in enumerate(found) if not isinstance(value, (str, list))]
    if missing:
        raise BadCell(f"column '{name}', row {missing[0] + 1}: the value is missing; a tensor of texts can't hold it")
    return numpy.array(found, dtype=str)


def checked_rows(array: numpy.ndarray, tensor: Tensor) -> numpy.ndarray:
    """Returns the array if it has as many rows as the tensor."""
    if tensor.shape[0] not in (-1, len(array)):
        raise ValueError(f"the file has {len(array)} rows; the model's signature takes {tuple(tensor.shape)}")
    return array


def misfit(column: Column, position: int, problem: str, tensor: Tensor) -> BadCell:
    return BadCell(f"column '{column.name}', row {position + 1}: {problem}; the model's signature takes {tuple(tensor.shape)}")
