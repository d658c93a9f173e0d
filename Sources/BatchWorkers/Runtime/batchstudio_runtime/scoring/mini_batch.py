"""One mini-batch in the worker: its files, what the script reported about them, and how they are counted."""
import contextlib
import time

from batchstudio_runtime.inputs import manifest
from batchstudio_runtime.scoring import errors

WARNINGS_LIMIT = 10
WARNING_LENGTH = 300
NOTES_LIMIT = 20
NOTE_LENGTH = 1000
NO_ROW = "run() returned no row for this file"

_current = None
_has_warned = False


def current():
    """Return the mini-batch that is being scored."""
    if _current is None:
        raise RuntimeError("no mini-batch is being scored: files can be reported within run() only")
    return _current


class MiniBatch:
    """The files of one message, scored, or only checked before the job starts."""

    def __init__(self, identifier, files, is_check=False):
        self.id = identifier
        self._is_check = is_check
        self.notes = []
        self.files = files
        self.failures = {}
        self.succeeded = set()
        self.warnings = []
        self.file_in_work = None
        self.error = None  # what run() raised when the mini-batch was split up
        self.seconds_reading = 0.0
        self._names = {file.path: file.name for file in files}
        for file in files:
            reason = manifest.reason_against(file)
            if reason is not None:
                self.failures[file.name] = reason
        self.paths = [file.path for file in files if file.name not in self.failures]

    def __enter__(self):
        global _current
        _current = self
        return self

    def __exit__(self, *exception):
        global _current
        _current = None

    def file_failed(self, path, error):
        self.failures[self._name(path)] = error

    def file_succeeded(self, path):
        self.succeeded.add(self._name(path))

    def file_started(self, path):
        self.file_in_work = self._name(path)

    @contextlib.contextmanager
    def reading(self):
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds_reading += time.perf_counter() - began

    def warn(self, message):
        if len(self.warnings) < WARNINGS_LIMIT:
            self.warnings.append(errors.shorten(str(message), WARNING_LENGTH))

    def note(self, sentence):
        """Keep a sentence for the job; while files are scored there is no place for it but among the warnings."""
        if not self._is_check:
            self.warn(sentence)
        elif sentence not in self.notes and len(self.notes) < NOTES_LIMIT:
            self.notes.append(errors.shorten(str(sentence), NOTE_LENGTH))

    def reports(self):
        """Return what the script has reported, for `forget_since`."""
        return dict(self.failures), set(self.succeeded), list(self.warnings)

    def forget_since(self, reports):
        """Take back what a run() reported that then raised."""
        self.failures, self.succeeded, self.warnings = dict(reports[0]), set(reports[1]), list(reports[2])

    def changed_among(self, paths):
        """Return the paths whose files have been written to since the mini-batch began, with the reason against each.

        A file that is gone by now was whole when it was opened: its rows are good.
        """
        unlike = self.unlike_listed(paths)
        return {path: reason for path, reason in unlike.items() if isinstance(reason, manifest.FileChanged)}

    def unlike_listed(self, paths):
        """Return the paths whose files have changed or are gone, with the reason against each."""
        among = set(paths)
        reasons = ((file.path, manifest.reason_against(file)) for file in self.files if file.path in among)
        return {path: reason for path, reason in reasons if reason is not None}

    def without_row(self, paths):
        """Count files as failed for which run() returned no row, unless the script does the counting."""
        for path in paths:
            if self._name(path) not in self.failures and not self.succeeded:
                self.file_failed(path, MissingRows(NO_ROW))

    def _warn_of_many(self, rows, files):
        """Say once in each worker that more rows than files is counted as one row a file."""
        global _has_warned
        if rows > files and not _has_warned:
            _has_warned = True
            self.warn("run() returned {} rows for {} files: all rows are kept, and each file counts once".format(rows, files))

    def _name(self, path):
        try:
            return self._names[str(path)]
        except KeyError:
            raise ValueError("{!r} is not a file of this mini-batch".format(str(path))) from None

    def tally(self, rows):
        """Return the fields of `done` that count the files, given the number of rows that run() returned."""
        failures = dict(self.failures)
        unreported = [file.name for file in self.files if file.name not in failures]
        shortfall = 0
        if self.succeeded:
            silent = "run() reported other files as succeeded, but not this one"
            failures.update((name, Unreported(silent)) for name in unreported if name not in self.succeeded)
        elif rows == 0:
            failures.update((name, MissingRows(NO_ROW)) for name in unreported)
        else:
            shortfall = max(0, len(unreported) - rows)
            self._warn_of_many(rows, len(unreported))
        entries = [dict(errors.describe(error), file=errors.clean(name)) for name, error in failures.items()]
        if shortfall:
            # Azure's arithmetic cannot tell which files have no row, so no file is named.
            message = "run() returned {} rows for {} files: {} of them count as failed"
            error = MissingRows(message.format(rows, len(unreported), shortfall))
            entries.append(dict(errors.describe(error), file=""))
        return {
            "files": len(self.files),
            "failed": entries,
            "failed_count": len(failures) + shortfall,
            "warnings": self.warnings,
        }


class MissingRows(Exception):
    pass


class Unreported(Exception):
    pass
