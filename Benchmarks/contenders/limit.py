"""The limit: one process a core with the fastest reader and writer there is, no journal, no order, no checks.

Libraries and model are loaded before the clock starts; it prints the seconds from then until the last row is written.
"""
import os
import sys
import time

import mlflow.pyfunc
import numpy
import polars
from scoring import input_files, read

model_folder, input_folder, output, workers = sys.argv[1:5]
os.makedirs(output)
model = mlflow.pyfunc.load_model(model_folder)
try:
    model = model.unwrap_python_model().classifier if model.loader_module == "mlflow.pyfunc.model" else model.get_raw_model()
except AttributeError:
    model = model.get_raw_model()
files = input_files(input_folder)


def predict(path):
    if path.endswith(".csv"):
        frame = polars.read_csv(path, schema_overrides=[polars.Float64] * 20)
    elif path.endswith(".parquet"):
        frame = polars.read_parquet(path)
    else:
        return model.predict(read(path).reshape(1, -1) / 255)
    return model.predict(frame.to_numpy())


def work(number):
    with open(os.path.join(output, f"part-{number}.csv"), "wb") as file:
        for path in files[number::int(workers)]:
            predictions = predict(path)
            name = numpy.repeat(os.path.basename(path), len(predictions))
            rows = polars.DataFrame({"row": numpy.arange(len(predictions)), "prediction": predictions, "file": name})
            rows.write_csv(file, include_header=False)


began = time.perf_counter()
children = []
for number in range(int(workers)):
    child = os.fork()
    if child == 0:
        try:
            work(number)
            os._exit(0)
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
    children.append(child)
statuses = [os.waitpid(child, 0)[1] for child in children]
print(time.perf_counter() - began)
sys.exit(any(statuses))
