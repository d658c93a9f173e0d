"""The loop in a pool of processes; rows come back in input order and are written by the parent.

Each process reads its files. A large file is read by the parent, which hands its chunks to the pool.
"""
import multiprocessing
import os
import sys

import mlflow.pyfunc
from mlflow.models import Model
from scoring import LARGE_FILE, chunks, column_types, input_files, score, score_file

model_folder, input_folder, output, workers = sys.argv[1:5]
model = None


class Described:
    """A model that is not loaded: what its MLmodel file says."""

    metadata = Model.load(model_folder)


def load():
    global model
    model = mlflow.pyfunc.load_model(model_folder)


def tasks():
    for path in input_files(input_folder):
        if os.path.getsize(path) < LARGE_FILE:
            yield path, None, None
        else:
            for first, part in chunks(path, column_types(Described)):
                yield path, first, part


def rows(task):
    path, first, part = task
    scored = score_file(model, path) if part is None else score(model, path, first, part)
    return scored.to_csv(header=False, index=False)


if __name__ == "__main__":
    with multiprocessing.Pool(int(workers), load) as pool, open(output, "w") as file:
        for text in pool.imap(rows, tasks()):
            file.write(text)
