"""Makes the data and the model of the throughput benchmark: 20 numeric columns, a logistic pipeline, seeds fixed."""
import pathlib
import sys

import mlflow.sklearn
import numpy as np
import pandas as pd
from mlflow.models import infer_signature
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def make(folder, rows, files):
    """Write `rows` rows in `files` CSV files, and a model trained on the first 20,000."""
    features, labels = make_classification(n_samples=rows, n_features=20, n_informative=10, random_state=7)
    frame = pd.DataFrame(np.round(features, 6), columns=[f"f{number:02d}" for number in range(20)])
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(frame[:20_000], labels[:20_000])
    signature = infer_signature(frame[:100], model.predict(frame[:100]))
    mlflow.sklearn.save_model(model, str(folder / "model"), signature=signature)
    (folder / "input").mkdir()
    step = rows // files
    for number in range(files):
        part = frame[number * step:(number + 1) * step]
        part.to_csv(folder / "input" / f"part-{number:04d}.csv", index=False)


if __name__ == "__main__":
    make(pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
