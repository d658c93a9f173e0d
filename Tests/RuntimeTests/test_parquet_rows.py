"""The rows of Parquet files as texts, as the program asks for them."""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest

from installed_runtime import RUNTIME

try:
    import pandas
    import pyarrow
    import pyarrow.parquet
except ImportError:
    pandas = pyarrow = None


@unittest.skipIf(pandas is None, "pandas is not installed")
class ParquetRowsTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "rows.parquet")

    def write(self, table, group=1000):
        pyarrow.parquet.write_table(table, self.path, row_group_size=group)

    def run_script(self, *arguments):
        script = os.path.join(RUNTIME, "parquet_rows.py")
        ran = subprocess.run([sys.executable, "-I", script] + list(arguments), stdout=subprocess.PIPE, check=True)
        return ran.stdout.decode("ascii").strip()

    def rows(self, *ranges):
        return json.loads(self.run_script("rows", json.dumps([[self.path, ranges]])))[0]

    def numbers(self):
        return pyarrow.table({"row": list(range(10_000)), "half": [number / 2 for number in range(10_000)]})

    def test_rows_come_from_any_place(self):
        self.write(self.numbers())
        found = self.rows([0, 1], [2999, 2], [9_998, 100], [20_000, 1])
        self.assertEqual((found["columns"], found["total"]), (["row", "half"], 10_000))
        self.assertEqual([row[0] for row in found["rows"]], ["0", "2999", "3000", "9998", "9999"])
        self.assertEqual(found["rows"][1], ["2999", "1499.5"])

    def test_large_row_groups_are_cut(self):
        self.write(self.numbers(), group=10_000)
        self.assertEqual([row[0] for row in self.rows([4095, 2], [8192, 1])["rows"]], ["4095", "4096", "8192"])

    def test_values_are_written_as_in_csv(self):
        self.write(pyarrow.table({
            "small": pyarrow.array([0.1, None], pyarrow.float32()), "truth": [True, None],
            "text": ["a,\"b\"\nc", ""], "nested": [[1, 2], None], "time": pyarrow.array([0, None], pyarrow.timestamp("ms")),
        }))
        self.assertEqual(self.rows([0, 2])["rows"], [
            ["0.1", "True", "a,\"b\"\nc", "[1, 2]", "1970-01-01"], ["", "", "", "", ""],
        ])

    def test_bytes_that_are_no_text_are_shown(self):
        self.write(pyarrow.table({"bytes": [b"\xff", b"ok"], "number": [1.5, None]}))
        self.assertEqual(self.rows([0, 2])["rows"], [[r"b'\xff'", "1.5"], ["ok", ""]])

    def test_a_file_that_cannot_be_read_has_an_error(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("no Parquet")
        self.assertIn("error", self.rows([0, 1]))

    def test_a_text_is_found_both_ways(self):
        table = pyarrow.table({"name": ["Äpfel" if number % 1500 == 7 else "x" for number in range(10_000)]})
        self.write(table)
        found = [
            json.loads(self.run_script("find", self.path, text, str(row), str(step)))
            for text, row, step in [("PFEL", -1, 1), ("pfel", 7, 1), ("pfel", 9_999, -1), ("pfel", 7, -1), ("pear", 0, 1)]
        ]
        self.assertEqual(found, [7, 1507, 9007, None, None])

    def test_all_rows_as_csv(self):
        table = pyarrow.table({"a,b": ["x", None, "é\n"], "n": [1.0, 2.5, None]})
        self.write(table, group=2)
        to = os.path.join(self.folder, "rows.csv")
        self.run_script("csv", self.path, to)
        with open(to, encoding="utf-8", newline="") as file:
            self.assertEqual(list(csv.reader(file)), [["a,b", "n"], ["x", "1.0"], ["", "2.5"], ["é\n", ""]])


if __name__ == "__main__":
    unittest.main()
