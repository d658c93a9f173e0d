"""Arrow's lists, structs and maps as the arrays, objects and maps of a signature."""
from typing import Any, Callable, List, Optional

import numpy
import pyarrow

from batchstudio_runtime.inputs import nested
from batchstudio_runtime.inputs.arrow_types import KINDS, check_type, is_list, is_plain_list
from batchstudio_runtime.inputs.bad_values import BadValue, WrongType, converted
from batchstudio_runtime.inputs.columns import NUMBERS, Array, Column
from batchstudio_runtime.inputs.limits import quoted


def nested_values(values: pyarrow.ChunkedArray, column: Column, convert: Callable[[Any, Column], Any]) -> List[Any]:
    """Returns arrays, objects and maps as Python objects; `convert` converts columns of scalars."""
    check_type(values.type, column)
    quick = arrays_of_scalars(values, column, convert)
    if quick is not None:
        return quick
    return converted(
        python_values(values), column,
        lambda value: nested.convert_member(value, column.type, column.is_required, "", makes_arrays=True)
    )


def arrays_of_scalars(values: pyarrow.ChunkedArray, column: Column, convert: Callable[[Any, Column], Any]) -> Optional[List[Any]]:
    """Returns lists of numbers or times as NumPy arrays, converted all at once; None where one by one is needed."""
    type_ = column.type.items if isinstance(column.type, Array) else None
    if type_ is None or type_ not in NUMBERS + ("datetime",) or values.null_count or not is_plain_list(values.type):
        return None
    dtype = nested.ITEM_DTYPES[str(type_)]
    arrays: List[Any] = []
    for chunk in values.chunks:
        try:
            items = convert(pyarrow.chunked_array([chunk.flatten()]), Column(column.name, type_, True))
        except (BadValue, WrongType):
            return None  # which row it is, and where in it, is found one by one
        if len(items) == 0:
            items = numpy.empty(0, dtype)
        else:
            items = numpy.array(items.to_pandas(), dtype=dtype)  # writable
        ends = numpy.cumsum(chunk.value_lengths().to_numpy(zero_copy_only=False))
        arrays.extend(numpy.split(items, ends[:-1]) if len(ends) else [])
    return arrays


def python_values(values: pyarrow.ChunkedArray) -> List[Any]:
    """Returns the values as Python's, maps as dictionaries where pyarrow can (from version 13 on)."""
    if not contains_map(values.type):
        return values.to_pylist()
    try:
        return values.to_pylist(maps_as_pydicts="strict")
    except TypeError:
        return values.to_pylist()
    except KeyError as error:
        raise ValueError(f"a map has a key twice: {quoted(error.args[0] if error.args else '')}")


def contains_map(type_: pyarrow.DataType) -> bool:
    if KINDS.is_map(type_):
        return True
    return any(contains_map(type_.field(index).type) for index in range(type_.num_fields)) if is_list(
        type_) or KINDS.is_struct(type_) else False
