"""Models without a signature: types are inferred once, from a sample of all files, and hold for every file."""
import json
import os
import unittest
from typing import List
from unittest import mock

import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import files, inference
from batchstudio_runtime.inputs.cells import BadCell
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.inference import UnknownColumns
from batchstudio_runtime.inputs.read_options import ReadOptions

try:
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pyarrow = None


class InferenceTestCase(InputTestCase):
    def setUp(self):
        super().setUp()
        self.notes: List[str] = []
        self.sample: List[str] = []
        for name, stand_in in (("note", self.notes.append), ("sample_of_input", lambda limit: self.sample[:limit])):
            patch = mock.patch.object(files.runtime, name, stand_in)
            patch.start()
            self.addCleanup(patch.stop)

    def reader(self, **options):
        return FileReader(None, ReadOptions(options), self.path("input_types.json"))

    def types(self, *contents, **options):
        """Returns the types that are inferred from these files, with the note about them."""
        self.sample = [self.write(f"{index}.csv", content) for index, content in enumerate(contents)]
        reader = self.reader(**options)
        self.assertEqual(reader.check(self.sample[:1], 10), {self.sample[0]: None})
        with open(self.path("input_types.json"), encoding="utf-8") as file:
            kept = json.load(file)
        self.assertEqual(kept["files"], len(contents))
        os.remove(self.path("input_types.json"))
        return {column["name"]: column["type"] for column in kept["columns"]}


class RuleTests(InferenceTestCase):
    def assert_type(self, expected, *texts, **options):
        self.assertEqual(self.types("a,b\n" + "".join(f"{text},x\n" for text in texts), **options)["a"], expected, texts)

    def test_whole_numbers(self):
        self.assert_type("long", "0", "-5", "9223372036854775807", " 7")

    def test_labels_of_digits_are_text(self):
        for text in ("007", "+1", "-01", "9223372036854775808", "00.5", "+1.5"):
            self.assert_type("string", "5", text)

    def test_a_header_of_one_field_leaves_the_delimiter_to_the_lines(self):
        for delimiter in ";\t|":
            self.assertEqual(self.types(f"x{delimiter}y\n1{delimiter}a,b\n2{delimiter}c,d\n"), {"x": "long", "y": "string"})
            self.assertIn("it occurs equally often in each of their first lines", " ".join(self.notes))
        self.assertEqual(self.types("text\na;b\nc\n"), {"text": "string"})

    def test_numbers(self):
        for text in ("1.5", "1e5", "-.5", "inf", "-0"):
            self.assert_type("double", "5", text)

    def test_whole_numbers_with_missing_ones(self):
        self.assert_type("double", "5", "", "9007199254740992")
        self.assert_type("double", "5", "NA")
        self.assert_type("string", "5", "", "9007199254740993")
        self.assert_type("string", "5.5", "9007199254740993")

    def test_truth(self):
        self.assert_type("boolean", "true", "False", "TRUE")
        self.assert_type("long", "1", "0")
        self.assert_type("string", "true", "1")

    def test_texts(self):
        for text in ("x", "2024-05-01", "0x10", "1,5".join(['"', '"']), "5 %"):
            self.assert_type("string", "5", text)

    def test_missing_cells_alone(self):
        self.assert_type("double", "", "NA")

    def test_given_types(self):
        self.assert_type("string", "5", types={"a": "string"})
        self.assert_type("datetime", "2024-05-01", types={"a": "datetime"})


class JobTests(InferenceTestCase):
    def test_all_files_of_the_sample_count(self):
        self.assertEqual(self.types("zip,n\n123,1\n", "n,zip\n2.5,00501\n"), {"zip": "string", "n": "double"})
        self.assertEqual(self.notes, [
            "The model has no signature. Types were inferred from 2 files: zip is text, n is a number."
            " Give others with read_options.types."
        ])

    def test_every_file_has_the_types_that_were_kept(self):
        a, b = self.write("a.csv", "zip,n\n123,1\n"), self.write("b.csv", "n,zip\n2,00501\n")
        self.sample = [a, b]
        self.reader().check([a], 10)
        self.sample = []
        expected = {"zip": pandas.Series(["123"], dtype="str"), "n": [1]}
        self.assert_columns(self.reader().read(a), expected)
        # By the names and in the order of the first file: a model that takes positions gets the same ones.
        self.assert_columns(self.reader().read(b), {"zip": pandas.Series(["00501"], dtype="str"), "n": [2]})

    def test_a_file_that_does_not_fit_fails(self):
        a = self.write("a.csv", "n,m\n1,2\n")
        self.sample = [a]
        reader = self.reader()
        reader.check([a], 10)
        with self.assertRaises(BadCell) as raised:
            reader.read(self.write("b.csv", "n,m\n2,3\n1.5,3\n"))
        self.assertEqual(
            str(raised.exception),
            "column 'n', row 2 (line 3): '1.5' is not a whole number; the types inferred from the input (or given as"
            " read_options.types) say long",
        )
        with self.assertRaisesRegex(UnknownColumns, "no type is known for column 'k'"):
            reader.read(self.write("c.csv", "n,m,k\n1,2,3\n"))
        self.assert_columns(reader.read(self.write("d.csv", "m\n3\n")), {"m": [3]})

    def test_texts_and_missing_cells_reach_the_model_as_pandas_has_them(self):
        content = "a,b,c,d\nx,1.5,true,\nNA,,false,\n,2,true,\n"
        a = self.write("a.csv", content)
        frame = self.reader().read(a)
        expected = pandas.read_csv(a, keep_default_na=False, na_values={"a": [""], "b": [""], "d": [""]})
        pandas.testing.assert_frame_equal(frame, expected)

    def test_without_a_sample_the_first_file_tells(self):
        self.assert_columns(self.reader().read(self.write("a.csv", "n\n1\n")), {"n": [1]})

    def test_a_file_that_can_not_be_read_is_no_part_of_the_sample(self):
        self.sample = [self.write("bad.csv", "n,m\n1\n"), self.write("b.doc", "x"), self.write("c.csv", "n,m\n1,2\n")]
        reader = self.reader()
        checked = reader.check(self.sample, 10)
        self.assertEqual([type(error).__name__ for error in checked.values()], ["NoneType", "UnsupportedFileType", "NoneType"])
        self.assertIn("from 1 file:", self.notes[0])

    def test_files_without_names_have_positions(self):
        self.assert_columns(self.reader(header=False).read(self.write("a.csv", "1,2\n3,4\n")), {0: [1, 3], 1: [2, 4]})

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_numbers_of_typed_files_have_the_type_that_holds_all(self):
        tables = [
            pyarrow.table({"n": pyarrow.array([1], pyarrow.int32()), "x": [1], "m": [1], "s": pyarrow.nulls(1), "v": [[1]]}),
            pyarrow.table({"n": [2 ** 53 + 1], "x": [1.5], "m": pyarrow.array([None], "int64"), "s": ["a"], "v": [[0.5]]}),
        ]
        self.sample = [self.path("a.parquet"), self.path("b.parquet")]
        for table, path in zip(tables, self.sample):
            pyarrow.parquet.write_table(table, path)
        frames = [self.reader().read(path) for path in self.sample]
        self.assertEqual([str(dtype) for dtype in frames[0].dtypes[:4]], ["int64", "float64", "float64", "str"])
        pandas.testing.assert_series_equal(frames[0].dtypes, frames[1].dtypes)
        self.assertEqual(frames[1]["n"].tolist(), [2 ** 53 + 1])
        self.assertEqual([frame["v"][0].tolist() for frame in frames], [[1.0], [0.5]])
        self.assertIn("from 2 files: n is a whole number, x is a number, m is a number, s is text", self.notes[0])

    def test_lines_of_json_and_text_have_one_type(self):
        self.sample = [
            self.write("a.jsonl", '{"x": 1, "s": null}\n'), self.write("b.jsonl", '{"x": 2.5, "s": "u"}\n'),
            self.write("c.csv", "x,s\n3,7\n"),
        ]
        frames = [self.reader().read(path) for path in self.sample]
        self.assertEqual([frame["x"].tolist() for frame in frames], [[1.0], [2.5], [3.0]])
        self.assertEqual({str(frame["x"].dtype) for frame in frames}, {"float64"})
        self.assertEqual([frame["s"].tolist() for frame in frames[1:]], [["u"], ["7"]])

    def test_typed_files_are_sampled_up_to_a_size(self):
        self.sample = [self.write("a.jsonl", '{"x": 1}\n'), self.write("b.jsonl", '{"x": 2.5}\n')]
        with mock.patch.object(inference, "TYPED_BYTES", 10):
            self.reader().check(self.sample, 10)
        self.assertIn("from 1 file: x is a whole number.", self.notes[0])

    def test_the_first_typed_file_tells(self):
        table = pandas.DataFrame({"n": [1, 2], "s": ["a", None], "x": [1.5, 2.5]})
        paths = [self.path("a.parquet"), self.path("b.parquet")]
        table.to_parquet(paths[0])
        table.assign(n=["1", "2"]).to_parquet(paths[1])
        self.sample = paths
        reader = self.reader()
        pandas.testing.assert_frame_equal(reader.read(paths[0]), pandas.read_parquet(paths[0]))
        with self.assertRaisesRegex(TypeError, "column 'n' is (large_)?string in the file"):
            reader.read(paths[1])


if __name__ == "__main__":
    unittest.main()
