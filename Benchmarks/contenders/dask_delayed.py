"""Dask: a local cluster of processes with one thread each, one task a file, the model loaded once in each worker."""
import sys

import mlflow.pyfunc
from dask.distributed import Client, LocalCluster, get_worker
from scoring import input_files, score_file

model_folder, input_folder, output, workers = sys.argv[1:5]


def rows(path):
    worker = get_worker()
    if not hasattr(worker, "model"):
        worker.model = mlflow.pyfunc.load_model(model_folder)
    return score_file(worker.model, path).to_csv(header=False, index=False)


if __name__ == "__main__":
    with LocalCluster(n_workers=int(workers), threads_per_worker=1, dashboard_address=None) as cluster, \
            Client(cluster) as client, open(output, "w") as file:
        for text in client.gather(client.map(rows, input_files(input_folder))):
            file.write(text)
