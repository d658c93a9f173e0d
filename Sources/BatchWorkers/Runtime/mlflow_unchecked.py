"""Asking a model without MLflow's check of the input, where that check has nothing to find.

MLflow looks at every column on each call and copies it, which takes longer than a cheap model's answer. A table that was
read with the signature's own types passes as it is.
"""
import numpy
import pandas

# The types that MLflow's check leaves as they are; a text or a time may be converted by it.
UNCHANGED = {"double": "float64", "float": "float32", "long": "int64", "integer": "int32", "boolean": "bool"}
# The flavours whose wrapper hands the table over to the library's own predict().
PLAIN_WRAPPERS = ("mlflow.sklearn", "mlflow.xgboost", "mlflow.lightgbm", "mlflow.catboost")


class UncheckedModel:
    """A model of MLflow's that is asked directly for tables that its check would let through unchanged.

    The first such table is predicted in both ways: if the answers differ, MLflow is asked from then on.
    """

    def __init__(self, model):
        self._model = model
        self._columns = expected_columns(model)
        self._predict = getattr(model, "_predict_fn", None)
        self._is_proved = False

    def predict(self, content):
        """Return what the model says of this content."""
        if not self.skips_check_of(content):
            return self._model.predict(content)
        if self._is_proved:
            return self._predict(content)
        checked = self._model.predict(content)
        self._is_proved = are_same(checked, self._predict(content))
        if not self._is_proved:
            self._columns = None
        return checked

    def made_up_row(self):
        """Return a table of one row of zeros as the signature wants it, None where the signature says too little."""
        if self._columns is None or self._predict is None:
            return None
        return pandas.DataFrame({name: numpy.zeros(1, kind) for name, kind in zip(*self._columns)})

    def rehearse(self, content):
        """Ask the model in both ways and return what it said; nothing is proved by it."""
        self._model.predict(content)
        return self._predict(content)

    def skips_check_of(self, content):
        """Whether the content is a table with exactly the signature's columns and types."""
        if self._columns is None or self._predict is None or not isinstance(content, pandas.DataFrame):
            return False
        names, types = self._columns
        return list(content.columns) == names and list(content.dtypes) == types


def expected_columns(model):
    """Return names and types of the signature's columns, or None when MLflow has to look at the input."""
    metadata = getattr(model, "metadata", None)
    if metadata is None or metadata.flavors["python_function"].get("loader_module") not in PLAIN_WRAPPERS:
        return None
    schema = metadata.get_input_schema()
    if schema is None or schema.is_tensor_spec() or has_parameters(metadata):
        return None
    types = [getattr(column.type, "name", None) for column in schema.inputs]
    names = [column.name for column in schema.inputs]
    if None in names or any(kind not in UNCHANGED for kind in types):
        return None
    return names, [numpy.dtype(UNCHANGED[kind]) for kind in types]


def has_parameters(metadata):
    signature = getattr(metadata, "signature", None)
    return getattr(signature, "params", None) is not None


def are_same(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, (pandas.DataFrame, pandas.Series)):
        return one.equals(other)
    return isinstance(one, numpy.ndarray) and one.dtype == other.dtype and pandas.DataFrame(one).equals(pandas.DataFrame(other))
