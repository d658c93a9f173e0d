"""The types of the columns where the model has no signature: inferred once from a sample of the job's files, for all files.

| cells of the sample | type |
|---|---|
| true and false, in any case | boolean |
| whole numbers without leading zeros or plus, within 64 bits, none missing | long |
| numbers | double; not if whole numbers are missing some and are larger than 2^53: string |
| all missing | double |
| others, such as 007 | string |

Values with types of their own have the narrowest type of a number that holds those of all files; text next to them is read as
the type that they have.

A file that does not fit these fails: with types inferred file by file, a column would be numbers in one and text in another.
"""
import os
import re
from typing import Any, Dict, FrozenSet, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from batchstudio_runtime.inputs.cells import INFINITY, LABEL, MISSING, CellRules
from batchstudio_runtime.inputs.columns import AnyValue, Array, Column, ColumnType, column_of, entry_of, is_nested
from batchstudio_runtime.inputs.headers import kept
from batchstudio_runtime.inputs.job_file import JobFile
from batchstudio_runtime.inputs.layout import Layout
from batchstudio_runtime.inputs.limits import EXACT, SPACES, WHOLE_NUMBERS, listing
from batchstudio_runtime.inputs.read_options import ReadOptions

FILES = 50  # of a sample
RECORDS = 1000  # of each file
TYPED_BYTES = 256 * 1024 * 1024  # of files with types of their own
# The narrowest type that holds the numbers of two.
WIDER: Dict[FrozenSet[ColumnType], str] = {
    frozenset(("integer", "long")): "long", frozenset(("float", "double")): "double",
    frozenset(("integer", "float")): "double", frozenset(("integer", "double")): "double",
    frozenset(("long", "float")): "double", frozenset(("long", "double")): "double",
}
WHOLE_NUMBER = re.compile(r"0|-?[1-9]\d*", re.ASCII)
DESCRIPTIONS = dict(
    WHOLE_NUMBERS, boolean="true or false", double="a number", string="text", binary="binary", datetime="a time",
    float="a number of 32 bits",
)
# The names and types of a file's columns; a type is None where the column has no value.
TypedColumns = List[Tuple[str, Optional[ColumnType]]]


class KeptTypes(NamedTuple):
    """The columns that all workers of a job use, and the number of files that showed them."""

    columns: List[Column]
    files: int


class UnknownColumns(ValueError):
    """Columns of a file that no file of the sample had."""

    def __init__(self, names: List[str]) -> None:
        quoted = listing([f"'{name}'" for name in names])
        super().__init__(
            f"no type is known for column {quoted}: the files from which the types were inferred do not have it. Give its"
            " type with read_options.types, or leave it out with read_options.drop_columns."
        )


class TypedSample(list):
    """The types in the sampled files whose values have types of their own; they are read whole, so there is a limit to them."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = 0

    def has_room_for(self, path: str) -> bool:
        """Returns whether one more file is to be read, the first at least; counts it."""
        self._bytes += os.path.getsize(path)
        return not self or self._bytes <= TYPED_BYTES


class Evidence:
    """The types that the cells of one column can have."""

    def __init__(self, rules: CellRules, missing: FrozenSet[str]) -> None:
        self._rules = rules
        self._missing = missing
        self._has_missing = self._has_values = False
        self._are_booleans = self._are_whole = self._are_numbers = True
        self._largest = 0

    @property
    def has_values(self) -> bool:
        return self._has_values

    def add(self, texts: Iterable[str]) -> None:
        for text in set(texts):
            self._add(text.strip(SPACES))

    def _add(self, text: str) -> None:
        if text in self._missing:
            self._has_missing = True
            return
        self._has_values = True
        self._are_booleans = self._are_booleans and text.lower() in ("true", "false")
        if self._are_numbers:
            self._add_number(text)

    def _add_number(self, text: str) -> None:
        if WHOLE_NUMBER.fullmatch(text):
            # int() of thousands of digits is slow, and not needed.
            self._largest = max(self._largest, abs(int(text)) if len(text) <= 20 else 2 ** 64)
            return
        self._are_whole = False
        is_number = self._rules.number.fullmatch(text) or INFINITY.fullmatch(text)
        self._are_numbers = bool(is_number) and not LABEL.match(text)

    def type(self) -> str:
        if not self._has_values:
            return "double"
        if self._are_booleans:
            return "boolean"
        if not self._are_numbers:
            return "string"
        if not self._are_whole:
            return "double" if self._largest <= EXACT else "string"
        if self._has_missing:
            return "double" if self._largest <= EXACT else "string"
        return "long" if self._largest < 2 ** 63 else "string"


def inferred_columns(
    samples: Sequence[Tuple[Layout, List[List[str]]]], typed: Sequence[TypedColumns], options: ReadOptions
) -> List[Column]:
    """Returns the columns of a job: `samples` are (layout, records) of text files, `typed` lists of (name, type)."""
    rules = CellRules(options)
    missing = MISSING if options.missing_values is None else frozenset(options.missing_values)
    found: Dict[str, Optional[ColumnType]] = {}
    for pairs in typed:
        for name, type_ in pairs:
            found[name] = wider(found.get(name), type_)
    evidence: Dict[str, Evidence] = {}
    for layout, records in samples:
        for position, name in kept(layout.names, options):
            evidence.setdefault(name, Evidence(rules, missing)).add([fields[position] for fields in records])
    for name, cells in evidence.items():
        found[name] = wider(found.get(name), cells.type() if cells.has_values else None)
    for name, type_ in (options.types or {}).items():
        found[name] = type_
    return [Column(name, type_ or "double", False) for name, type_ in found.items()]


def wider(type_: Optional[ColumnType], other: Optional[ColumnType]) -> Optional[ColumnType]:
    """Returns the type that holds values of both, the first where there is none: what does not fit it then fails."""
    if type_ is None or other is None:
        return other if type_ is None else type_
    if AnyValue() in (type_, other):
        return AnyValue()
    if isinstance(type_, Array) and isinstance(other, Array):
        return Array(wider(type_.items, other.items) or type_.items)
    if is_nested(type_) or is_nested(other):
        return type_
    return WIDER.get(frozenset((type_, other)), type_)


def note_of(columns: Sequence[Column], files: int, options: ReadOptions) -> Optional[str]:
    """Returns the note about the inferred types, None where all are given."""
    inferred = [column for column in columns if column.name not in (options.types or {})]
    if not inferred:
        return None
    what = listing([f"{column.name} is {DESCRIPTIONS.get(column.scalar, column.scalar)}" for column in inferred])
    count = "1 file" if files == 1 else f"{files} files"
    return f"The model has no signature. Types were inferred from {count}: {what}. Give others with read_options.types."


class TypesFile:
    """The file of a job in which the inferred columns are kept for all its workers; `path` may be None: nothing is kept."""

    def __init__(self, path: Optional[str]) -> None:
        self._file = None if path is None else JobFile(path)

    def read(self) -> Optional[KeptTypes]:
        """Returns the types that are kept, None where they were not published yet."""
        content = None if self._file is None else self._file.read()
        return None if content is None else kept_in(content)

    def publish(self, types: KeptTypes) -> KeptTypes:
        """Keeps the types unless another worker was first; returns those that are kept."""
        if self._file is None:
            return types
        return kept_in(self._file.publish({
            "files": types.files, "columns": [entry_of(column) for column in types.columns],
        }))


def kept_in(content: Dict[str, Any]) -> KeptTypes:
    return KeptTypes([column_of(entry) for entry in content["columns"]], content["files"])
