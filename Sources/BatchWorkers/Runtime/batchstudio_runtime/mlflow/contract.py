"""The row contract: which row of the input a prediction is for.

| `row_contract` | a prediction belongs to |
|---|---|
| `one_per_row` | the row at its place; a file with another number of predictions than rows fails |
| `by_index` | the row that its index names; a row may be without one |
| `none` | no row: predictions are numbered as the model returned them, as in Azure |
"""
import numpy

BY_INDEX_HINT = "Set row_contract: by_index in the deployment to match them by their index."


class Matched:
    """Predictions with the numbers of the rows that they are for."""

    def __init__(self, frame, numbers, without=0):
        self.frame = frame
        self.numbers = numbers
        self.without = without  # rows that have no prediction

    def __len__(self):
        return len(self.frame)


def matched(predictions, rows, contract):
    """Returns the predictions matched to this many rows by a row contract; raises an error when they do not match."""
    return CONTRACTS[contract](predictions, rows)


def one_per_row(predictions, rows):
    if len(predictions) != rows:
        message = "the model returned {} for {}".format(counted(len(predictions), "prediction"), counted(rows, "row"))
        places = places_named_by(predictions.index, rows)
        is_hint = places is not None and 0 < len(places) < rows and not is_default(predictions.index)
        raise RowMismatch("{}. {}".format(message, BY_INDEX_HINT) if is_hint else message)
    places = places_named_by(predictions.index, rows)
    if places is not None and not in_order(places):
        raise RowMismatch("the model returned its predictions in another order than the rows. " + BY_INDEX_HINT)
    return Matched(predictions.frame, numpy.arange(rows))


def by_index(predictions, rows):
    if predictions.index is None:
        return one_per_row(predictions, rows)
    places = places_named_by(predictions.index, rows)
    if places is None:
        raise RowMismatch("{}: {}".format("the index of the predictions does not name rows of the input, each once",
                                          reason_against(predictions.index, rows)))
    order = numpy.argsort(places, kind="stable")
    return Matched(predictions.frame.iloc[order].reset_index(drop=True), places[order], rows - len(places))


def without_contract(predictions, rows):
    return Matched(predictions.frame, numpy.arange(len(predictions)))


CONTRACTS = {"one_per_row": one_per_row, "by_index": by_index, "none": without_contract}


def places_named_by(index, rows):
    """Returns the numbers of the rows that an index names, or None when it does not name rows, each at most once."""
    if index is None or not index.is_unique:
        return None
    places = whole_numbers(index)
    if places is None:
        return None
    is_within = len(places) == 0 or (places.min() >= 0 and places.max() < rows)
    return places.astype("int64") if is_within else None


def whole_numbers(index):
    """Returns the labels of an index of whole numbers, floats among them: a join makes those; None for other labels."""
    kind = getattr(index.dtype, "kind", "O")
    labels = index.to_numpy()
    if kind == "f":
        return labels.astype("int64") if numpy.isfinite(labels).all() and (labels == numpy.floor(labels)).all() else None
    if kind == "O" and len(labels) and all(isinstance(label, (int, numpy.integer)) for label in labels):
        return labels
    return labels if kind in "iu" else None


def reason_against(index, rows):
    if whole_numbers(index) is None:
        return "it is of type {}".format(index.dtype)
    if not index.is_unique:
        return "{} comes more than once".format(index[index.duplicated()][0])
    others = [label for label in index if not 0 <= label < rows]
    return "there is no row {}; the rows are 0 to {}".format(others[0], rows - 1)


def is_default(index):
    """Returns whether an index only counts the predictions."""
    return in_order(index.to_numpy()) and len(index) > 0 and index[0] == 0 and index[-1] == len(index) - 1


def in_order(places):
    return len(places) < 2 or bool((places[1:] > places[:-1]).all())


def is_plain(predictions, rows):
    """Returns whether there is one prediction a row, in order, so that every row contract says the same of them."""
    if len(predictions) != rows:
        return False
    return predictions.index is None or places_named_by(predictions.index, rows) is not None and in_order(
        predictions.index.to_numpy())


def rows_in(content):
    """Returns the number of rows in what a file was read as: of a table, or the records of a batch of tensors."""
    if isinstance(content, dict):
        return rows_in(next(iter(content.values()))) if content else 0
    if getattr(content, "ndim", 0) > 0 or isinstance(content, (list, tuple)):
        return len(content)
    return 1


def counted(count, noun):
    return "{} {}{}".format(count, noun, "" if count == 1 else "s")


class RowMismatch(ValueError):
    pass
