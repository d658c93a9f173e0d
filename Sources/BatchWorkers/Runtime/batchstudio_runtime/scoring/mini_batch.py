"""One mini-batch in the worker: its files, what the script reported about them, and how they are counted."""
import contextlib
import time
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Iterator, List, NamedTuple, Optional, Set, Tuple

from batchstudio_runtime.inputs import manifest
from batchstudio_runtime.inputs.manifest import InputFile
from batchstudio_runtime.scoring import errors
from batchstudio_runtime.scoring.errors import Failure

if TYPE_CHECKING:
    from batchstudio_runtime.outputs.staged_rows import Mark, StagedRows

WARNINGS_LIMIT = 10
WARNING_LENGTH = 300
NOTES_LIMIT = 20
NOTE_LENGTH = 1000
NO_ROW = "run() returned no row for this file"


class Reports(NamedTuple):
    """The reports of a script about files at one time, and how much it had written."""

    failures: Dict[str, Failure]
    succeeded: Set[str]
    warnings: List[str]
    written: "Optional[Mark]"


def current() -> "MiniBatch":
    """Returns the mini-batch that is being scored."""
    if MiniBatch.current is None:
        raise RuntimeError("no mini-batch is being scored: files can be reported within run() only")
    return MiniBatch.current


class MiniBatch:
    """The files of one message, scored, or only checked before the job starts."""

    current: "Optional[MiniBatch]" = None  # the one that is being scored
    has_warned_of_many = False  # once in each worker

    def __init__(
        self, identifier: int, files: List[InputFile], is_check: bool = False, staged: "Optional[StagedRows]" = None
    ) -> None:
        self.id = identifier
        self._staged = staged
        self._is_check = is_check
        self.notes: List[str] = []
        self.files = files
        self.failures: Dict[str, Failure] = {}
        self.succeeded: Set[str] = set()
        self.warnings: List[str] = []
        self.file_in_work: Optional[str] = None
        self.error: Optional[BaseException] = None  # what run() raised when the mini-batch was split up
        self.seconds_reading = 0.0
        self.row_types: Optional[str] = None  # of a file's part: the types of its rows, which all parts must have
        self._names: Dict[str, str] = {file.path: file.name for file in files}
        self._originals: Dict[str, str] = {}  # by the paths that the script gets in their place
        for file in files:
            reason = manifest.reason_against(file)
            if reason is not None:
                self.failures[file.name] = reason
        # Nothing is left of a part of a file that has changed since it was split: its first part is all of it.
        self.succeeded.update(
            file.name for file in files if file.part is not None and file.part.is_empty and file.name not in self.failures
        )
        self.paths = [file.path for file in files if file.name not in self.failures and file.name not in self.succeeded]

    def give(self, path_of: Callable[[str], str]) -> None:
        """Has the script get other paths of the same files, which hold just the parts that are meant."""
        self._originals = {path_of(path): str(path) for path in self.paths}
        self.paths = list(self._originals)
        for given, path in self._originals.items():
            self._names[given] = self._names[path]

    def __enter__(self) -> "MiniBatch":
        MiniBatch.current = self
        return self

    def __exit__(self, *exception: object) -> None:
        MiniBatch.current = None

    def file_failed(self, path: str, error: Failure) -> None:
        self.failures[self._name(path)] = error

    def file_succeeded(self, path: str) -> None:
        self.succeeded.add(self._name(path))

    def file_started(self, path: str) -> None:
        self.file_in_work = self._name(path)

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds_reading += time.perf_counter() - began

    @property
    def written(self) -> Tuple[int, int]:
        """The rows, and their bytes, that run() has written before it returns its own."""
        if self._staged is None:
            return 0, 0
        mark = self._staged.mark()
        return mark.rows, mark.size

    def write(self, rows: Any) -> None:
        """Writes rows of the output before run() returns its own."""
        self._staging().write(rows)

    def profile_input(self, table: Any) -> None:
        """Adds a table to the profile of the inputs."""
        self._staging().profile_input(table)

    @contextlib.contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """Drops the rows that are written within when it raises."""
        staged = self._staging()
        mark = staged.mark()
        try:
            yield
        except BaseException:
            staged.drop(mark)
            raise

    def _staging(self) -> "StagedRows":
        if self._staged is None:
            raise RuntimeError("rows can be written within run() only")
        return self._staged

    def warn(self, message: str) -> None:
        if len(self.warnings) < WARNINGS_LIMIT:
            self.warnings.append(errors.shorten(str(message), WARNING_LENGTH))

    def note(self, sentence: str) -> None:
        """Keeps a sentence for the job; while files are scored it is a warning."""
        if not self._is_check:
            self.warn(sentence)
        elif sentence not in self.notes and len(self.notes) < NOTES_LIMIT:
            self.notes.append(errors.shorten(str(sentence), NOTE_LENGTH))

    def reports(self) -> Reports:
        """Returns the reports of the script so far, for `forget_since`."""
        written = None if self._staged is None else self._staged.mark()
        return Reports(dict(self.failures), set(self.succeeded), list(self.warnings), written)

    def forget_since(self, reports: Reports) -> None:
        """Restores the reports from before a run() that raised, and drops what it has written."""
        if self._staged is not None and reports.written is not None:
            self._staged.drop(reports.written)
        self.failures, self.succeeded = dict(reports.failures), set(reports.succeeded)
        self.warnings = list(reports.warnings)

    def changed_among(self, paths: Iterable[str]) -> Dict[str, Exception]:
        """Returns the paths whose files have been written to since the mini-batch began, with the reason against each.

        A file that was removed meanwhile was whole when it was opened: its rows are good.
        """
        unlike = self.unlike_listed(paths)
        return {path: reason for path, reason in unlike.items() if isinstance(reason, manifest.FileChanged)}

    def unlike_listed(self, paths: Iterable[str]) -> Dict[str, Exception]:
        """Returns the paths whose files have changed or are missing, with the reason for each."""
        among = {self._originals.get(path, path): path for path in paths}
        reasons = ((among[file.path], manifest.reason_against(file)) for file in self.files if file.path in among)
        return {path: reason for path, reason in reasons if reason is not None}

    def without_row(self, paths: Iterable[str]) -> None:
        """Counts files as failed for which run() returned no row, unless the script does the counting."""
        for path in paths:
            if self._name(path) not in self.failures and not self.succeeded:
                self.file_failed(path, MissingRows(NO_ROW))

    def _warn_of_many(self, rows: int, files: int) -> None:
        """Warns once in each worker that more rows than files are counted as one row a file."""
        if rows > files and not MiniBatch.has_warned_of_many:
            MiniBatch.has_warned_of_many = True
            counted = "the file counts" if files == 1 else f"each of the {files} files counts"
            self.warn(f"run() returned {rows} rows: all are kept, and {counted} as one item")

    def _name(self, path: str) -> str:
        try:
            return self._names[str(path)]
        except KeyError:
            raise ValueError(f"{str(path)!r} is not a file of this mini-batch") from None

    def tally(self, rows: int) -> Dict[str, Any]:
        """Returns the fields of `done` that count the files, given the number of rows that run() returned."""
        failures = dict(self.failures)
        unreported = [file.name for file in self.files if file.name not in failures]
        shortfall = 0
        if self.succeeded:
            silent = "run() reported other files as succeeded, but not this one"
            failures.update((name, Unreported(silent)) for name in unreported if name not in self.succeeded)
        elif rows == 0 and any(file.part is None for file in self.files):
            failures.update((name, MissingRows(NO_ROW)) for name in unreported)
        else:
            # A part of a file may be without rows that other parts have.
            shortfall = 0 if self.files and self.files[0].part else max(0, len(unreported) - rows)
            self._warn_of_many(rows, len(unreported))
        entries = [dict(errors.describe(error), file=errors.clean(name)) for name, error in failures.items()]
        if shortfall:
            # Azure's arithmetic cannot tell which files have no row, so no file is named.
            counted = "1 of them counts" if shortfall == 1 else f"{shortfall} of them count"
            error = MissingRows(f"run() returned {rows} rows for {len(unreported)} files: {counted} as failed")
            entries.append(dict(errors.describe(error), file=""))
        return {
            "files": len(self.files),
            "failed": entries,
            "failed_count": len(failures) + shortfall,
            "warnings": self.warnings,
            **({"row_types": self.row_types} if self.row_types is not None else {}),
        }


class MissingRows(Exception):
    pass


class Unreported(Exception):
    pass
