"""The base of tests of the generated MLflow script: real models, trained once for all of them, and their hosts."""
import atexit
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Any, Dict

from executor import MLFLOW_DRIVER, Executor

MISSING = [name for name in ("mlflow", "sklearn", "pandas") if importlib.util.find_spec(name) is None]
IS_REQUIRED = os.environ.get("BATCHSTUDIO_REQUIRE_MLFLOW") == "1"

models: Any = None  # the folder of the models
executor: Any = None
hosts: Dict[Any, Any] = {}


def setUpModule():
    """Train the models once, for all tests of this process."""
    global models, executor
    if MISSING and not IS_REQUIRED:
        raise unittest.SkipTest("not installed in {}: {}".format(sys.executable, ", ".join(MISSING)))
    if executor is not None:
        return
    models = tempfile.mkdtemp(prefix="batchstudio-models-")
    atexit.register(shutil.rmtree, models, ignore_errors=True)
    os.environ["MLFLOW_TRACKING_URI"] = "file://" + os.path.join(models, "mlruns")  # of this process, not of the hosts
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_models.py")
    made = subprocess.run([sys.executable, "-W", "ignore", script, models], stderr=subprocess.PIPE, cwd=models)
    if made.returncode != 0:
        raise AssertionError(made.stderr.decode())
    executor = Executor()
    atexit.register(executor.close)


class MLflowTestCase(unittest.TestCase):
    maxDiff = None

    def worker(self, model, start=None, **environment):
        """Return a new worker of the model's host; files are written to its own input folder."""
        key = (model, tuple(environment.items()))
        if key not in hosts:
            hosts[key] = executor.host(
                MLFLOW_DRIVER, model_dir=os.path.join(models, model), environment=environment
            )
        self.folder = tempfile.mkdtemp(dir=executor.folder)
        return hosts[key].worker(input_root=self.folder, **(start or {}))

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return name

    def load(self, model):
        import mlflow.pyfunc

        return mlflow.pyfunc.load_model(os.path.join(models, model, "model"))

    def expected_rows(self, model, names, dtype=None):
        """Return the rows that the model's own predict() gives, file by file."""
        import pandas

        loaded = self.load(model)
        text = ""
        for name in names:
            table = pandas.read_csv(os.path.join(self.folder, name), dtype=dtype)
            rows = pandas.DataFrame(loaded.predict(table))
            rows.insert(0, "row", range(len(rows)))
            rows["file"] = name
            text += rows.to_csv(header=False, index=False)
        return text

    def failure(self, worker, name):
        """Return the reason why this file fails, having seen that a good file next to it does not."""
        done = worker.run([name, "good.csv"])
        self.assertEqual([failed["file"] for failed in done["failed"]], [name])
        self.assertTrue(worker.rows(done).endswith(",good.csv\n"))
        return done["failed"][0]["message"]
