"""The columns and tensors of a model's signature, from MLflow's JSON form of it: `schema.to_dict()` or the MLmodel file.

    columns_of([{"type": "double", "name": "a", "required": True}])  # [Column("a", "double", True)]

MLflow is not imported: the data preview reads the MLmodel file alone.
"""
import collections

SCALARS = ("boolean", "integer", "long", "float", "double", "string", "binary", "datetime")
# Spellings of signatures that other tools wrote.
ALIASES = {"bool": "boolean", "int": "integer", "str": "string", "bytes": "binary"}

Column = collections.namedtuple("Column", "name type is_required")
Column.__doc__ = """A column of a signature: `type` is one of SCALARS or nested; `name` is None where columns go by position.

`is_required` is None for a column that the file's path has where the file does not.
"""

Tensor = collections.namedtuple("Tensor", "name dtype shape")
Tensor.__doc__ = "A tensor of a signature: `dtype` is NumPy's name of it, `shape` a tuple with -1 for any length."

Property = collections.namedtuple("Property", "name type is_required")
Property.__doc__ = "A member of an Object."


class Array(collections.namedtuple("Array", "items")):
    """A list whose items have one type."""

    kind = "array"
    __slots__ = ()

    def __str__(self):
        return f"Array({self.items})"


class Object(collections.namedtuple("Object", "properties")):
    """A dictionary with named members."""

    kind = "object"
    __slots__ = ()

    def __str__(self):
        members = (f"{part.name}: {part.type}{'' if part.is_required else ' (optional)'}" for part in self.properties)
        return "{" + ", ".join(members) + "}"


class Map(collections.namedtuple("Map", "values")):
    """A dictionary with any names and values of one type."""

    kind = "map"
    __slots__ = ()

    def __str__(self):
        return f"Map({self.values})"


class AnyValue(collections.namedtuple("AnyValue", "")):
    """Any value that JSON can express."""

    kind = "any"
    __slots__ = ()

    def __str__(self):
        return "Any"


def columns_of(entries):
    """Returns the columns or tensors that these entries of a signature describe, in order; None for no signature."""
    if entries is None:
        return None
    return [tensor_of(entry) if entry.get("type") == "tensor" else column_of(entry) for entry in entries]


def are_tensors(columns):
    return bool(columns) and isinstance(columns[0], Tensor)


def is_nested(type_):
    return not isinstance(type_, str)


def column_of(entry):
    return Column(entry.get("name"), type_of(entry), is_required(entry))


def tensor_of(entry):
    spec = entry.get("tensor-spec") or entry
    return Tensor(entry.get("name"), str(spec["dtype"]), tuple(spec["shape"]))


def type_of(entry):
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


def entry_of(column):
    """Returns the JSON form of a column or a property, from which `columns_of` makes it again."""
    return dict(entry_of_type(column.type), name=column.name, required=column.is_required)


def entry_of_type(type_):
    if not is_nested(type_):
        return {"type": type_}
    if type_.kind == "array":
        return {"type": "array", "items": entry_of_type(type_.items)}
    if type_.kind == "map":
        return {"type": "map", "values": entry_of_type(type_.values)}
    if type_.kind == "object":
        return {"type": "object", "properties": [entry_of(part) for part in type_.properties]}
    return {"type": "any"}


def properties_of(entries):
    # MLflow writes a dictionary by name; a list of entries with names in it means the same.
    pairs = entries.items() if isinstance(entries, dict) else ((entry["name"], entry) for entry in entries)
    return [Property(name, type_of(entry), is_required(entry)) for name, entry in pairs]


def is_required(entry):
    # MLflow 1.27 to 2.6 wrote `optional`.
    return bool(entry.get("required", not entry.get("optional", False)))
