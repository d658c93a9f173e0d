"""The output's rows of a mini-batch: row, prediction, file."""
import collections
import hashlib
import json
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Set, Tuple, Union

import numpy
import pandas

import batchstudio_runtime as runtime
from batchstudio_runtime.inputs import limits
from batchstudio_runtime.inputs.file_blocks import ReadAgain
from batchstudio_runtime.inputs.part import part_of
from batchstudio_runtime.mlflow.blockwise import Blockwise, NeedsWholeFile, NotRead
from batchstudio_runtime.mlflow.contract import Matched, MatchedFiles, counted
from batchstudio_runtime.outputs import columns, numeric_rows, values
from batchstudio_runtime.scoring.errors import clean
from batchstudio_runtime.scoring.job import Job

MOST_ROWS = 256 * 1024  # that wait to be written


class Part(NamedTuple):
    """Rows that wait to be written: of which files, how many of each, their numbers, predictions and the types of these."""

    labels: Sequence[str]
    counts: Sequence[int]
    numbers: Any
    frame: pandas.DataFrame
    types: List[Any]


class OutputTable:
    """The rows of a mini-batch's files, all with the columns of the output's first file.

        output = OutputTable(job)
        output.add(["/in/a.csv"], predictions)
        output.rows()  # a table: row, prediction, file
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._columns = job.columns
        self._first: Optional[str] = None  # the label of the file that fixed them
        self._is_text = job.output_format.startswith("csv")
        self._parts: List[Part] = []
        self._rows = 0  # of the parts
        self._without: List[Tuple[str, int]] = []  # files with rows that have no prediction, and how many

    def add(self, paths: List[str], predictions: Union[Matched, Blockwise, BaseException]) -> Dict[str, BaseException]:
        """Adds the predictions of files; returns the errors of files that have none, or whose predictions can't be written.

        Those of several files are a MatchedFiles.
        """
        if isinstance(predictions, MatchedFiles):
            return self._add_files(paths, predictions)
        error = self._add_file(paths[0], predictions)
        return {} if error is None else {paths[0]: error}

    def _add_files(self, paths: List[str], predictions: MatchedFiles) -> Dict[str, BaseException]:
        try:
            self._add(paths, predictions.counts, predictions, None)
        except (columns.OtherColumns, values.BadValue):
            # Which of them has the value is not known.
            errors = ((path, self._add_file(path, matched)) for path, matched in zip(paths, predictions.each()))
            return {path: error for path, error in errors if error is not None}
        self._write_if_many()
        return {}

    def _add_file(self, path: str, predictions: Union[Matched, Blockwise, BaseException]) -> Optional[BaseException]:
        if isinstance(predictions, BaseException):
            return predictions
        try:
            if isinstance(predictions, Blockwise):
                return self._add_blocks(path, predictions)
            self._add([path], [len(predictions)], predictions, None)
        except (columns.OtherColumns, values.BadValue) as error:
            return error
        self._write_if_many()
        return None

    def _write_if_many(self) -> None:
        if self._is_text and self._rows >= MOST_ROWS:
            self._write()

    def _add_blocks(self, path: str, blocks: Blockwise) -> Optional[BaseException]:
        """Writes the predictions of a file block by block, none of them where one block fails."""
        self._write()
        while True:
            try:
                self._write_blocks(path, blocks)
                return None
            except ReadAgain:
                continue
            except (NotRead, columns.OtherColumns) as error:
                return error.error if isinstance(error, NotRead) else error
            except (NeedsWholeFile, values.BadValue) as error:
                reason = error if isinstance(error, NeedsWholeFile) else NeedsWholeFile("a value can't be written", error)
                break
        return self._add_file(path, blocks.whole(reason))

    def _write_blocks(self, path: str, blocks: Blockwise) -> None:
        columns_before, first, without = self._columns, self._first, len(self._without)
        texts = TextsOfTimes()
        try:
            with runtime.all_or_nothing():
                for matched in blocks:
                    self._add([path], [len(matched)], matched, texts)
                    self._write()
            types = blocks.row_types
            if part_of(path) is not None and types is not None:
                runtime.set_row_types(digest(types + [texts.lengths]))
        except BaseException:
            self._parts, self._rows = [], 0
            self._columns, self._first = columns_before, first
            del self._without[without:]
            raise

    def _add(
        self, paths: Sequence[str], counts: Sequence[int], predictions: Matched, texts: "Optional[TextsOfTimes]"
    ) -> None:
        """Adds predictions, so many of them of each file."""
        if predictions.without:
            self._without.append((paths[0], predictions.without))
        if not len(predictions):
            return
        labels = [clean(self._job.label_of(path)) for path in paths]
        frame = self._with_columns_of_output(predictions.frame)
        types = list(frame.dtypes)
        frame = self._writable(frame, types, texts)
        if not self._is_text:
            columns.refuse_duplicates(names_with(frame))
        if self._columns is None:
            self._columns, self._first = names_with(frame), labels[0]
        self._parts.append(Part(labels, counts, predictions.numbers, frame, types))
        for table in predictions.inputs:
            runtime.profile_input(table)
        self._rows += len(frame)

    def rows(self) -> Any:
        """Returns the rows of all files that were added and not written yet as a table, an empty list when there are none."""
        self._warn_of_rows_without()
        return self._table() if self._parts else []

    def _write(self) -> None:
        """Writes the rows that are not written yet."""
        if self._parts:
            runtime.write(self._table())
            self._parts, self._rows = [], 0

    def _warn_of_rows_without(self) -> None:
        """Warns of rows without a prediction, where the row contract allows them."""
        counts: Dict[str, int] = collections.Counter()
        for path, count in self._without:
            counts[path] += count
        if counts:
            rows = counted(sum(counts.values()), "row")
            files = ", ".join(f"{self._job.label_of(path)} {count}" for path, count in list(counts.items())[:5])
            more = f" and {len(counts) - 5} more files" if len(counts) > 5 else ""
            runtime.warn(f"the model returned no prediction for {rows} of the input: {files}{more}")

    def _table(self) -> Any:
        """Returns the rows as a table of Arrow where it is written as text and has numbers only, else as a frame."""
        labels = [label for part in self._parts for label in part.labels]
        counts = [count for part in self._parts for count in part.counts]
        numbers = [part.numbers for part in self._parts]
        frames = [part.frame for part in self._parts]
        if self._is_text and numeric_rows.are_numbers([part.types for part in self._parts]):
            table = numeric_rows.table_of(labels, counts, numbers, frames)
            if table is not None:
                return table
        codes, names = pandas.factorize(numpy.array(labels, dtype=object))
        table = joined(frames)
        table.insert(0, "row", numpy.concatenate(numbers), allow_duplicates=True)
        files = pandas.Categorical.from_codes(numpy.repeat(codes, counts), names)
        table.insert(len(table.columns), "file", files, allow_duplicates=True)
        return table

    def _writable(self, frame: pandas.DataFrame, types: List[Any], texts: "Optional[TextsOfTimes]") -> pandas.DataFrame:
        """Returns the frame with nothing in it that can't be written, and whose text depends on this file alone.

        `texts` are those of the file's times in the blocks before this one, None for a file that is no block.
        """
        times = []
        for place, dtype in enumerate(types):
            if isinstance(dtype, numpy.dtype) and dtype.kind == "O":
                values.check_column(frame.iloc[:, place])
            elif self._is_text and dtype.kind in "mM":
                times.append(place)
        if not times:
            return frame
        written = with_times_as_texts(frame, times)
        if texts is None:
            return written
        for place in times:
            texts.check(place, types[place].kind, written.iloc[:, place])
        return written

    def _with_columns_of_output(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        names, wanted = names_with(frame), self._columns
        if wanted is None or names == wanted or columns.reported(names) == wanted:
            return frame
        if sorted(names) == sorted(wanted) and len(set(names)) == len(names):
            return frame.iloc[:, [names.index(name) - 1 for name in wanted[1:-1]]]
        fixed_by = "its first file" if self._first is None else f"{self._first}, the first file,"
        fixed = limits.listing(wanted[1:-1] or wanted)
        raise columns.OtherColumns(
            f"the model returned {listing(names)} for this file; the output has {fixed}, as {fixed_by} has"
        )


class TextsOfTimes:
    """The lengths of the texts that pandas writes of times, which all have the precision that one of them needs."""

    def __init__(self) -> None:
        self._lengths: Dict[int, Set[int]] = {}

    @property
    def lengths(self) -> List[Any]:
        """The length of each column's texts, by the column's place."""
        return sorted((place, max(lengths)) for place, lengths in self._lengths.items())

    def check(self, place: int, kind: str, texts: pandas.Series) -> None:
        """Raises NeedsWholeFile where the texts of a block might differ from those of the whole file."""
        lengths = set(map(len, texts.dropna()))
        if lengths and (kind == "m" or len(lengths) > 1 or self._lengths.setdefault(place, lengths) != lengths):
            raise NeedsWholeFile("how precisely its times are written depends on all of them")


def digest(types: List[Any]) -> str:
    """Returns a short text that stands for some types."""
    return hashlib.sha256(json.dumps(types).encode("ascii")).hexdigest()[:16]


def names_with(frame: pandas.DataFrame) -> List[str]:
    """Returns the names of the output's columns with these predictions."""
    return ["row"] + columns.names_of(frame) + ["file"]


def listing(names: List[str]) -> str:
    return f"{'the column' if len(names) == 3 else 'the columns'} {limits.listing(names[1:-1])}"


def joined(frames: Sequence[pandas.DataFrame]) -> pandas.DataFrame:
    """Returns the frames as one; a value stays what it is where another frame has values of another type."""
    first = frames[0]
    if len(frames) == 1:
        return first.copy(deep=False)
    frames = [frame if frame.columns.equals(first.columns) else frame.set_axis(first.columns, axis=1) for frame in frames]
    mixed = [place for place, dtypes in enumerate(zip(*[frame.dtypes for frame in frames]))
             if any(dtype != dtypes[0] for dtype in dtypes)]
    if not mixed:
        return pandas.concat(frames, ignore_index=True)
    series = []
    for place in range(first.shape[1]):
        parts = [frame.iloc[:, place] for frame in frames]
        series.append(pandas.concat(map(as_objects, parts) if place in mixed else parts, ignore_index=True))
    table = pandas.concat(series, axis=1)
    table.columns = first.columns
    return table


def with_times_as_texts(frame: pandas.DataFrame, places: List[int]) -> pandas.DataFrame:
    """Returns the frame with the texts that pandas writes of times, in which a column's precision is that of its rows."""
    series = [frame.iloc[:, place] for place in range(frame.shape[1])]
    for place in places:
        times = series[place]
        series[place] = times.astype(str).astype(object).where(times.notna(), None)
    table = pandas.concat(series, axis=1)
    table.columns = frame.columns
    return table


def as_objects(series: pandas.Series) -> pandas.Series:
    """Returns the values as objects; a number of 32 bits keeps its precision, and so its text."""
    if str(series.dtype) in ("float32", "float16"):
        return pandas.Series(list(series.to_numpy()), dtype=object)
    return series.astype(object)
