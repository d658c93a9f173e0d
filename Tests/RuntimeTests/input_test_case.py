"""The base of tests of readers: a folder for input files, columns in short, and a model that returns its input."""
import os
import shutil
import tempfile
import unittest

import installed_runtime  # noqa: F401

from batchstudio_runtime.inputs.columns import Column, columns_of
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader


class InputTestCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="batchstudio-input-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def write(self, name, content):
        path = self.path(name)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def read(self, format_, path, columns, **options):
        """Returns the frame of a file; columns are pairs of name and type, or Columns."""
        return TypedReader(format_, as_columns(columns), ReadOptions(options)).read(path)

    def error(self, format_, path, columns, **options):
        """Returns the message with which a file fails."""
        with self.assertRaises(Exception) as raised:
            self.read(format_, path, columns, **options)
        return str(raised.exception)

    def assert_columns(self, frame, expected):
        """Compares names, values and types of a frame with a dictionary of pandas columns."""
        import pandas

        pandas.testing.assert_frame_equal(frame, pandas.DataFrame(expected))

    def assert_handed_on(self, inputs, content):
        """Asserts that MLflow accepts the content for these inputs of a signature and hands it on to predict() unchanged."""
        import mlflow.pyfunc
        import pandas
        from mlflow.models import ModelSignature
        from mlflow.types import Schema

        class Echo(mlflow.pyfunc.PythonModel):
            def predict(self, context, model_input, params=None):
                return model_input

        folder = self.path("model")
        Echo.__module__ = "__main__"
        mlflow.pyfunc.save_model(
            folder, python_model=Echo(), signature=ModelSignature(Schema(inputs)), pip_requirements=["mlflow"]
        )
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        handed_on = mlflow.pyfunc.load_model(folder).predict(content.copy())
        if isinstance(content, pandas.DataFrame):
            self.assertEqual(list(handed_on.columns), list(content.columns))
            for name in content.columns:
                self.assertEqual(handed_on[name].dtype, content[name].dtype, name)
                self.assertEqual(list(map(repr, handed_on[name])), list(map(repr, content[name])), name)
        else:
            self.assertEqual((handed_on.dtype, handed_on.shape), (content.dtype, content.shape))
            self.assertEqual(handed_on.tolist(), content.tolist())


def as_columns(columns):
    return [column if isinstance(column, Column) else Column(column[0], column[1], True) for column in columns]


def columns_of_inputs(inputs):
    """Returns the columns or tensors of MLflow's own description."""
    from mlflow.types import Schema

    return columns_of(Schema(inputs).to_dict())
