"""The columns of a model without a signature: those that the job keeps, or else inferred from a sample and kept for all workers.

The sample is the same whichever worker takes it: files spread over a local input. The files of a remote input arrive while the
job runs: those of its check, or the first that are there.
"""
import time
from typing import Callable, List, Optional, Tuple

from batchstudio_runtime.inputs import inference, job_input, path_types
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE
from batchstudio_runtime.inputs.layout import Layout
from batchstudio_runtime.inputs.notes import Note
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

ATTEMPTS = 3
PAUSE = 0.2  # seconds
# Errors of the file itself: it fails with this reason, and is not part of the sample.
OF_THE_FILE = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


class SampleNotRead(OSError):
    """A file of the sample that the system could not read now: without it the types may differ."""


class InferredTypes:
    """Finds the columns once; `kind_of(path)` returns the kind of a file, `note(sentence)` adds a note to the job."""

    def __init__(self, options: ReadOptions, path: Optional[str], kind_of: Callable[[str], str], note: Note) -> None:
        self._options = options
        self._file = inference.TypesFile(path)
        self._kind_of = kind_of
        self._note = note

    def columns(self, path: str, sample: Optional[List[str]] = None) -> List[Column]:
        """Returns the columns; `path` is the file whose error is raised where none of the sample can be read.

        `sample` are the files of the job's check.
        """
        kept = self._file.read()
        if kept is not None:
            return kept.columns
        paths = sample if sample and job_input.is_remote() else job_input.sample(inference.FILES)
        kept = self._file.publish(self._inferred(paths or [path], path))
        note = inference.note_of(kept.columns, kept.files, self._options)
        if note is not None:
            self._note(note)
        return kept.columns

    def _inferred(self, paths: List[str], path: str) -> inference.KeptTypes:
        """Returns the columns that these files show, and how many files there are."""
        samples: List[Tuple[Layout, List[List[str]]]] = []
        typed = inference.TypedSample()
        for sampled in paths[:inference.FILES]:
            try:
                self._add_at_last(sampled, samples, typed)
            except (MemoryError, SampleNotRead):
                raise
            except Exception:
                continue  # it fails on its own, with its reason
        if not samples and not typed:
            # There is nothing to infer from: raise the file's own error.
            self._add(path, samples, typed)
            raise ValueError(
                "the types of the columns can't be inferred: no file of the sample is a table. Give the model a signature."
            )
        columns = inference.inferred_columns(samples, typed, self._options)
        names = [job_input.name_of(sampled) for sampled in paths]
        columns += path_types.inferred_columns(names, columns, self._options)
        return inference.KeptTypes(columns, len(samples) + len(typed))

    def _add_at_last(self, path: str, samples: List[Tuple[Layout, List[List[str]]]], typed: inference.TypedSample) -> None:
        """Adds a file, at a further attempt where the system can't read it."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                self._add(path, samples, typed)
                return
            except OSError as error:
                if isinstance(error, OF_THE_FILE) or not error.errno:
                    raise
                if attempt == ATTEMPTS:
                    name = job_input.name_of(path)
                    raise SampleNotRead(
                        error.errno, f"{error.strerror}: the types of the columns can't be inferred without this file", name
                    )
                time.sleep(PAUSE)

    def _add(self, path: str, samples: List[Tuple[Layout, List[List[str]]]], typed: inference.TypedSample) -> None:
        kind = self._kind_of(path)
        if kind == DELIMITED:
            samples.append(DelimitedReader([], self._options).sample(path, inference.RECORDS))
        elif kind != IMAGE and typed.has_room_for(path):
            typed.append(TypedReader(kind, [], self._options).inferred_types(path))
