"""Dask's data frame, for one large file: a block of it a task, the model loaded once in each worker, a file a block written."""
import os
import sys

import dask.dataframe
import mlflow.pyfunc
import pandas
from dask.distributed import Client, LocalCluster, get_worker
from scoring import csv_options, input_files

model_folder, input_folder, output, workers = sys.argv[1:5]
EMPTY = pandas.DataFrame({"prediction": pandas.Series(dtype="int64"), "file": pandas.Series(dtype="str")})


def predict(part, name):
    worker = get_worker()
    if not hasattr(worker, "model"):
        worker.model = mlflow.pyfunc.load_model(model_folder)
    return pandas.DataFrame({"prediction": worker.model.predict(part), "file": name})


if __name__ == "__main__":
    from mlflow.models import Model

    types = {column.name: column.type.name for column in Model.load(model_folder).get_input_schema().inputs}
    with LocalCluster(n_workers=int(workers), threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster):
        (path,) = input_files(input_folder)
        if path.endswith(".csv"):
            frame = dask.dataframe.read_csv(path, **csv_options(types))
        else:
            frame = dask.dataframe.read_parquet(path, split_row_groups=True)
        scored = frame.map_partitions(predict, os.path.basename(path), meta=EMPTY)
        scored.to_csv(os.path.join(output, "*.csv"), header=False, index=False, name_function=lambda number: f"{number:05d}")
