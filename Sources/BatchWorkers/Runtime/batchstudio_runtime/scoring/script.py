"""The scoring script: imported once, then asked for init(), run() and what else it defines."""
import importlib.util
import logging
import os
import sys

from batchstudio_runtime.scoring import azureml_shim


class ScoringScript:
    def __init__(self, path, code_dir, model_dir, arguments):
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
                raise TypeError("{} defines no {}()".format(os.path.basename(path), name))
        self.run = self._module.run
        self.init = self._module.init

    def preload(self):
        """Load what all workers share, if the script knows how."""
        self._call_if_defined("preload")

    def shutdown(self):
        self._call_if_defined("shutdown")

    def check(self, paths, seconds):
        """Return the error, or None, of each file that the script could look at in this time."""
        return self._call_if_defined("check", paths, seconds) or {}

    def _call_if_defined(self, name, *arguments):
        function = getattr(self._module, name, None)
        return function(*arguments) if callable(function) else None


def import_file(path):
    name = os.path.splitext(os.path.basename(path))[0]
    if name in sys.modules:
        name = "scoring_script"
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    # As after an import statement: pickle finds the classes that a script defines by this name.
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def set_up_logging(arguments):
    """Write log records of the deployment's level and above to standard error."""
    level = "info"
    for option, value in zip(arguments, arguments[1:]):
        if option == "--logging_level":
            level = value
    logging.basicConfig(
        level=getattr(logging, level.upper(), logging.INFO),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
