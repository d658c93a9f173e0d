"""Types of Arrow columns: which of them can feed which type of a signature."""
from typing import Any, Callable, Dict

import pyarrow

from batchstudio_runtime.inputs.bad_values import WrongType
from batchstudio_runtime.inputs.columns import NUMBERS, AnyValue, Array, Column, ColumnType, Map, Object

KINDS = pyarrow.types


def check_type(type_: pyarrow.DataType, column: Column) -> None:
    """Raises WrongType where no column of this Arrow type can feed the signature's column."""
    if not can_feed(plain_type(type_), column.type):
        raise WrongType(column.name, plain_type(type_), column.type)


def can_feed(type_: pyarrow.DataType, wanted: ColumnType) -> bool:
    if KINDS.is_null(type_):
        return True
    if not isinstance(wanted, str):
        return NESTED_KINDS[type(wanted)](type_)
    if wanted in NUMBERS:
        return KINDS.is_integer(type_) or KINDS.is_floating(type_) or KINDS.is_decimal(type_)
    return SCALAR_KINDS[wanted](type_)


def is_text(type_: pyarrow.DataType) -> bool:
    return KINDS.is_string(type_) or KINDS.is_large_string(type_) or is_view(type_, "string_view")


def is_bytes(type_: pyarrow.DataType) -> bool:
    return (
        KINDS.is_binary(type_) or KINDS.is_large_binary(type_) or KINDS.is_fixed_size_binary(type_)
        or is_view(type_, "binary_view")
    )


def is_list(type_: pyarrow.DataType) -> bool:
    return KINDS.is_list(type_) or KINDS.is_large_list(type_) or KINDS.is_fixed_size_list(type_) or is_view(
        type_, "list_view") or is_view(type_, "large_list_view")


def is_view(type_: pyarrow.DataType, name: str) -> bool:
    """Returns whether this is one of the view types, which pyarrow before 16 does not have."""
    check = getattr(KINDS, "is_" + name, None)
    return check is not None and check(type_)


def is_point_in_time(type_: pyarrow.DataType) -> bool:
    return KINDS.is_date(type_) or KINDS.is_timestamp(type_)


SCALAR_KINDS = {"boolean": KINDS.is_boolean, "string": is_text, "binary": is_bytes, "datetime": is_point_in_time}
NESTED_KINDS: Dict[Any, Callable[[pyarrow.DataType], bool]] = {
    Array: is_list,
    Object: KINDS.is_struct,
    Map: lambda type_: KINDS.is_map(type_) or KINDS.is_struct(type_),
    AnyValue: lambda type_: True,
}


def plain_type(type_: pyarrow.DataType) -> pyarrow.DataType:
    """Returns the type of the values of a dictionary, run-end encoded or extension type."""
    if KINDS.is_dictionary(type_):
        return plain_type(type_.value_type)
    if isinstance(type_, pyarrow.BaseExtensionType):
        return plain_type(type_.storage_type)
    if is_view(type_, "run_end_encoded"):
        return plain_type(type_.value_type)
    return type_


def plain(values: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """Returns the column without dictionaries, run ends and extension types."""
    type_ = values.type
    if KINDS.is_dictionary(type_):
        return plain(pyarrow.chunked_array([chunk.dictionary_decode() for chunk in values.chunks], type_.value_type))
    if isinstance(type_, pyarrow.BaseExtensionType):
        return plain(pyarrow.chunked_array([chunk.storage for chunk in values.chunks], type_.storage_type))
    if is_view(type_, "run_end_encoded"):
        from pyarrow import compute

        chunks = [compute.run_end_decode(chunk) for chunk in values.chunks]
        return plain(pyarrow.chunked_array(chunks, type_.value_type))
    return values


def is_plain_list(type_: pyarrow.DataType) -> bool:
    return KINDS.is_list(type_) or KINDS.is_large_list(type_)
