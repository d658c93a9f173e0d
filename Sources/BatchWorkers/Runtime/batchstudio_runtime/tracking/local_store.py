"""Local databases and folders, written by any MLflow: an older one, a server, or one on another machine."""
import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

PREFIX = "sqlite:///"


class NotReadable(Exception):
    """A database that is not MLflow's, or that a newer MLflow wrote."""


def prepared(uri: str, scratch: str) -> str:
    """Returns the URI to read: for an older MLflow's database, that of an upgraded copy."""
    if not uri.startswith(PREFIX):
        return uri
    path = uri[len(PREFIX):].partition("?")[0]
    from mlflow.store.db.utils import _get_latest_schema_revision
    revision = schema_revision(path)
    if revision == _get_latest_schema_revision():
        return uri
    return PREFIX + upgraded_copy(path, revision, scratch)


def schema_revision(path: str) -> str:
    """Returns the revision of the schema; MLflow itself would create its tables in any database."""
    try:
        connection = sqlite3.connect(Path(path).as_uri() + "?mode=ro", uri=True)
        try:
            revision: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            return revision
        finally:
            connection.close()
    except (sqlite3.Error, TypeError) as error:
        raise NotReadable(f"it is not an MLflow database ({error})") from error


def upgraded_copy(path: str, revision: str, scratch: str) -> str:
    """Copies a database and upgrades the copy: the original is never changed, since the user's MLflow could not read it then."""
    import mlflow
    import sqlalchemy
    from alembic.util.exc import CommandError
    from mlflow.store.db.utils import _upgrade_db
    copy = os.path.join(scratch, "mlflow.db")
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    try:
        _upgrade_db(sqlalchemy.create_engine(PREFIX + copy))
    except CommandError as error:
        raise NotReadable(
            f"its schema {revision} is not known to MLflow {mlflow.__version__}: a newer version wrote it"
        ) from error
    return copy


def find_artifacts_beside(uri: str) -> None:
    """Makes MLflow find artifacts in `mlruns` and `mlartifacts` beside a local store, where MLflow and its server write them.

    The store has their absolute paths, which are wrong after a move, or `mlflow-artifacts:/…`, which only its server can read.
    """
    from mlflow.store.artifact import artifact_repository_registry
    from mlflow.store.artifact.local_artifact_repo import LocalArtifactRepository
    path = uri[len(PREFIX):].partition("?")[0] if uri.startswith(PREFIX) else unquote(urlparse(uri).path)
    beside = os.path.dirname(path)

    def repository(artifact_uri: str, *arguments: Any, **options: Any) -> Any:
        path = local_artifacts(artifact_uri, beside)
        return LocalArtifactRepository(Path(os.path.abspath(path)).as_uri(), *arguments, **options)

    for scheme in ("", "file", "mlflow-artifacts"):
        artifact_repository_registry._artifact_repository_registry.register(scheme, repository)


def local_artifacts(uri: str, beside: str) -> str:
    """Returns the path of artifacts as stored, or as found in the folder when that path does not exist."""
    parts = urlparse(uri)
    path = unquote(parts.path) if parts.scheme else uri
    if parts.scheme == "mlflow-artifacts":
        return os.path.join(beside, "mlartifacts", path.lstrip("/"))
    for name in ("mlruns", "mlartifacts"):
        before, found, rest = path.rpartition("/" + name + "/")
        moved = os.path.join(beside, name, rest)
        if found and before != beside and not os.path.exists(path) and os.path.exists(moved):
            return moved
    return path
