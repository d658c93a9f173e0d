"""Models of well-known flavors loaded without MLflow, whose import takes longer than anything else of a cold start.

Only where the MLmodel file says nothing that is not understood here, and only after `light_proof.py` has found that both ways
predict the same. Tables that MLflow's check of the input might change, and those that the model raises on, go through MLflow,
which is imported for the first of them.
"""
import importlib
import json
import os
import pickle
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Set

import pandas

from batchstudio_runtime.inputs.columns import DTYPES

# What an MLmodel file may say: keys that do not change how the model is loaded or called, and those that must be empty.
PLAIN_KEYS = {
    "artifact_path", "databricks_runtime", "env_vars", "flavors", "mlflow_version", "model_id", "model_size_bytes", "model_uuid",
    "run_id", "saved_input_example_info", "signature", "utc_time_created",
}
EMPTY_KEYS = {"auth_policy", "is_signature_from_type_hint", "metadata", "prompts", "resources", "type_hint_from_example"}
PLAIN_PYFUNC_KEYS = {"data", "env", "loader_module", "model_path", "predict_fn", "python_version"}
EMPTY_PYFUNC_KEYS = {"code", "config", "model_config", "streamable"}


class LightColumn(NamedTuple):
    """A column of a signature, with the names that MLflow's has."""

    name: str
    type: str
    required: bool


class LightSchema:
    """The columns of a signature."""

    def __init__(self, entries: List[Dict[str, Any]]) -> None:
        self._entries = entries
        self.inputs = [LightColumn(entry["name"], entry["type"], entry.get("required", True)) for entry in entries]

    def is_tensor_spec(self) -> bool:
        return False

    def to_dict(self) -> List[Dict[str, Any]]:
        return self._entries


class LightMetadata:
    """What the MLmodel file says of a model."""

    signature = None  # of its parameters: there are none

    def __init__(self, flavors: Dict[str, Any], schema: LightSchema) -> None:
        self.flavors = flavors
        self._schema = schema

    def get_input_schema(self) -> LightSchema:
        return self._schema


class LightModel:
    """A model that is called as MLflow's is, and calls MLflow's where that might make a difference."""

    def __init__(self, metadata: LightMetadata, model: Any, predict: Callable[[Any], Any], load_slow: Callable[[], Any]) -> None:
        self.metadata = metadata
        self._raw_model = model
        self._predict_fn = predict
        self._load_slow = load_slow
        self._slow: Any = None
        self._columns = [column.name for column in metadata.get_input_schema().inputs]
        self._types = [DTYPES[column.type] for column in metadata.get_input_schema().inputs]

    def get_raw_model(self) -> Any:
        return self._raw_model

    def predict(self, content: Any) -> Any:
        """Returns the model's predictions, as MLflow's predict() does."""
        if self.fits(content):
            try:
                return self._predict_fn(content)
            except MemoryError:
                raise
            except Exception:
                pass  # the error that MLflow raises is the one that counts
        if self._slow is None:
            self._slow = self._load_slow()
        return self._slow.predict(content)

    def fits(self, content: Any) -> bool:
        """Returns True for a table with exactly the signature's columns and types, which MLflow's check leaves as it is."""
        return (
            isinstance(content, pandas.DataFrame) and list(content.columns) == self._columns
            and list(map(str, content.dtypes)) == self._types
        )


def light_model(folder: str, load_slow: Callable[[], Any]) -> Optional[LightModel]:
    """Returns the model in this folder, None where only MLflow knows how it is loaded and called.

    `load_slow` loads it through MLflow.
    """
    described = description(folder)
    schema = described and plain_schema(described.get("signature"))
    if not described or not schema:
        return None
    flavors = described["flavors"]
    loader = LOADERS.get(flavors["python_function"].get("loader_module"))
    if loader is None or not is_only(loader.plain_keys, loader.empty_keys, flavors.get(loader.flavor)):
        return None
    loaded = loader.load(folder, flavors[loader.flavor], flavors["python_function"])
    if loaded is None:
        return None
    model, predict = loaded
    return LightModel(LightMetadata(flavors, schema), model, predict, load_slow)


def description(folder: str) -> Optional[Dict[str, Any]]:
    """Returns what the MLmodel file says, None where it says anything that is not known to be of no consequence here."""
    try:
        yaml: Any = importlib.import_module("yaml")
        with open(os.path.join(folder, "MLmodel"), encoding="utf-8") as file:
            described = yaml.safe_load(file)
    except Exception:
        return None
    if not is_only(PLAIN_KEYS, EMPTY_KEYS, described) or not isinstance(described.get("flavors"), dict):
        return None
    function = described["flavors"].get("python_function")
    return described if is_only(PLAIN_PYFUNC_KEYS, EMPTY_PYFUNC_KEYS, function) else None


def is_only(plain: Set[str], empty: Set[str], mapping: Any) -> bool:
    """Returns True for a mapping with no other keys than these, the latter without a value."""
    return isinstance(mapping, dict) and all(key in plain or (key in empty and not value) for key, value in mapping.items())


def plain_schema(signature: Any) -> Optional[LightSchema]:
    """Returns the columns of a signature of named numbers and booleans without parameters, None for any other."""
    if not isinstance(signature, dict) or signature.get("params") or set(signature) - {"inputs", "outputs", "params"}:
        return None
    try:
        entries = json.loads(signature["inputs"])
        names = [entry["name"] for entry in entries]
        is_plain = all(set(entry) <= {"type", "name", "required"} and entry["type"] in DTYPES for entry in entries)
    except (KeyError, TypeError, ValueError):
        return None
    return LightSchema(entries) if entries and is_plain and len(set(names)) == len(names) else None


def load_sklearn(folder: str, flavor: Dict[str, Any], function: Dict[str, Any]) -> Any:
    model = unpickled(os.path.join(folder, flavor["pickled_model"]), flavor)
    name = function.get("predict_fn") or "predict"
    predict = getattr(model, name, None) if name in ("predict", "predict_proba", "predict_log_proba") else None
    return None if predict is None else (model, predict)


def load_xgboost(folder: str, flavor: Dict[str, Any], function: Dict[str, Any]) -> Any:
    import xgboost

    kind = flavor.get("model_class", "xgboost.core.Booster")
    if not kind.startswith("xgboost.") or (function.get("predict_fn") or "predict") != "predict":
        return None
    module, _, name = kind.rpartition(".")
    model = getattr(importlib.import_module(module), name)()
    model.load_model(os.path.join(folder, flavor["data"]))
    if isinstance(model, xgboost.Booster):
        return model, lambda table: model.predict(xgboost.DMatrix(table))
    return model, model.predict


def load_lightgbm(folder: str, flavor: Dict[str, Any], function: Dict[str, Any]) -> Any:
    import lightgbm

    kind = flavor.get("model_class", "lightgbm.basic.Booster")
    if not kind.startswith("lightgbm.") or (function.get("predict_fn") or "predict") != "predict":
        return None
    path = os.path.join(folder, flavor["data"])
    model = lightgbm.Booster(model_file=path) if kind == "lightgbm.basic.Booster" else unpickled(path, flavor)
    return None if model is None else (model, model.predict)


def unpickled(path: str, flavor: Dict[str, Any]) -> Any:
    """Returns the object of a file in one of scikit-learn's formats, None where MLflow has to decide whether it is read."""
    if "MLFLOW_ALLOW_PICKLE_DESERIALIZATION" in os.environ:
        return None
    kind = flavor.get("serialization_format", "pickle")
    if kind == "skops":
        import skops.io

        return skops.io.load(path, trusted=flavor.get("skops_trusted_types"))
    if kind not in ("pickle", "cloudpickle"):
        return None
    with open(path, "rb") as file:
        return pickle.load(file)


class Loader(NamedTuple):
    """How the models of a flavor are loaded: `load` returns the model and its way to predict a table, or None."""

    flavor: str
    plain_keys: Set[str]
    empty_keys: Set[str]
    load: Callable[[str, Dict[str, Any], Dict[str, Any]], Any]


LOADERS = {
    "mlflow.sklearn": Loader(
        "sklearn", {"pickled_model", "serialization_format", "skops_trusted_types", "sklearn_version"}, {"code"}, load_sklearn
    ),
    "mlflow.xgboost": Loader(
        "xgboost", {"data", "model_class", "model_format", "xgb_version"}, {"code"}, load_xgboost
    ),
    "mlflow.lightgbm": Loader(
        "lightgbm", {"data", "lgb_version", "model_class", "serialization_format", "skops_trusted_types"}, {"code"}, load_lightgbm
    ),
}
