"""The preview of an input, as the program asks for it: an isolated process that prints JSON."""
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

COLUMNS = [{"type": "string", "name": "zip", "required": True}, {"type": "double", "name": "price", "required": True},
           {"type": "long", "name": "more", "required": False}]


@unittest.skipIf(pandas is None, "pandas is not installed")
class PreviewTests(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = os.path.join(folder.name, "in")
        self.request_path = os.path.join(folder.name, "request.json")

    def write(self, name, content):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
        return name

    def preview(self, *files, signature=COLUMNS, total=None, rows=10, **options):
        with open(self.request_path, "w", encoding="utf-8") as file:
            json.dump({"root": self.root, "files": files, "total_files": total or len(files), "rows": rows,
                       "read_options": options, "signature": None if signature is None else json.dumps(signature)}, file)
        printed = subprocess.run([sys.executable, "-I", os.path.join(RUNTIME, "preview.py"), self.request_path], check=True,
                                 stdout=subprocess.PIPE)
        return json.loads(printed.stdout.decode("ascii").splitlines()[-1])

    def column(self, preview, name):
        return next(column for column in preview["columns"] if name in (column["name"], column["feeds"]))

    def test_the_first_rows_are_the_files_texts(self):
        text = 'zip,price,note\n01234,1.50,"a, b"\n00345,,x\n9,2e3,\n'
        shown = self.preview(self.write("a.csv", text), rows=2)
        self.assertEqual(shown["format"], "CSV, delimiter ',', UTF-8, header")
        expected = pandas.read_csv(os.path.join(self.root, "a.csv"), dtype=str, keep_default_na=False)
        self.assertEqual((shown["header"], shown["rows"]), (list(expected), expected.to_numpy().tolist()[:2]))
        self.assertEqual((shown["problems"], shown["notes"]), ([], []))

    def test_columns_tell_what_they_feed(self):
        shown = self.preview(self.write("a.csv", "zip,price,note\n01234,,a\n00345,2.5,x\n"))
        self.assertEqual(shown["columns"], [
            {"name": "zip", "type": "string", "missing": 0, "example": "01234", "feeds": "zip", "cast": "text → string",
             "verdict": "ok", "reason": None},
            {"name": "price", "type": "double", "missing": 1, "example": "2.5", "feeds": "price", "cast": "text → double",
             "verdict": "ok", "reason": None},
            {"name": "note", "type": "string", "missing": 0, "example": "a", "feeds": None, "cast": None,
             "verdict": "unused", "reason": None},
            {"name": "", "type": "", "missing": 0, "example": None, "feeds": "more", "cast": None, "verdict": "optional",
             "reason": None}])

    def test_a_missing_column_comes_with_the_rename(self):
        shown = self.preview(self.write("a.csv", "zip,Price\n1,2\n"))
        self.assertEqual(self.column(shown, "price")["verdict"], "missing")
        self.assertIn("rename: {Price: price}", shown["problems"][0]["message"])
        renamed = self.preview("a.csv", rename={"Price": "price"})
        self.assertEqual((renamed["problems"], self.column(renamed, "price")["name"]), ([], "Price"))

    def test_a_cell_that_does_not_fit_is_told_with_its_file(self):
        shown = self.preview(self.write("a.csv", "zip,price\n1,2\n"), self.write("b.csv", "zip,price\n1,2\n1,abc\n"), total=7)
        reason = "column 'price', row 2: 'abc' is not a number; the model's signature says double"
        self.assertEqual(shown["problems"], [{"file": "b.csv", "message": reason}])
        self.assertEqual([self.column(shown, "price")[key] for key in ("verdict", "reason")], ["wrong", reason])
        self.assertEqual(shown["notes"], ["2 of 7 files were inspected."])

    def test_a_delimiter_that_fits_is_noted(self):
        shown = self.preview(self.write("a.csv", "zip;price\n1;2\n"))
        self.assertEqual((shown["format"], shown["header"]), ("CSV, delimiter ';', UTF-8, header", ["zip", "price"]))
        self.assertIn("delimiter ';'", shown["notes"][0])
        shown = self.preview("a.csv", signature=None)
        self.assertEqual(shown["header"], ["zip", "price"])
        self.assertIn("delimiter ';'", " ".join(shown["notes"]))

    def test_read_options_and_compression(self):
        import gzip

        self.write("a.csv.gz", gzip.compress("1|2,5\n".encode("utf-16")))
        shown = self.preview("a.csv.gz", delimiter="|", decimal=",", header=False, column_names=["zip", "price"])
        self.assertEqual(shown["format"], "CSV, delimiter '|', UTF-16, no header, gzip")
        self.assertEqual((shown["rows"], shown["problems"]), ([["1", "2,5"]], []))

    def test_types_are_inferred_without_a_signature(self):
        shown = self.preview(self.write("a.csv", "zip,n\n01234,1\n"), self.write("b.csv", "zip,n\n1,x\n"), signature=None)
        self.assertEqual([(column["name"], column["cast"], column["verdict"]) for column in shown["columns"]],
                         [("zip", "text → string", "ok"), ("n", "text → string", "ok")])
        self.assertIn("Types were inferred from 2 files", shown["notes"][0])

    def test_a_column_without_a_value_has_no_example(self):
        column = self.column(self.preview(self.write("a.csv", "zip,price\n1,\n2, \n")), "price")
        self.assertEqual((column["missing"], column["example"], column["verdict"]), (2, None, "ok"))

    def test_tensors(self):
        tensor = [{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]
        shown = self.preview(self.write("a.csv", "0.5,1\n2,3\n"), signature=tensor)
        self.assertEqual((shown["format"], shown["rows"]), ("CSV, delimiter ',', UTF-8, no header", [["0.5", "1"], ["2", "3"]]))
        self.assertIn("3", self.preview(self.write("b.csv", "1,2,3\n"), signature=tensor)["problems"][0]["message"])

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_parquet_and_columns_of_the_path(self):
        table = pyarrow.table({"zip": ["1", None], "price": [1, 2], "when": [[1], [2]]})
        self.write("more=7/a.parquet", "")
        pyarrow.parquet.write_table(table, os.path.join(self.root, "more=7/a.parquet"))
        shown = self.preview("more=7/a.parquet")
        self.assertEqual((shown["format"], shown["rows"]), ("Parquet", [["1", "1", "[1]"], ["", "2", "[2]"]]))
        self.assertEqual(self.column(shown, "price")["cast"], "int64 → double")
        self.assertEqual([self.column(shown, "more")[key] for key in ("type", "example", "cast")], ["path", "7", "path → long"])
        self.assertEqual((self.column(shown, "when")["verdict"], self.column(shown, "zip")["missing"]), ("unused", 1))
        pyarrow.parquet.write_table(pyarrow.table({"zip": ["1"], "price": ["x"]}), os.path.join(self.root, "b.parquet"))
        shown = self.preview("b.parquet")
        self.assertIn("column 'price' is string in the file", self.column(shown, "price")["reason"])

    def test_files_that_cannot_be_read(self):
        shown = self.preview(self.write("a.xyz", "?"), self.write("b.csv", ""), "gone.csv")
        self.assertEqual([problem["file"] for problem in shown["problems"]], ["a.xyz", "b.csv", "gone.csv"])
        self.assertEqual((shown["header"], shown["rows"], shown["columns"]), ([], [], []))

    def test_files_that_can_not_be_read_are_problems(self):
        self.write("good.csv", "a\n1\n")
        os.mkfifo(os.path.join(self.root, "fifo.csv"))
        os.symlink("loop.csv", os.path.join(self.root, "loop.csv"))
        os.symlink("nothing", os.path.join(self.root, "gone.csv"))
        preview = self.preview("fifo.csv", "gone.csv", "good.csv", "loop.csv", signature=None)
        self.assertEqual(preview["rows"], [["1"]])
        problems = {problem["file"]: problem["message"] for problem in preview["problems"]}
        self.assertEqual(problems["fifo.csv"], "Not a regular file: FIFO")
        self.assertEqual(problems["gone.csv"], "the link leads to nothing: nothing")
        self.assertIn("Too many levels of symbolic links", problems["loop.csv"])
        self.assertEqual(len(problems), 3)


if __name__ == "__main__":
    unittest.main()
