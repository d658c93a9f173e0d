"""Calls of a model without MLflow's check of the input, where that check can't find anything.

MLflow checks every column on each call and copies it, which takes longer than a cheap model's prediction. A table that was
read with the signature's own types passes as it is.
"""
import contextlib
import warnings
from typing import Any, Callable, Iterator, List, NamedTuple, Optional, Set

import numpy
import pandas

from batchstudio_runtime.inputs.columns import DTYPES
from batchstudio_runtime.mlflow.model import TABLE_FLAVORS

NAMELESS = "X does not have valid feature names"  # a warning of scikit-learn's, as it begins


class TypedColumns(NamedTuple):
    """The names and the types of NumPy that a table has to have."""

    names: List[str]
    types: List[Any]


class UncheckedModel:
    """A model of MLflow's that is called directly with tables that its check would pass unchanged.

    The first such table is predicted through MLflow too: a way of calling it whose result differs is not used again.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._columns = expected_columns(model)
        self._ways = [] if self._columns is None else direct_ways(model, self._columns)
        self._is_proved = False

    def predict(self, content: Any) -> Any:
        """Returns the model's result for this content."""
        if not self.skips_check_of(content):
            return self._model.predict(content)
        if not self._is_proved:
            return self._prove(content)
        try:
            return self._ways[0](content)
        except MemoryError:
            raise
        except Exception:
            return self._model.predict(content)  # whose result, or error, is the one that counts

    def _prove(self, content: Any) -> Any:
        checked = self._model.predict(content)
        with quiet():
            # A model may write into what it gets.
            while self._ways and not gives(checked, self._ways[0], content.copy()):
                del self._ways[0]
        if len(self._ways) > 1:
            warnings.filterwarnings("ignore", message=NAMELESS, category=UserWarning)
        self._is_proved = True
        return checked

    def made_up_row(self) -> Optional[pandas.DataFrame]:
        """Returns a table of one row of zeros that fits the signature, None where the signature is not known well enough."""
        if not self._ways or self._columns is None:
            return None
        return pandas.DataFrame({name: numpy.zeros(1, kind) for name, kind in zip(*self._columns)})

    def warm_up(self, content: Any) -> Any:
        """Calls the model through MLflow and directly, and returns its result; nothing is proved by it."""
        self._model.predict(content)
        with quiet():
            return self._ways[0](content)

    def skips_check_of(self, content: Any) -> bool:
        """Returns True for a table with exactly the signature's columns and types."""
        if not self._ways or self._columns is None or not isinstance(content, pandas.DataFrame):
            return False
        return list(content.columns) == self._columns.names and list(content.dtypes) == self._columns.types


def expected_columns(model: Any) -> Optional[TypedColumns]:
    """Returns the names and types of the signature's columns, None when MLflow has to check the input."""
    metadata = getattr(model, "metadata", None)
    if metadata is None or metadata.flavors["python_function"].get("loader_module") not in TABLE_FLAVORS:
        return None
    schema = metadata.get_input_schema()
    if schema is None or schema.is_tensor_spec() or has_parameters(metadata):
        return None
    # MLflow's check leaves these as they are; a text or a time may be converted by it.
    types = [DTYPES.get(getattr(column.type, "name", "")) for column in schema.inputs]
    names = [column.name for column in schema.inputs]
    if None in names or None in types:
        return None
    return TypedColumns(names, [numpy.dtype(type_) for type_ in types])


def direct_ways(model: Any, columns: TypedColumns) -> List[Callable[[Any], Any]]:
    """Returns functions that predict a table without MLflow's check, the quickest first."""
    predict = getattr(model, "_predict_fn", None)
    if predict is None:
        return []
    if not takes_arrays(model, columns):
        return [predict]
    return [lambda table: predict(table.to_numpy()), predict]


def takes_arrays(model: Any, columns: TypedColumns) -> bool:
    """Returns True for a model whose result is the same for a table's numbers as for the table.

    A cheap one of scikit-learn's spends nearly half its time on the names and types of columns, which were checked here.
    Columns of one type of float have the same layout in a table as in an array, so sums are the same to the last digit.
    """
    if model.metadata.flavors["python_function"]["loader_module"] != "mlflow.sklearn":
        return False
    if len(set(columns.types)) != 1 or columns.types[0].kind != "f":
        return False
    try:
        estimator = model.get_raw_model()
        return list(estimator.feature_names_in_) == columns.names and sees_numbers_alone(estimator, set())
    except Exception:  # a custom model may do anything; it gets tables
        return False


def sees_numbers_alone(part: Any, seen: Set[int]) -> bool:
    """Returns True where this part of a model, and all in it, is scikit-learn's own and treats all columns alike."""
    if id(part) in seen:
        return True
    seen.add(id(part))
    if isinstance(part, dict):
        return all(sees_numbers_alone(value, seen) for value in part.values())
    if isinstance(part, (list, tuple)):
        return all(sees_numbers_alone(item, seen) for item in part)
    kind = type(part)
    if not kind.__module__.startswith("sklearn."):
        return not (hasattr(part, "fit") or hasattr(part, "transform") or hasattr(part, "predict"))
    if kind.__name__ in ("ColumnTransformer", "FunctionTransformer"):
        return False
    return all(sees_numbers_alone(value, seen) for value in getattr(part, "__dict__", {}).values())


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Suppresses scikit-learn's warning about an array when it was fitted on a table."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=NAMELESS, category=UserWarning)
        yield


def gives(answer: Any, way: Callable[[Any], Any], content: Any) -> bool:
    """Returns True where this way of calling the model gives this result."""
    try:
        return are_same(answer, way(content))
    except MemoryError:
        raise
    except Exception:
        return False


def has_parameters(metadata: Any) -> bool:
    signature = getattr(metadata, "signature", None)
    return getattr(signature, "params", None) is not None


def are_same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, (pandas.DataFrame, pandas.Series)):
        return one.equals(other)
    return isinstance(one, numpy.ndarray) and one.dtype == other.dtype and pandas.DataFrame(one).equals(pandas.DataFrame(other))
