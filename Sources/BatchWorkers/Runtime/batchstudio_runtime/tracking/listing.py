"""Lists the models that MLflow keeps: registered versions, logged models, and models of runs before MLflow 3."""
import json

PAGE = 200
HISTORY = "mlflow.log-model.history"


def models(client):
    """Yield an entry each model, registered versions first."""
    named = aliases(client)
    for version in pages(client.search_model_versions):
        stage = version.current_stage
        yield entry(
            f"models:/{version.name}/{version.version}", version.name, version.run_id, version.creation_timestamp,
            version=str(version.version), aliases=named.get((version.name, str(version.version)), []),
            stage=stage if stage not in (None, "None") else None,
        )
    experiments = [experiment.experiment_id for experiment in pages(client.search_experiments)]
    for start in range(0, len(experiments), PAGE):
        some = experiments[start:start + PAGE]
        yield from logged_models(client, some)
        yield from models_of_runs(client, some)


def logged_models(client, experiments):
    """Yield the finished models that MLflow 3 keeps beside its runs."""
    from mlflow.exceptions import MlflowException
    try:
        for model in pages(client.search_logged_models, experiment_ids=experiments):
            if model.status == "READY":
                yield entry("models:/" + model.model_id, model.name, model.source_run_id, model.creation_timestamp)
    except MlflowException as error:
        # A server of MLflow 2 has none.
        if error.error_code not in ("ENDPOINT_NOT_FOUND", "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND", "NOT_IMPLEMENTED"):
            raise


def models_of_runs(client, experiments):
    """Yield the models that clients before MLflow 3 have logged: artifacts of a run, named in one of its tags."""
    wanted = f"tags.`{HISTORY}` LIKE '%'"
    for run in pages(client.search_runs, experiment_ids=experiments, filter_string=wanted):
        try:
            names = {str(item["artifact_path"]) for item in json.loads(run.data.tags[HISTORY])}
        except (ValueError, KeyError, TypeError):
            continue
        for name in sorted(names):
            yield entry(f"runs:/{run.info.run_id}/{name}", name, run.info.run_id, run.info.start_time)


def aliases(client):
    """Return the aliases of each registered version, which the search for versions leaves out."""
    named = {}
    for model in pages(client.search_registered_models):
        for alias, version in (getattr(model, "aliases", None) or {}).items():
            named.setdefault((model.name, str(version)), []).append(str(alias))
    return named


def entry(uri, name, run, created, version=None, aliases=(), stage=None):
    """Return what the program is told of a model."""
    return {
        "uri": uri, "name": name, "version": version, "run": run or None,
        "aliases": list(aliases), "stage": stage, "created": created,
    }


def pages(search, **arguments):
    """Yield what a search finds, page after page."""
    token = None
    while True:
        page = search(max_results=PAGE, page_token=token, **arguments)
        yield from page
        token = page.token
        if not token:
            return
