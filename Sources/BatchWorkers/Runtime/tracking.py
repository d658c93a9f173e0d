"""Models of an MLflow tracking folder, database or server: listed and downloaded by MLflow itself.

`tracking.py list` and `tracking.py download URI FOLDER` print a line of JSON each thing found, or {"error": …}.
Where and with which credentials is in MLFLOW_TRACKING_URI and its like.
"""
import json
import os
import shutil
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)
from batchstudio_runtime.tracking import listing, local_store  # noqa: E402
from batchstudio_runtime.tracking.reasons import reason  # noqa: E402

# MLflow's own waits two minutes for each of seven attempts.
DEFAULTS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    # MLflow 3 refuses folders unless told that they are meant; these are only read.
    "MLFLOW_ALLOW_FILE_STORE": "true",
}


def main(command, *arguments):
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    scratch = tempfile.mkdtemp(prefix="batchstudio-tracking-")
    try:
        open_place(os.environ["MLFLOW_TRACKING_URI"], scratch)
        for answer in {"list": models, "download": download}[command](*arguments):
            answers.write(json.dumps(answer) + "\n")
    except Exception as error:
        text, kind = reason(error)
        answers.write(json.dumps({"error": text, "kind": kind}) + "\n")
    answers.flush()
    shutil.rmtree(scratch, ignore_errors=True)
    # MLflow leaves threads that would be waited for.
    os._exit(0)


def open_place(uri, scratch):
    import mlflow
    if uri.startswith((local_store.PREFIX, "file:")):
        mlflow.set_tracking_uri(local_store.prepared(uri, scratch))
        local_store.find_artifacts_beside(uri)


def models():
    from mlflow import MlflowClient
    return listing.models(MlflowClient())


def download(uri, folder):
    import mlflow.artifacts
    # A registered model lands in the folder itself: its name is what users see.
    folder = os.path.join(folder, "model")
    os.makedirs(folder)
    yield {"path": mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder)}


if __name__ == "__main__":
    main(*sys.argv[1:])
