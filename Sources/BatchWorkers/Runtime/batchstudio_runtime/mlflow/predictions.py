"""The predictions of files."""
import functools
import logging
import os
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
from batchstudio_runtime.mlflow.messages import without_data
from batchstudio_runtime.mlflow.model import TABLE_FLAVORS
from batchstudio_runtime.mlflow.unchecked import UncheckedModel
from batchstudio_runtime.outputs import rows

SMALL_TABLE = 1000  # rows
LARGEST_GROUP = 10000  # rows
MAX_VALUES_OF_AN_IMAGE = 1000 * 1000
LIBRARIES_WITH_THREADS = ("xgboost", "lightgbm", "catboost") + UNFORKABLE_MODULES
LOGGER = logging.getLogger("batchstudio")

# A file's path and its content, or the error that reading it raised.
Input = Tuple[str, Any]
# A file's path and the predictions of its rows, all at once or block by block, or its error.
Outcome = Tuple[str, Union[contract.Matched, Blockwise, BaseException]]


class Predictor:
    """Calls the model, with many small tables at once where that changes nothing.

    A call costs MLflow milliseconds however few the rows, so a thousand tiny files would spend their time on calls.
    BATCHSTUDIO_PREDICT_EACH_FILE=true in the deployment's environment variables calls it file by file.
    """

    def __init__(self, model: Any) -> None:
        self._model = UncheckedModel(model)
        self._types = types_of(model)
        self._is_of_sklearn = loader_module(model) == "mlflow.sklearn"
        self._may_group = (
            loader_module(model) in TABLE_FLAVORS and os.environ.get("BATCHSTUDIO_PREDICT_EACH_FILE") != "true"
        )

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
        """Yields (path, predictions or error) for each (path, content or error), in order."""
        for group in self._groups(inputs):
            runtime.file_started(group[0][0])
            together = self._predict_together([content for _, content in group]) if len(group) > 1 else None
            if together is None:
                for path, content in group:
                    yield path, self._predict_or_error(path, content)
            else:
                for (path, _), matched in zip(group, together):
                    yield path, matched

    def _groups(self, inputs: Iterable[Input]) -> Iterator[List[Input]]:
        """Yields runs of small tables with the same columns and types; all other content alone."""
        group: List[Input] = []
        length = 0
        for path, content in inputs:
            fits = group and is_small_table(content) and length + len(content) <= LARGEST_GROUP
            if group and not (fits and self._may_group and are_alike(group[-1][1], content)):
                yield group
                group, length = [], 0
            group.append((path, content))
            if is_small_table(content):
                length += len(content)
            else:
                # Before the next file is read, which takes memory too.
                yield group
                group, length = [], 0
        if group:
            yield group

    def _predict_together(self, tables: List[pandas.DataFrame]) -> Optional[List[contract.Matched]]:
        """Returns the predictions of each table, None if the model has to be called for each table.

        Only labels and whole numbers may come from a group: a sum of floats rounds its last digit by how many rows a
        library takes at once, and the output must be the model's predictions of each file.

        The last table is predicted alone as well: a model that takes all the rows it gets together, to rank them say, gives
        itself away.
        """
        try:
            ends = numpy.cumsum([len(table) for table in tables])
            last = tables[-1].copy()
            everything = predictions_in(self._model.predict(pandas.concat(tables, ignore_index=True)), ends[-1])
            if not are_labels(everything.frame):
                self._may_group = False
                return None
            if not contract.is_plain(everything, ends[-1]):
                return None
            parts = [everything.frame.iloc[end - len(table):end] for table, end in zip(tables, ends)]
            alone = predictions_in(self._model.predict(last), len(tables[-1]))
            if not contract.is_plain(alone, len(tables[-1])) or not alone.frame.equals(parts[-1].reset_index(drop=True)):
                return None
            return [contract.Matched(part, numpy.arange(len(part))) for part in parts]
        except MemoryError:
            raise
        except BaseException:
            return None

    def _predict_or_error(self, path: str, content: Any) -> Union[contract.Matched, Blockwise, BaseException]:
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
            return contract.matched(found, count, runtime.job().row_contract)
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


def loader_module(model: Any) -> Optional[str]:
    metadata = getattr(model, "metadata", None)
    return metadata.flavors["python_function"].get("loader_module") if metadata is not None else None


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


def is_small_table(content: Any) -> bool:
    return isinstance(content, pandas.DataFrame) and 0 < len(content) <= SMALL_TABLE


def are_alike(table: pandas.DataFrame, other: pandas.DataFrame) -> bool:
    return table.columns.equals(other.columns) and table.dtypes.equals(other.dtypes)


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
