"""A substitute for the few names of `azureml` that old scoring scripts import for logging and run context.

It is found only where the real packages are not installed. Other names are refused with the reason.
"""
import json
import logging
import os
import sys
import time
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, Dict, Iterable, Optional, Sequence

if TYPE_CHECKING:
    from typing import NoReturn

WHY = "batchstudio runs jobs on this machine, without Azure, and replaces `azureml` only as far as scripts log with it"
LOGGER = logging.getLogger("azureml")


class CurrentRun:
    """The job that runs, and the file that takes its metrics."""

    name = "batchstudio"
    metrics: Optional[str] = None


def offer() -> None:
    """Lets scripts import the substitute; finders before it find the real packages first."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.append(Finder())


def begin(job: str, metrics: Optional[str]) -> None:
    """Sets the job that runs, and the file that takes its metrics."""
    CurrentRun.name, CurrentRun.metrics = job, metrics


class NotInShim(RuntimeError):
    pass


def refuse(what: str) -> "NoReturn":
    raise NotInShim(f"{what} is not available: {WHY}. Remove it from the scoring script, or install azureml-core in the "
                    "deployment's environment.")


class Absent:
    """An object that can be imported and passed on, but not used."""

    def __init__(self, what: str) -> None:
        self.__dict__["_what"] = what

    def __getattr__(self, name: str) -> "NoReturn":
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"{self._what}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        refuse(f"{self._what}.{name}")

    def __call__(self, *arguments: object, **named: object) -> None:
        refuse(f"{self._what}()")


class Run:
    """The run context: what is logged goes to the script's log and to the job's metrics."""

    id = property(lambda self: CurrentRun.name)
    number = 1
    tags: Dict[str, str] = {}
    properties: Dict[str, str] = {}
    input_datasets = Absent("Run.input_datasets")
    experiment = property(lambda self: Experiment())
    parent = property(lambda self: Run())

    @staticmethod
    def get_context(allow_offline: bool = True, used_for_context_manager: bool = False, **named: object) -> "Run":
        return Run()

    def get_status(self) -> str:
        return "Running"

    def log(self, name: str, value: Any, description: str = "", step: Optional[int] = None) -> None:
        self._write(name, value)

    def log_list(self, name: str, value: Iterable[Any], description: str = "") -> None:
        self._write(name, list(value))

    def log_row(self, name: str, description: Optional[str] = None, **columns: object) -> None:
        self._write(name, columns)

    def log_table(self, name: str, value: Any, description: str = "") -> None:
        self._write(name, value)

    def log_image(self, name: str, path: Optional[str] = None, plot: Any = None, description: str = "") -> None:
        if plot is not None:
            path = os.path.join(os.path.dirname(CurrentRun.metrics or os.getcwd()), name + ".png")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            plot.savefig(path)
        self._write(name, {"image": str(path)})

    def flush(self, timeout_seconds: float = 300) -> None:
        pass

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"Run.{name}")

    @staticmethod
    def _write(name: str, value: Any) -> None:
        LOGGER.info("metric %s = %s", name, value)
        if CurrentRun.metrics:
            entry = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "name": name, "value": value}
            os.makedirs(os.path.dirname(CurrentRun.metrics), mode=0o700, exist_ok=True)
            with open(CurrentRun.metrics, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(entry, ensure_ascii=False, default=as_json) + "\n")


def as_json(value: Any) -> Any:
    """Returns a NumPy value as Python's, anything else as its text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


class Experiment:
    name = property(lambda self: CurrentRun.name)
    workspace = Absent("Run.experiment.workspace")


class Model:
    """A registered model: only its path is available, and only that of the deployment's own."""

    def __init__(self, *arguments: object, **named: object) -> None:
        refuse("azureml.core.Model()")

    @staticmethod
    def get_model_path(model_name: str, version: Any = None, _workspace: Any = None) -> str:
        folder = os.environ.get("AZUREML_MODEL_DIR", "")
        entries = sorted(os.listdir(folder)) if folder else []
        if model_name in entries:
            return os.path.join(folder, model_name)
        if len(entries) == 1:
            return os.path.join(folder, entries[0])
        found = ", ".join(entries) or "none"
        raise FileNotFoundError(
            f"Model.get_model_path({model_name!r}): AZUREML_MODEL_DIR ({folder}) has no such entry, but {found}"
        )


class EntryScript:
    """The logger and folders that `azureml_user.parallel_run` gives scripts."""

    logger = property(lambda self: logging.getLogger("EntryScript"))
    working_dir = property(lambda self: os.getcwd())
    output_dir = property(lambda self: os.environ.get("AZUREML_BI_OUTPUT_PATH"))
    log_dir = property(lambda self: os.path.dirname(os.path.dirname(CurrentRun.metrics)) if CurrentRun.metrics else os.getcwd())

    @staticmethod
    def get_instance() -> "EntryScript":
        return EntryScript()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        refuse(f"EntryScript.{name}")


class Response:
    """An online endpoint's response; batch scripts may import the name, but make none."""

    def __init__(self, *arguments: object, **named: object) -> None:
        refuse("azureml.contrib.services.AMLResponse()")


def rawhttp(function: Callable[..., Any]) -> Callable[..., Any]:
    return function


CORE: Dict[str, Any] = {"Run": Run, "Model": Model}
CORE.update((name, Absent("azureml.core." + name)) for name in (
    "Workspace", "Dataset", "Datastore", "Environment", "Experiment", "Webservice", "ScriptRunConfig", "VERSION"))
SERVICES = {"AMLRequest": Response, "AMLResponse": Response, "rawhttp": rawhttp}
MODULES: Dict[str, Dict[str, Any]] = {
    "azureml": {},
    "azureml.core": CORE,
    "azureml.core.run": {"Run": Run},
    "azureml.core.model": {"Model": Model},
    "azureml.core.workspace": {"Workspace": CORE["Workspace"]},
    "azureml.core.dataset": {"Dataset": CORE["Dataset"]},
    "azureml.core.environment": {"Environment": CORE["Environment"]},
    "azureml.contrib": {},
    "azureml.contrib.services": SERVICES,
    "azureml.contrib.services.aml_request": SERVICES,
    "azureml.contrib.services.aml_response": SERVICES,
    "azureml_user": {},
    "azureml_user.parallel_run": {"EntryScript": EntryScript},
}


class Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError(f"cannot import name {name!r} from {self.__name__!r}: {WHY}")


class Finder:
    """Finds the substitute's modules; it is the last finder, so that installed packages come first."""

    def find_spec(
        self, name: str, path: Optional[Sequence[str]] = None, target: Optional[ModuleType] = None
    ) -> Optional[ModuleSpec]:
        if name in MODULES:
            loader: Any = self
            return ModuleSpec(name, loader, is_package=True)
        # Only modules below those of the substitute: other packages of that name may be partly installed.
        parent = name.rpartition(".")[0]
        if parent in MODULES and isinstance(sys.modules.get(parent), Module):
            raise ModuleNotFoundError(f"No module named {name!r}: {WHY}", name=name)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__.update(MODULES[module.__name__])
