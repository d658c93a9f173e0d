"""The works that are compared: inputs and models, made with fixed seeds, kept in a folder until all contenders are through.

    python works.py FOLDER WORK [--rows N]
"""
import argparse
import pathlib
import sys

import mlflow.pyfunc
import mlflow.sklearn
import numpy
import pandas
from mlflow.models import ModelSignature, infer_signature
from mlflow.types import Schema, TensorSpec
from sklearn.datasets import make_classification
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

COLUMNS = [f"f{number:02d}" for number in range(20)]
IMAGE_SIDE = 64
IMAGE_MODEL = pathlib.Path(__file__).resolve().parent / "image_model.py"


def table(rows):
    """Return 20 columns of numbers with labels: `rows` of them, the same for the same number."""
    features, labels = make_classification(n_samples=rows, n_features=20, n_informative=10, random_state=7)
    return pandas.DataFrame(numpy.round(features, 6), columns=COLUMNS), labels


def save_table_model(folder, estimator, frame, labels):
    model = estimator.fit(frame[:20_000], labels[:20_000])
    signature = infer_signature(frame[:100], model.predict(frame[:100]))
    # skops, MLflow's default, refuses the trees of scikit-learn.
    mlflow.sklearn.save_model(model, str(folder / "model"), signature=signature, serialization_format="cloudpickle")


def logistic():
    return make_pipeline(StandardScaler(), LogisticRegression())


def boosting():
    return HistGradientBoostingClassifier(max_iter=300, early_stopping=False, random_state=7)


def write_tables(folder, frame, files, extension):
    folder.mkdir()
    step = len(frame) // files
    for number in range(files):
        part = frame[number * step:(number + 1) * step]
        path = folder / f"part-{number:05d}.{extension}"
        part.to_csv(path, index=False) if extension == "csv" else part.to_parquet(path, index=False)


def make_tables(folder, estimator, rows, files, extension="csv"):
    frame, labels = table(rows)
    save_table_model(folder, estimator, frame, labels)
    write_tables(folder / "input", frame, files, extension)


def make_images(folder, images):
    """Write PNG images, lighter or darker than a half, and a model that classifies them."""
    from PIL import Image

    random = numpy.random.default_rng(7)
    labels = random.integers(0, 2, images)
    (folder / "input").mkdir()
    pixels = []
    for number, label in enumerate(labels):
        noise = random.integers(0, 128, (IMAGE_SIDE, IMAGE_SIDE, 3)) + 127 * label
        image = noise.astype(numpy.uint8)
        Image.fromarray(image).save(folder / "input" / f"image-{number:05d}.png")
        if number < 500:
            pixels.append(image.reshape(-1) / 255)
    sys.path.insert(0, str(IMAGE_MODEL.parent))
    from image_model import ImageClassifier

    classifier = LogisticRegression(max_iter=500).fit(pixels, labels[:500])
    shape = (-1, IMAGE_SIDE, IMAGE_SIDE, 3)
    signature = ModelSignature(
        inputs=Schema([TensorSpec(numpy.dtype("uint8"), shape)]), outputs=Schema([TensorSpec(numpy.dtype("int64"), (-1,))])
    )
    mlflow.pyfunc.save_model(str(folder / "model"), python_model=ImageClassifier(classifier), signature=signature,
                             code_paths=[str(IMAGE_MODEL)], pip_requirements=requirements())


def requirements():
    from importlib.metadata import version

    return [f"{name}=={version(name)}" for name in ["mlflow", "scikit-learn", "pandas", "pillow", "cloudpickle"]]


# Each work: how to make it from the folder and the number of rows, and the rows of a full and of a quick run.
WORKS = {
    "csv, logistic": (lambda folder, rows: make_tables(folder, logistic(), rows, 100), 1_000_000, 200_000),
    "csv, boosting": (lambda folder, rows: make_tables(folder, boosting(), rows, 100), 1_000_000, 200_000),
    "parquet, logistic": (lambda folder, rows: make_tables(folder, logistic(), rows, 100, "parquet"), 1_000_000, 200_000),
    "parquet, boosting": (lambda folder, rows: make_tables(folder, boosting(), rows, 100, "parquet"), 1_000_000, 200_000),
    "small csv, logistic": (lambda folder, rows: make_tables(folder, logistic(), rows, rows // 100), 1_000_000, 100_000),
    "small csv, boosting": (lambda folder, rows: make_tables(folder, boosting(), rows, rows // 100), 1_000_000, 100_000),
    "images, logistic": (lambda folder, rows: make_images(folder, rows), 5_000, 1_000),
}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("--rows", type=int)
    arguments = parser.parse_args()
    make, rows, _ = WORKS[arguments.work]
    make(arguments.folder, arguments.rows or rows)
