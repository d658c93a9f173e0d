"""A stand-in for the few names of `azureml` that old scoring scripts import for logging and run context.

It is found only where the real packages are not installed. What it does not have it refuses by name, saying why.
"""
import importlib.machinery
import json
import logging
import os
import sys
import time
import types

WHY = "batchstudio runs jobs on this machine, without Azure, and stands in for `azureml` only as far as scripts log with it"
LOGGER = logging.getLogger("azureml")

_job = {"name": "batchstudio", "metrics": None}


def offer():
    """Let scripts import the stand-in; finders before it find the real packages first."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.append(Finder())


def begin(job, metrics):
    """Tell which job runs, and the file that takes its metrics."""
    _job.update(name=job, metrics=metrics)


class NotInShim(RuntimeError):
    pass


def refuse(what):
    raise NotInShim("{} is not available: {}. Take it out of the scoring script, or install azureml-core in the "
                    "deployment's environment.".format(what, WHY))


class Absent:
    """Something that can be imported and handed around, but not used."""

    def __init__(self, what):
        self.__dict__["_what"] = what

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse("{}.{}".format(self._what, name))

    def __setattr__(self, name, value):
        refuse("{}.{}".format(self._what, name))

    def __call__(self, *arguments, **named):
        refuse("{}()".format(self._what))


class Run:
    """The run context: what is logged goes to the script's log and to the job's metrics."""

    id = property(lambda self: _job["name"])
    number = 1
    tags = {}
    properties = {}
    input_datasets = Absent("Run.input_datasets")
    experiment = property(lambda self: Experiment())
    parent = property(lambda self: Run())

    @staticmethod
    def get_context(allow_offline=True, used_for_context_manager=False, **named):
        return Run()

    def get_status(self):
        return "Running"

    def log(self, name, value, description="", step=None):
        self._write(name, value)

    def log_list(self, name, value, description=""):
        self._write(name, list(value))

    def log_row(self, name, description=None, **columns):
        self._write(name, columns)

    def log_table(self, name, value, description=""):
        self._write(name, value)

    def log_image(self, name, path=None, plot=None, description=""):
        if plot is not None:
            path = os.path.join(os.path.dirname(_job["metrics"] or os.getcwd()), name + ".png")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            plot.savefig(path)
        self._write(name, {"image": str(path)})

    def flush(self, timeout_seconds=300):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse("Run.{}".format(name))

    @staticmethod
    def _write(name, value):
        LOGGER.info("metric %s = %s", name, value)
        if _job["metrics"]:
            entry = {"time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "name": name, "value": value}
            os.makedirs(os.path.dirname(_job["metrics"]), mode=0o700, exist_ok=True)
            with open(_job["metrics"], "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(entry, ensure_ascii=False, default=as_json) + "\n")


def as_json(value):
    """Return a NumPy value as Python's, anything else as its text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


class Experiment:
    name = property(lambda self: _job["name"])
    workspace = Absent("Run.experiment.workspace")


class Model:
    """A registered model: only its path can be had, and only that of the deployment's own."""

    def __init__(self, *arguments, **named):
        refuse("azureml.core.Model()")

    @staticmethod
    def get_model_path(model_name, version=None, _workspace=None):
        folder = os.environ.get("AZUREML_MODEL_DIR")
        entries = sorted(os.listdir(folder)) if folder else []
        if model_name in entries:
            return os.path.join(folder, model_name)
        if len(entries) == 1:
            return os.path.join(folder, entries[0])
        raise FileNotFoundError(
            "Model.get_model_path({!r}): AZUREML_MODEL_DIR ({}) has no such entry, but {}".format(
                model_name, folder, ", ".join(entries) or "none"))


class EntryScript:
    """What `azureml_user.parallel_run` gives scripts for their logging and folders."""

    logger = property(lambda self: logging.getLogger("EntryScript"))
    working_dir = property(lambda self: os.getcwd())
    output_dir = property(lambda self: os.environ.get("AZUREML_BI_OUTPUT_PATH"))
    log_dir = property(lambda self: os.path.dirname(os.path.dirname(_job["metrics"])) if _job["metrics"] else os.getcwd())

    @staticmethod
    def get_instance():
        return EntryScript()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        refuse("EntryScript.{}".format(name))


class Response:
    """An online endpoint's answer; a batch script that imports the name of habit makes none."""

    def __init__(self, *arguments, **named):
        refuse("azureml.contrib.services.AMLResponse()")


def rawhttp(function):
    return function


CORE = {"Run": Run, "Model": Model}
CORE.update((name, Absent("azureml.core." + name)) for name in (
    "Workspace", "Dataset", "Datastore", "Environment", "Experiment", "Webservice", "ScriptRunConfig", "VERSION"))
SERVICES = {"AMLRequest": Response, "AMLResponse": Response, "rawhttp": rawhttp}
MODULES = {
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


class Module(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError("cannot import name {!r} from {!r}: {}".format(name, self.__name__, WHY))


class Finder:
    """Finds the stand-in's modules; asked last of all, so that installed packages win."""

    def find_spec(self, name, path=None, target=None):
        if name in MODULES:
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        # Only what a script asks for from the stand-in itself: other packages of that name may be partly installed.
        parent = name.rpartition(".")[0]
        if parent in MODULES and isinstance(sys.modules.get(parent), Module):
            raise ModuleNotFoundError("No module named {!r}: {}".format(name, WHY), name=name)
        return None

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        module.__dict__.update(MODULES[module.__name__])
