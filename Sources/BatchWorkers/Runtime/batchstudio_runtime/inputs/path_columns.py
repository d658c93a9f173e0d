"""Columns from the path of a file: hive partitions, MLTable's partition format, the path itself.

    PathColumns(ReadOptions()).values_of("year=2024/month=05/part-0.parquet")  # {"year": "2024", "month": "05"}
"""
import re
from typing import Any, Dict, List, Optional, Tuple
from urllib.parse import unquote

from batchstudio_runtime.inputs.read_options import ReadOptions

PATH_COLUMN = "Path"
HIVE_MISSING = "__HIVE_DEFAULT_PARTITION__"
# The parts of a time in MLTable's formats, as the texts of ISO 8601 that they become.
TIME_PARTS = {"yyyy": r"\d{4}", "MM": r"\d\d", "dd": r"\d\d", "HH": r"\d\d", "mm": r"\d\d", "ss": r"\d\d"}
PLACEHOLDER = re.compile(r"\{([^{}:]+)(?::([^{}]*))?\}")
TIME_PART = re.compile("|".join(TIME_PARTS))


class PathColumns:
    """Texts that a file's name below the input gives its rows; None is a missing value."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._has_path = bool(options.include_path_column)
        self._format = None if options.partition_format is None else PartitionFormat(options.partition_format)

    def values_of(self, name: str) -> Dict[str, Optional[str]]:
        """Returns the columns of a file by its name below the input, in the order of its folders."""
        values = hive_values(name)
        if self._format is not None:
            values.update(self._format.values_of(name))
        if self._has_path:
            values[PATH_COLUMN] = name
        return values

    def named_values(self, name: str) -> List[Tuple[str, Optional[str]]]:
        """Returns the columns as (name, text), renamed and without those that the options drop."""
        renamed, dropped = self._options.rename or {}, set(self._options.drop_columns or ())
        return [
            (renamed.get(column, column), text) for column, text in self.values_of(name).items() if column not in dropped
        ]


def hive_values(name: str) -> Dict[str, Optional[str]]:
    """Returns the values of folders that are called `column=value`."""
    values: Dict[str, Optional[str]] = {}
    for folder in name.split("/")[:-1]:
        column, mark, value = folder.partition("=")
        if mark and column:
            values[unquote(column)] = None if value == HIVE_MISSING else unquote(value)
    return values


class PartitionFormat:
    """A pattern such as `/{state}/{day:yyyy/MM/dd}/x.csv`; the times of a column are put together to one in ISO 8601."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._groups: List[Tuple[str, Optional[str]]] = []  # of the pattern: column, and part of its time
        # It begins with the first column, somewhere below the input, and continues to the end of the path.
        self._pattern = re.compile("(?:.*/)?" + self._expression(text.lstrip("/")) + r"\Z")

    def values_of(self, name: str) -> Dict[str, Optional[str]]:
        found = self._pattern.match(name)
        if found is None:
            raise ValueError(f"the file's path does not fit read_options.partition_format {self.text}")
        values: Dict[str, Any] = {}
        for group, (column, part) in enumerate(self._groups, 1):
            if part is None:
                values[column] = unquote(found.group(group))
            else:
                values.setdefault(column, {})[part] = found.group(group)
        return {column: iso_time(value) if isinstance(value, dict) else value for column, value in values.items()}

    def _expression(self, text: str) -> str:
        expression, end = "", 0
        for found in PLACEHOLDER.finditer(text):
            expression += re.escape(text[end:found.start()])
            expression += self._capture(found.group(1), found.group(2))
            end = found.end()
        # As in Azure, a name with a star at the end of a pattern matches the rest.
        return expression + re.escape(text[end:]).replace(r"\*", "[^/]*")

    def _capture(self, column: str, time_format: Optional[str]) -> str:
        if not time_format:
            self._groups.append((column, None))
            return "([^/]*)"
        expression, end = "", 0
        for found in TIME_PART.finditer(time_format):
            self._groups.append((column, found.group()))
            expression += re.escape(time_format[end:found.start()]) + f"({TIME_PARTS[found.group()]})"
            end = found.end()
        return expression + re.escape(time_format[end:])


def iso_time(parts: Dict[str, str]) -> Optional[str]:
    """Returns the parts of a time as a text of ISO 8601."""
    if "yyyy" not in parts:
        return None
    date = f"{parts['yyyy']}-{parts.get('MM', '01')}-{parts.get('dd', '01')}"
    if not {"HH", "mm", "ss"} & set(parts):
        return date
    return f"{date}T{parts.get('HH', '00')}:{parts.get('mm', '00')}:{parts.get('ss', '00')}"
