"""Read options that have no effect: they are noted when the job's input is checked."""
import os
import unittest
from typing import List
from unittest import mock

import installed_runtime  # noqa: F401
import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import files
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.idle_options import DATES, TYPES
from batchstudio_runtime.inputs.read_options import ReadOptions

DOUBLE = [{"type": "double", "name": "a", "required": True}]
TENSOR = [{"type": "tensor", "tensor-spec": {"dtype": "float64", "shape": [-1, 1]}}]


class IdleOptionTests(InputTestCase):
    def notes(self, schema, **options):
        """Returns what is noted when a CSV and a Parquet file are checked."""
        paths = [self.write("year=2024/x.csv", "a,b\n1,2\n"), self.path("year=2024/x.parquet")]
        pandas.DataFrame({"a": [1.0], "c": [2.0]}).to_parquet(paths[1])
        notes: List[str] = []
        with mock.patch.object(files.runtime, "note", notes.append), \
                mock.patch.object(files.job_input, "name_of", lambda path: os.path.relpath(path, self.folder)):
            found = FileReader(schema, ReadOptions(options)).check(paths, 10)
        self.assertIn(None, found.values())
        return [note for note in notes if "no signature" not in note]

    def test_names_that_no_file_has(self):
        self.assertEqual(self.notes(DOUBLE, drop_columns=["b", "c", "year"], rename={"c": "d"}), [])
        self.assertEqual(self.notes(DOUBLE, drop_columns=["B", "b"], rename={"x": "y"}, columns=["a"]), [
            "read_options.rename names what no checked file has: x.",
            "read_options.drop_columns names what no checked file has: B.",
        ])

    def test_types_with_a_signature(self):
        self.assertEqual(self.notes(DOUBLE, types={"a": "long"}), [TYPES])
        self.assertEqual(self.notes(TENSOR, types={"a": "long"}, columns=["a"]), [TYPES])
        self.assertEqual(self.notes(None, types={"b": "long"}), [])

    def test_formats_of_times_without_a_signature(self):
        self.assertEqual(self.notes(None, date_formats="%Y"), [DATES])
        self.assertEqual(self.notes(None, date_formats="%Y", types={"b": "datetime"}), [])
        self.assertEqual(self.notes(DOUBLE, date_formats="%Y"), [])


if __name__ == "__main__":
    unittest.main()
