"""Large files through real workers and models: scored in blocks, they have the same bytes as scored whole, in bounded memory."""
import gzip
import os
import re
import subprocess
import sys
import tempfile
import unittest

import pandas
import predictions_test_case
import pyarrow.parquet
from installed_runtime import RUNTIME
from predictions_test_case import PredictionsTestCase, setUpModule, tearDownModule  # noqa: F401

ROWS = 200
# Answers of a model that predicts each row on its own, and the number of its rows.
OF_ROWS = (
    "v.to_numpy() / 7", "v / 3", "list(v)", "(v > 900).to_numpy()", "v.astype('int64')", "v.astype('float32').to_numpy()",
    "pandas.DataFrame({'a': v, 'b': v.astype(str), 'c': [None] * rows})", "[{'low': x, 'high': [x, x]} for x in v]",
    "[int(x) if x < 1500 else float(x) for x in v]", "['a,b' if x > 1500 else 'c' for x in v]",
    "pandas.DataFrame({'t': pandas.Timestamp('2024-05-01 10:00') + pandas.to_timedelta(v, 'min')})",
    "pandas.DataFrame({'t': pandas.Timestamp('2024-05-01') + pandas.to_timedelta(v // 100, 'D')})",
    "pandas.Series(pandas.Categorical.from_codes((v % 2).astype('int8'), ['x', 'y']))", "numpy.column_stack([v, -v])",
    "polars.DataFrame({'p': v.to_numpy()}) if polars else list(v)", "pandas.array(v.astype('int64'), 'Int64')",
)
# Answers that depend on all rows, or whose types, columns or texts do.
OF_ALL_ROWS = (
    "(v - v.mean()) / v.std()", "v.rank().to_numpy()", "numpy.arange(rows)", "v.sum() + numpy.zeros(rows)", "list(v.index)",
    "v.astype('int64') if v.max() < 1500 else v", "pandas.DataFrame({('a' if v.max() < 1500 else 'b'): v})",
    "pandas.DataFrame({'t': pandas.Timestamp('2024-05-01') + pandas.to_timedelta(v, 'h')})", "pandas.to_timedelta(v, 'h')",
    "v.iloc[::-1]", "[1.0] * (rows - 1)", "v.sum()", "raise ValueError(f'{rows} rows')", "[1 / (rows - 50)] * rows",
    "['abc'] * rows if v.min() < 1500 else [None] * rows", "[1.5] * rows if rows == 200 else 1 / 0",
)


class StreamingTests(PredictionsTestCase):
    def scored(self, names, **start):
        """Return the bytes of the rows, and the failed files, in one mini-batch."""
        worker = self.new_worker(report_columns=True, **start)
        done = worker.run(names)
        with open(worker.segment_path, "rb") as file:
            data = file.read()
        worker.rows(done) if start.get("output_format") != "parquet" else None
        self.assertEqual((done["offset"], len(data)), (0, done["bytes"]))
        failed = [(failure["file"], failure["message"]) for failure in done["failed"]]
        return data, done["rows"], failed, done.get("columns"), done["warnings"]

    def compare(self, names, size=30, **start):
        whole = self.scored(names, **start)
        self.assertEqual(self.scored(names, block_rows=size, **start), whole)
        return whole

    def new_folder(self):
        self.folder = tempfile.mkdtemp(dir=predictions_test_case.executor.folder)

    def test_predictions_of_rows(self):
        self.new_folder()
        for output_format in ("csv", "csv_with_header", "jsonl"):
            for answer in OF_ROWS:
                data, rows, failed, _, _ = self.compare([self.write("t.csv", answer, ROWS)], output_format=output_format)
                self.assertEqual((rows, failed), (ROWS, []), answer)

    def test_predictions_that_need_all_rows(self):
        self.new_folder()
        for answer in OF_ALL_ROWS:
            self.compare([self.write("t.csv", answer, ROWS)])

    def test_row_contracts(self):
        self.new_folder()
        for answer in ("v[v % 20 == 0]", "v[::-1]", "v[:3]", "v.groupby(v % 30).sum()", "v", "list(v)[1:]"):
            for contract in ("one_per_row", "by_index", "none"):
                self.compare([self.write("t.csv", answer, ROWS)], row_contract=contract)

    def test_parquet_has_the_same_bytes(self):
        self.new_folder()
        for answer in OF_ROWS:
            name = self.write("t.csv", answer, ROWS)
            found = []
            for number, block_rows in enumerate((None, 30)):
                worker = self.new_worker(report_columns=True, output_format="parquet", block_rows=block_rows)
                done = worker.run([name])
                self.assertEqual((done["rows"], done["failed"]), (ROWS, []), answer)
                entry = "\t".join(map(str, (0, done["offset"], done["bytes"], done["crc"], worker.segment_path)))
                joined = os.path.join(self.folder, f"{number}.parquet")
                with open(joined + ".list", "w") as names:
                    names.write(entry + "\n")
                subprocess.run([sys.executable, "-I", os.path.join(RUNTIME, "parquet_join.py"), names.name, joined], check=True)
                self.assertEqual(pyarrow.parquet.read_table(joined).num_rows, ROWS)
                with open(joined, "rb") as file:
                    found.append(file.read())
            self.assertEqual(found[0], found[1], answer)

    def test_gaps_filled_with_the_mean(self):
        """The gaps are few, and not where the rows are that are probed in any case."""
        self.new_folder()
        name = self.write("t.csv", "v.fillna(v.mean())", ROWS)
        path = os.path.join(self.folder, name)
        table = pandas.read_csv(path)
        table.loc[[100, 102], "v"] = None
        table.to_csv(path, index=False)
        self.assertEqual(self.compare([name])[1:3], (ROWS, []))

    def test_heartbeats_tell_the_rows_of_finished_blocks(self):
        self.new_folder()
        answer = "__import__('time').sleep(0.2) or v"
        worker = self.new_worker(report_columns=True, block_rows=30)
        worker.send_run(worker.lines([self.write("t.csv", answer, ROWS)]))
        told = []
        while True:
            message = worker.connection.receive()
            if message["op"] == "done":
                break
            if message["op"] == "heartbeat":
                told.append(message["rows"])
        self.assertEqual((told, message["rows"]), (sorted(told), ROWS))
        self.assertTrue(any(0 < rows < ROWS and rows % 30 == 0 for rows in told), told)

    def test_one_file_of_several_blocks_is_open_at_a_time(self):
        self.new_folder()
        answer = "[len([1 for fd in os.listdir('/dev/fd') if os.path.realpath('/dev/fd/' + fd).endswith('.csv')])] * rows"
        names = [self.write(f"{number}.csv", answer, ROWS) for number in range(6)]
        data, rows, failed, _, _ = self.scored(names, block_rows=30)
        self.assertEqual((rows, failed), (6 * ROWS, []))
        self.assertLessEqual({line.split(b",")[1] for line in data.splitlines()}, {b"0", b"1"})

    def test_files_between_others(self):
        self.new_folder()
        names = [self.write(f"{number}.csv", "v / 3", rows) for number, rows in enumerate((3, ROWS, 2, 0, ROWS, 5))]
        _, rows, failed, _, _ = self.compare(names)
        self.assertEqual((rows, failed), (2 * ROWS + 10, []))

    def test_a_file_whose_last_block_fails_is_not_in_the_output(self):
        self.new_folder()
        names = [self.write(name, "v / 3", ROWS) for name in ("a.csv", "bad.csv", "c.csv")]
        with open(os.path.join(self.folder, "bad.csv"), "a") as file:
            file.write("v / 3,x\n")
        data, rows, failed, _, _ = self.compare(names)
        self.assertEqual(rows, 2 * ROWS)
        self.assertEqual([name for name, _ in failed], ["bad.csv"])
        self.assertIn("row 201 (line 202): 'x' is not a number", failed[0][1])
        self.assertNotIn(b"bad.csv", data)

    def test_the_first_file_that_is_kept_decides_the_columns(self):
        self.new_folder()
        names = [self.write("a.csv", "pandas.DataFrame({'x': v})", ROWS), self.write("b.csv", "pandas.DataFrame({'y': v})", ROWS)]
        self.assertEqual([name for name, _ in self.compare(names)[2]], ["b.csv"])
        with open(os.path.join(self.folder, "a.csv"), "a") as file:
            file.write("v,x\n")
        self.assertEqual([name for name, _ in self.compare(names)[2]], ["a.csv"])

    def test_a_part_without_rows_has_no_types_of_rows(self):
        self.new_folder()
        name = self.write("t.csv", "v / 3", ROWS)
        path = os.path.join(self.folder, name)
        header, end = len("answer,v\n"), os.path.getsize(path)
        with open(path, "a") as file:
            file.write("\n" * 10)
        worker = self.new_worker()
        done = worker.run([name], part=(0, 2, header, end, 0, ROWS, header, 1))
        self.assertEqual((done["rows"], done["failed"]), (ROWS, []))
        self.assertIn("row_types", done)
        done = worker.run([name], part=(1, 2, end, end + 10, ROWS, 0, header, ROWS + 1))
        self.assertEqual((done["rows"], done["failed"]), (0, []))
        self.assertNotIn("row_types", done)

    def test_split_files_never_reads_files_whole(self):
        self.new_folder()
        name = self.write("t.csv", "[rows] * rows", ROWS)
        self.assertIn(b",200,t.csv\n", self.scored([name], block_rows=30, split_files="never")[0])

    def test_a_mini_batch_that_is_split_up(self):
        self.new_folder()
        names = [self.write(f"{number}.csv", "v / 3", ROWS) for number in range(4)]
        whole = self.scored(names)[0]
        worker = self.new_worker(block_rows=30)
        done = worker.run(names, parts=[[0, 4]])
        self.assertEqual((worker.rows(done).encode(), done["rows"]), (whole, 4 * ROWS))
        again = worker.run(names[:1])
        self.assertEqual(again["offset"], done["bytes"])
        self.assertEqual(worker.rows(again).encode(), whole[:again["bytes"]])


class MemoryTests(PredictionsTestCase):
    SCORE = """
import resource, sys
runtime, model, rows, *paths = sys.argv[1:]
path = paths[0]
sys.path.insert(0, runtime)
import os
os.environ["AZUREML_MODEL_DIR"] = model
import mlflow_driver
from batchstudio_runtime.inputs.manifest import InputFile
from batchstudio_runtime.outputs.formats import CSV
from batchstudio_runtime.outputs.segment import Segment
from batchstudio_runtime.outputs.staged_rows import StagedRows
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.mini_batch import MiniBatch

CurrentJob.job = Job({"job": "job", "input_root": os.path.dirname(path)})
mlflow_driver.init()
staged = StagedRows(Segment(path + ".rows"), CSV())
with MiniBatch(0, [InputFile(os.path.basename(path), path, -1, -1) for path in paths], staged=staged) as batch:
    rest = mlflow_driver.run(batch.paths)
    assert not batch.failures, batch.failures
assert staged.mark().rows + len(rest) == int(rows)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""

    def peak(self, megabytes):
        """Return the peak in MB of a process that scores a file of so many."""
        line = "v / 7,{:.6f}\n"
        lines = "".join(line.format(number * 1.000123) for number in range(1000, 51000)).encode()
        count = megabytes * 1000 * 1000 // len(lines) + 1
        path = os.path.join(self.folder, f"{megabytes}.csv")
        with open(path, "wb") as file:
            file.write(b"answer,v\n")
            for _ in range(count):
                file.write(lines)
        return self.peak_of([path], 50000 * count)

    def peak_of(self, paths, rows):
        """Return the peak in MB of a process that scores these files, which are removed then."""
        try:
            arguments = [RUNTIME, predictions_test_case.folder, str(rows)] + paths
            scored = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", self.SCORE] + arguments, capture_output=True,
                env=dict(os.environ, OMP_NUM_THREADS="1")
            )
            self.assertEqual(scored.returncode, 0, scored.stderr.decode())
        finally:
            for path in paths + [paths[0] + ".rows"]:
                if os.path.exists(path):
                    os.remove(path)
        return int(re.findall(rb"\d+", scored.stdout)[-1]) // 1024

    def test_the_peak_does_not_grow_with_the_file(self):
        self.folder = tempfile.mkdtemp(dir=predictions_test_case.executor.folder)
        small, large = self.peak(100), self.peak(400)
        self.assertLess(large - small, 50, (small, large))

    def test_the_peak_does_not_grow_with_the_number_of_small_files_that_are_large_decompressed(self):
        self.folder = tempfile.mkdtemp(dir=predictions_test_case.executor.folder)
        rows = 700000
        data = gzip.compress(b"answer,v\n" + b"v / 7,1\n" * rows)
        self.assertLess(len(data), 64 * 1024)
        peaks = []
        for count in (2, 12):
            paths = [os.path.join(self.folder, f"{number}.csv.gz") for number in range(count)]
            for path in paths:
                with open(path, "wb") as file:
                    file.write(data)
            peaks.append(self.peak_of(paths, rows * count))
        self.assertLess(peaks[1] - peaks[0], 50, peaks)


if __name__ == "__main__":
    unittest.main()
