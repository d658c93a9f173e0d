"""Files of a job that one worker writes and all read."""
import errno
import json
import multiprocessing
import os
import resource
import signal
import unittest
from unittest import mock

import installed_runtime  # noqa: F401
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import job_file
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.job_file import JobFile, NotKept
from batchstudio_runtime.inputs.read_options import ReadOptions


def publish(path, number, results):
    results.put(JobFile(path).publish({"number": number})["number"])


def write_half(path):
    """Ends as a killed worker does, in the middle of its writing."""
    with mock.patch.object(job_file.os, "fsync", lambda _: os.kill(os.getpid(), signal.SIGKILL)):
        JobFile(path).publish({"number": 1, "more": "x" * 1000})


class JobFileTests(InputTestCase):
    def test_the_first_to_publish_is_read_by_all(self):
        file = JobFile(self.path("types.json"))
        self.assertIsNone(file.read())
        self.assertEqual([file.publish(value) for value in ([1], [2])], [[1], [1]])
        self.assertEqual(JobFile(self.path("types.json")).read(), [1])
        self.assertEqual(os.listdir(self.folder), ["types.json"])

    def test_processes_that_publish_at_once_agree(self):
        context = multiprocessing.get_context("fork")
        for round in range(10):
            path = self.path(f"types-{round}.json")
            results = context.SimpleQueue()
            processes = [context.Process(target=publish, args=(path, number, results)) for number in range(8)]
            for process in processes:
                process.start()
            found = [results.get() for _ in processes]
            for process in processes:
                process.join()
            with open(path, encoding="utf-8") as file:
                self.assertEqual(found, [json.load(file)["number"]] * 8)
        self.assertEqual([name for name in os.listdir(self.folder) if "partial" in name], [])

    def test_a_killed_worker_leaves_nothing_that_stays(self):
        killed = multiprocessing.get_context("fork").Process(target=write_half, args=(self.path("types.json"),))
        killed.start()
        killed.join()
        self.assertEqual(killed.exitcode, -signal.SIGKILL)
        self.assertIsNone(JobFile(self.path("types.json")).read())
        self.assertEqual(JobFile(self.path("types.json")).publish({"number": 2}), {"number": 2})
        self.assertEqual(os.listdir(self.folder), ["types.json"])

    def test_what_can_not_be_written_leaves_nothing(self):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            with self.assertRaises(NotKept) as raised:
                JobFile(self.path("types.json")).publish({"number": 1})
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        self.assertEqual((raised.exception.errno, raised.exception.filename), (errno.EFBIG, self.path("types.json")))
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_input_file_is_not_to_blame(self):
        path = self.write("in/a.csv", "n\n1\n")
        types = os.path.join(self.folder, "gone", "input_types.json")
        for options in (ReadOptions(), ReadOptions({"take": 1})):
            reader = FileReader(None, options, types)
            with self.assertRaises(NotKept) as raised:
                reader.read_or_error(path)
            self.assertEqual(raised.exception.errno, errno.ENOENT)
            with self.assertRaises(NotKept) as raised:
                reader.check([path], 1)
            self.assertEqual(raised.exception.errno, errno.ENOENT)


if __name__ == "__main__":
    unittest.main()
