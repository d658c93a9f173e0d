"""The base of tests of predictions: a real model of MLflow, in real workers.

The model evaluates the expression in the first cell of its `answer` column, with `table` and `rows` as names.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Any

from executor import MLFLOW_DRIVER, Executor

try:
    import mlflow
    import pandas
except ImportError:
    mlflow = None
IS_REQUIRED = os.environ.get("BATCHSTUDIO_REQUIRE_MLFLOW") == "1"

MAKE = """
import sys
import mlflow.pyfunc
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

signature = ModelSignature(Schema([ColSpec("string", "answer"), ColSpec("double", "v")]))
mlflow.pyfunc.save_model(sys.argv[1], python_model=sys.argv[2], signature=signature, pip_requirements=["mlflow"])
"""
MODEL = """
import asyncio, collections, dataclasses, datetime, decimal, enum, io, itertools, os, uuid
import mlflow, numpy, pandas, pyarrow
from mlflow.pyfunc import PythonModel

try:
    import polars
except ImportError:
    polars = None
try:
    import scipy.sparse
except ImportError:
    scipy = None

@dataclasses.dataclass
class Point:
    x: int
    y: float

Pair = collections.namedtuple("Pair", "low high")

class Tensor:
    "As PyTorch's, whose package is too large for a test."
    def __init__(self, array):
        self.array, self.ndim = array, array.ndim
    def detach(self):
        return self
    cpu = detach
    def numpy(self):
        return self.array

class Foreign:
    def __init__(self, array):
        self.array = array
    def __array__(self, dtype=None, copy=None):
        return self.array

class Model(PythonModel):
    def predict(self, context, model_input, params=None):
        table, rows = model_input, len(model_input)
        names = dict(globals(), table=table, rows=rows, v=table["v"])
        text = table["answer"].iloc[0]
        if text.startswith("raise "):
            exec(text, names)
        return eval(text, names)

mlflow.models.set_model(Model())
"""

folder: Any = None
executor: Any = None
host: Any = None


def setUpModule():
    global folder, executor, host
    if mlflow is None and not IS_REQUIRED:
        raise unittest.SkipTest(f"mlflow is not installed in {sys.executable}")
    folder = tempfile.mkdtemp(prefix="batchstudio-models-")
    script = os.path.join(folder, "model.py")
    with open(script, "w") as file:
        file.write(MODEL)
    made = subprocess.run([sys.executable, "-W", "ignore", "-c", MAKE, os.path.join(folder, "model"), script],
                          stderr=subprocess.PIPE, cwd=folder, env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"))
    if made.returncode != 0:
        raise AssertionError(made.stderr.decode())
    executor = Executor()
    host = executor.host(MLFLOW_DRIVER, model_dir=folder)


def tearDownModule():
    if executor is not None:
        executor.close()
    shutil.rmtree(folder, ignore_errors=True)


class PredictionsTestCase(unittest.TestCase):
    maxDiff = None

    def worker(self, **start):
        self.folder = tempfile.mkdtemp(dir=executor.folder)
        start.setdefault("report_columns", True)
        return self.new_worker(**start)

    def new_worker(self, **start):
        """Return a worker that gets nothing but these fields, for files of the folder."""
        return host.worker(input_root=self.folder, **start)

    def write(self, name, answer, rows=3):
        """Write a file of which the model will answer this expression."""
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        table = pandas.DataFrame({"answer": [answer] * rows, "v": [10.0 * (row + 1) for row in range(rows)]})
        with open(path, "w", encoding="utf-8") as file:
            file.write(table.to_csv(index=False))
        return name

    def score(self, answer, rows=3, **start):
        """Return the predictions of one file as lists of texts, or the reason why it failed."""
        worker = self.worker(**start)
        done = worker.run([self.write("t.csv", answer, rows)])
        self.columns = done.get("columns")
        if done["failed"]:
            self.assertEqual((done["rows"], done["failed_count"]), (0, 1))
            return done["failed"][0]["message"]
        import csv
        import io

        lines = list(csv.reader(io.StringIO(worker.rows(done), newline="")))
        self.assertEqual([line[-1] for line in lines], ["t.csv"] * len(lines))
        self.numbers = [int(line[0]) for line in lines]
        return [line[1:-1] for line in lines]
