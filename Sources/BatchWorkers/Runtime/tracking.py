"""Models of an MLflow tracking folder, database or server: listed and downloaded by MLflow itself.

`tracking.py list` prints a line of JSON for each model, `tracking.py download URI FOLDER` one with its path; both print
{"error": …} when they fail. MLFLOW_TRACKING_URI and the like name the place and the credentials.
"""
import json
import os
import shutil
import sys
import tempfile
from typing import Any, Callable, Dict, Iterator

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)
from batchstudio_runtime.tracking import listing, local_store  # noqa: E402
from batchstudio_runtime.tracking.reasons import reason  # noqa: E402

# An object of JSON.
Answer = Dict[str, Any]

# MLflow's own waits two minutes for each of seven attempts.
DEFAULTS = {
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "20",
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    # MLflow 3 refuses folders without this; they are only read.
    "MLFLOW_ALLOW_FILE_STORE": "true",
}


def main(command: str, *arguments: str) -> None:
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    scratch = tempfile.mkdtemp(prefix="batchstudio-tracking-")
    try:
        open_place(os.environ["MLFLOW_TRACKING_URI"], scratch)
        for answer in COMMANDS[command](*arguments):
            answers.write(json.dumps(answer) + "\n")
    except Exception as error:
        failure = reason(error)
        answers.write(json.dumps({"error": failure.sentence, "kind": failure.kind}) + "\n")
    answers.flush()
    shutil.rmtree(scratch, ignore_errors=True)
    # A regular exit would wait for the threads that MLflow leaves.
    os._exit(0)


def open_place(uri: str, scratch: str) -> None:
    import mlflow
    if uri.startswith((local_store.PREFIX, "file:")):
        mlflow.set_tracking_uri(local_store.prepared(uri, scratch))
        local_store.find_artifacts_beside(uri)


def models() -> Iterator[Answer]:
    from mlflow import MlflowClient
    return (model._asdict() for model in listing.models(MlflowClient()))


def download(uri: str, folder: str) -> Iterator[Answer]:
    import mlflow.artifacts
    # A registered model is written to the folder itself: its name is what users see.
    folder = os.path.join(folder, "model")
    os.makedirs(folder)
    yield {"path": mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder)}


COMMANDS: Dict[str, Callable[..., Iterator[Answer]]] = {"list": models, "download": download}

if __name__ == "__main__":
    main(*sys.argv[1:])
