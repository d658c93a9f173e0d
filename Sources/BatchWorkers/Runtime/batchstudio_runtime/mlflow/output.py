"""The output's rows of a mini-batch: row, prediction, file."""
from typing import Any, List, Optional, Sequence, Tuple, Union

import numpy
import pandas

from batchstudio_runtime.inputs import limits
from batchstudio_runtime.mlflow.contract import Matched
from batchstudio_runtime.outputs import columns, values
from batchstudio_runtime.scoring.errors import clean
from batchstudio_runtime.scoring.job import Job


class OutputTable:
    """The rows of a mini-batch's files, all with the columns of the output's first file.

        output = OutputTable(job)
        output.add("/in/a.csv", predictions)
        output.rows()  # a DataFrame: row, prediction, file
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._columns = job.columns
        self._first: Optional[str] = None  # the label of the file that fixed them
        self._is_text = job.output_format.startswith("csv")
        self._parts: List[Tuple[str, Any, pandas.DataFrame]] = []  # label, row numbers, predictions

    def add(self, path: str, predictions: Union[Matched, BaseException]) -> Optional[BaseException]:
        """Adds the predictions of a file; returns the error of a file that has none, or whose predictions can't be written."""
        if isinstance(predictions, BaseException):
            return predictions
        try:
            self._add(path, predictions)
        except (columns.OtherColumns, values.BadValue) as error:
            return error
        return None

    def _add(self, path: str, predictions: Matched) -> None:
        if not len(predictions):
            return
        label = clean(self._job.label_of(path))
        frame = self._writable(self._with_columns_of_output(predictions.frame))
        if not self._is_text:
            columns.refuse_duplicates(names_with(frame))
        if self._columns is None:
            self._columns, self._first = names_with(frame), label
        self._parts.append((label, predictions.numbers, frame))

    def rows(self) -> Union[pandas.DataFrame, List[Any]]:
        """Returns the rows of all files that were added, an empty list when there are none."""
        if not self._parts:
            return []
        labels, numbers, frames = zip(*self._parts)
        codes, names = pandas.factorize(numpy.array(labels, dtype=object))
        table = joined(frames)
        table.insert(0, "row", numpy.concatenate(numbers), allow_duplicates=True)
        files = pandas.Categorical.from_codes(numpy.repeat(codes, [len(frame) for frame in frames]), names)
        table.insert(len(table.columns), "file", files, allow_duplicates=True)
        return table

    def _writable(self, frame: pandas.DataFrame) -> pandas.DataFrame:
        """Returns the frame with nothing in it that can't be written, and whose text depends on this file alone."""
        times = []
        for place, dtype in enumerate(frame.dtypes):
            if isinstance(dtype, numpy.dtype) and dtype.kind == "O":
                values.check_column(frame.iloc[:, place])
            elif self._is_text and dtype.kind in "mM":
                times.append(place)
        return with_times_as_texts(frame, times) if times else frame

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
