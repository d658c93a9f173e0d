"""Writes a model and large files to split: python make_split_cases.py FOLDER MODEL ROWS.

The models: `linear`, of scikit-learn; `slow`, which takes its time; `ranks`, whose predictions depend on all rows that it gets.
"""
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
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

REQUIREMENTS = [f"mlflow=={mlflow.__version__}", f"scikit-learn=={sklearn.__version__}", f"pandas=={pandas.__version__}",
                f"numpy=={numpy.__version__}", "pyarrow"]
RANDOM = numpy.random.RandomState(11)
NUMBERS = ["a", "b", "c"]
NOTES = numpy.array(["plain", 'a "quoted" word', "two\nlines", "comma, here", ""])
SIGNATURE = ModelSignature(Schema(
    [ColSpec("double", name) for name in NUMBERS] + [ColSpec("string", "note"), ColSpec("long", "count")]
))


def table(rows):
    made = pandas.DataFrame(RANDOM.normal(5, 2, (rows, 3)).round(3), columns=NUMBERS)
    made["note"] = NOTES[RANDOM.randint(0, len(NOTES), rows)]
    made["count"] = RANDOM.randint(0, 100, rows)
    return made


class Slow(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        import time

        time.sleep(0.2)
        return model_input["a"] + model_input["count"]


class Ranks(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input["a"].rank()


def save(folder, model):
    options = {"path": str(folder / "model"), "signature": SIGNATURE, "pip_requirements": REQUIREMENTS}
    if model == "linear":
        rows = table(500)
        columns = make_column_transformer((StandardScaler(), NUMBERS), remainder="drop")
        target = rows.a * 0.3 + rows.b * numpy.pi + RANDOM.normal(0, 1, 500)
        mlflow.sklearn.save_model(make_pipeline(columns, LinearRegression()).fit(rows, target), **options)
    else:
        mlflow.pyfunc.save_model(python_model={"slow": Slow, "ranks": Ranks}[model](), **options)


def main(folder, model, rows):
    save(folder, model)
    (folder / "input").mkdir()
    large = table(rows)
    for name in ["1.csv", "3.csv", "8.csv"]:
        table(10).to_csv(folder / "input" / name, index=False)
    large.to_csv(folder / "input" / "2.csv", index=False)
    if model == "linear":
        large.to_csv(folder / "input" / "4.csv", index=False, lineterminator="\r\n")
        large.to_json(folder / "input" / "5.jsonl", orient="records", lines=True)
        large.to_parquet(folder / "input" / "6.parquet", row_group_size=1024)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
