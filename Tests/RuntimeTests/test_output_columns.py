"""The columns of an output: those of its first file, and the names of the files."""
import json
import os
import unittest

from predictions_test_case import PredictionsTestCase, setUpModule, tearDownModule  # noqa: F401


class OneSchemaTests(PredictionsTestCase):
    """All rows of an output have the columns of its first file."""

    X = "pandas.DataFrame({'x': [1.0] * rows})"
    YZ = "pandas.DataFrame({'y': [2.0] * rows, 'z': [3.0] * rows})"

    def scored(self, answers, **start):
        worker = self.worker(**start)
        names = [self.write(f"{name}.csv", answer, 1) for name, answer in zip("abcdef", answers)]
        return worker, names

    def test_a_file_of_other_columns_fails(self):
        for output_format in ("csv", "csv_with_header", "jsonl", "parquet"):
            with self.subTest(output_format):
                worker, names = self.scored([self.X, self.YZ, self.X], output_format=output_format)
                done = worker.run(names)
                self.assertEqual([(failed["file"], failed["message"]) for failed in done["failed"]], [
                    ("b.csv", "the model returned the columns y, z for this file; the output has x, as a.csv, the first "
                              "file, has")])
                self.assertEqual((done["rows"], done["columns"]), (2, ["row", "x", "file"]))

    def test_columns_fixed_by_the_executor(self):
        worker, names = self.scored([self.YZ, self.X])
        worker.columns(["row", "x", "file"])
        done = worker.run(names)
        self.assertEqual([(failed["file"], failed["message"]) for failed in done["failed"]], [
            ("a.csv", "the model returned the columns y, z for this file; the output has x, as its first file has")])
        self.assertEqual(worker.rows(done), "0,1.0,b.csv\n")

    def test_the_same_columns_in_another_order_are_put_in_order(self):
        worker, names = self.scored(["[{'x': 1, 'y': 2}]", "[{'y': 4, 'x': 3}]"])
        self.assertEqual(worker.rows(worker.run(names)), "0,1,2,a.csv\n0,3,4,b.csv\n")

    def test_the_first_file_with_rows_decides_when_others_fail(self):
        worker, names = self.scored(["(None)", self.YZ, self.X])
        self.write("a0.csv", "1", rows=0)
        done = worker.run(["a0.csv"] + names)
        self.assertEqual([failed["file"] for failed in done["failed"]], ["a.csv", "c.csv"])
        self.assertEqual(done["columns"], ["row", "y", "z", "file"])

    def test_parts_of_a_mini_batch_have_the_columns_of_the_first(self):
        worker, names = self.scored([self.X, self.YZ, self.X])
        done = worker.run(names, parts=[[0, 1], [1, 2], [2, 3]])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual(worker.rows(done), "0,1.0,a.csv\n0,1.0,c.csv\n")

    def test_very_many_columns_are_compared_without_their_names(self):
        answers = ["numpy.zeros((1, 9000), dtype='int8')", "numpy.zeros((1, 9001), dtype='int8')",
                   "numpy.ones((1, 9000), dtype='int8')"]
        worker, names = self.scored(answers)
        done = worker.run(names)
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual((done["rows"], done["columns"][0]), (2, "9002 columns"))
        worker.columns(done["columns"])
        done = worker.run(names[1:])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual(worker.rows(done), "0," + "1," * 9000 + "c.csv\n")

    def test_failures_and_many_columns_do_not_share_a_message(self):
        worker = self.worker()
        names = [self.write(f"{number:04}.csv", "(None)", 1) for number in range(150)]
        done = worker.run([self.write("a.csv", "numpy.zeros((1, 2000))", 1)] + names)
        self.assertEqual((len(done["failed"]), len(done["columns"])), (150, 2002))

    def test_a_prediction_named_as_a_column_of_ours(self):
        answer = "[{'row': 7, 'column_names': 8}]"
        worker, names = self.scored([answer])
        self.assertEqual(worker.rows(worker.run(names)), "0,7,8,a.csv\n")
        worker, names = self.scored([answer, "[{'x': 1}]"], output_format="jsonl")
        self.assertEqual([failed["message"] for failed in worker.run(names)["failed"]],
                         ["two columns of the rows are named 'row'; the output's format needs each once"])

    def test_a_files_lines_do_not_depend_on_its_neighbours(self):
        answers = ["[1]", "[1.5]", "numpy.array([0.1], dtype='float32')", "numpy.array([0.1])",
                   "pandas.to_datetime(['2024-01-01'])",
                   "pandas.to_datetime(['2024-01-01 10:00:00.5'])", "pandas.to_timedelta(['1 day'])",
                   "pandas.to_timedelta(['1 hour'])",
                   "[None]", "['text']", "[True]", "pandas.Categorical(['x'])", "pandas.array([1], 'Int64')", "[2 ** 64]",
                   "numpy.array([2 ** 64 - 1], dtype='uint64')", "[[1, [2]]] and [{'x': [1]}] and [[[1]]] and [numpy.zeros(2)]",
                   "pandas.to_datetime(['2024-01-01']).tz_localize('UTC')", "numpy.array([1], dtype='int8')"]
        for output_format in ("csv", "jsonl"):
            worker = self.worker(output_format=output_format)
            names = [self.write(f"{number:02}.csv", answer, 1) for number, answer in enumerate(answers)]
            alone = [worker.rows(worker.run([name])) for name in names]
            worker = self.new_worker(output_format=output_format, report_columns=True)
            done = worker.run(names)
            self.assertEqual(done["failed"], [])
            self.assertEqual(worker.rows(done).splitlines(), "".join(alone).splitlines())


class FileColumnTests(PredictionsTestCase):
    def test_the_file_column_has_names_or_paths(self):
        names = ["d=1/part-0.csv", "d=2/part-0.csv"]
        for column, expected in (("name", ["part-0.csv"] * 2), ("path", names)):
            worker = self.worker(file_column=column)
            for name in names:
                self.write(name, "[1]", 1)
            self.assertEqual(worker.rows(worker.run(names)), "".join(f"0,1,{name}\n" for name in expected))

    def test_names_that_need_quotes_or_escapes(self):
        names = ["a,b.csv", 'a"b.csv', "a\nb.csv", "Zürich.csv", os.fsdecode(b"bad\xff.csv")]
        expected = ['"a,b.csv"', '"a""b.csv"', '"a\nb.csv"', "Zürich.csv", "bad\\udcff.csv"]
        worker = self.worker()
        for name in names:
            self.write(name, "[1.5]", 1)
        self.assertEqual(worker.rows(worker.run(names)), "".join(f"0,1.5,{name}\n" for name in expected))
        for name, text in zip(names, expected):
            self.assertEqual(worker.rows(worker.run([name])), f"0,1.5,{text}\n")

    def test_names_of_undecodable_bytes_in_other_formats(self):
        name = os.fsdecode(b"bad\xff.csv")
        worker = self.worker(output_format="jsonl")
        self.write(name, "[1.5]", 1)
        self.assertEqual(json.loads(worker.rows(worker.run([name])))["file"], "bad\\udcff.csv")
        worker = self.worker(output_format="parquet")
        self.write(name, "[1.5]", 1)
        done = worker.run([name])
        import pyarrow

        with open(worker.segment_path, "rb") as segment:
            table = pyarrow.ipc.open_stream(segment.read()).read_all()
        self.assertEqual(table.column("file").to_pylist(), ["bad\\udcff.csv"])
        self.assertEqual(done["failed"], [])

    def test_a_failed_file_of_undecodable_bytes(self):
        worker = self.worker()
        done = worker.run([self.write(os.fsdecode(b"bad\xff.csv"), "(None)")])
        self.assertEqual(done["failed"][0]["file"], "bad\\udcff.csv")


if __name__ == "__main__":
    unittest.main()
