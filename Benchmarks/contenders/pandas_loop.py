"""The script that a user would write: one process, pandas and MLflow, a file after the other."""
import sys

import mlflow.pyfunc
from scoring import input_files, score

model_folder, input_folder, output = sys.argv[1:4]
model = mlflow.pyfunc.load_model(model_folder)
with open(output, "w") as file:
    for path in input_files(input_folder):
        score(model, path).to_csv(file, header=False, index=False)
