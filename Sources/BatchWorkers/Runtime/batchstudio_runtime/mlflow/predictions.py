"""The predictions of files."""
import functools
import logging
import sys
from typing import Any, Dict, Iterable, Iterator, List, Optional, Tuple, Union

import numpy
import pandas

import batchstudio_runtime as runtime
from batchstudio_runtime.host.forking import UNFORKABLE_MODULES
from batchstudio_runtime.inputs.file_blocks import FileBlocks
from batchstudio_runtime.inputs.file_kinds import is_image
from batchstudio_runtime.mlflow import contract
from batchstudio_runtime.mlflow.blockwise import Blockwise, NeedsWholeFile
from batchstudio_runtime.mlflow.containers import Predictions, one_value, predictions_in
from batchstudio_runtime.mlflow.groups import groups_of, loader_module
from batchstudio_runtime.mlflow.messages import without_data
from batchstudio_runtime.mlflow.unchecked import UncheckedModel
from batchstudio_runtime.outputs import rows

MAX_VALUES_OF_AN_IMAGE = 1000 * 1000
LIBRARIES_WITH_THREADS = ("xgboost", "lightgbm", "catboost") + UNFORKABLE_MODULES
LOGGER = logging.getLogger("batchstudio")

# A file's path and its content, or the error that reading it raised.
Input = Tuple[str, Any]
# The predictions of a file's rows, all at once or block by block, or its error.
Prediction = Union[contract.Matched, Blockwise, BaseException]
# The paths of files and their predictions: of several files only where their contents were predicted together.
Outcome = Tuple[List[str], Prediction]


class Predictor:
    """Calls the model, with many small tables or images at once where that changes nothing.

    A call costs MLflow milliseconds however few the rows, so a thousand tiny files would spend their time on calls.
    BATCHSTUDIO_PREDICT_EACH_FILE=true in the deployment's environment variables calls it file by file.
    """

    def __init__(self, model: Any) -> None:
        self._model = UncheckedModel(model)
        self._types = types_of(model)
        self._is_of_sklearn = loader_module(model) == "mlflow.sklearn"
        self._groups = groups_of(model)

    def warm_up(self) -> None:
        """Predicts a made-up row: libraries load much on first use, here once for all workers.

        Not where a library may start threads of its own, which would keep the host from forking.
        """
        row = self._model.made_up_row()
        if row is None or not self._is_of_sklearn or any(name in sys.modules for name in LIBRARIES_WITH_THREADS):
            return
        try:
            rows.to_csv(predictions_in(self._model.warm_up(row), 1).frame)
        except Exception:
            LOGGER.debug("the model does not predict zeros", exc_info=True)

    def predict_each(self, inputs: Iterable[Input]) -> Iterator[Outcome]:
        """Yields paths and their predictions, or error, for each (path, content or error), in order."""
        for group in self._groups.of(inputs):
            runtime.file_started(group[0][0])
            together = self._predict_together([content for _, content in group]) if len(group) > 1 else None
            if together is None:
                for path, content in group:
                    yield [path], self._predict_or_error(path, content)
            else:
                yield [path for path, _ in group], together

    def _predict_together(self, contents: List[Any]) -> Optional[contract.MatchedFiles]:
        """Returns the predictions of several files, None if the model has to be called for each of them.

        Only labels and whole numbers may come from a group: a sum of floats rounds its last digit by how many rows a
        library takes at once, and the output must be the model's predictions of each file.

        The last file is predicted alone as well: a model that takes all the rows it gets together, to rank them say, gives
        itself away.
        """
        try:
            counts = [len(content) for content in contents]
            last = contents[-1].copy()
            everything = predictions_in(self._model.predict(self._groups.joined(contents)), sum(counts))
            if not are_labels(everything.frame):
                self._groups.end()
                return None
            if not contract.is_plain(everything, sum(counts)):
                return None
            alone = predictions_in(self._model.predict(last), counts[-1])
            if not contract.is_plain(alone, counts[-1]):
                return None
            if not alone.frame.equals(everything.frame.iloc[-counts[-1]:].reset_index(drop=True)):
                return None
            return contract.MatchedFiles(everything.frame, counts, runtime.job().inputs_to_profile(contents))
        except MemoryError:
            raise
        except BaseException:
            self._groups.failed()
            return None

    def _predict_or_error(self, path: str, content: Any) -> Prediction:
        if isinstance(content, BaseException):
            return content
        if isinstance(content, FileBlocks):
            return Blockwise(content, self._predict_block, functools.partial(self._predict_frame, path))
        return self._predict_frame(path, content)

    def _predict_frame(self, path: str, content: Any) -> Union[contract.Matched, BaseException]:
        try:
            count = contract.rows_in(content)
            if count == 0:
                return contract.Matched(pandas.DataFrame(), [])
            as_one_row = is_image(path)
            result = self._model.predict(with_default_index(content))
            found = predictions_in(result, MAX_VALUES_OF_AN_IMAGE if as_one_row else count)
            if as_one_row and len(found) != 1:
                return contract.Matched(one_value(nested(found)), numpy.arange(1))
            matched = contract.matched(found, count, runtime.job().row_contract)
            matched.inputs = runtime.job().inputs_to_profile([content])
            return matched
        except MemoryError:
            raise
        except BaseException as error:
            return without_data(error, content, self._types)

    def _predict_block(self, frame: pandas.DataFrame) -> contract.Matched:
        """Returns the predictions of some rows; raises NeedsWholeFile where their places in the file are unknown."""
        row_contract = runtime.job().row_contract
        try:
            found = predictions_in(self._model.predict(frame), len(frame))
            if row_contract == "none" and len(found) != len(frame):
                raise NeedsWholeFile("the model returned another number of predictions than rows")
            return contract.matched(found, len(frame), row_contract)
        except (MemoryError, NeedsWholeFile):
            raise
        except BaseException as error:
            raise NeedsWholeFile("the model failed with some of the rows", without_data(error, frame, self._types))


def types_of(model: Any) -> Dict[str, str]:
    """Returns the signature's type of each column."""
    metadata = getattr(model, "metadata", None)
    schema = metadata.get_input_schema() if metadata is not None else None
    if schema is None or schema.is_tensor_spec():
        return {}
    return {column.name: getattr(column.type, "name", str(column.type)) for column in schema.inputs}


def with_default_index(content: Any) -> Any:
    """Returns a table whose index numbers its rows, by which predictions are matched to them."""
    if not isinstance(content, pandas.DataFrame):
        return content
    index = content.index
    is_default = isinstance(index, pandas.RangeIndex) and index.start == 0 and index.step == 1
    return content if is_default else content.reset_index(drop=True)


def are_labels(frame: pandas.DataFrame) -> bool:
    """Returns True where no value is a float, or of a type that could hold one."""
    return all(
        dtype.kind in "iub" or pandas.api.types.infer_dtype(frame.iloc[:, column]) in ("string", "boolean", "integer")
        for column, dtype in enumerate(frame.dtypes)
    )


def nested(predictions: Predictions) -> List[Any]:
    """Returns all values of an image's predictions as one: a list, of dicts where they have names."""
    frame = predictions.frame.astype(object)
    if frame.shape[1] == 1:
        return frame.iloc[:, 0].tolist()
    has_names = all(isinstance(name, str) for name in frame.columns)
    return frame.to_dict("records") if has_names else frame.to_numpy().tolist()
