"""Trains a small model, saves it as MLflow does, and writes data for it to score.

The wine data set comes with scikit-learn: 178 wines of three growers, thirteen measurements each. Half of the wines teach the
model who grew them; the other half, without the answer, becomes a folder of CSV files: what a batch endpoint reads.

    python train_wine.py FOLDER

writes FOLDER/model and FOLDER/unlabeled.
"""

import importlib.metadata
import os
import sys

os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("MLFLOW_LOGGING_LEVEL", "ERROR")

import mlflow.sklearn
from mlflow.models import infer_signature
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FILES = 10

# What the model needs where it is loaded; each is pinned to the version it was trained with.
PACKAGES = ["mlflow", "scikit-learn", "pandas", "numpy", "pyarrow"]


def main(folder):
    wine = load_wine(as_frame=True)
    growers = wine.target.map(lambda number: wine.target_names[number])
    known, unknown, known_growers, unknown_growers = train_test_split(
        wine.data, growers, test_size=0.5, stratify=growers, random_state=1
    )

    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(known, known_growers)
    accuracy = model.score(unknown, unknown_growers)
    print(f"Trained on {len(known)} wines; accuracy on the other {len(unknown)}: {accuracy:.0%}.")

    save_model(model, known, os.path.join(folder, "model"))
    write_files(unknown, os.path.join(folder, "unlabeled"))


def save_model(model, examples, path):
    """The model with its signature: the columns that it takes, and what it answers."""
    mlflow.sklearn.save_model(
        model,
        path,
        signature=infer_signature(examples, model.predict(examples)),
        input_example=examples.head(5),
        pip_requirements=[f"{name}=={importlib.metadata.version(name)}" for name in PACKAGES],
    )
    print(f"Saved the model in {path}.")


def write_files(wines, path):
    """The wines, dealt into files of about the same length."""
    os.makedirs(path)
    for number in range(FILES):
        wines.iloc[number::FILES].to_csv(os.path.join(path, f"wines-{number + 1:02}.csv"), index=False)
    print(f"Wrote {len(wines)} wines into {FILES} files in {path}.")


if __name__ == "__main__":
    main(sys.argv[1])
