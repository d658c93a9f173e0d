"""The models that MLflow keeps: registered versions, logged models, and models of runs before MLflow 3."""
import json
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

PAGE_SIZE = 200
HISTORY = "mlflow.log-model.history"


class TrackedModel(NamedTuple):
    """A model that MLflow keeps; registered ones have a version."""

    uri: str
    name: str
    run: Optional[str]
    created: Optional[int]  # milliseconds since 1970
    version: Optional[str] = None
    aliases: Sequence[str] = ()
    stage: Optional[str] = None


def models(client: Any) -> Iterator[TrackedModel]:
    """Yields each model, registered versions first."""
    named = aliases(client)
    for version in pages(client.search_model_versions):
        stage = version.current_stage
        yield TrackedModel(
            f"models:/{version.name}/{version.version}", version.name, version.run_id or None, version.creation_timestamp,
            version=str(version.version), aliases=named.get((version.name, str(version.version)), []),
            stage=stage if stage not in (None, "None") else None,
        )
    experiments = [experiment.experiment_id for experiment in pages(client.search_experiments)]
    for start in range(0, len(experiments), PAGE_SIZE):
        some = experiments[start:start + PAGE_SIZE]
        yield from logged_models(client, some)
        yield from models_of_runs(client, some)


def logged_models(client: Any, experiments: List[str]) -> Iterator[TrackedModel]:
    """Yields the finished models that MLflow 3 keeps beside its runs."""
    from mlflow.exceptions import MlflowException
    try:
        for model in pages(client.search_logged_models, experiment_ids=experiments):
            if model.status == "READY":
                run = model.source_run_id or None
                yield TrackedModel(f"models:/{model.model_id}", model.name, run, model.creation_timestamp)
    except MlflowException as error:
        # A server of MLflow 2 has none.
        if error.error_code not in ("ENDPOINT_NOT_FOUND", "RESOURCE_DOES_NOT_EXIST", "NOT_FOUND", "NOT_IMPLEMENTED"):
            raise


def models_of_runs(client: Any, experiments: List[str]) -> Iterator[TrackedModel]:
    """Yields the models that clients before MLflow 3 have logged: artifacts of a run, named in one of its tags."""
    wanted = f"tags.`{HISTORY}` LIKE '%'"
    for run in pages(client.search_runs, experiment_ids=experiments, filter_string=wanted):
        try:
            names = {str(item["artifact_path"]) for item in json.loads(run.data.tags[HISTORY])}
        except (ValueError, KeyError, TypeError):
            continue
        for name in sorted(names):
            yield TrackedModel(f"runs:/{run.info.run_id}/{name}", name, run.info.run_id or None, run.info.start_time)


def aliases(client: Any) -> Dict[Tuple[str, str], List[str]]:
    """Returns the aliases of each registered version, by name and version; the search for versions leaves them out."""
    named: Dict[Tuple[str, str], List[str]] = {}
    for model in pages(client.search_registered_models):
        for alias, version in (getattr(model, "aliases", None) or {}).items():
            named.setdefault((model.name, str(version)), []).append(str(alias))
    return named


def pages(search: Callable[..., Any], **arguments: Any) -> Iterator[Any]:
    """Yields the results of a search, page by page."""
    token = None
    while True:
        page = search(max_results=PAGE_SIZE, page_token=token, **arguments)
        yield from page
        token = page.token
        if not token:
            return
