"""The types of a model without a signature are the same in all workers, whatever files each of them gets first."""
import errno
import json
import os
import unittest
from unittest import mock

import installed_runtime  # noqa: F401
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import inferred_types
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.inferred_types import SampleNotRead
from batchstudio_runtime.inputs.manifest import Manifest
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.mini_batch import MiniBatch


class AgreementTestCase(InputTestCase):
    def setUp(self):
        super().setUp()
        self.addCleanup(setattr, CurrentJob, "job", None)
        batch = MiniBatch(0, [], is_check=True)
        batch.__enter__()
        self.addCleanup(batch.__exit__)

    def worker(self, names, is_remote=False):
        """Returns the reader of a new worker of a job with these files, and their paths."""
        manifest = self.write("manifest.tsv", "".join(f"-1\t-1\t{name}\n" for name in names))
        reasons = self.path("reasons") if is_remote else None
        CurrentJob.job = Job({"job": "j", "input_root": self.path("in"), "reasons": reasons},
                             Manifest(manifest, self.path("in"), reasons))
        return FileReader(None, ReadOptions(), self.path("input_types.json")), [self.path("in/" + name) for name in names]

    def kept(self):
        with open(self.path("input_types.json"), encoding="utf-8") as file:
            content = json.load(file)
        return {column["name"]: column["type"] for column in content["columns"]}, content["files"]


class RemoteTests(AgreementTestCase):
    names = ["a.csv", "b.csv", "c.csv", "d.csv"]

    def test_the_files_of_the_check_are_the_sample(self):
        for name, text in zip(self.names, ("1", "2", "1.5", "007")):
            self.write("in/" + name, f"n\n{text}\n")
        reader, paths = self.worker(self.names, is_remote=True)
        # The others are here as well, though they might not have been.
        reader.check(paths[:2], 10)
        self.assertEqual(self.kept(), ({"n": "long"}, 2))

    def test_workers_without_a_check_agree(self):
        self.write("in/b.csv", "n\n2.5\n")
        first, paths = self.worker(self.names, is_remote=True)
        self.assertEqual(first.read(paths[1])["n"].tolist(), [2.5])
        for name in self.names:
            self.write("in/" + name, "n\n7\n")
        second, _ = self.worker(self.names, is_remote=True)
        self.assertEqual(second.read(paths[0])["n"].dtype, "float64")

    def test_the_first_files_that_are_here_tell_and_not_the_workers_own(self):
        self.write("in/a.csv", "n\nx\n")
        self.write("in/d.csv", "n\n1\n")
        reader, paths = self.worker(self.names, is_remote=True)
        self.assertEqual(reader.read(paths[3])["n"].tolist(), ["1"])
        self.assertEqual(self.kept(), ({"n": "string"}, 2))

    def test_types_that_another_worker_published_meanwhile_are_taken(self):
        self.write("in/a.csv", "n\n1\n")
        reader, paths = self.worker(self.names, is_remote=True)
        read = inferred_types.inference.TypesFile.read

        def read_before_it_is_there(file):
            found = read(file)
            content = {"files": 3, "columns": [{"name": "n", "type": "string", "required": False}]}
            self.write("input_types.json", json.dumps(content))
            return found

        with mock.patch.object(inferred_types.inference.TypesFile, "read", read_before_it_is_there):
            self.assertEqual(reader.read(paths[0])["n"].tolist(), ["1"])


class SampleTests(AgreementTestCase):
    def test_a_file_that_the_system_can_not_read_ends_the_inference(self):
        self.write("in/a.csv", "n\n1\n")
        os.symlink("b.csv", self.path("in/b.csv"))
        reader, paths = self.worker(["a.csv", "b.csv"])
        with mock.patch.object(inferred_types.job_input, "sample", lambda limit: paths), \
                mock.patch.object(inferred_types, "PAUSE", 0), self.assertRaises(SampleNotRead) as raised:
            reader.read_or_error(paths[0])
        self.assertEqual((raised.exception.errno, raised.exception.filename), (errno.ELOOP, "b.csv"))
        self.assertFalse(os.path.exists(self.path("input_types.json")))

    def test_a_file_that_can_be_read_at_a_further_attempt_counts(self):
        self.write("in/a.csv", "n\n1\n")
        os.symlink("b.csv", self.path("in/b.csv"))
        reader, paths = self.worker(["a.csv", "b.csv"])

        def repair(seconds):
            os.unlink(paths[1])
            self.write("in/b.csv", "n\n007\n")

        with mock.patch.object(inferred_types.job_input, "sample", lambda limit: paths), \
                mock.patch.object(inferred_types.time, "sleep", repair):
            self.assertEqual(reader.read(paths[0])["n"].tolist(), ["1"])
        self.assertEqual(self.kept(), ({"n": "string"}, 2))

    def test_a_file_that_is_gone_is_no_part_of_the_sample(self):
        self.write("in/b.csv", "n\n1\n")
        reader, paths = self.worker(["a.csv", "b.csv"])
        self.assertEqual(reader.read(paths[1])["n"].tolist(), [1])
        self.assertEqual(self.kept(), ({"n": "long"}, 1))


if __name__ == "__main__":
    unittest.main()
