"""The limit: one process a core with the fastest reader and writer there is, no journal, no order, no checks.

Libraries and model are loaded before the clock starts; it prints the seconds from then until the last row is written.
"""
import io
import os
import sys
import time

import mlflow.pyfunc
import numpy
import polars
import pyarrow.parquet
from scoring import LARGE_FILE, column_types, input_files, read

IMAGES = 50  # predicted at once
TYPES = {"double": polars.Float64, "string": polars.String, "datetime": polars.Datetime("us")}

model_folder, input_folder, output, workers = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
os.makedirs(output)
files = input_files(input_folder)


class Network:
    """An ONNX network, run on the thread of its process."""

    def __init__(self):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            os.path.join(model_folder, "model.onnx"), options, providers=["CPUExecutionProvider"])

    def predict(self, images):
        return self.session.run(None, {self.session.get_inputs()[0].name: images})[0]


class ScaledImages:
    """The model of images in Python, as its own class does it."""

    def __init__(self, classifier):
        self.classifier = classifier

    def predict(self, images):
        return self.classifier.predict(images.reshape(len(images), -1) / 255)


loaded_model = mlflow.pyfunc.load_model(model_folder)
types = column_types(loaded_model)
numeric = set(types.values()) <= {"double"}
schema = {name: TYPES[kind] for name, kind in types.items()}


def model_of_process():
    """Return what predicts in a forked process."""
    if loaded_model.loader_module == "mlflow.onnx":
        return Network()  # its threads do not live through a fork
    if loaded_model.loader_module == "mlflow.pyfunc.model":
        return ScaledImages(loaded_model.unwrap_python_model().classifier)
    return loaded_model.get_raw_model()


def predict(model, frame):
    return model.predict(frame.to_numpy() if numeric else frame.to_pandas())


def read_csv(source, header=True):
    return polars.read_csv(source, has_header=header, schema=schema)


def csv_parts(path, count):
    """Return the byte ranges of a large CSV file that have whole lines: no cell of these files has a line end."""
    size = os.path.getsize(path)
    with open(path, "rb") as file:
        file.readline()
        bounds = [file.tell()]
        for number in range(1, count):
            file.seek(max(size * number // count, bounds[-1]))
            file.readline()
            bounds.append(file.tell())
    return list(zip(bounds, bounds[1:] + [size]))


def csv_part(path, first, end):
    with open(path, "rb") as file:
        file.seek(first)
        return read_csv(io.BytesIO(file.read(end - first)), header=False)


def row_group(path, number):
    return polars.from_arrow(pyarrow.parquet.ParquetFile(path).read_row_group(number, use_threads=False))


def parts(model):
    """Return what is scored at once, in input order: a name, and a function that returns its predictions."""
    for path in files:
        name = os.path.basename(path)
        if path.endswith(".parquet") and os.path.getsize(path) > LARGE_FILE:
            for number in range(pyarrow.parquet.ParquetFile(path).num_row_groups):
                yield [name], lambda path=path, number=number: predict(model, row_group(path, number))
        elif path.endswith(".parquet"):
            yield [name], lambda path=path: predict(model, polars.read_parquet(path))
        elif path.endswith(".csv") and os.path.getsize(path) > LARGE_FILE:
            for first, end in csv_parts(path, 1 + os.path.getsize(path) // LARGE_FILE * 4):
                yield [name], lambda path=path, first=first, end=end: predict(model, csv_part(path, first, end))
        elif path.endswith((".csv", ".csv.gz")):
            yield [name], lambda path=path: predict(model, read_csv(path))
    if not types:
        for first in range(0, len(files), IMAGES):
            some = files[first:first + IMAGES]
            yield [os.path.basename(path) for path in some], lambda some=some: model.predict(
                numpy.concatenate([read(path, types) for path in some]))


def table(names, predictions):
    """Return the rows of predictions: of one file, numbered in its part, or of files with one each."""
    if len(names) > 1:
        rows, file = numpy.zeros(len(names), int), names
    else:
        rows, file = numpy.arange(len(predictions)), numpy.repeat(names, len(predictions))
    return polars.DataFrame({"row": rows, "prediction": predictions, "file": file})


def work(number, model):
    """Score this process's parts; those of a large file are written to files of their own, which keeps their order."""
    one = len(files) == 1
    with open(os.path.join(output, f"process-{number}.csv"), "wb") as shared:
        for place, (names, scored) in enumerate(parts(model)):
            if place % workers == number:
                file = os.path.join(output, f"part-{place:05d}.csv") if one else shared
                table(names, scored()).write_csv(file, include_header=False)


def child(number, loaded, begin):
    """Run a process: it works when the other end of `begin` is closed."""
    try:
        model = model_of_process()
        os.close(loaded)
        os.read(begin, 1)
        work(number, model)
        os._exit(0)
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


all_loaded, loaded = os.pipe()
begin, beginning = os.pipe()
children = []
for number in range(workers):
    children.append(os.fork())
    if children[-1] == 0:
        os.close(beginning)
        child(number, loaded, begin)
os.close(loaded)
os.read(all_loaded, 1)
began = time.perf_counter()
os.close(beginning)
statuses = [os.waitpid(process, 0)[1] for process in children]
print(time.perf_counter() - began)
sys.exit(any(statuses))
