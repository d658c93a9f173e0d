"""The base of tests of hosts and workers: an executor that is closed, with all its processes, when a test ends."""
import os
import unittest

from executor import Executor

RETURN_NAMES = """
import os
def init():
    pass
def run(mini_batch):
    return [os.path.basename(path) for path in mini_batch]
"""


class RuntimeTestCase(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.executor = Executor()
        self.addCleanup(self.executor.close)

    def worker(self, script=RETURN_NAMES, op="fork", files=("a.csv", "b.csv", "c.csv"), **start):
        """Return a worker of a new host that is ready to score these input files."""
        self.inputs(*files)
        return self.executor.host(script).worker(op, **start)

    def inputs(self, *names):
        for name in names:
            self.executor.write(os.path.join("input", name), "content of " + name)
