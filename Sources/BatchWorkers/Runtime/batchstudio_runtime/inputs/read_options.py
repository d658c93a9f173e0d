"""How input files are to be read where their bytes can't say it: `read_options` of a deployment, a job or an MLTable file.

    options = ReadOptions({"delimiter": ";", "decimal": ","})
    options.delimiter  # ";"
    options.encoding   # None: not given
"""
import codecs

KINDS = {
    "format": str,
    "delimiter": str,
    "encoding": str,
    "quote": str,
    "escape": str,
    "header": bool,
    "column_names": list,
    "decimal": str,
    "thousands": str,
    "date_formats": (str, dict),
    "missing_values": list,
    "comment": str,
    "skip_rows": int,
    "columns": list,
    "drop_columns": list,
    "rename": dict,
    "types": dict,
    "sheet": str,
    "image_mode": str,
    "include_path_column": bool,
    "partition_format": str,
    "take": int,
    "invalid_lines": str,
}


class ReadOptions:
    """The read options, an attribute each; None where an option is not given."""

    def __init__(self, values=None):
        values = dict(values or {})
        unknown = sorted(set(values) - set(KINDS))
        if unknown:
            raise ValueError(f"read_options has no {', '.join(unknown)}. It takes: {', '.join(KINDS)}.")
        self.format = None
        self.delimiter = None
        self.encoding = None
        self.quote = None
        self.escape = None
        self.header = None
        self.column_names = None
        self.decimal = None
        self.thousands = None
        self.date_formats = None
        self.missing_values = None
        self.comment = None
        self.skip_rows = None
        self.columns = None
        self.drop_columns = None
        self.rename = None
        self.types = None
        self.sheet = None
        self.image_mode = None
        self.include_path_column = None
        self.partition_format = None
        self.take = None
        self.invalid_lines = None
        for name, value in values.items():
            if value is not None:
                setattr(self, name, checked(name, value))

    def as_dict(self):
        """Returns the options that are given."""
        return {name: getattr(self, name) for name in KINDS if getattr(self, name) is not None}

    def date_formats_of(self, column):
        """Returns the strptime formats for this datetime column; None where only ISO 8601 is taken."""
        formats = self.date_formats
        if isinstance(formats, dict):
            formats = formats.get(column)
        return [formats] if isinstance(formats, str) else formats


def checked(name, value):
    kind = KINDS[name]
    # True is an int for Python, though not for a user.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"read_options.{name}: {value!r} is not {described(kind)}.")
    if name == "encoding":
        check_codec(value)
    return value


def described(kind):
    names = {str: "text", bool: "true or false", list: "a list", dict: "a mapping", int: "a whole number"}
    return names.get(kind, "text or a mapping")


def check_codec(name):
    try:
        is_text = getattr(codecs.lookup(name), "_is_text_encoding", True)
    except LookupError:
        is_text = False
    if not is_text:
        raise ValueError(f"read_options.encoding: '{name}' is not an encoding that Python knows.")
