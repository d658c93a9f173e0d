"""The loop in a pool of processes; rows come back in input order and are written by the parent."""
import multiprocessing
import sys

import mlflow.pyfunc
from scoring import input_files, score

model_folder, input_folder, output, workers = sys.argv[1:5]
model = None


def load():
    global model
    model = mlflow.pyfunc.load_model(model_folder)


def rows(path):
    return score(model, path).to_csv(header=False, index=False)


if __name__ == "__main__":
    with multiprocessing.Pool(int(workers), load) as pool, open(output, "w") as file:
        for text in pool.imap(rows, input_files(input_folder)):
            file.write(text)
