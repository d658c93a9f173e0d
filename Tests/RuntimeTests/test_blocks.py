"""Files read in blocks of rows: the same values, types and errors as when they are read whole.

A failure prints the seed: BATCHSTUDIO_TEST_SEED=… makes the same files again.
"""
import gzip
import io
import json
import os
import random
import time
import unittest
from typing import Any, Dict
from unittest import mock

import numpy
import pandas
import pyarrow
import pyarrow.parquet
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import blocks, csv_blocks, json_blocks, opening, parquet, records
from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.file_blocks import FileBlocks, ReadAgain
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.headers import uses_by_options
from batchstudio_runtime.inputs.read_options import ReadOptions

SEED = int(os.environ.get("BATCHSTUDIO_TEST_SEED") or random.randrange(2 ** 32))
FILES = int(os.environ.get("BATCHSTUDIO_TEST_FILES") or 60)
TYPES = ("double", "float", "long", "integer", "boolean", "string", "datetime")
# Texts of a type, and those that are of none or of another.
CELLS = {
    "double": ("1", "2.5", "-0.0", "1e300", "0.1", "12345678.9"), "float": ("1", "2.5", "0.1", "1e-9"),
    "long": ("1", "-7", "5", "9007199254740993"), "integer": ("1", "-7", "2147483647"), "boolean": ("true", "False", "1", "0"),
    "string": ("a", "b c", "Zürich", '"x,y"', '"two\nlines"', "NA", "007"), "datetime": ("2024-05-01", "2024-05-01 10:11:12.5"),
}
ODD = ("", "NA", "x", "1.5", "007", "99999999999999999999", "2024-02-30", '"', 'a"b')


class BlocksTestCase(InputTestCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        # So small that a file of some rows has several of each.
        for module, name, size in (
            (opening, "FIRST_PIECE", 64), (opening, "PIECE", 200), (csv_blocks, "BLOCK", 200), (json_blocks, "CHUNK", 200),
            (parquet, "BATCH", 3),
        ):
            patch = mock.patch.object(module, name, size)
            patch.start()
            self.addCleanup(patch.stop)

    def compare(self, path, entries, rows, **options):
        """Asserts that a file read in blocks of so many rows is as it is whole; returns whether it had several blocks."""
        whole = outcome(lambda: FileReader(entries, ReadOptions(options)).read(path))
        size = BlockSize(rows)
        found = outcome(lambda: together(FileReader(entries, ReadOptions(options), block=size).read_or_blocks(path)))
        with open(path, "rb") as file:
            shown = f"BATCHSTUDIO_TEST_SEED={SEED} {rows} rows, {entries}, {options}, {file.read()[:3000]!r}"
        self.assertEqual(type(whole), type(found), (whole, found, shown))
        if isinstance(whole, str):
            self.assertEqual(whole, found, shown)
        else:
            pandas.testing.assert_frame_equal(found[0], whole[0], obj=shown)
        return isinstance(found, tuple) and found[1] > 1


def outcome(read):
    """Returns (frame, blocks) or the text of the error."""
    try:
        result = read()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return result if isinstance(result, tuple) else (result, 1)


def together(content):
    """Returns the frame of all blocks, and how many there are."""
    if not isinstance(content, FileBlocks):
        return content, 1
    while True:
        try:
            frames = list(content)
            break
        except ReadAgain:
            continue
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    for frame in frames[1:]:
        if not frame.dtypes.equals(frames[0].dtypes):
            raise AssertionError(f"blocks of different types: {frames[0].dtypes} {frame.dtypes}")
    return (pandas.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]), len(frames)


class RandomBlockTests(BlocksTestCase):
    def entries(self):
        entries = []
        for number in range(self.random.randint(1, 4)):
            entries.append({
                "type": self.random.choice(TYPES), "name": f"c{number}", "required": self.random.random() < 0.5,
            })
        return entries

    def cell(self, entry, errors):
        """Returns a text for a column, seldom one that may not fit; None for a missing value."""
        can_miss = not entry["required"] and entry["type"] not in ("long", "integer") or entry["type"] in (
            "double", "float", "datetime")
        if can_miss and self.random.random() < entry.get("missing", 0.2):
            return None
        return self.random.choice(ODD if self.random.random() < errors else CELLS[entry["type"]])

    def table(self):
        """Returns a random signature and the rows of a table, of which some columns have missing values in some part only."""
        entries, rows = self.entries(), self.random.randrange(60)
        errors = self.random.choice((0, 0, 0, 0.02))
        spans = {}
        for entry in entries:
            start = self.random.randrange(rows + 1)
            spans[entry["name"]] = self.random.choice(((0, rows), (start, rows), (0, start), (start, start + 1), (0, 0)))
        table = []
        for row in range(rows):
            cells = []
            for entry in entries:
                start, end = spans[entry["name"]]
                share = self.random.choice((0.3, 1)) if start <= row < end else 0
                cells.append(self.cell(dict(entry, missing=share), errors))
            table.append(cells)
        return entries, table

    def test_delimited_text(self):
        several = 0
        for number in range(FILES):
            entries, table = self.table()
            if self.random.random() < 0.1 and table:
                self.random.choice(table).append("1")
            line_end = self.random.choice(("\n", "\r\n"))
            lines = [[entry["name"] for entry in entries]] + [["" if cell is None else cell for cell in row] for row in table]
            data = "".join(",".join(line) + line_end for line in lines).encode()
            name, data = self.random.choice(((f"{number}.csv", data), (f"{number}.csv.gz", gzip.compress(data))))
            several += self.compare(self.write(name, data), self.random.choice((entries, None)), self.random.randint(1, 30))
        self.assertGreater(several, FILES // 6)

    def test_json_lines(self):
        several = 0
        for number in range(FILES):
            entries, table = self.table()
            lines = []
            for row in table:
                record: Dict[str, Any] = {"other": 1} if self.random.random() < 0.1 else {}
                for entry, cell in zip(entries, row):
                    if cell is not None:
                        record[entry["name"]] = json_value(cell, entry["type"])
                    elif self.random.random() < 0.5:
                        record[entry["name"]] = None
                lines.append(json.dumps(record))
            data = "".join(line + "\n" for line in lines)
            path = self.write(f"{number}.jsonl", data)
            several += self.compare(path, self.random.choice((entries, None)), self.random.randint(1, 30))
        self.assertGreater(several, FILES // 6)

    def test_parquet(self):
        several = 0
        for number in range(FILES):
            entries, table = self.table()
            columns = {}
            for place, entry in enumerate(entries):
                columns[entry["name"]] = arrow_array([row[place] for row in table], entry["type"])
            sink = io.BytesIO()
            pyarrow.parquet.write_table(pyarrow.table(columns), sink, row_group_size=self.random.randint(1, 20))
            path = self.write(f"{number}.parquet", sink.getvalue())
            several += self.compare(path, self.random.choice((entries, None)), self.random.randint(1, 30))
        self.assertGreater(several, FILES // 6)


def json_value(cell, kind):
    """Returns a text as the value that JSON has for it, the text itself where it has none."""
    try:
        return {"double": float, "float": float, "long": int, "integer": int}.get(kind, str)(cell)
    except ValueError:
        return cell


def arrow_array(cells, kind):
    """Returns texts as an Arrow column of their type, or as one that does not fit it everywhere."""
    types: Dict[str, Any] = {
        "double": float, "float": float, "long": int, "integer": int, "boolean": lambda text: text in ("true", "1"),
    }
    try:
        if kind == "datetime":
            return pyarrow.array([None if cell is None else pandas.Timestamp(cell) for cell in cells], pyarrow.timestamp("us"))
        values = [None if cell is None else types.get(kind, str)(cell) for cell in cells]
        return pyarrow.array(values, {"long": pyarrow.int64(), "double": pyarrow.float64()}.get(kind))
    except (ValueError, OverflowError, pyarrow.ArrowException):
        return pyarrow.array([None if cell is None else len(cell) + 0.5 for cell in cells])


class BlockTests(BlocksTestCase):
    def test_an_optional_boolean_with_a_missing_value_in_the_last_block(self):
        path = self.write("a.csv", "z\n" + "true\n" * 20 + '""\n')
        self.assertTrue(self.compare(path, [{"type": "boolean", "name": "z", "required": False}], 5))

    def test_all_bad_cells_are_counted(self):
        path = self.write("a.csv", "a,b\n" + "1,2\n" * 20 + "1,x\n" * 3 + "1,2\n" * 20 + "y,2\n")
        entries = [{"type": "double", "name": name, "required": True} for name in "ab"]
        self.compare(path, entries, 5)
        with self.assertRaisesRegex(ValueError, r"column 'a', row 44 \(line 45\): 'y' is not a number"):
            together(FileReader(entries, block=BlockSize(5)).read_or_blocks(path))

    def test_a_column_that_only_a_late_json_line_has(self):
        path = self.write("a.jsonl", '{"a": 1}\n' * 30 + '{"a": 1, "b": 2}\n')
        for is_required in (True, False):
            entries = [{"type": "double", "name": "a", "required": True},
                       {"type": "double", "name": "b", "required": is_required}]
            self.assertTrue(self.compare(path, entries, 5))
        self.compare(path, [{"type": "double", "name": "a", "required": True},
                            {"type": "double", "name": "c", "required": True}], 5)

    def test_read_options(self):
        path = self.write("year=2026/a.csv", "# no data\n" + "x;y\n" + "1,5;2\n" * 40)
        entries = [{"type": "double", "name": "a"}, {"type": "long", "name": "y"}, {"type": "long", "name": "year"}]
        options = dict(delimiter=";", decimal=",", comment="#", rename={"x": "a"})
        with mock.patch("batchstudio_runtime.inputs.job_input.name_of", lambda path: "year=2026/a.csv"):
            self.assertTrue(self.compare(path, entries, 7, **options))
            self.compare(path, entries, 7, take=20, **options)
        path = self.write("b.csv", "1,2\n" * 40)
        self.assertTrue(self.compare(path, None, 7, header=False))

    def test_times_of_96_bits(self):
        entries = [{"type": "datetime", "name": "t", "required": True}]
        for last in (numpy.datetime64("2024-05-01"), numpy.datetime64("3000-01-01")):
            times = numpy.array([numpy.datetime64("2020-01-01")] * 30 + [last], "datetime64[us]")
            table = pyarrow.table({"t": times})
            path = self.path(f"{last}.parquet")
            pyarrow.parquet.write_table(table, path, use_deprecated_int96_timestamps=True)
            self.compare(path, entries, 7)

    def test_blocks_of_a_parquet_file_are_sized_by_the_columns_that_are_read(self):
        path = self.path("a.parquet")
        table = pyarrow.table({"a.b": [os.urandom(1000).hex() for _ in range(200)], "a.c": ["x"] * 200})
        pyarrow.parquet.write_table(table, path, row_group_size=20)
        with mock.patch.object(blocks, "BLOCK", 100000):
            for name, has_blocks in (("a.b", True), ("a.c", False)):
                reader = FileReader([{"type": "string", "name": name, "required": True}], block=BlockSize())
                self.assertEqual(isinstance(reader.read_or_blocks(path), FileBlocks), has_blocks, name)

    def test_a_parquet_file_of_many_columns_and_row_groups_is_soon_begun(self):
        path = self.path("a.parquet")
        table = pyarrow.table({f"c{number}": ["x"] * 100 for number in range(300)})
        pyarrow.parquet.write_table(table, path, row_group_size=1)
        table = parquet.ParquetTable(path)
        self.addCleanup(table.close)
        uses = uses_by_options([Column(name, "string", True) for name in table.names], table.names, ReadOptions())
        began = time.process_time()
        next(table.blocks(uses, BlockSize()))
        self.assertLess(time.process_time() - began, 1)

    def test_blocks_are_of_whole_groups_of_rows(self):
        size = BlockSize()
        self.assertEqual(size.of_first(100000, blocks.BLOCK - 1), 0)
        self.assertEqual(size.of_first(100000, blocks.BLOCK), 24 * 4096)
        self.assertEqual(size.of_first(1000, blocks.BLOCK), 15 * 64)
        self.assertEqual(size.of_first(10, blocks.BLOCK), 10)
        self.assertEqual(size.of_table(8), blocks.BLOCK // 8)
        self.assertEqual(BlockSize(5).of_first(7, blocks.BLOCK), 5)

    def test_a_row_without_an_end(self):
        with mock.patch.object(records, "LARGEST_ROW", 100000), mock.patch.object(csv_blocks, "LARGEST_ROW", 100000), \
                mock.patch.object(json_blocks, "LARGEST_ROW", 100000):
            entries = [{"type": "string", "name": "a", "required": True}, {"type": "string", "name": "b", "required": True}]
            quoted = self.write("quoted.csv", "a,b\n1,2\n" + '3,"4\n' + "5,6\n" * 50000)
            long = self.write("long.csv", "a,b\n1,2\n3," + "4" * 300000 + "\n5,6\n")
            for path in (quoted, long):
                reader = FileReader(entries, block=BlockSize(2))
                with self.assertRaisesRegex(ValueError, "line 3: the row is larger than 64 MiB, or a quote in it"):
                    together(reader.read_or_blocks(path))
            lines = self.write("long.jsonl", '{"a": "1", "b": "2"}\n{"a": "' + "1" * 300000 + '", "b": "2"}\n')
            with self.assertRaisesRegex(ValueError, "line 2: the row is larger than 64 MiB"):
                together(FileReader(entries, block=BlockSize(2)).read_or_blocks(lines))

    def test_a_file_of_one_block_is_read_as_before(self):
        path = self.write("a.csv", "a\n" + "1\n" * 10)
        entries = [{"type": "double", "name": "a", "required": True}]
        self.assertIsInstance(FileReader(entries, block=BlockSize()).read_or_blocks(path), pandas.DataFrame)
        self.assertIsInstance(FileReader(entries, block=BlockSize(10)).read_or_blocks(path), pandas.DataFrame)
        self.assertIsInstance(FileReader(entries, block=BlockSize(9)).read_or_blocks(path), FileBlocks)


if __name__ == "__main__":
    unittest.main()
