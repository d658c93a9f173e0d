"""The options for reading input files: `read_options` of a deployment, a job or an MLTable file.

    options = ReadOptions({"delimiter": ";", "decimal": ","})
    options.delimiter  # ";"
    options.encoding   # None: not given
"""
import codecs
from typing import Any, Dict, List, Mapping, Optional, Tuple, Union

# The types of values that options of a type may have, and how a message calls them.
KINDS: Dict[Any, Tuple[Any, str]] = {
    Optional[str]: (str, "text"),
    Optional[bool]: (bool, "true or false"),
    Optional[int]: (int, "a whole number"),
    Optional[List[str]]: (list, "a list"),
    Optional[Dict[str, str]]: (dict, "a mapping"),
    Optional[Union[str, Dict[str, Any]]]: ((str, dict), "text or a mapping"),
}


class ReadOptions:
    """The read options, an attribute each; None where an option is not given."""

    format: Optional[str] = None
    delimiter: Optional[str] = None
    encoding: Optional[str] = None
    quote: Optional[str] = None
    escape: Optional[str] = None
    header: Optional[bool] = None
    column_names: Optional[List[str]] = None
    decimal: Optional[str] = None
    thousands: Optional[str] = None
    date_formats: Optional[Union[str, Dict[str, Any]]] = None  # one for all columns, or one or several a column
    missing_values: Optional[List[str]] = None
    comment: Optional[str] = None
    skip_rows: Optional[int] = None
    columns: Optional[List[str]] = None
    drop_columns: Optional[List[str]] = None
    rename: Optional[Dict[str, str]] = None
    types: Optional[Dict[str, str]] = None
    sheet: Optional[str] = None
    image_mode: Optional[str] = None
    include_path_column: Optional[bool] = None
    partition_format: Optional[str] = None
    take: Optional[int] = None
    invalid_lines: Optional[str] = None

    def __init__(self, values: Optional[Mapping[str, Any]] = None) -> None:
        values = dict(values or {})
        unknown = sorted(set(values) - set(NAMES))
        if unknown:
            raise ValueError(f"read_options has no {', '.join(unknown)}. It takes: {', '.join(NAMES)}.")
        for name, value in values.items():
            if value is not None:
                setattr(self, name, checked(name, value))

    def as_dict(self) -> Dict[str, Any]:
        """Returns the options that are given."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name) is not None}

    def date_formats_of(self, column: str) -> Optional[List[str]]:
        """Returns the strptime formats for this datetime column; None where only ISO 8601 is taken."""
        formats = self.date_formats
        if isinstance(formats, dict):
            formats = formats.get(column)
        return [formats] if isinstance(formats, str) else formats


TYPES = dict(ReadOptions.__annotations__)
NAMES = tuple(TYPES)


def checked(name: str, value: Any) -> Any:
    kind, description = KINDS[TYPES[name]]
    # True is an int for Python, though not for a user.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"read_options.{name}: {value!r} is not {description}.")
    if name == "encoding":
        check_codec(value)
    return value


def check_codec(name: str) -> None:
    try:
        is_text = getattr(codecs.lookup(name), "_is_text_encoding", True)
    except LookupError:
        is_text = False
    if not is_text:
        raise ValueError(f"read_options.encoding: '{name}' is not an encoding that Python knows.")
