"""Writes a model, input files and what MLflow itself predicts for them: python make_scoring_cases.py FOLDER CASE."""
import os
import pathlib
import sys

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")

import mlflow.pyfunc
import mlflow.sklearn
import numpy
import pandas
import sklearn
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

REQUIREMENTS = [f"mlflow=={mlflow.__version__}", f"scikit-learn=={sklearn.__version__}", f"pandas=={pandas.__version__}",
                f"numpy=={numpy.__version__}"]
RANDOM = numpy.random.RandomState(11)
NUMBERS = ["alcohol", "acidity", "sugar"]


def numeric():
    """A classifier on doubles, with a signature."""
    table = pandas.DataFrame(RANDOM.normal(5, 2, (300, 3)).round(3), columns=NUMBERS)
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(table, table.alcohol > table.sugar)
    return model, table, {name: "double" for name in NUMBERS}


def exemplary():
    """As numeric(), with an input example."""
    return numeric()


def mixed():
    """A regression on a string column and on doubles that the files write as whole numbers."""
    table = pandas.DataFrame({
        "colour": RANDOM.choice(["red", "white", "007"], 300),
        "weight": RANDOM.randint(1, 9, 300),
        "year": RANDOM.randint(1990, 2025, 300),
    })
    columns = make_column_transformer((OneHotEncoder(), ["colour"]), remainder="passthrough")
    model = make_pipeline(columns, LinearRegression()).fit(table, table.weight * 2.5)
    return model, table, {"colour": "string", "weight": "double", "year": "long"}


def unsigned():
    """A regression without a signature."""
    model, table, _ = numeric()
    return LinearRegression().fit(table, table.sugar), table, None


PANDAS_TYPES = {"double": "float64", "long": "int64", "string": "str"}


def main(folder, case):
    model, table, types = {"numeric": numeric, "exemplary": exemplary, "mixed": mixed, "unsigned": unsigned}[case]()
    signature = types and ModelSignature(Schema([ColSpec(type_name, name) for name, type_name in types.items()]))
    mlflow.sklearn.save_model(
        model, str(folder / "model"), signature=signature, pip_requirements=REQUIREMENTS,
        input_example=table.head(5) if case == "exemplary" else None,
    )
    (folder / "unlabeled").mkdir()
    for number, start in enumerate(range(0, 300, 25)):
        table[start:start + 25].to_csv(folder / "unlabeled" / f"part-{number:02d}.csv", index=False)
    loaded = mlflow.pyfunc.load_model(str(folder / "model"))
    rows = []
    for path in sorted((folder / "unlabeled").glob("*.csv")):
        read = pandas.read_csv(path, dtype=types and {name: PANDAS_TYPES[type_name] for name, type_name in types.items()})
        predicted = loaded.predict(read)
        rows.append(pandas.DataFrame({"row": range(len(read)), "prediction": predicted, "file": path.name}))
    pandas.concat(rows).to_csv(folder / "expected.csv", header=False, index=False)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
