"""The preview of an input: its first rows, and how its columns feed a model's.

    Preview({"root": "/in", "files": ["a.csv"], "signature": None, "read_options": {}, "rows": 10}).result()

The files are read by the readers of jobs, so that a preview shows what a job will do.
"""
import json
import os
from typing import Any, Dict, List, Optional, Sequence, Set

from batchstudio_runtime.inputs.columns import Column, Tensor, columns_of
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE
from batchstudio_runtime.inputs.formats_shown import FormatNames
from batchstudio_runtime.inputs.manifest import InputFile, InputFiles
from batchstudio_runtime.inputs.path_columns import PathColumns
from batchstudio_runtime.inputs.preview_tables import SignatureColumn, Table, TextTable, TypedTable
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.scoring.errors import clean, describe
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.mini_batch import MiniBatch

SECONDS = 20  # until no further file is checked
MAX_CELL_LENGTH = 200  # characters


class SampledInput(InputFiles):
    """The files of the sample in the place of a job's manifest."""

    def __init__(self, files: List[InputFile]) -> None:
        self._files = files

    def sample(self, limit: int) -> List[InputFile]:
        return [file for file in self._files if os.path.isfile(file.path)][:limit]

    def all_files(self) -> List[InputFile]:
        return self._files


class Preview:
    """The preview of one input, with a model's signature or without."""

    def __init__(self, request: Dict[str, Any]) -> None:
        root = request["root"]
        self._files = [InputFile(name, os.path.join(root, name), -1, -1) for name in request["files"]]
        self._total = request.get("total_files", len(self._files))
        self._options = ReadOptions(request.get("read_options"))
        signature = request.get("signature")
        self._entries = json.loads(signature) if signature else None
        self._columns = columns_of(self._entries)
        self._rows = request.get("rows", 10)
        CurrentJob.job = Job({"job": "preview", "input_root": root}, SampledInput(self._files))
        self._problems: Dict[str, BaseException] = {}
        self._formats = FormatNames(self._options)

    def result(self) -> Dict[str, Any]:
        """Returns the preview as JSON's values."""
        batch = MiniBatch(0, self._files, is_check=True)
        with batch:
            reader = FileReader(self._entries, self._options)
            for path, error in reader.check(batch.paths, SECONDS).items():
                if error is not None:
                    self._problems[path] = error
            readable = (file for file in self._files if file.path in batch.paths)
            tables = [table for table in map(self._table, readable) if table is not None]
            columns = self._columns_shown(tables, reader) if tables else []
        names = [file.path for file in self._files]
        problems = [file for file in self._files if file.path in self._problems or file.name in batch.failures]
        reason = {file.path: self._problems.get(file.path) or batch.failures[file.name] for file in problems}
        first = tables[0] if tables else None
        return {
            "format": self._formats.of_first(names, first),
            "notes": self._sample_notes(names) + batch.notes,
            "problems": [{"file": clean(file.name), "message": describe(reason[file.path])["message"]} for file in problems],
            "header": [] if first is None else list(map(cut, first.names)),
            "rows": [] if first is None else [list(map(cut, row)) for row in first.rows[:self._rows]],
            "columns": columns,
        }

    def _sample_notes(self, paths: List[str]) -> List[str]:
        notes = []
        if self._total > len(paths):
            notes.append(f"{len(paths)} of {self._total} files were inspected.")
        return notes + self._formats.notes(paths)

    def _table(self, file: InputFile) -> Optional[Table]:
        """Returns the first rows of a file as texts, None where it has none."""
        try:
            kind = self._formats.kind_of(file.path)
            if kind == IMAGE:
                return None
            if kind == DELIMITED:
                return TextTable(file, self._columns, self._options)
            return TypedTable(file, kind, self._columns, self._options)
        except Exception as error:
            self._problems.setdefault(file.path, error)
            return None

    def _columns_shown(self, tables: List[Table], reader: FileReader) -> List[Dict[str, Any]]:
        """Returns an entry for each column of the first table and for each of the model's columns that it lacks."""
        columns: Sequence[SignatureColumn] = (reader.columns if self._columns is None else self._columns) or []
        by_path = PathColumns(self._options).named_values(tables[0].file.name)
        entries: List[Dict[str, Any]] = []
        fed: Set[Optional[str]] = set()
        for position, name in enumerate(tables[0].names):
            column = tables[0].column_fed_by(position, columns)
            entry = self._entry(tables, position, name, column)
            entries.append(entry)
            fed.add(None if column is None else str(column.name))
        is_named = columns and columns[0].name is not None
        for name, text in by_path:
            column = next((column for column in columns if str(column.name) == name), None) if is_named else None
            if name in fed:
                continue  # the file has it too
            entry = entry_of(name, "path", 0 if text else 1, text, column)
            entries.append(dict(entry, cast="path → " + entry["cast"]) if column is not None else entry)
            fed.add(name)
        for column in columns:
            if self._columns is not None and is_named and str(column.name) not in fed:
                verdict = "missing" if getattr(column, "is_required", True) else "optional"
                entries.append(dict(entry_of("", "", 0, None, column), cast=None, verdict=verdict))
        return entries

    def _entry(self, tables: List[Table], position: int, name: str, column: Optional[SignatureColumn]) -> Dict[str, Any]:
        type_ = tables[0].type_of(position, tables)
        texts = tables[0].texts_of(position)
        missing = sum(table.missing_in(table.names.index(name), column) for table in tables if name in table.names)
        example = next((text for text in texts if text.strip()), None)
        entry = entry_of(name, type_, missing, example, column)
        if isinstance(column, Column):
            entry["cast"] = f"{tables[0].cast_from(position)} → {column.type}"
            for table in tables:
                error = table.error_of(name, column)
                if error is not None:
                    self._problems.setdefault(table.file.path, error)
                    if entry["verdict"] == "ok":
                        entry.update(verdict="wrong", reason=describe(error)["message"])
        return entry


def entry_of(
    name: str, type_: Optional[str], missing: int, example: Optional[str], column: Optional[SignatureColumn]
) -> Dict[str, Any]:
    """Returns the entry of a column that feeds this one of the model's, or none of them.

    `verdict` is ok, unused, missing, optional (the file lacks a column that the model does without) or wrong, with a reason.
    """
    feeds: Optional[str] = None
    cast: Optional[str] = None
    if column is not None:
        feeds = ("the tensor" if isinstance(column, Tensor) else "by position") if column.name is None else str(column.name)
        cast = column.dtype if isinstance(column, Tensor) else str(column.type)
    return {
        "name": cut(name), "type": type_, "missing": missing, "example": cut(example) if example else None, "feeds": feeds,
        "cast": cast, "verdict": "unused" if column is None else "ok", "reason": None,
    }


def cut(text: object) -> str:
    text = clean(str(text))
    return text if len(text) <= MAX_CELL_LENGTH else text[:MAX_CELL_LENGTH - 1] + "…"
