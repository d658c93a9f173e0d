"""What a person would write: one process, pandas and MLflow, a file after the other. The peer of the throughput benchmark."""
import os
import pathlib
import sys

import mlflow.pyfunc
import pandas as pd

model = mlflow.pyfunc.load_model(sys.argv[1])
with open(sys.argv[3], "w") as output:
    for path in sorted(pathlib.Path(sys.argv[2]).glob("*.csv")):
        # Typed, since MLflow refuses a column of doubles that happens to hold whole numbers only.
        frame = pd.read_csv(path, dtype=float)
        rows = pd.DataFrame({"row": range(len(frame)), "prediction": model.predict(frame), "file": os.path.basename(path)})
        rows.to_csv(output, header=False, index=False)
