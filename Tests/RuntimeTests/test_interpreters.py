"""The core needs no more than the standard library of any Python from 3.6 on: models of years ago still run."""
import glob
import os
import shutil
import unittest

from runtime_test_case import RETURN_NAMES, RuntimeTestCase

MINOR_VERSIONS = range(6, 15)


def interpreters():
    """Return the interpreter of each minor version that is installed."""
    found = {}
    for minor in MINOR_VERSIONS:
        installed = sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.{}.*/bin/python".format(minor))))
        python = installed[-1] if installed else shutil.which("python3.{}".format(minor))
        if python:
            found["3.{}".format(minor)] = python
    return found


class InterpreterTests(RuntimeTestCase):
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
