"""Models of an MLflow tracking folder, database or server: listed and downloaded by MLflow itself.

`tracking.py list` and `tracking.py download URI FOLDER` print a line of JSON each thing found, or {"error": …}.
Where and with which credentials is in MLFLOW_TRACKING_URI and its like.
"""
import json
import os
import sys

MOST = 1000


def main(command, *arguments):
    # MLflow 3 refuses folders unless told that they are meant; these are only read.
    os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        for answer in {"list": models, "download": download}[command](*arguments):
            answers.write(json.dumps(answer) + "\n")
    except Exception as error:
        answers.write(json.dumps({"error": sentence(error)}) + "\n")
    answers.flush()
    # MLflow leaves threads that would be waited for.
    os._exit(0)


def download(uri, folder):
    import mlflow.artifacts
    # A registered model lands in the folder itself: its name is what people see.
    folder = os.path.join(folder, "model")
    os.makedirs(folder)
    yield {"path": mlflow.artifacts.download_artifacts(artifact_uri=uri, dst_path=folder)}


def models():
    from mlflow import MlflowClient
    client = MlflowClient()
    for version in client.search_model_versions(max_results=MOST):
        # The search leaves these out where the server is old.
        aliases = list(getattr(version, "aliases", None) or [])
        yield {
            "uri": "models:/{}/{}".format(version.name, version.version),
            "name": version.name,
            "version": str(version.version),
            "run": version.run_id or None,
            "aliases": [str(alias) for alias in aliases],
            "stage": version.current_stage if version.current_stage not in (None, "None") else None,
            "created": version.creation_timestamp,
        }
    experiments = [experiment.experiment_id for experiment in client.search_experiments(max_results=MOST)]
    if not experiments:
        return
    for run in client.search_runs(experiments, max_results=MOST):
        for name in logged_models(client, run):
            yield {
                "uri": "runs:/{}/{}".format(run.info.run_id, name),
                "name": name,
                "version": None,
                "run": run.info.run_id,
                "aliases": [],
                "stage": None,
                "created": run.info.start_time,
            }


def logged_models(client, run):
    """Return the names under which models were logged in a run: in its tags up to MLflow 2, as outputs since MLflow 3."""
    names = []
    try:
        history = json.loads(run.data.tags.get("mlflow.log-model.history", "[]"))
        names += [entry["artifact_path"] for entry in history]
    except (ValueError, KeyError, TypeError):
        pass
    for output in getattr(getattr(run, "outputs", None), "model_outputs", None) or []:
        names.append(client.get_logged_model(output.model_id).name)
    return sorted(set(names))


def sentence(error):
    text = str(error).strip().split("\n")[0] or type(error).__name__
    code, _, rest = text.partition(": ")
    return rest if rest and code.isupper() and " " not in code else text


if __name__ == "__main__":
    main(*sys.argv[1:])
