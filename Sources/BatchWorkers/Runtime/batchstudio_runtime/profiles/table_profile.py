"""The profile of a table: of each of its columns. One of few rows keeps their values, until it is merged with others."""
import csv
import io
import json
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from batchstudio_runtime.outputs import columns, rows
from batchstudio_runtime.profiles import arrays, objects
from batchstudio_runtime.profiles.column_profile import ColumnProfile, Limits

FEW = 512  # values that are kept as they are: to merge them later costs less than to merge their profiles
MANY = 4096  # rows of such tables that are profiled together
# Columns that are profiled: scripts may name others in each table. Those whose names come first in the order of texts are kept,
# because that does not depend on which worker has seen which of them: each part keeps every column that all of them keep.
MAX_COLUMNS = 2000
VERSION = 1
SCALARS = {float, int, bool, str, type(None)}
Key = Tuple[str, int]  # the name of a column, and how many columns before it have that name


class TableProfile:
    """The columns of tables; tables may have different ones.

        profile = TableProfile.of(frame)
        profile.merge(TableProfile.of(another))
        profile.as_json(); profile.summary()
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns: Dict[Key, ColumnProfile] = {}
        self.omitted = 0  # values in columns beyond MAX_COLUMNS, missing ones too
        self._limits = Limits.of(1)  # of all columns
        self._few: Dict[Tuple[str, ...], List[List[Any]]] = {}  # cells of each column, by the names of all
        self._few_rows = 0

    @property
    def is_empty(self) -> bool:
        return not self.rows and not self._few_rows

    @staticmethod
    def of(
        result: Any, labels: Tuple[int, int] = (0, 0), lines: Optional[str] = None, like: "Optional[TableProfile]" = None
    ) -> "TableProfile":
        """Returns the profile of what run() returned.

        `labels` are how many columns at the start and the end are no values of the model, `lines` is the format whose lines
        texts may be: csv or jsonl; `like` is a profile with which it will be merged.
        """
        names, series = columns_of(result, lines)
        return TableProfile.of_columns(names, series, labels, like)

    @staticmethod
    def of_columns(
        names: Sequence[str], series: Sequence[Any], labels: Tuple[int, int] = (0, 0), like: "Optional[TableProfile]" = None
    ) -> "TableProfile":
        """Returns the profile of columns: arrays, series or lists of one length."""
        end = len(names) - labels[1]
        profile = TableProfile()
        profile._add(names[labels[0]:end], series[labels[0]:end], {} if like is None else like.columns)
        return profile

    def _add(self, names: Sequence[str], series: Sequence[Any], like: Dict[Key, ColumnProfile]) -> None:
        if not series:
            return
        count = len(series[0])
        if 0 < count * len(names) <= FEW:
            self._add_few(tuple(names), [objects.cells(listed(column)) for column in series])
            return
        self.rows += count
        limits = Limits.of(len(names))
        keys = keys_of(names)
        kept = set(keys if len(keys) <= MAX_COLUMNS else sorted(keys)[:MAX_COLUMNS])
        self.omitted += count * (len(keys) - len(kept))
        for key, column in zip(keys, series):
            if key in kept:
                profile = self.columns[key] = ColumnProfile(limits, like.get(key))
                arrays.add_column(profile, column)

    def _limit(self, most: int = MAX_COLUMNS) -> None:
        """Counts the values of columns beyond the limit, and forgets these; keeps less of each of many columns."""
        if len(self.columns) > most:
            for key in sorted(self.columns)[MAX_COLUMNS:]:
                self.omitted += self.columns.pop(key).cells
        limits = Limits.of(len(self.columns))
        if limits != self._limits:
            self._limits = limits
            for profile in self.columns.values():
                profile.limit(limits)

    def _column(self, key: Key, limits: Limits) -> ColumnProfile:
        profile = self.columns.get(key)
        if profile is None:
            profile = self.columns[key] = ColumnProfile(limits.least(self._limits))
        return profile

    def _add_few(self, names: Tuple[str, ...], cells: List[List[Any]]) -> None:
        kept = self._few.setdefault(names, [[] for _ in names])
        for column, more in zip(kept, cells):
            column.extend(more)
        self._few_rows += len(cells[0])
        if self._few_rows >= MANY:
            self._profile_few()

    def _profile_few(self) -> None:
        few, self._few, self._few_rows = self._few, {}, 0
        for names, cells in few.items():
            self.rows += len(cells[0])
            limits = Limits.of(len(names))
            for key, column in zip(keys_of(names), cells):
                objects.add_cells(self._column(key, limits), column)
            # Not after each table: to find which columns come first costs more than to add a few.
            self._limit(2 * MAX_COLUMNS)
        self._limit()

    def merge(self, other: "TableProfile") -> None:
        """Adds what another profile holds."""
        for names, cells in other._few.items():
            self._add_few(names, cells)
        if other.rows:
            self._profile_few()
            self.rows += other.rows
            self.omitted += other.omitted
            for key, profile in other.columns.items():
                self._column(key, profile.limits).merge(profile)
            self._limit()

    # Records

    def as_json(self) -> Dict[str, Any]:
        """Returns what `from_json` reads."""
        profiles = self.columns.items()
        return {
            "rows": self.rows, "omitted": self.omitted,
            "columns": [[name, place, list(profile.limits), profile.as_json()] for (name, place), profile in profiles],
            "few": [[list(names), cells] for names, cells in self._few.items()],
        }

    @staticmethod
    def from_json(record: Dict[str, Any]) -> "TableProfile":
        profile = TableProfile()
        profile.rows, profile.omitted = record["rows"], record.get("omitted", 0)
        for name, place, limits, column in record["columns"]:
            profile.columns[name, place] = ColumnProfile.from_json(column, Limits(*limits))
        for names, cells in record["few"]:
            profile._few[tuple(names)] = cells
            profile._few_rows += len(cells[0])
        return profile

    def summary(self) -> Dict[str, Any]:
        """Returns what is shown of it."""
        self._profile_few()
        shown = [profile.summary(name) for (name, _), profile in self.columns.items()]
        return {"version": VERSION, "rows": self.rows, "omitted": self.omitted, "columns": shown}


def merged(profiles: Iterable[TableProfile]) -> TableProfile:
    """Returns a profile of all the rows; those that it is made of stay as they are."""
    all_ = TableProfile()
    for profile in profiles:
        all_.merge(profile)
    return all_


def keys_of(names: Sequence[str]) -> List[Key]:
    seen: Dict[str, int] = {}
    keys = []
    for name in names:
        keys.append((name, seen.get(name, 0)))
        seen[name] = seen.get(name, 0) + 1
    return keys


def columns_of(result: Any, lines: Optional[str] = None) -> Tuple[List[str], List[Any]]:
    """Returns the names and the columns of what run() returned."""
    result = columns.as_arrow(result)
    if isinstance(result, (list, tuple)):
        if not result:
            return [], []
        if lines == "csv" and isinstance(result[0], str) and all(isinstance(item, str) for item in result):
            return of_lines(result)
        if lines == "jsonl" and isinstance(result[0], str):
            result = [objects_of_line(item) for item in result]
        if isinstance(result[0], dict):
            keys = rows.columns_of_dicts(result)
            if keys is not None:
                return list(map(columns.text_of, keys)), [[item.get(key) for item in result] for key in keys]
        elif SCALARS.issuperset(map(type, result)):
            return columns.numbered(1), [result]
        names, records = columns.rows_of(result)
        return names, list(zip(*records))
    names = columns.names_of(result)
    if hasattr(result, "iloc"):
        # items() gives a column several times faster than iloc.
        return names, [series for _, series in result.items()] if hasattr(result, "columns") else [result]
    if hasattr(result, "column_names"):
        return names, list(result.columns)
    return names, [result] if result.ndim == 1 else [result[:, place] for place in range(result.shape[1])]


def of_lines(texts: Sequence[str]) -> Tuple[List[str], List[Any]]:
    """Returns the columns of lines of CSV, as scripts format theirs."""
    if not any("," in text or '"' in text for text in texts):
        return columns.numbered(1), [[objects.cell_of_text(text.rstrip("\r\n")) for text in texts]]
    records = list(csv.reader(io.StringIO(rows.items_to_text(texts), newline="")))
    most = max(map(len, records))
    return columns.numbered(most), columns_of_records(records, most)


def columns_of_records(records: Sequence[Sequence[str]], count: int) -> List[List[Any]]:
    """Returns so many columns of records of CSV; a record that is shorter has no value in the last ones."""
    return [
        [objects.cell_of_text(record[place]) if place < len(record) else None for record in records] for place in range(count)
    ]


def objects_of_line(text: Any) -> Any:
    """Returns the JSON object of a line, and what is none as it is."""
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return text
    return found if isinstance(found, dict) else text


def listed(column: Any) -> Sequence[Any]:
    """Returns the Python values of a column."""
    if hasattr(column, "to_pylist"):
        return column.to_pylist()
    if hasattr(column, "tolist") and getattr(getattr(column, "dtype", None), "kind", "O") in "iufbUO":
        return column.tolist()
    return list(column)
