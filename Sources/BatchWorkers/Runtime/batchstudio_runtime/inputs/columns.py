"""The columns and tensors of a model's signature, from MLflow's JSON form of it: `schema.to_dict()` or the MLmodel file.

    columns_of([{"type": "double", "name": "a", "required": True}])  # [Column("a", "double", True)]

MLflow is not imported: the data preview reads the MLmodel file alone.
"""
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple, Union

SCALARS = ("boolean", "integer", "long", "float", "double", "string", "binary", "datetime")
# Spellings of signatures that other tools wrote.
ALIASES = {"bool": "boolean", "int": "integer", "str": "string", "bytes": "binary"}

# MLflow's JSON form of a column, a tensor or a type.
Entry = Dict[str, Any]
# A scalar's name, or a nested type.
ColumnType = Union[str, "Array", "Object", "Map", "AnyValue"]

NUMBERS = ("double", "float", "long", "integer")
# The scalars that NumPy has in arrays, with its types.
DTYPES = {"double": "float64", "float": "float32", "long": "int64", "integer": "int32", "boolean": "bool"}


class Column(NamedTuple):
    """A column of a signature: `name` is None where columns go by position.

    `is_required` is None for a column that the file's path has where the file does not.
    """

    name: Optional[str]
    type: ColumnType
    is_required: Optional[bool]

    @property
    def scalar(self) -> str:
        """The name of the column's type where it is a scalar: no table of scalars has another."""
        return str(self.type)


class Tensor(NamedTuple):
    """A tensor of a signature: `dtype` is NumPy's name of it, `shape` has -1 for any length."""

    name: Optional[str]
    dtype: str
    shape: Tuple[int, ...]


class Property(NamedTuple):
    """A member of an Object."""

    name: str
    type: ColumnType
    is_required: bool


class Array(NamedTuple):
    """A list whose items have one type."""

    items: ColumnType

    def __str__(self) -> str:
        return f"Array({self.items})"


class Object(NamedTuple):
    """A dictionary with named members."""

    properties: Tuple[Property, ...]

    def __str__(self) -> str:
        members = (f"{part.name}: {part.type}{'' if part.is_required else ' (optional)'}" for part in self.properties)
        return "{" + ", ".join(members) + "}"


class Map(NamedTuple):
    """A dictionary with any names and values of one type."""

    values: ColumnType

    def __str__(self) -> str:
        return f"Map({self.values})"


class AnyValue(NamedTuple):
    """Any value that JSON can express."""

    def __str__(self) -> str:
        return "Any"


# A model takes columns or tensors, never both.
Signature = Union[List[Column], List[Tensor]]


def columns_of(entries: Optional[Sequence[Entry]]) -> Optional[Signature]:
    """Returns the columns or tensors that these entries of a signature describe, in order; None for no signature."""
    if entries is None:
        return None
    described: Any = [tensor_of(entry) if entry.get("type") == "tensor" else column_of(entry) for entry in entries]
    return described


def columns_in(signature: Optional[Signature]) -> List[Column]:
    """Returns the columns of a signature, none of one with tensors."""
    return [part for part in signature or () if isinstance(part, Column)]


def tensors_in(signature: Optional[Signature]) -> List[Tensor]:
    """Returns the tensors of a signature, none of one with columns."""
    return [part for part in signature or () if isinstance(part, Tensor)]


def is_nested(type_: ColumnType) -> bool:
    return not isinstance(type_, str)


def column_of(entry: Entry) -> Column:
    return Column(entry.get("name"), type_of(entry), is_required(entry))


def tensor_of(entry: Entry) -> Tensor:
    spec = entry.get("tensor-spec") or entry
    return Tensor(entry.get("name"), str(spec["dtype"]), tuple(spec["shape"]))


def type_of(entry: Union[str, Entry]) -> ColumnType:
    """Returns the type that an entry describes: a scalar's name or a nested type."""
    if isinstance(entry, str):
        entry = {"type": entry}
    name = entry["type"]
    if name == "array":
        return Array(type_of(entry["items"]))
    if name == "object":
        return Object(tuple(properties_of(entry["properties"])))
    if name == "map":
        return Map(type_of(entry["values"]))
    if name == "any":
        return AnyValue()
    if name == "sparkml_vector":
        return Array("double")
    name = ALIASES.get(name, name)
    if name not in SCALARS:
        raise ValueError(f"the model's signature has a type this version does not know: '{name}'")
    return name


def entry_of(column: Union[Column, Property]) -> Entry:
    """Returns the JSON form of a column or a property, from which `columns_of` makes it again."""
    return dict(entry_of_type(column.type), name=column.name, required=column.is_required)


def entry_of_type(type_: ColumnType) -> Entry:
    if isinstance(type_, str):
        return {"type": type_}
    if isinstance(type_, Array):
        return {"type": "array", "items": entry_of_type(type_.items)}
    if isinstance(type_, Map):
        return {"type": "map", "values": entry_of_type(type_.values)}
    if isinstance(type_, Object):
        return {"type": "object", "properties": [entry_of(part) for part in type_.properties]}
    return {"type": "any"}


def properties_of(entries: Any) -> List[Property]:
    # MLflow writes a dictionary by name; a list of entries with names in it means the same.
    pairs = entries.items() if isinstance(entries, dict) else ((entry["name"], entry) for entry in entries)
    return [Property(name, type_of(entry), is_required(entry)) for name, entry in pairs]


def is_required(entry: Entry) -> bool:
    # MLflow 1.27 to 2.6 wrote `optional`.
    return bool(entry.get("required", not entry.get("optional", False)))
