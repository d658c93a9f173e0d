"""The scoring script of an MLflow model that comes without one.

Each file of a mini-batch is read with the types of the model's signature, and each prediction becomes a row: the number of
its row within the file, the prediction, the file. A file that cannot be scored fails alone, with its reason.

This is an ordinary scoring script: copy it into a code folder of your own and change what you need.
"""
import os

import batchstudio_runtime as runtime
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.mlflow.model import input_schema, load_model
from batchstudio_runtime.mlflow.output import OutputTable
from batchstudio_runtime.mlflow.predictions import Predictor

schema = None
reader = None
predictor = None


def preload():
    """Load the model. A host does this once for all its workers."""
    global schema, predictor
    model = load_model(os.environ["AZUREML_MODEL_DIR"])
    schema = input_schema(model)
    predictor = Predictor(model)
    predictor.warm_up()


def init():
    """Get ready to score: once in each worker."""
    global reader
    if predictor is None:
        preload()
    job = runtime.job()
    reader = FileReader(schema, ReadOptions(job.read_options), job.input_types)


def run(mini_batch):
    """Score the files and return their rows: row, prediction, file."""
    with runtime.reading():
        inputs = [(path, reader.read_or_error(path)) for path in mini_batch]
    output = OutputTable(runtime.job())
    for path, prediction in predictor.predict_each(inputs):
        error = output.add(path, prediction)
        if error is None:
            runtime.file_succeeded(path)
        else:
            runtime.file_failed(path, error)
    return output.rows()


def check(files, seconds):
    """Compare the columns of files with the model's signature, as many as time allows: before the job starts."""
    return reader.check(files, seconds)
