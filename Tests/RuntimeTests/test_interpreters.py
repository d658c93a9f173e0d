"""The core needs no more than the standard library of any Python from 3.6 on: models of years ago still run."""
import glob
import os
import shutil
import subprocess
import unittest

from executor import RUNTIME
from runtime_test_case import RETURN_NAMES, RuntimeTestCase

MINOR_VERSIONS = range(6, 15)
COMPILE = """
import os, sys
paths = [os.path.join(folder, name) for folder, _, names in os.walk(sys.argv[1]) for name in names if name.endswith(".py")]
for path in paths:
    with open(path, encoding="utf-8") as file:
        compile(file.read(), path, "exec")
print(len(paths))
"""


def interpreters():
    """Return the interpreter of each minor version that is installed."""
    found = {}
    for minor in MINOR_VERSIONS:
        installed = sorted(glob.glob(os.path.expanduser(f"~/.pyenv/versions/3.{minor}.*/bin/python")))
        python = installed[-1] if installed else shutil.which(f"python3.{minor}")
        if python:
            found[f"3.{minor}"] = python
    return found


class InterpreterTests(RuntimeTestCase):
    def test_each_module_has_the_syntax_of_each_python(self):
        for version, python in interpreters().items():
            with self.subTest(version):
                compiled = subprocess.run([python, "-B", "-c", COMPILE, RUNTIME], stdout=subprocess.PIPE, check=True)
                self.assertGreater(int(compiled.stdout), 100)

    def test_a_script_is_scored_by_each_python(self):
        for version, python in interpreters().items():
            with self.subTest(version):
                host = self.executor.host(RETURN_NAMES, python=python)
                self.inputs("a.csv", "b.csv")
                self.assertTrue(host.hello["python"].startswith(version))
                worker = host.worker()
                self.assertEqual(worker.rows(worker.run(["a.csv", "b.csv"])), "a.csv\nb.csv\n")
                worker.stop()
                self.assertEqual(host.connection.expect("exited")["status"], 0)
                self.assertEqual(worker.stderr() + host.log(), "")


if __name__ == "__main__":
    unittest.main()
