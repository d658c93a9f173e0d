"""Arrays, objects and maps of a signature, made from Python's lists and dictionaries: what fits without loss is converted.

    convert([1, 2], Array("double"))                # [1.0, 2.0]
    convert({"a": "1"}, Map("long"))                # Misfit: at a: '1' is not a whole number

The values are what MLflow lets through unchanged: it refuses a list of Python's floats where the signature says float, so
such arrays are NumPy's. A list stays a list otherwise and a NumPy array an array, as MLflow itself has it.
"""
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

import numpy

from batchstudio_runtime.inputs.columns import DTYPES, AnyValue, Array, ColumnType, Map, Object
from batchstudio_runtime.inputs.values import (
    Misfit,
    MissingValue,
    NumberLiteral,
    converter_to,
    described,
    is_missing,
)

ITEM_DTYPES = dict(DTYPES, datetime="datetime64[ns]")
# MLflow widens a list's items to Python's own numbers, and turns a list of times into whole numbers.
ONLY_ARRAYS = ("float", "integer", "datetime")
MISSING = {"double": float("nan"), "float": numpy.float32("nan"), "datetime": numpy.datetime64("NaT", "ns")}


def convert(value: Any, type_: ColumnType, place: str = "", makes_arrays: bool = False) -> Any:
    """Returns a value as this nested type (or scalar type) needs it; raises Misfit, which names the place within it.

    `makes_arrays` makes NumPy arrays of lists of scalars, as pandas does when it reads Parquet.
    """
    if isinstance(type_, str):
        if is_missing(value):
            raise misfit(MissingValue(), place)
        return converted_scalar(value, type_, place)
    return CONVERTERS[type(type_)](value, type_, place, makes_arrays)


def converted_scalar(value: Any, type_name: str, place: str) -> Any:
    try:
        return converter_to(type_name)(value)
    except Misfit as error:
        raise misfit(error, place)


def convert_array(value: Any, type_: Array, place: str, makes_arrays: bool) -> Any:
    if not isinstance(value, (list, tuple, numpy.ndarray)):
        raise misfit(kind_error(value, "a list"), place)
    if not isinstance(type_.items, str):
        return [
            convert_member(item, type_.items, True, f"{place}[{index}]", makes_arrays)
            for index, item in enumerate(value)
        ]
    items = scalar_items(value, type_.items, place)
    if makes_arrays or isinstance(value, numpy.ndarray) or type_.items in ONLY_ARRAYS:
        return numpy_array(items, type_.items)
    return items


def scalar_items(values: Iterable[Any], type_name: str, place: str) -> List[Any]:
    convert_one = converter_to(type_name)
    items = []
    for index, value in enumerate(values):
        try:
            items.append(missing_item(type_name) if is_missing(value) else convert_one(value))
        except Misfit as error:
            raise misfit(error, f"{place}[{index}]")
        # MLflow makes NumPy texts and bytes of fixed length of them, which lose such ends.
        if type_name in ("string", "binary") and items[-1][-1:] in ("\0", b"\0"):
            raise misfit(Misfit("text or bytes in a list can't end with a zero byte"), f"{place}[{index}]")
    return items


def missing_item(type_name: str) -> Any:
    """Returns the missing value of a type; MLflow would make the text 'None' or a false of a missing text or boolean."""
    if type_name not in MISSING:
        raise MissingValue()
    return MISSING[type_name]


def numpy_array(items: List[Any], type_name: str) -> numpy.ndarray:
    if type_name in ITEM_DTYPES:
        return numpy.array(items, dtype=ITEM_DTYPES[type_name])
    array = numpy.empty(len(items), dtype=object)
    array[:] = items
    return array


def convert_object(value: Any, type_: Object, place: str, makes_arrays: bool) -> Dict[str, Any]:
    if not isinstance(value, dict):
        raise misfit(kind_error(value, "an object"), place)
    repeated = getattr(value, "repeated", None)
    if repeated:
        raise misfit(Misfit(f"the object has the key '{sorted(repeated)[0]}' twice"), place)
    properties = {part.name: part for part in type_.properties}
    unknown = [name for name in value if name not in properties]
    if unknown:
        raise misfit(Misfit(f"the object has a member '{unknown[0]}', which the signature does not know"), place)
    converted = {}
    for part in type_.properties:
        inside = member(place, part.name)
        if part.name in value:
            converted[part.name] = convert_member(value[part.name], part.type, part.is_required, inside, makes_arrays)
        elif part.is_required:
            raise misfit(MissingValue(), inside)
    return converted


def convert_map(value: Any, type_: Map, place: str, makes_arrays: bool) -> Dict[str, Any]:
    pairs = pairs_of(value)
    repeated = getattr(value, "repeated", None)
    if repeated:
        raise misfit(Misfit(f"the map has the key '{sorted(repeated)[0]}' twice"), place)
    if pairs is None:
        raise misfit(kind_error(value, "a map"), place)
    converted = {}
    for key, item in pairs:
        if not isinstance(key, str):
            raise misfit(Misfit(f"the key {described(key)} of a map is not text"), place)
        if key in converted:
            raise misfit(Misfit(f"the map has the key '{key}' twice"), place)
        converted[key] = convert_member(item, type_.values, True, member(place, key), makes_arrays)
    return converted


def pairs_of(value: Any) -> Optional[List[Tuple[Any, Any]]]:
    """Returns the pairs of a dictionary, or of a map as Arrow gives it: a list of pairs."""
    if isinstance(value, dict):
        return list(value.items())
    is_list = isinstance(value, (list, tuple, numpy.ndarray))
    return list(value) if is_list and all(isinstance(pair, tuple) and len(pair) == 2 for pair in value) else None


def convert_any(value: Any, type_: AnyValue, place: str, makes_arrays: bool) -> Any:
    """Returns the value itself, with plain numbers."""
    if isinstance(value, dict):
        return {key: convert_any(item, type_, place, makes_arrays) for key, item in value.items()}
    if isinstance(value, list):
        return [convert_any(item, type_, place, makes_arrays) for item in value]
    return float(value) if isinstance(value, NumberLiteral) else value


def convert_member(value: Any, type_: ColumnType, is_required: Optional[bool], place: str, makes_arrays: bool = False) -> Any:
    """Returns a converted part of a nested value; an optional part may be missing, and Any may be nothing too."""
    is_nan = isinstance(value, (float, numpy.floating)) and value != value
    if is_nan and isinstance(type_, str) and type_ in ("double", "float"):
        return MISSING[type_]
    if not is_missing(value):
        return convert(value, type_, place, makes_arrays)
    if isinstance(type_, AnyValue) or not is_required:
        return None
    raise misfit(MissingValue(), place)


def kind_error(value: Any, wanted: str) -> Misfit:
    return MissingValue() if is_missing(value) else Misfit(f"{described(value)} is not {wanted}")


def member(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def misfit(error: Misfit, place: str) -> Misfit:
    """Returns the error with the place within the value before it, `tags[2]`."""
    return Misfit(f"at {place}: {error}") if place else error


CONVERTERS: Dict[Any, Callable[..., Any]] = {
    Array: convert_array, Object: convert_object, Map: convert_map, AnyValue: convert_any,
}
