"""Types of Arrow columns: which of them can feed which type of a signature."""
import pyarrow

from batchstudio_runtime.inputs.bad_values import WrongType

KINDS = pyarrow.types
NUMBERS = ("double", "float", "long", "integer")


def check_type(type_, column):
    """Raises WrongType where no column of this Arrow type can feed the signature's column."""
    if not can_feed(plain_type(type_), column.type):
        raise WrongType(column.name, plain_type(type_), column.type)


def can_feed(type_, wanted):
    if KINDS.is_null(type_):
        return True
    if not isinstance(wanted, str):
        return wanted.kind == "any" or NESTED_KINDS[wanted.kind](type_)
    if wanted in NUMBERS:
        return KINDS.is_integer(type_) or KINDS.is_floating(type_) or KINDS.is_decimal(type_)
    return SCALAR_KINDS[wanted](type_)


def is_text(type_):
    return KINDS.is_string(type_) or KINDS.is_large_string(type_) or is_view(type_, "string_view")


def is_bytes(type_):
    return (
        KINDS.is_binary(type_) or KINDS.is_large_binary(type_) or KINDS.is_fixed_size_binary(type_)
        or is_view(type_, "binary_view")
    )


def is_list(type_):
    return KINDS.is_list(type_) or KINDS.is_large_list(type_) or KINDS.is_fixed_size_list(type_) or is_view(
        type_, "list_view") or is_view(type_, "large_list_view")


def is_view(type_, name):
    """Returns whether this is one of the view types, which pyarrow before 16 does not have."""
    check = getattr(KINDS, "is_" + name, None)
    return check is not None and check(type_)


def is_point_in_time(type_):
    return KINDS.is_date(type_) or KINDS.is_timestamp(type_)


SCALAR_KINDS = {"boolean": KINDS.is_boolean, "string": is_text, "binary": is_bytes, "datetime": is_point_in_time}
NESTED_KINDS = {
    "array": is_list,
    "object": KINDS.is_struct,
    "map": lambda type_: KINDS.is_map(type_) or KINDS.is_struct(type_),
}


def plain_type(type_):
    """Returns the type of the values that a dictionary, run-end encoded or extension type stands for."""
    if KINDS.is_dictionary(type_):
        return plain_type(type_.value_type)
    if isinstance(type_, pyarrow.BaseExtensionType):
        return plain_type(type_.storage_type)
    if is_view(type_, "run_end_encoded"):
        return plain_type(type_.value_type)
    return type_


def plain(values):
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


def is_plain_list(type_):
    return KINDS.is_list(type_) or KINDS.is_large_list(type_)
