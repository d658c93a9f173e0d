"""The formats of an output beyond plain CSV."""
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zlib
from typing import Any, List
from unittest import mock

from installed_runtime import RUNTIME

sys.path.insert(0, RUNTIME)
import batchstudio_runtime  # noqa: E402,F401
from batchstudio_runtime.outputs import formats  # noqa: E402

try:
    import numpy
    import pandas
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pyarrow = None


class HeaderTests(unittest.TestCase):
    def columns(self, result):
        return formats.named("csv_with_header").encode(result).columns

    def test_dicts_have_their_keys(self):
        self.assertEqual(self.columns([{"a": 1}, {"b": 2, "a": 3}]), ["a", "b"])

    def test_items_without_names_are_numbered(self):
        self.assertEqual(self.columns(["text"]), ["column_0"])
        self.assertEqual(self.columns(['a,"b,c"']), ["column_0", "column_1"])
        self.assertEqual(self.columns([[1, 2], [3]]), ["column_0", "column_1"])

    def test_no_rows_have_no_columns(self):
        self.assertIsNone(self.columns([]))

    @unittest.skipIf(pyarrow is None, "there is no pandas")
    def test_frames_and_tables_have_their_names(self):
        self.assertEqual(self.columns(pandas.DataFrame({"row": [1], 2: [3]})), ["row", "2"])
        self.assertEqual(self.columns(pandas.Series([1], name="score")), ["score"])
        self.assertEqual(self.columns(pyarrow.table({"x": [1]})), ["x"])
        self.assertEqual(self.columns(numpy.zeros((2, 3))), ["column_0", "column_1", "column_2"])


class JSONLinesTests(unittest.TestCase):
    def objects(self, result):
        scored = formats.named("jsonl").encode(result)
        lines = scored.data.decode("utf-8").splitlines()
        self.assertEqual(scored.rows, len(lines))
        return [list(json.loads(line).items()) for line in lines]

    def test_dicts(self):
        self.assertEqual(self.objects([{"b": 1, "a": "ü"}, {"c": [1, None], "b": float("nan")}]), [
            [("b", 1), ("a", "ü"), ("c", None)], [("b", None), ("a", None), ("c", [1, None])]])

    def test_texts_that_are_objects_are_lines(self):
        self.assertEqual(self.objects(['{"z": 1}\n', ' {"y": 2}']), [[("z", 1)], [("y", 2)]])

    def test_other_items_are_numbered(self):
        self.assertEqual(self.objects(["text", [1, True]]), [
            [("column_0", "text"), ("column_1", None)], [("column_0", 1), ("column_1", True)]])

    def test_none_is_an_error(self):
        with self.assertRaisesRegex(TypeError, "returned NoneType"):
            self.objects(None)

    @unittest.skipIf(pyarrow is None, "there is no pandas")
    def test_frames(self):
        frame = pandas.DataFrame({"n": numpy.array([1, 2], "int64"), "x": [0.5, float("nan")],
                                  "when": pandas.to_datetime(["2026-01-02", None]), "list": [[1], {"a": 2}]})
        self.assertEqual(self.objects(frame), [
            [("n", 1), ("x", 0.5), ("when", "2026-01-02 00:00:00"), ("list", [1])],
            [("n", 2), ("x", None), ("when", None), ("list", {"a": 2})]])
        self.assertEqual(self.objects(numpy.array([[1, 2]])), [[("column_0", 1), ("column_1", 2)]])
        self.assertEqual(self.objects(pyarrow.table({"x": [1, None]})), [[("x", 1)], [("x", None)]])

    @unittest.skipIf(pyarrow is None, "there is no pandas")
    def test_a_column_that_comes_twice_is_refused(self):
        with self.assertRaisesRegex(ValueError, "two columns of the rows are named 'x'"):
            self.objects(pandas.DataFrame([[1, 2]], columns=["x", "x"]))


@unittest.skipIf(pyarrow is None, "there is no pyarrow")
class ParquetTests(unittest.TestCase):
    def join(self, *results, damaged=()):
        """Return the table of the results of mini-batches, or the words with which it is refused."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path, listing = os.path.join(folder.name, "segment"), []
        with open(path, "wb") as segment:
            for number, result in enumerate(results):
                data = formats.named("parquet").encode(result).data
                crc = zlib.crc32(data) ^ (number in damaged)
                listing.append(f"{number}\t{segment.tell()}\t{len(data)}\t{crc}\t{path}")
                segment.write(data)
        names = os.path.join(folder.name, "list")
        with open(names, "w") as file:
            file.write("".join(line + "\n" for line in listing))
        output = os.path.join(folder.name, "out.parquet")
        done = subprocess.run([sys.executable, "-I", os.path.join(RUNTIME, "parquet_join.py"), names, output],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return pyarrow.parquet.read_table(output) if done.returncode == 0 else done.stdout

    def test_rows_are_joined_in_order(self):
        table = self.join(pandas.DataFrame({"name": ["a", "b"], "x": [1, 2]}), [], [{"name": "c", "x": 3}])
        self.assertEqual(table.to_pydict(), {"name": ["a", "b", "c"], "x": [1, 2, 3]})

    def test_mini_batches_whose_bytes_have_changed_are_all_named(self):
        words = self.join([{"x": 1}], [{"x": 2}], [{"x": 3}], damaged=(0, 2))
        self.assertEqual(words, "damaged mini-batches: 0 2\n")

    def test_rows_of_more_bytes_than_one_read_returns(self):
        import parquet_join  # Needs pyarrow.
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "segment")
        with open(path, "wb") as segment:
            segment.write(b"before" + bytes(range(256)))
        entries = [parquet_join.Entry(0, 6, 256, zlib.crc32(bytes(range(256))), path.encode()),
                   parquet_join.Entry(1, 200, 256, 0, path.encode())]
        descriptor, read = os.open(path, os.O_RDONLY), os.pread
        self.addCleanup(os.close, descriptor)
        with mock.patch.object(os, "pread", lambda file, count, offset: read(file, min(count, 100), offset)):
            whole, short = [parquet_join.Bytes(descriptor, entry) for entry in entries]
            self.assertEqual(whole.read(), bytes(range(256)))
            self.assertEqual(parquet_join.checksum_of(parquet_join.Bytes(descriptor, entries[0])), (256, entries[0].checksum))
            self.assertEqual(len(short.read()), 62)

    def test_missing_values_and_wider_numbers_are_taken_in(self):
        table = self.join([{"x": 1}], [{"x": None}], [{"x": 2.5}])
        self.assertEqual(table.to_pydict(), {"x": [1.0, None, 2.5]})

    def test_sparse_columns_are_written(self):
        frame = pandas.DataFrame({"a": pandas.arrays.SparseArray([0.0, 1.5]), "b": ["x", "y"]})
        self.assertEqual(self.join(frame).to_pydict(), {"a": [0.0, 1.5], "b": ["x", "y"]})

    def test_columns_that_do_not_fit_are_refused_with_the_mini_batch(self):
        words = self.join([{"x": 1}], [{"x": "text"}])
        self.assertIn("The rows of mini-batch 1 do not go into one table", words)
        self.assertIn("Columns so far: x int64; of this mini-batch: x string", words)

    def test_whole_numbers_beyond_64_bits_are_decimals(self):
        cases: List[List[Any]] = [
            [[{"x": 2 ** 64}], [{"x": 1}], [{"x": None}]], [[{"x": 1}], [{"x": 2 ** 64}]],
            [pandas.DataFrame({"x": pandas.Series([1, -2 ** 63 - 1], dtype=object)})],
            [[{"x": 2 ** 64}], pandas.DataFrame({"x": numpy.array([2 ** 64 - 1], "uint64")})],
        ]
        for results in cases:
            values = [value for result in results for value in pandas.DataFrame(result, dtype=object)["x"]]
            with self.subTest(str(values)):
                self.assertEqual(self.join(*results).column("x").to_pylist(), values)

    def test_whole_numbers_that_no_decimal_holds_are_refused(self):
        with self.assertRaisesRegex(ValueError, "more than 64 bits"):
            self.join([{"x": 10 ** 38}])
        with self.assertRaisesRegex(ValueError, "more than 64 bits"):
            self.join([{"x": 2 ** 64}, {"x": 0.5}])

    def test_parts_of_a_mini_batch_are_several_streams(self):
        arrow = formats.named("parquet")
        parts = [arrow.encode(pandas.DataFrame({"x": [value]})) for value in (1, 2)]
        self.assertEqual(arrow.joined(parts).rows, 2)

    def test_many_rows_are_several_row_groups(self):
        table = self.join(numpy.arange(70000), numpy.arange(70000))
        self.assertEqual(table.num_rows, 140000)


if __name__ == "__main__":
    unittest.main()
