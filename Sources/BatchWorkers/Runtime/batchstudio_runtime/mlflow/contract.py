"""The row contract: which row of the input a prediction is for.

| `row_contract` | a prediction belongs to |
|---|---|
| `one_per_row` | the row at its place; a file with another number of predictions than rows fails |
| `by_index` | the row that its index names; a row may be without one |
| `none` | no row: predictions are numbered as the model returned them, as in Azure |

An index of labels other than the rows' numbers is ignored. Under `one_per_row` an index of row numbers has to be in
order. One in which they come more than once is of pieces that the model put together, if it counts 0 to k-1 again and again,
the last time perhaps not to the end: the predictions are at their places. Any other repetition, as of a join, is refused.
"""
from typing import Any, Iterator, Optional, Sequence

import numpy
import pandas

from batchstudio_runtime.mlflow.containers import Predictions

BY_INDEX_HINT = "Set row_contract: by_index in the deployment to match them by their index."


class Matched:
    """Predictions with the numbers of the rows that they are for."""

    def __init__(
        self, frame: pandas.DataFrame, numbers: Any, without: int = 0, inputs: Sequence[pandas.DataFrame] = ()
    ) -> None:
        self.frame = frame
        self.numbers = numbers
        self.without = without  # rows that have no prediction
        self.inputs = inputs  # the tables that were predicted, where they are to be profiled

    def __len__(self) -> int:
        return len(self.frame)


class MatchedFiles(Matched):
    """Predictions of several files, one after the other: `counts` are the rows of each."""

    def __init__(self, frame: pandas.DataFrame, counts: Sequence[int], inputs: Sequence[pandas.DataFrame] = ()) -> None:
        super().__init__(frame, numpy.concatenate([numpy.arange(count) for count in counts]), inputs=inputs)
        self.counts = counts

    def each(self) -> Iterator[Matched]:
        """Yields the predictions of each file."""
        end = 0
        for place, count in enumerate(self.counts):
            start, end = end, end + count
            yield Matched(self.frame.iloc[start:end], self.numbers[start:end], inputs=self.inputs[place:place + 1])


def matched(predictions: Predictions, rows: int, contract: str) -> Matched:
    """Returns the predictions matched to this many rows by a row contract; raises an error when they do not match."""
    return CONTRACTS[contract](predictions, rows)


def one_per_row(predictions: Predictions, rows: int) -> Matched:
    if len(predictions) != rows:
        message = f"the model returned {counted(len(predictions), 'prediction')} for {counted(rows, 'row')}"
        places = places_named_by(predictions.index, rows)
        is_hint = places is not None and 0 < len(places) < rows and not is_default(predictions.index)
        raise RowMismatch(f"{message}. {BY_INDEX_HINT}" if is_hint else message)
    places = places_named_by(predictions.index, rows)
    if places is not None and not in_order(places):
        raise RowMismatch("the model returned its predictions in another order than the rows. " + BY_INDEX_HINT)
    repeated = repeated_row(predictions.index, rows)
    if repeated is not None:
        raise RowMismatch(
            f"the index of the predictions has row {repeated} more than once, and is not of pieces that each count from 0. Return"
            " the predictions in the order of the rows, with reset_index(drop=True)."
        )
    return Matched(predictions.frame, numpy.arange(rows))


def by_index(predictions: Predictions, rows: int) -> Matched:
    if predictions.index is None:
        return one_per_row(predictions, rows)
    places = places_named_by(predictions.index, rows)
    if places is None:
        reason = reason_against(predictions.index, rows)
        raise RowMismatch(f"the index of the predictions does not name rows of the input, each once: {reason}")
    order = numpy.argsort(places, kind="stable")
    return Matched(predictions.frame.iloc[order].reset_index(drop=True), places[order], rows - len(places))


def without_contract(predictions: Predictions, rows: int) -> Matched:
    return Matched(predictions.frame, numpy.arange(len(predictions)))


CONTRACTS = {"one_per_row": one_per_row, "by_index": by_index, "none": without_contract}


def places_named_by(index: Optional[pandas.Index], rows: int) -> Any:
    """Returns the numbers of the rows that an index names, or None when it does not name rows, each at most once."""
    if index is None or not index.is_unique:
        return None
    places = whole_numbers(index)
    if places is None:
        return None
    is_within = len(places) == 0 or (places.min() >= 0 and places.max() < rows)
    return places.astype("int64") if is_within else None


def repeated_row(index: Optional[pandas.Index], rows: int) -> Any:
    """Returns a row that an index names twice, None where it names none so or only counts the rows of equal pieces."""
    if index is None or index.is_unique:
        return None
    labels = whole_numbers(index)
    if labels is None or labels.min() < 0 or labels.max() >= rows:
        return None
    starts = numpy.flatnonzero(labels == 0)
    if len(starts) > 1 and (labels == numpy.arange(len(labels)) % starts[1]).all():
        return None
    return index[index.duplicated()][0]


def whole_numbers(index: pandas.Index) -> Any:
    """Returns the labels of an index of whole numbers, floats among them: a join makes those; None for other labels."""
    if isinstance(index, pandas.MultiIndex):
        return None
    labels = pandas.Index(index.tolist()) if index.dtype == object else index
    kind = getattr(labels.dtype, "kind", "O")
    if kind not in "iuf" or labels.hasnans:
        return None
    numbers = labels.to_numpy(dtype="float64" if kind == "f" else None)
    if kind == "f" and not (numpy.isfinite(numbers) & (numbers == numpy.floor(numbers)) & (abs(numbers) < 2 ** 53)).all():
        return None
    return numbers if kind == "u" else numbers.astype("int64")


def reason_against(index: pandas.Index, rows: int) -> str:
    if whole_numbers(index) is None:
        return f"it is of type {index.dtype}"
    if not index.is_unique:
        return f"{index[index.duplicated()][0]} comes more than once"
    others = [label for label in index if not 0 <= label < rows]
    return f"there is no row {others[0]}; the rows are 0 to {rows - 1}"


def is_default(index: pandas.Index) -> bool:
    """Returns whether an index only counts the predictions."""
    return in_order(index.to_numpy()) and len(index) > 0 and index[0] == 0 and index[-1] == len(index) - 1


def in_order(places: Any) -> bool:
    return len(places) < 2 or bool((places[1:] > places[:-1]).all())


def is_plain(predictions: Predictions, rows: int) -> bool:
    """Returns True where there is one prediction a row, in order: all row contracts then mean the same."""
    if len(predictions) != rows:
        return False
    return predictions.index is None or places_named_by(predictions.index, rows) is not None and in_order(
        predictions.index.to_numpy())


def rows_in(content: Any) -> int:
    """Returns the number of rows in what a file was read as: of a table, or the records of a batch of tensors."""
    if isinstance(content, dict):
        return rows_in(next(iter(content.values()))) if content else 0
    if getattr(content, "ndim", 0) > 0 or isinstance(content, (list, tuple)):
        return len(content)
    return 1


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


class RowMismatch(ValueError):
    pass
