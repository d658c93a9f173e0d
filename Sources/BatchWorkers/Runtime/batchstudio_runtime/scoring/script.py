"""The scoring script: imported once; its init(), run() and optional functions are called."""
import importlib.util
import logging
import os
import sys
from types import ModuleType
from typing import Any, Dict, List, Optional

from batchstudio_runtime.scoring import azureml_shim


class ScoringScript:
    """A scoring script that is imported: its init() and run(), and what it may define beside them."""

    def __init__(self, path: str, code_dir: Optional[str], model_dir: Optional[str], arguments: List[str]) -> None:
        if code_dir:
            sys.path.insert(0, code_dir)
        sys.argv = [path] + arguments
        if model_dir:
            os.environ["AZUREML_MODEL_DIR"] = model_dir
        set_up_logging(arguments)
        azureml_shim.offer()
        self._module = import_file(path)
        for name in ("init", "run"):
            if not callable(getattr(self._module, name, None)):
                raise TypeError(f"{os.path.basename(path)} defines no {name}()")
        self.run = self._module.run
        self.init = self._module.init

    def preload(self) -> None:
        """Loads what all workers share, if the script defines preload()."""
        self._call_if_defined("preload")

    def shutdown(self) -> None:
        self._call_if_defined("shutdown")

    def check(self, paths: List[str], seconds: float) -> Dict[str, Optional[BaseException]]:
        """Returns the error, or None, of each file that the script could check in this time."""
        return self._call_if_defined("check", paths, seconds) or {}

    def _call_if_defined(self, name: str, *arguments: object) -> Any:
        function = getattr(self._module, name, None)
        return function(*arguments) if callable(function) else None


def import_file(path: str) -> ModuleType:
    name = os.path.splitext(os.path.basename(path))[0]
    if name in sys.modules:
        name = "scoring_script"
    specification = importlib.util.spec_from_file_location(name, path)
    if specification is None or specification.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(specification)
    # As after an import statement: pickle finds the classes that a script defines by this name.
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def set_up_logging(arguments: List[str]) -> None:
    """Writes log records of the deployment's level and above to standard error."""
    level = "info"
    for option, value in zip(arguments, arguments[1:]):
        if option == "--logging_level":
            level = value
    logging.basicConfig(
        level=getattr(logging, level.upper(), logging.INFO),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
