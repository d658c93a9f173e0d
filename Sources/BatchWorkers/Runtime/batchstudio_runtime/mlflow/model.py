"""The loading of an MLflow model."""
import contextlib
import glob
import logging
import os
import sys
import tempfile
from typing import Any, Dict, Iterator

LOGGER = logging.getLogger("batchstudio.mlflow")
# The flavors whose wrapper hands a table over to the library's own predict(), which predicts each row on its own.
TABLE_FLAVORS = ("mlflow.sklearn", "mlflow.xgboost", "mlflow.lightgbm", "mlflow.catboost")


def load_model(model_dir: str, is_light: bool = False) -> Any:
    """Loads the model that is in this folder or one level below, where Azure puts a registered folder.

    `is_light` says that it was proved to predict the same when it is loaded without MLflow.
    """
    folder = model_folder(model_dir)
    model = load_light(folder) if is_light else None
    if model is None:
        model = load_with_mlflow(folder)
    if input_schema(model) is None:
        LOGGER.warning("the model has no signature: the types of the input's columns are inferred from a sample of its files")
    return model


def load_light(folder: str) -> Any:
    """Loads the model without MLflow, or returns None where that fails."""
    from batchstudio_runtime.mlflow.light import light_model

    try:
        return light_model(folder, lambda: load_with_mlflow(folder))
    except Exception:
        LOGGER.warning("the model can't be loaded without MLflow", exc_info=True)
        return None


def load_with_mlflow(folder: str) -> Any:
    # MLflow 2 makes an `mlruns` in the working folder as soon as it is imported, though nothing is tracked here.
    os.environ.setdefault("MLFLOW_TRACKING_URI", "file://" + os.path.join(tempfile.gettempdir(), "mlruns-of-no-use"))
    with without("polars"):
        import mlflow.pyfunc

    # MLflow would compare each installed package with the model's requirements, which takes a third of a second. The
    # environment was built from those requirements, and its lock is kept with the job.
    return mlflow.pyfunc.load_model(folder, suppress_warnings=True)


@contextlib.contextmanager
def without(library: str) -> Iterator[None]:
    """Keeps a library from being imported meanwhile.

    MLflow imports Polars, where it is installed, for data sets that a model never sees. Polars starts threads, and a host that
    has threads can't be forked. A model that needs it imports it itself.
    """
    if library in sys.modules:
        yield
        return
    modules: Dict[str, Any] = sys.modules
    modules[library] = None
    try:
        yield
    finally:
        del modules[library]


def model_folder(model_dir: str) -> str:
    if os.path.exists(os.path.join(model_dir, "MLmodel")):
        return model_dir
    found = sorted(glob.glob(os.path.join(glob.escape(model_dir), "*", "MLmodel")))
    if not found:
        raise FileNotFoundError(f"there is no MLmodel file in {model_dir} or one level below")
    if len(found) > 1:
        raise ValueError(f"there are several models in {model_dir}: {', '.join(found)}")
    return os.path.dirname(found[0])


def input_schema(model: Any) -> Any:
    """Returns the signature's schema of the model's input, None without a signature."""
    metadata = getattr(model, "metadata", None)  # MLflow before 1.2 has none
    return metadata.get_input_schema() if metadata is not None else None
