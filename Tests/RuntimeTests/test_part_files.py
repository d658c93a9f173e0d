"""Files of their own for parts, as scripts get them."""
import glob
import os
import signal
import time
import unittest

from executor import TIMEOUT
from runtime_test_case import RuntimeTestCase

READ = """
import os, time
def init():
    pass
def run(mini_batch):
    rows = []
    for path in mini_batch:
        with open(path) as file:
            rows.append(path + "|" + file.read().replace("\\n", " "))
    while os.path.exists("wait"):
        time.sleep(0.01)
    return rows
"""
PART = (1, 2, 6, 10, 1, 2, 2, 2)  # of the file below: "3" and "4"


class PartFileTests(RuntimeTestCase):
    def setUp(self):
        super().setUp()
        self.executor.write("input/a.csv", "x\n1\n2\n3\n4\n")
        self.work = self.executor.path("work")
        os.mkdir(self.work)
        self.host = self.executor.host(READ)

    def new_worker(self):
        return self.host.worker(work_dir=self.work, part_files=True)

    def folders(self):
        return set(glob.glob(os.path.join(self.work, "batchstudio-part-*")))

    def new_folder(self, before=()):
        """Returns the folder of a part that is being scored."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            found = self.folders() - set(before)
            if found:
                return found.pop()
            time.sleep(0.01)
        raise AssertionError("no part has a file")

    def test_they_are_in_the_folder_of_the_job_while_they_are_scored(self):
        worker = self.new_worker()
        path, content = worker.rows(worker.run(["a.csv"], part=PART)).strip().split("|")
        self.assertEqual(content, "x 3 4")
        self.assertEqual(os.path.basename(path), "a.csv")
        self.assertEqual(os.path.dirname(os.path.dirname(path)), self.work)
        self.assertEqual(self.folders(), set())

    def test_those_of_a_killed_worker_are_removed_when_another_starts(self):
        self.executor.write("work/wait", "")
        killed, other = self.new_worker(), self.new_worker()
        killed.send_run(killed.lines(["a.csv"], PART))
        left = self.new_folder()
        other.send_run(other.lines(["a.csv"], PART))
        used = self.new_folder([left])
        os.kill(killed.pid, signal.SIGKILL)
        self.host.connection.expect("exited")
        self.assertEqual(self.folders(), {left, used})
        self.new_worker()
        self.assertEqual(self.folders(), {used})
        os.remove(os.path.join(self.work, "wait"))
        other.connection.expect("done")


if __name__ == "__main__":
    unittest.main()
