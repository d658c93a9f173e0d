"""A copy of the runtime in a folder of its own, as the executor writes one out; importable by the tests."""
import atexit
import os
import shutil
import sys
import tempfile

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Sources", "BatchWorkers", "Runtime")
FOLDER = tempfile.mkdtemp(prefix="batchstudio-runtime-")
RUNTIME = os.path.join(FOLDER, "runtime")

shutil.copytree(SOURCES, RUNTIME, ignore=shutil.ignore_patterns("__pycache__"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
sys.path.insert(0, RUNTIME)
