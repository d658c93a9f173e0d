"""Trains the models of the tests: python make_models.py FOLDER. Each is saved as FOLDER/NAME/model."""
import os
import sys

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

import mlflow.pyfunc
import mlflow.sklearn
import numpy
import pandas
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema, TensorSpec
from sklearn.base import BaseEstimator
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

WINE = ("alcohol", "acidity", "sugar")
WINE_TYPES = dict.fromkeys(WINE, "double")
BOTTLE_TYPES = {
    "colour": "string", "weight": "double", "rating": "float", "year": "long", "grade": "integer", "organic": "boolean",
}


def columns(types, optional=()):
    return ModelSignature(
        Schema([ColSpec(type_name, name, required=name not in optional) for name, type_name in types.items()])
    )


def wine_table(rows, seed=1):
    return pandas.DataFrame(numpy.random.RandomState(seed).normal(5, 2, (rows, 3)).round(3), columns=WINE)


def bottle_table(rows, seed=1):
    random = numpy.random.RandomState(seed)
    return pandas.DataFrame({
        "colour": random.choice(["red", "white", "007"], rows),
        "weight": random.randint(1, 9, rows).astype("float64"),
        "rating": random.uniform(0, 5, rows).round(2).astype("float32"),
        "year": random.randint(1990, 2025, rows),
        "grade": random.randint(0, 9, rows).astype("int32"),
        "organic": random.choice([True, False], rows),
    })


def save_sklearn(folder, model, signature=None):
    mlflow.sklearn.save_model(
        model, folder, signature=signature, pip_requirements=["scikit-learn"], serialization_format="cloudpickle"
    )


def save_python(folder, predict, signature=None):
    """Save a model that is no more than this function of its input."""
    # A class made here is pickled with the model; one of this module would have to be importable where it is loaded.
    def predict_method(self, context, model_input, params=None):
        return predict(model_input)

    model = type("Model", (mlflow.pyfunc.PythonModel,), {"predict": predict_method, "__module__": "__main__"})()
    mlflow.pyfunc.save_model(folder, python_model=model, signature=signature, pip_requirements=["mlflow"])


def wine(folder):
    table = wine_table(200)
    classes = (table["alcohol"] > table["acidity"]).astype(int)
    save_sklearn(folder, make_pipeline(StandardScaler(), LogisticRegression()).fit(table, classes), columns(WINE_TYPES))


def wine_price(folder):
    table = wine_table(200)
    save_sklearn(folder, GradientBoostingRegressor().fit(table, table.sum(axis=1) / 7), columns(WINE_TYPES))


def wine_without_signature(folder):
    table = wine_table(200)
    save_sklearn(folder, LogisticRegression().fit(table, table["alcohol"] > 5))


def bottle(folder):
    table = bottle_table(200)
    encode = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["colour"]), remainder="passthrough")
    model = make_pipeline(encode, LinearRegression()).fit(table, table["year"] * 0.01 + table["weight"])
    save_sklearn(folder, model, columns(BOTTLE_TYPES))


def centred(folder):
    """A scikit-learn model whose predictions depend on all rows of a call, so that files must not be scored together."""
    table = wine_table(200)
    centre = FunctionTransformer(lambda rows: rows - rows.mean())
    save_sklearn(folder, make_pipeline(centre, LinearRegression()).fit(table, table.sum(axis=1)), columns(WINE_TYPES))


def wine_by_name(folder):
    """A model of doubles alone that picks its columns by their names."""
    table = wine_table(200)
    pick = make_column_transformer((StandardScaler(), ["sugar", "alcohol"]))
    save_sklearn(folder, make_pipeline(pick, LinearRegression()).fit(table, table.sum(axis=1)), columns(WINE_TYPES))


class Strong(BaseEstimator):
    """A model that answers for some rows only, under their index: the strongest first."""

    def fit(self, table, classes=None):
        return self

    def predict(self, table):
        strong = table[table["alcohol"] > 5].sort_values("alcohol", ascending=False)
        return (strong["alcohol"] > 7).astype("int64")


def strong(folder):
    save_sklearn(folder, Strong().fit(wine_table(5)), columns(WINE_TYPES))


def two_columns(folder):
    save_python(
        folder, lambda table: pandas.DataFrame({"low": table["alcohol"] - 1, "high": table["alcohol"] + 1}),
        columns(WINE_TYPES),
    )


def visit(folder):
    """A model with a time and an optional column."""
    def predict(table):
        bonus = table["bonus"] if "bonus" in table else 0
        return (table["time"].dt.year + bonus).to_numpy()

    save_python(folder, predict, columns({"time": "datetime", "bonus": "long"}, optional=["bonus"]))


def tensor(folder):
    signature = ModelSignature(Schema([TensorSpec(numpy.dtype("float32"), (-1, 3))]))
    save_python(folder, lambda array: array.sum(axis=1), signature)


def image(folder):
    signature = ModelSignature(Schema([TensorSpec(numpy.dtype("float32"), (-1, 2, 3, 3))]))
    save_python(folder, lambda array: array.reshape(len(array), -1).sum(axis=1), signature)


def image_without_signature(folder):
    save_python(folder, lambda array: [list(array.shape)])


def image_bytes(folder):
    save_python(folder, lambda table: [len(value) for value in table["image"]], columns({"image": "binary"}))


MODELS = (
    wine, wine_price, wine_without_signature, bottle, centred, wine_by_name, strong, two_columns, visit, tensor, image,
    image_without_signature, image_bytes,
)

if __name__ == "__main__":
    for make in MODELS:
        make(os.path.join(sys.argv[1], make.__name__, "model"))
