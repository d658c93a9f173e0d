"""Files of a job as the generated script reads them: partitions without a signature, and the first rows of an input."""
import os
import unittest
from typing import Any, Dict, List, Tuple

import installed_runtime  # noqa: F401
import pandas
import pyarrow
import pyarrow.parquet
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.manifest import Manifest
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.mini_batch import MiniBatch

DOUBLE = [{"type": "double", "name": "a", "required": True}]
TENSOR = [{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 1]}}]


class FileReaderTestCase(InputTestCase):
    def setUp(self):
        super().setUp()
        self.names = []
        self.addCleanup(setattr, CurrentJob, "job", None)

    def add(self, name, content):
        """Adds an input file: columns of a Parquet file, a text or bytes."""
        self.names.append(name)
        path = self.path("in/" + name)
        if isinstance(content, dict):
            pyarrow.parquet.write_table(pyarrow.table(content), path)
        else:
            self.write("in/" + name, content)

    def reader(self, entries, **options):
        """Returns the reader of a new worker of the job whose input these files are."""
        lines = "".join("{}\t-1\t{}\n".format(os.path.getsize(self.path("in/" + name)), name) for name in self.names)
        manifest = Manifest(self.write("manifest.tsv", lines), self.path("in"))
        CurrentJob.job = Job({"job": "j", "input_root": self.path("in"), "read_options": options}, manifest)
        return FileReader(entries, ReadOptions(options), self.path("input_types.json"))

    def read_all(self, entries, **options):
        reader = self.reader(entries, **options)
        with MiniBatch(0, []):
            return [reader.read(self.path("in/" + name)) for name in self.names]


class PartitionTests(FileReaderTestCase):
    def test_without_a_signature_partitions_follow_the_files_columns(self):
        self.add("year=2023/zip=99999/x.parquet", {"a": [1.5]})
        self.add("year=2024/zip=01234/x.parquet", {"a": [2.5, 3.5]})
        first, second = self.read_all(None)
        self.assert_columns(first, {"a": [1.5], "year": [2023], "zip": ["99999"]})
        self.assert_columns(second, {"a": [2.5, 3.5], "year": [2024] * 2, "zip": ["01234"] * 2})

    def test_the_types_of_partitions_are_those_of_all_names(self):
        self.add("k=1/x.csv", "a\n1\n")
        self.add("k=x/x.csv", "a\n2\n")
        self.add("k=__HIVE_DEFAULT_PARTITION__/x.csv", "a\n3\n")
        self.assertEqual([frame["k"].tolist() for frame in self.read_all(None)[:2]], [["1"], ["x"]])
        self.assertTrue(pandas.isna(self.read_all(None)[2]["k"][0]))

    def test_a_model_with_a_signature_gets_what_it_names(self):
        self.add("a=7/x.csv", "b\n1\n2\n")
        self.assert_columns(self.read_all(DOUBLE)[0], {"a": [7.0, 7.0]})

    def test_files_without_a_header_have_numbers_among_the_names_of_paths(self):
        self.add("year=2024/5=7/x.csv", "a,1\nb,2\n")
        cases: List[Tuple[Dict[str, Any], List[Any]]] = [
            ({}, [0, 1]), ({"rename": {"1": "n"}}, [0, "n"]), ({"rename": {"1": "3"}}, [0, "3"]),
        ]
        for options, names in cases:
            frame, = self.read_all(None, header=False, include_path_column=True, **options)
            values = [["a", "b"], [1, 2], [2024] * 2, [7] * 2, self.names * 2]
            self.assert_columns(frame, dict(zip(names + ["year", "5", "Path"], values)))
            os.remove(self.path("input_types.json"))

    def test_a_file_without_any_of_the_columns_fails_though_they_are_optional(self):
        optional = [dict(DOUBLE[0], required=False), {"type": "long", "name": "n", "required": False}]
        for name, content in (("x.csv", "1.5,2\n3,4\n"), ("x.parquet", {"b": [1]}), ("x.jsonl", '{"b": 1}\n')):
            self.add(name, content)
        reader = self.reader(optional)
        for name, present in zip(self.names, ("1.5, 2", "b", "b")):
            path = self.path("in/" + name)
            message = f"columns 'a', 'n' are missing; the model's signature needs: a, n; the file has: {present}"
            self.assertEqual([str(reader.read_or_error(path)), str(reader.check([path], 1)[path])], [message] * 2)
        self.add("n=3/x.csv", "b\n1\n")
        self.assert_columns(self.reader(optional).read(self.path("in/n=3/x.csv")), {"n": [3]})

    def test_the_path_is_a_column(self):
        self.add("d/x.csv", "a\n1\n")
        self.assert_columns(self.read_all(None, include_path_column=True)[0], {"a": [1], "Path": ["d/x.csv"]})


class TakeTests(FileReaderTestCase):
    def rows(self, entries, **options):
        return [len(content) for content in self.read_all(entries, **options)]

    def test_rows_are_taken_in_input_order_whatever_the_format(self):
        self.add("b.csv", "a\n1\n2\n")
        self.add("a.parquet", {"a": [1.0, 2.0, 3.0]})
        self.add("c.jsonl", '{"a": 1}\n{"a": 2}\n')
        self.add("d.csv", "a\n1\n")
        self.assertEqual(self.rows(DOUBLE, take=6), [2, 3, 1, 0])
        os.remove(self.path("take.json"))
        self.assertEqual(self.rows(None, take=1), [1, 0, 0, 0])

    def test_a_worker_that_comes_later_takes_the_same_rows(self):
        for name in ("a.csv", "b.csv"):
            self.add(name, "a\n1\n2\n")
        reader = self.reader(DOUBLE, take=3)
        self.assertEqual(reader.check([self.path("in/b.csv")], 1), {self.path("in/b.csv"): None})
        self.write("in/a.csv", "a\n1\n2\n3\n4\n")  # would be counted otherwise
        self.assertEqual(self.rows(DOUBLE, take=3), [2, 1])

    def test_rows_of_tensors_are_counted_without_their_header(self):
        self.add("a.csv", "1\n2\n")
        self.add("b.csv", "a\n3\n4\n")
        self.assertEqual([array.tolist() for array in self.read_all(TENSOR, take=3)], [[[1.0], [2.0]], [[3.0]]])

    def test_files_after_one_that_can_not_be_counted_fail_for_it(self):
        self.add("a.csv", "a\n1\n")
        self.add("b.csv", "a\n1\n2,3\n")
        self.add("c.csv", "a\n1\n2\n")
        reader = self.reader(DOUBLE, take=3)
        a, b, c = (reader.read_or_error(self.path("in/" + name)) for name in self.names)
        self.assertEqual(len(a), 1)
        self.assertEqual(str(b), str(self.reader(DOUBLE).read_or_error(self.path("in/b.csv"))))
        self.assertIn("line 3", str(b))
        self.assertEqual(str(c), f"read_options.take: the rows of b.csv before it can't be counted: {str(b).rstrip('.')}."
                         " Fix that file, or leave it out of the input.")
        # Nothing of it is kept: once the file is fixed another worker counts again.
        self.write("in/b.csv", "a\n1\n")
        self.assertEqual(self.rows(DOUBLE, take=3), [1, 1, 1])

    def test_files_that_are_not_here_yet_are_not_left_out(self):
        self.add("a.csv", "a\n1\n")
        self.add("b.csv", "a\n1\n")
        reader = self.reader(DOUBLE, take=1)
        os.remove(self.path("in/a.csv"))
        self.assertIn("the file is not here yet", str(reader.read_or_error(self.path("in/b.csv"))))


if __name__ == "__main__":
    unittest.main()
