"""Asking the model, and its answers as rows."""
import logging
import os
import sys

import numpy
import pandas

import batchstudio_runtime as runtime
from batchstudio_runtime.outputs import rows
from batchstudio_runtime.inputs.files import is_image
from batchstudio_runtime.mlflow.unchecked import UncheckedModel

# The flavours whose models look at each row by itself.
ROW_BY_ROW = ("mlflow.sklearn", "mlflow.xgboost", "mlflow.lightgbm", "mlflow.catboost")
SMALL_TABLE = 1000  # rows
LARGEST_GROUP = 10000  # rows
LIBRARIES_WITH_THREADS = ("xgboost", "lightgbm", "catboost", "torch", "tensorflow", "jax")
LOGGER = logging.getLogger("batchstudio")


class Predictor:
    """Asks the model for predictions, for many small tables at once where that changes nothing.

    A call costs MLflow milliseconds however few the rows, so a thousand tiny files would spend their time on calls.
    BATCHSTUDIO_PREDICT_EACH_FILE=true in the deployment's environment variables asks for each file by itself.
    """

    def __init__(self, model):
        self._model = UncheckedModel(model)
        self._is_of_sklearn = loader_module(model) == "mlflow.sklearn"
        self._may_group = (
            loader_module(model) in ROW_BY_ROW and os.environ.get("BATCHSTUDIO_PREDICT_EACH_FILE") != "true"
        )

    def rehearse(self):
        """Have a made-up row predicted: libraries load much on first use, here once for all workers.

        Not where a library may start threads of its own, which would keep the host from forking.
        """
        row = self._model.made_up_row()
        if row is None or not self._is_of_sklearn or any(name in sys.modules for name in LIBRARIES_WITH_THREADS):
            return
        try:
            rows.to_csv(rows_of([("", as_frame(self._model.rehearse(row)))]))
        except Exception:
            LOGGER.debug("the model does not predict zeros", exc_info=True)

    def predict_each(self, inputs):
        """Return (path, prediction or error) for each (path, content or error), in order."""
        outcomes = []
        for group in self._groups(inputs):
            runtime.file_started(group[0][0])
            together = self._predict_together([content for _, content in group]) if len(group) > 1 else None
            if together is None:
                together = [self._predict_or_error(path, content) for path, content in group]
            outcomes.extend((path, outcome) for (path, _), outcome in zip(group, together))
        return outcomes

    def _groups(self, inputs):
        """Yield runs of small tables of the same columns and types; all else by itself."""
        group, length = [], 0
        for path, content in inputs:
            fits = group and is_small_table(content) and length + len(content) <= LARGEST_GROUP
            if group and not (fits and self._may_group and are_alike(group[-1][1], content)):
                yield group
                group, length = [], 0
            group.append((path, content))
            length += len(content) if is_small_table(content) else LARGEST_GROUP
        if group:
            yield group

    def _predict_together(self, tables):
        """Return a prediction a table, or None if the model should be asked for each table by itself.

        Only labels and whole numbers may come from a group: a sum of floats rounds its last digit by how many rows a
        library takes at once, and the output must be what the model says of each file.

        The last table is predicted alone as well: a model that looks at all the rows it gets, to rank them say, gives
        itself away.
        """
        try:
            everything = as_frame(self._model.predict(pandas.concat(tables, ignore_index=True)))
            if not are_labels(everything):
                self._may_group = False
                return None
            ends = numpy.cumsum([len(table) for table in tables])
            if len(everything) != ends[-1]:
                return None
            parts = [everything.iloc[end - len(table):end] for table, end in zip(tables, ends)]
            alone = as_frame(self._model.predict(tables[-1]))
            return parts if alone.equals(parts[-1].reset_index(drop=True)) else None
        except MemoryError:
            raise
        except Exception:
            return None

    def _predict_or_error(self, path, content):
        if isinstance(content, Exception):
            return content
        try:
            if isinstance(content, pandas.DataFrame) and len(content) == 0:
                return pandas.DataFrame()
            prediction = self._model.predict(content)
            frame = as_frame(prediction)
            return frame if len(frame) == 1 or not is_image(path) else one_row(prediction)
        except MemoryError:
            raise
        except Exception as error:
            return error


def loader_module(model):
    metadata = getattr(model, "metadata", None)
    return metadata.flavors["python_function"].get("loader_module") if metadata is not None else None


def is_small_table(content):
    return isinstance(content, pandas.DataFrame) and 0 < len(content) <= SMALL_TABLE


def are_alike(table, other):
    return table.columns.equals(other.columns) and table.dtypes.equals(other.dtypes)


def are_labels(frame):
    """Whether no value is a float, or anything that could hold one."""
    return all(
        dtype.kind in "iub" or pandas.api.types.infer_dtype(frame.iloc[:, column]) in ("string", "boolean", "integer")
        for column, dtype in enumerate(frame.dtypes)
    )


def as_frame(prediction):
    """Return a prediction as a frame: one row a prediction, in one column or several."""
    if isinstance(prediction, pandas.DataFrame):
        return prediction.reset_index(drop=True)
    if isinstance(prediction, pandas.Series):
        return prediction.reset_index(drop=True).to_frame("prediction")
    if isinstance(prediction, dict):
        return frame_of_dict(prediction)
    if hasattr(prediction, "toarray"):  # a sparse matrix
        prediction = prediction.toarray()
    elif hasattr(prediction, "detach"):  # a tensor of torch
        prediction = prediction.detach().cpu().numpy()
    elif hasattr(prediction, "numpy"):  # a tensor of tensorflow
        prediction = prediction.numpy()
    if isinstance(prediction, numpy.ndarray):
        return frame_of_array(numpy.atleast_1d(prediction))
    if isinstance(prediction, (list, tuple)):
        return frame_of_list(list(prediction))
    return one_row(prediction)


def frame_of_dict(columns):
    if all(numpy.ndim(values) == 0 for values in columns.values()):
        return pandas.DataFrame([columns], dtype=object)
    return pandas.DataFrame({name: one_value_a_row(values) for name, values in columns.items()})


def frame_of_array(array):
    return pandas.DataFrame(array) if array.ndim == 2 else pandas.DataFrame({"prediction": one_value_a_row(array)})


def frame_of_list(values):
    """Return a frame whose values stay what they are: pandas would make floats of integers next to a missing one."""
    if values and all(isinstance(value, (list, tuple, dict)) for value in values):
        return pandas.DataFrame(values, dtype=object)
    return pandas.DataFrame({"prediction": pandas.Series(values, dtype=object)})


def one_row(prediction):
    return pandas.DataFrame({"prediction": pandas.Series([prediction], dtype=object)})


def one_value_a_row(values):
    """Return values that a frame's column can hold, those of more dimensions as a list of arrays."""
    return list(values) if getattr(values, "ndim", 1) > 1 else values


def rows_of(scored):
    """Return the frame row, prediction, file for pairs of path and prediction."""
    scored = [(path, prediction) for path, prediction in scored if len(prediction)]
    if not scored:
        return []
    lengths = [len(prediction) for _, prediction in scored]
    numbers = numpy.concatenate([numpy.arange(length) for length in lengths])
    files = pandas.factorize(numpy.array([os.path.basename(path) for path, _ in scored], dtype=object))
    names = pandas.Categorical.from_codes(numpy.repeat(files[0], lengths), files[1])
    table = joined([prediction for _, prediction in scored])
    table.insert(0, "row", numbers, allow_duplicates=True)
    table.insert(len(table.columns), "file", names, allow_duplicates=True)
    return table


def joined(frames):
    """Return the frames as one; integers stay integers where another frame has floats."""
    if not all(are_alike(frames[0], frame) for frame in frames[1:]):
        frames = [frame.astype(object) for frame in frames]
    return frames[0].copy(deep=False) if len(frames) == 1 else pandas.concat(frames, ignore_index=True)
