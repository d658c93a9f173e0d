"""JSON files: lines of objects, or one document in the shapes that pandas and MLflow write."""
import json
import re
from typing import Any, BinaryIO, Callable, Dict, Iterable, Iterator, List, NamedTuple, Optional, Sequence

from batchstudio_runtime.inputs import nested
from batchstudio_runtime.inputs.blocks import LARGEST_ROW, RowTooLarge
from batchstudio_runtime.inputs.cells import CellRules
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.json_values import RepeatedKeys, parse
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.opening import open_text
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.value_table import ValueTable
from batchstudio_runtime.inputs.values import Misfit

SHAPES = (
    'a list of objects [{"a": 1}, …], {"columns": ["a"], "data": [[1], …]}, columns {"a": [1, …]} or '
    '{"a": {"0": 1, …}}, one object {"a": 1}, or MLflow\'s {"dataframe_split": …} and {"dataframe_records": …}'
)
BLANK = re.compile(rb"[ \t\r\n]*")


class UnknownShape(ValueError):
    """A JSON document that is no table."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}. These are read: {SHAPES}.")


class JsonTable(ValueTable):
    """Rows of a JSON file as objects.

    A key that is not there, null and NaN are missing values.
    """

    takes_names = False

    def __init__(
        self, records: List[Dict[str, Any]], options: ReadOptions, lines: Optional[List[int]] = None, first_row: int = 0
    ) -> None:
        names = {}
        for record in records:
            names.update(dict.fromkeys(record))
        super().__init__(list(names))
        self.has_any_name = not records
        self._first_row = first_row
        self._records = records
        self._lines = lines
        self.rules = CellRules(options)

    def values(self, name: str) -> List[Any]:
        values = []
        for position, record in enumerate(self._records):
            if isinstance(record, RepeatedKeys) and name in record.repeated:
                raise ValueError(f"{self._place(position)}: the object has the key '{name}' twice")
            values.append(record.get(name))
        return values

    def line_of(self, position: int) -> Optional[int]:
        return None if self._lines is None else self._lines[position]

    def row_count(self) -> int:
        return len(self._records)

    def _place(self, position: int) -> str:
        line = self.line_of(position)
        row = self._first_row + position + 1
        return f"row {row}" if line is None else f"row {row} (line {line})"


class InvalidLine(ValueError):
    """A line that is not a JSON object."""


def read_lines(path: str, options: ReadOptions, warn: Optional[Note] = None) -> JsonTable:
    """Returns the table of a file with an object a line; `warn` gets a sentence when invalid lines are left out."""
    with open_text(path, options) as text:
        lines = JsonLines(options)
        found = lines.records(lines_of(text.file()))
        lines.warn_of_dropped(text.name, warn)
    return JsonTable(found.records, options, found.lines)


def names_in_lines(path: str, options: ReadOptions, enough: Optional[Callable[[List[str]], bool]] = None) -> List[str]:
    """Returns the names in a file with an object a line, in the order in which they come; only the first that are `enough`."""
    names: Dict[str, Any] = {}
    with open_text(path, options) as text:
        lines = JsonLines(options)
        for line in lines_of(text.file()):
            for record in lines.records([line]).records:
                if not names.keys() >= record.keys():
                    names.update(dict.fromkeys(record))
                    if enough is not None and enough(list(names)):
                        return list(names)
    return list(names)


def lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Yields the lines of a file; raises RowTooLarge for one whose end is too far away."""
    number = 0
    while True:
        line = file.readline(LARGEST_ROW)
        if not line:
            return
        number += 1
        if len(line) >= LARGEST_ROW:
            raise RowTooLarge(f"line {number}")
        yield line


class FoundRecords(NamedTuple):
    """The objects of some lines, and the numbers of their lines."""

    records: List[Dict[str, Any]]
    lines: List[int]


class JsonLines:
    """Reads lines as objects, some after the other, and counts those that are none where the options let them be left out.

    `passed` lines of the file are before the first one.
    """

    def __init__(self, options: ReadOptions, passed: int = 0) -> None:
        self._drops = options.invalid_lines == "drop"
        self._passed = passed
        self._dropped = 0

    def records(self, lines: Iterable[bytes]) -> FoundRecords:
        """Returns the objects of the next lines."""
        found = FoundRecords([], [])
        for line in lines:
            self._passed += 1
            if BLANK.fullmatch(line):
                continue
            try:
                found.records.append(record_of(line))
                found.lines.append(self._passed)
            except InvalidLine as error:
                if not self._drops:
                    raise InvalidLine(f"line {self._passed}: {error}")
                self._dropped += 1
        return found

    def skip(self, count: int) -> None:
        """Counts lines that another reader has read."""
        self._passed += count

    def warn_of_dropped(self, name: str, warn: Optional[Note]) -> None:
        """Calls `warn` with a sentence where lines were left out."""
        if not self._dropped or warn is None:
            return
        lines = "1 line of" if self._dropped == 1 else f"{self._dropped} lines of"
        what = "is no JSON object and was" if self._dropped == 1 else "are not JSON objects and were"
        warn(f"{lines} {name} {what} left out (read_options.invalid_lines: drop)")


def record_of(line: bytes) -> Dict[str, Any]:
    try:
        record = parse(line.rstrip(b"\r\n").decode("utf-8"))
    except json.JSONDecodeError as error:
        raise InvalidLine(f"not JSON: {error.msg} at column {error.colno}")
    except ValueError as error:
        raise InvalidLine(f"not JSON: {error}")
    if not isinstance(record, dict):
        raise InvalidLine("not a JSON object")
    return record


def read_document(path: str, options: ReadOptions, columns: Sequence[Column] = (), warn: Optional[Note] = None) -> JsonTable:
    """Returns the table of a file that is one JSON document, or an object a line under the same name, as Spark writes it.

    `columns` are those of the signature: some documents mean one thing or another by them.
    """
    with open_text(path, options) as text:
        content = text.file().read()
    try:
        document = parse(content.decode("utf-8"))
    except ValueError as error:
        if has_lines(content):
            return read_lines(path, options, warn)
        raise ValueError(f"the file is not JSON: {problem_of(error)}")
    return JsonTable(records_of(document, columns), options)


def has_lines(content: bytes) -> bool:
    """Returns whether what is no document has objects a line: its first line that is not blank is one."""
    start = content.lstrip().split(b"\n", 1)[0]
    try:
        return isinstance(parse(start.decode("utf-8")), dict)
    except ValueError:
        return False


def problem_of(error: ValueError) -> str:
    """Returns a parser's message without the document."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    return f"{error.msg} at line {error.lineno}, column {error.colno}"


def records_of(document: Any, columns: Sequence[Column] = ()) -> List[Dict[str, Any]]:
    """Returns the rows of a document in any of the shapes."""
    if isinstance(document, list):
        return records_of_list(document)
    if not isinstance(document, dict):
        raise UnknownShape("the JSON document is neither a list nor an object")
    if set(document) == {"dataframe_split"}:
        return records_of_split(document["dataframe_split"])
    if set(document) == {"dataframe_records"}:
        return records_of_list(document["dataframe_records"])
    if {"columns", "data"} <= set(document) <= {"columns", "data", "index"}:
        return records_of_split(document)
    if document and all(isinstance(values, list) for values in document.values()):
        return records_of_columns(document) if has_columns(document, columns) else [document]
    if document and all(isinstance(values, dict) for values in document.values()):
        return records_of_indexed_columns(document) if has_columns(document, columns) else [document]
    return [document]


def has_columns(document: Dict[str, Any], columns: Sequence[Column]) -> bool:
    """Returns whether the values of an object are columns, not one row: by the nested types that the signature has."""
    found = set()
    for column in columns:
        if isinstance(column.type, str) or column.name not in document:
            continue
        values = document[column.name]
        rows = values.values() if isinstance(values, dict) else values
        fit = all(fits(row, column) for row in rows), fits(values, column)
        if fit == (True, True):
            raise UnknownShape(f"'{column.name}' of the JSON document can be a column or the value of one row")
        found.add(fit)
    if found == {(False, True)}:
        return False
    if (False, True) in found:
        raise UnknownShape("some values of the JSON document can be columns and others the values of one row")
    return True


def fits(value: Any, column: Column) -> bool:
    try:
        nested.convert_member(value, column.type, column.is_required, "")
    except Misfit:
        return False
    return True


def records_of_list(items: Any) -> List[Dict[str, Any]]:
    if not isinstance(items, list):
        raise UnknownShape("the JSON document's records are no list")
    for position, item in enumerate(items):
        if not isinstance(item, dict):
            raise UnknownShape(f"item {position + 1} of the JSON list is not an object")
    return items


def records_of_split(document: Any) -> List[Dict[str, Any]]:
    if not isinstance(document, dict) or not {"columns", "data"} <= set(document):
        raise UnknownShape("the JSON document's dataframe_split has no columns and data")
    names, rows = document["columns"], document["data"]
    if not isinstance(names, list) or not isinstance(rows, list):
        raise UnknownShape("columns and data of the JSON document are not both lists")
    names = [str(name) for name in names]
    repeated = {name for name in names if names.count(name) > 1}
    records = []
    for position, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != len(names):
            count = len(row) if isinstance(row, list) else "no"
            raise ValueError(f"row {position + 1}: {count} values for {len(names)} columns")
        pairs = zip(names, row)
        records.append(RepeatedKeys(pairs, repeated) if repeated else dict(pairs))
    return records


def records_of_columns(columns: Dict[str, List[Any]]) -> List[Dict[str, Any]]:
    check_repeated(columns)
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) > 1:
        (name, length), (other, other_length) = sorted(lengths.items(), key=lambda item: item[1])[::len(lengths) - 1]
        raise ValueError(f"the columns have different lengths: '{name}' has {length} values, '{other}' {other_length}")
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def records_of_indexed_columns(columns: Dict[str, Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Returns the rows of columns whose values have an index, in the order of the first column's."""
    check_repeated(columns)
    first_name, first = next(iter(columns.items()))
    for name, values in columns.items():
        check_repeated(values)
        if set(values) != set(first):
            raise ValueError(f"the columns '{first_name}' and '{name}' have different row labels")
    return [{name: values[label] for name, values in columns.items()} for label in first]


def check_repeated(members: Dict[str, Any]) -> None:
    if isinstance(members, RepeatedKeys):
        raise ValueError(f"the JSON document has the key '{sorted(members.repeated)[0]}' twice")
