"""Columns from paths: partitions of folders, MLTable's patterns, the path itself, and the first rows of an input."""
import json
import os
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas
import pyarrow
import pyarrow.parquet
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.cells import BadCell
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.headers import MissingColumns
from batchstudio_runtime.inputs.path_columns import PathColumns
from batchstudio_runtime.inputs.path_tables import PathTables
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.take import RowsUnknown, Take
from batchstudio_runtime.inputs.typed_tables import TypedReader


class NameTests(unittest.TestCase):
    def values(self, name, **options):
        return PathColumns(ReadOptions(options)).values_of(name)

    def test_folders_of_hive(self):
        self.assertEqual(
            self.values("year=2024/city=New%20York/x=a=b/d=__HIVE_DEFAULT_PARTITION__/e=/part=0.parquet"),
            {"year": "2024", "city": "New York", "x": "a=b", "d": None, "e": ""},
        )
        self.assertEqual(self.values("a/=b/c.csv"), {})

    def test_the_path(self):
        self.assertEqual(self.values("a/b.csv", include_path_column=True), {"Path": "a/b.csv"})

    def test_patterns_of_mltable(self):
        pattern = "/{Department}/{Day:yyyy/MM/dd}/data.csv"
        expected = {"Department": "Accounts", "Day": "2019-01-02"}
        self.assertEqual(self.values("Accounts/2019/01/02/data.csv", partition_format=pattern), expected)
        self.assertEqual(self.values("in/all/Accounts/2019/01/02/data.csv", partition_format=pattern), expected)
        times = self.values("s-07/20240501T1030.json", partition_format="s-{n}/{t:yyyyMMddTHHmm}.json")
        self.assertEqual(times, {"n": "07", "t": "2024-05-01T10:30:00"})
        with self.assertRaisesRegex(ValueError, "does not fit read_options.partition_format"):
            self.values("Accounts/2019/data.csv", partition_format=pattern)

    def test_the_formats_that_the_program_takes(self):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "partition_formats.json")
        with open(path, encoding="utf-8") as file:
            examples = json.load(file)["taken"]
        for example in examples:
            with self.subTest(example["format"]):
                found = self.values(example["path"], partition_format=example["format"])
                self.assertEqual(found, example["columns"])


class TableTests(InputTestCase):
    COLUMNS = [Column("a", "double", True), Column("year", "long", True), Column("city", "string", False)]

    def read(self, name, content=None, signature=COLUMNS, **options):
        if content is not None:
            path = self.path(name)
            pyarrow.parquet.write_table(pyarrow.table(content), path)
        reader = PathTables(signature, ReadOptions(options), lambda kept, left: TypedReader("parquet", kept, left))
        path = self.path(name)
        reader.check(path, name)
        return reader.read(path, name)

    def test_partitions_feed_the_signature(self):
        found = self.read("city=Bern/year=2024/x.parquet", {"a": [1, 2], "z": ["u", "v"]})
        self.assert_columns(found, {"a": [1.0, 2.0], "year": [2024, 2024], "city": ["Bern", "Bern"]})

    def test_pandas_reads_the_same(self):
        frame = pandas.DataFrame({"a": [1.5, 2.5, 3.5], "year": [2023, 2024, 2024], "city": ["x y", "ä", "x y"]})
        frame.to_parquet(self.path("t"), partition_cols=["year", "city"])
        import glob
        import os

        names = sorted(os.path.relpath(path, self.folder) for path in glob.glob(self.path("t/**/*.parquet"), recursive=True))
        found = pandas.concat([self.read(name) for name in names], ignore_index=True)
        expected = pandas.read_parquet(self.path("t")).astype({"year": "int64", "city": "str"})
        pandas.testing.assert_frame_equal(
            found.sort_values("a", ignore_index=True), expected.sort_values("a", ignore_index=True)[["a", "year", "city"]]
        )

    def test_delimited_files(self):
        path = self.path("year=2024/t.csv")
        self.write("year=2024/t.csv", "a\n1\n2\n")
        columns = self.COLUMNS[:2]
        reader = PathTables(columns, ReadOptions(), DelimitedReader)
        self.assert_columns(reader.read(path, "year=2024/t.csv"), {"a": [1.0, 2.0], "year": [2024, 2024]})

    def test_partitions_that_are_missing(self):
        found = self.read("city=__HIVE_DEFAULT_PARTITION__/year=2024/x.parquet", {"a": [1.0]})
        self.assertTrue(pandas.isna(found["city"][0]))
        with self.assertRaisesRegex(BadCell, "column 'year' of the file's path: the value is missing"):
            self.read("year=__HIVE_DEFAULT_PARTITION__/x.parquet", {"a": [1.0]})

    def test_partitions_that_do_not_fit(self):
        with self.assertRaisesRegex(BadCell, "column 'year' of the file's path: 'new' is not a whole number; the model's"):
            self.read("year=new/x.parquet", {"a": [1.0]})

    def test_a_column_of_the_file_has_to_be_the_same(self):
        found = self.read("year=2024/x.parquet", {"a": [1.0], "year": [2024]})
        self.assert_columns(found, {"a": [1.0], "year": [2024]})
        with self.assertRaisesRegex(BadCell, "column 'year', row 2: 2023 is not the '2024' of the file's path"):
            self.read("year=2024/x.parquet", {"a": [1.0, 2.0], "year": [2024, 2023]})

    def test_columns_in_neither_are_missing(self):
        with self.assertRaises(MissingColumns):
            self.read("x.parquet", {"a": [1.0]})

    def test_options_keep_and_rename_columns_of_the_path(self):
        columns = [Column("a", "double", True), Column("y", "datetime", True)]
        content, options = {"a": [1.0], "b": [2.0]}, {"columns": ["a", "day"], "rename": {"day": "y"}}
        found = self.read("day=2024-05-01/x.parquet", content, columns, **options)
        self.assert_columns(found, {"a": [1.0], "y": numpy.array(["2024-05-01"], "datetime64[ns]")})

    def test_no_rows(self):
        found = self.read("year=2024/city=x/x.parquet", {"a": pyarrow.array([], "float64")})
        self.assertEqual((list(found.columns), len(found)), (["a", "year", "city"], 0))


class TakeTests(InputTestCase):
    ROWS = {"a": 3, "b": 0, "c": 5, "d": 7}

    def plan(self, limit, path=None):
        counted = []

        def count(name, left):
            counted.append(name)
            return min(self.ROWS[name], left)

        take = Take(limit, path)
        take.plan(list(self.ROWS), count)
        return take, counted

    def test_the_first_rows_in_input_order(self):
        for limit, expected in ((1, [1, 0, 0, 0]), (3, [3, 0, 0, 0]), (4, [3, 0, 1, 0]), (8, [3, 0, 5, 0]), (99, [3, 0, 5, 7])):
            with self.subTest(limit):
                take, _ = self.plan(limit)
                self.assertEqual([take.rows_of(name) for name in self.ROWS], expected)

    def test_no_more_files_are_counted_than_needed(self):
        self.assertEqual(self.plan(3)[1], ["a"])
        self.assertEqual(self.plan(4)[1], ["a", "b", "c"])

    def test_a_file_that_can_not_be_counted_ends_the_plan(self):
        def count(name, left):
            if name == "bad":
                raise ValueError("no table.")
            return min(3, left)

        take = Take(4, self.path("take.json"))
        take.plan(["a", "bad", "c"], count)
        self.assertEqual(take.rows_of("a"), 3)
        with self.assertRaisesRegex(ValueError, r"^no table\.$"):
            take.rows_of("bad")
        with self.assertRaisesRegex(RowsUnknown, "the rows of bad before it can't be counted: no table. Fix that file"):
            take.rows_of("c")
        self.assertFalse(Take(4, self.path("take.json")).is_planned)
        take = Take(3)
        take.plan(["a", "bad", "c"], count)
        self.assertEqual([take.rows_of(name) for name in ("a", "bad", "c")], [3, 0, 0])

    def test_other_workers_read_the_plan(self):
        path = self.path("take.json")
        self.assertFalse(Take(4, path).is_planned)
        self.plan(4, path)
        other = Take(4, path)
        self.assertTrue(other.is_planned)
        self.assertEqual([other.rows_of(name) for name in self.ROWS], [3, 0, 1, 0])


if __name__ == "__main__":
    unittest.main()
