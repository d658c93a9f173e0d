"""The predictions of a file block by block, where they are those of the whole file.

Whether they are can't be known for any model: one that ranks the rows that it gets, or fills gaps with their mean, needs all
of them. So a few rows of each block, some with missing values among them, are predicted once more, with some of the block before,
and the predictions of all blocks must have the same columns and types. Where something differs the file is predicted whole.

The last digits of floats may depend on how many rows a library computes at once; they count as the same here.
"""
from typing import Any, Callable, Iterator, List, Optional, Sequence, Tuple, Union

import numpy
import pandas

import batchstudio_runtime as runtime
from batchstudio_runtime.inputs.file_blocks import FileBlocks, ReadAgain
from batchstudio_runtime.inputs.files import NOT_OF_THE_FILE
from batchstudio_runtime.inputs.part import WholeFileNeeded, check_rows, part_of
from batchstudio_runtime.mlflow.contract import Matched
from batchstudio_runtime.outputs import rows

LARGEST_WHOLE = 512 * 1024 * 1024  # bytes of a file, decompressed, that may be read whole after all
MOST_PROBED = 1024  # rows
PROBED_PART = 16  # one of so many rows
MOST_MISSING = 64  # rows with missing values that are probed as well
GROUP = 64  # rows that a library may compute together
RELATIVE, ABSOLUTE = 1e-5, 1e-6  # differences of floats; the absolute one of the largest
ADVICE = "Set split_files: never to have files read whole, whatever memory they need."


class NeedsWholeFile(Exception):
    """Predictions of blocks that may not be those of the whole file; the message is a clause with the reason."""

    def __init__(self, reason: str, error: Optional[BaseException] = None) -> None:
        super().__init__(reason)
        self.error = error


class Blockwise:
    """The predictions of a file that is read in blocks; `predict` returns those of a frame, matched to its rows."""

    def __init__(
        self, blocks: FileBlocks, predict: Callable[[pandas.DataFrame], Matched],
        predict_whole: Callable[[Any], Union[Matched, BaseException]],
    ) -> None:
        self._blocks = blocks
        self._predict = predict
        self._predict_whole = predict_whole
        self._probed: Optional[Tuple[pandas.DataFrame, Matched]] = None  # of the block before
        self._types: Optional[List[List[str]]] = None  # of the predictions, once there is one

    def __iter__(self) -> Iterator[Matched]:
        """Yields the predictions of each block with the numbers of rows in the file.

        Raises NeedsWholeFile, ReadAgain or NotRead.
        """
        first: Optional[Matched] = None
        self._probed = self._types = None
        part = part_of(self._blocks.path)
        before = 0 if part is None else part.first_row
        row = before
        for frame in self._frames():
            count = len(frame)
            if not count:
                continue
            matched = self._matched(frame)
            if first is None:
                first = Matched(matched.frame.iloc[:0], [])
                self._types = [[str(name), kind_of(dtype)] for name, dtype in zip(first.frame, first.frame.dtypes)]
            elif not are_alike(first.frame, matched.frame):
                raise NeedsWholeFile("the model returned other columns or types for some rows than for others")
            inputs = runtime.job().inputs_to_profile([frame])
            del frame
            yield Matched(matched.frame, matched.numbers + row, matched.without, inputs)
            row += count
        check_rows(self._blocks.path, row - before)

    @property
    def path(self) -> str:
        """The path of the file, or of the part of it."""
        return self._blocks.path

    @property
    def row_types(self) -> Optional[List[Any]]:
        """What was found of the columns that were read, and of the predictions: rows with another type are written otherwise.

        None for a file without rows, of which nothing is written.
        """
        return None if self._types is None else [sorted(self._blocks.kinds.items()), self._types]

    def _frames(self) -> Iterator[pandas.DataFrame]:
        frames = iter(self._blocks)
        while True:
            try:
                with runtime.reading():
                    frame = next(frames, None)
            except NOT_OF_THE_FILE + (ReadAgain,):
                raise
            except Exception as error:
                raise NotRead(error)
            if frame is None:
                return
            yield frame

    def _matched(self, frame: pandas.DataFrame) -> Matched:
        places = probed_rows(frame)
        probe = frame.iloc[places].reset_index(drop=True)
        matched = self._predict(frame)
        probes = [] if self._probed is None else [self._probed]
        probes.append((probe, rows_of(matched, places)))
        self._probed = probe.copy(), probes[-1][1]
        self._check(probes)
        return matched

    def _check(self, probes: Sequence[Tuple[pandas.DataFrame, Matched]]) -> None:
        """Raises NeedsWholeFile unless rows of this block and of the one before have the same predictions together."""
        frames = [frame for frame, _ in probes]
        together = self._predict(frames[0] if len(frames) == 1 else pandas.concat(frames, ignore_index=True))
        start = 0
        for frame, expected in probes:
            if not same_predictions(expected, rows_of(together, numpy.arange(start, start + len(frame)))):
                raise NeedsWholeFile("the model's predictions of a row depend on the rows that it gets with it")
            start += len(frame)
        if len(together) > sum(len(expected) for _, expected in probes):
            raise NeedsWholeFile("the model returned another number of predictions for the same rows")

    def whole(self, reason: NeedsWholeFile) -> Union[Matched, BaseException]:
        """Returns the predictions of the file read whole, or its error; raises WholeFileNeeded for a part."""
        if part_of(self.path) is not None:
            raise WholeFileNeeded(str(reason))
        try:
            with runtime.reading():
                if self._blocks.is_larger_than(LARGEST_WHOLE):
                    size = f"{LARGEST_WHOLE // 1024 // 1024} MiB"
                    return reason.error or TooLarge(f"{reason}: it needs the whole file, which is larger than {size}. {ADVICE}")
                content = self._blocks.read()
        except NOT_OF_THE_FILE:
            raise
        except Exception as error:
            return error
        return self._predict_whole(content)


class NotRead(Exception):
    """A file that can't be read to its end, for this reason."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.error = error


class TooLarge(ValueError):
    """A file that would have to be read whole."""


def probed_rows(frame: pandas.DataFrame) -> numpy.ndarray:
    """Returns the places of the rows of a block that are predicted once more: near its middle, and with missing values."""
    count = len(frame)
    length = max(1, min(MOST_PROBED, count // PROBED_PART))
    start = count // 2
    if length >= GROUP:
        length -= length % GROUP
        start -= start % GROUP
    return numpy.union1d(numpy.arange(start, min(count, start + length)), rows_with_missing(frame, min(length, MOST_MISSING)))


def rows_with_missing(frame: pandas.DataFrame, limit: int) -> numpy.ndarray:
    """Returns the places of up to so many rows with missing values: the first of each column, then others evenly spread."""
    missing = frame.isna().to_numpy(dtype=bool)
    first = numpy.unique(missing.argmax(axis=0)[missing.any(axis=0)])
    others = numpy.setdiff1d(numpy.flatnonzero(missing.any(axis=1)), first)
    first = evenly_spread(first, limit)
    return numpy.concatenate([first, evenly_spread(others, limit - len(first))])


def evenly_spread(places: numpy.ndarray, limit: int) -> numpy.ndarray:
    """Returns up to so many of the places."""
    count = min(limit, len(places))
    return places[numpy.arange(count) * len(places) // max(1, count)]


def rows_of(matched: Matched, places: numpy.ndarray) -> Matched:
    """Returns the predictions for the rows at these places, in rising order, numbered by their order."""
    numbers = numpy.asarray(matched.numbers)
    order = numpy.searchsorted(places, numbers)
    kept = numpy.flatnonzero(numpy.isin(numbers, places))
    return Matched(matched.frame.iloc[kept].reset_index(drop=True), order[kept])


def same_predictions(some: Matched, others: Matched) -> bool:
    """Returns whether predictions are for the same rows and the same, but for the last digits of floats."""
    if list(some.numbers) != list(others.numbers) or not are_alike(some.frame, others.frame):
        return False
    frame = others.frame.reset_index(drop=True)
    places = [place for place, dtype in enumerate(frame.dtypes) if getattr(dtype, "kind", "") == "f"]
    for place in places:
        if not are_near(some.frame.iloc[:, place], frame.iloc[:, place]):
            return False
    rest = [place for place in range(frame.shape[1]) if place not in places]
    if not rest or some.frame.iloc[:, rest].equals(frame.iloc[:, rest]):
        return True
    return bool(rows.frame_to_csv(some.frame.iloc[:, rest]) == rows.frame_to_csv(frame.iloc[:, rest]))


def are_near(some: pandas.Series, others: pandas.Series) -> bool:
    if some.equals(others):
        return True
    values = numpy.asarray(some, "float64"), numpy.asarray(others, "float64")
    finite = numpy.abs(values[0][numpy.isfinite(values[0])])
    largest = float(finite.max()) if len(finite) else 0.0
    return bool(numpy.isclose(*values, rtol=RELATIVE, atol=ABSOLUTE * largest, equal_nan=True).all())


def are_alike(frame: pandas.DataFrame, other: pandas.DataFrame) -> bool:
    """Returns whether tables have the same columns and types; the categories of a column may differ."""
    return list(frame.columns) == list(other.columns) and list(map(kind_of, frame.dtypes)) == list(map(kind_of, other.dtypes))


def kind_of(dtype: Any) -> str:
    return f"category of {dtype.categories.dtype}" if str(dtype) == "category" else str(dtype)
