"""Databases and folders of this machine, whoever wrote them: an older MLflow, a server, or another machine."""
import os
import sqlite3
from pathlib import Path
from urllib.parse import unquote, urlparse

PREFIX = "sqlite:///"


class NotReadable(Exception):
    """A database that is none of MLflow's, or of a later one."""


def prepared(uri, scratch):
    """Return the URI to read instead of this one: a copy that was upgraded, for an older MLflow's database."""
    if not uri.startswith(PREFIX):
        return uri
    path = uri[len(PREFIX):].partition("?")[0]
    from mlflow.store.db.utils import _get_latest_schema_revision
    revision = schema_revision(path)
    if revision == _get_latest_schema_revision():
        return uri
    return PREFIX + upgraded_copy(path, revision, scratch)


def schema_revision(path):
    """Return the revision of the schema; MLflow itself would make its tables in any database."""
    try:
        connection = sqlite3.connect(Path(path).as_uri() + "?mode=ro", uri=True)
        try:
            return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        finally:
            connection.close()
    except (sqlite3.Error, TypeError) as error:
        raise NotReadable(f"it is no database of MLflow ({error})") from error


def upgraded_copy(path, revision, scratch):
    """Copy a database and upgrade the copy: a user's own is never changed, since their MLflow could not read it afterwards."""
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
            f"its schema {revision} is not known to MLflow {mlflow.__version__}: it was written by a newer one"
        ) from error
    return copy


def find_artifacts_beside(uri):
    """Let artifacts be found in `mlruns` and `mlartifacts` beside a local store, where MLflow and its server put them.

    The store has their absolute paths, wrong after a move, or `mlflow-artifacts:/…`, which only its server can read.
    """
    from mlflow.store.artifact import artifact_repository_registry
    from mlflow.store.artifact.local_artifact_repo import LocalArtifactRepository
    path = uri[len(PREFIX):].partition("?")[0] if uri.startswith(PREFIX) else unquote(urlparse(uri).path)
    beside = os.path.dirname(path)

    def repository(artifact_uri, *arguments, **options):
        path = local_artifacts(artifact_uri, beside)
        return LocalArtifactRepository(Path(os.path.abspath(path)).as_uri(), *arguments, **options)

    for scheme in ("", "file", "mlflow-artifacts"):
        artifact_repository_registry._artifact_repository_registry.register(scheme, repository)


def local_artifacts(uri, beside):
    """Return the path of artifacts as stored, or as found in the folder when that path does not exist."""
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
