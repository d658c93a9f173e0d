"""The script that a user would write: one process, pandas and MLflow, a file after the other, a large one in chunks."""
import sys

import mlflow.pyfunc
from scoring import chunks, column_types, input_files, score

model_folder, input_folder, output = sys.argv[1:4]
model = mlflow.pyfunc.load_model(model_folder)
with open(output, "w") as file:
    for path in input_files(input_folder):
        for first, part in chunks(path, column_types(model)):
            score(model, path, first, part).to_csv(file, header=False, index=False)
