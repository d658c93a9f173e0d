"""Profiles that workers make of real models' predictions: of the rows that are in the output, whatever happened on the way."""
import os
import tempfile

import predictions_test_case
from predictions_test_case import PredictionsTestCase, setUpModule, tearDownModule  # noqa: F401
from test_streaming import OF_ALL_ROWS, OF_ROWS, ROWS

from batchstudio_runtime.profiles import records


class JobProfileTests(PredictionsTestCase):
    def profiles(self, worker, done):
        """Return the profiles of the rows and of the inputs that follow the rows of a mini-batch."""
        with open(worker.segment_path, "rb") as file:
            file.seek(done["offset"] + done["bytes"])
            line = file.read(done["profile_bytes"])
        return [profile.summary() for profile in records.profiles_of(line)]

    def new_folder(self):
        self.folder = tempfile.mkdtemp(dir=predictions_test_case.executor.folder)

    def test_they_count_the_rows_of_the_output(self):
        self.new_folder()
        for output_format in ("csv", "jsonl", "parquet"):
            for answer in OF_ROWS + OF_ALL_ROWS:
                for block_rows in (None, 30):
                    with self.subTest(output_format=output_format, answer=answer, block_rows=block_rows):
                        worker = self.new_worker(output_format=output_format, block_rows=block_rows, profile="inputs")
                        other = answer if output_format == "parquet" else "v / 3"
                        done = worker.run([self.write("a.csv", answer, ROWS), self.write("b.csv", other, 70)])
                        self.assertEqual("profile_bytes" in done, done["rows"] > 0)
                        if not done["rows"]:
                            continue
                        rows, inputs = self.profiles(worker, done)
                        self.assertEqual(rows["rows"], done["rows"])
                        for column in rows["columns"]:
                            self.assertLessEqual(column["count"] + column["missing"], done["rows"])
                        self.assertEqual(inputs["rows"], done["rows"])
                        self.assertEqual([column["name"] for column in inputs["columns"]], ["answer", "v"])

    def test_a_prediction_of_each_kind(self):
        self.new_folder()
        for answer, kind in (("v / 7", "number"), ("list(v.astype(str))", "text"), ("v > 900", "boolean"),
                             ("[{'low': [x, x]} for x in v]", "nested"),
                             ("pandas.Timestamp('2024-05-01 10:00') + pandas.to_timedelta(v, 'min')", "time")):
            worker = self.new_worker(profile="predictions")
            rows, inputs = self.profiles(worker, worker.run([self.write("a.csv", answer, ROWS)]))
            expected = "text" if kind == "time" else kind  # as it is written into CSV
            self.assertEqual([list(column["kinds"]) for column in rows["columns"]], [[expected]], answer)
            self.assertEqual(inputs["columns"], [])
        worker = self.new_worker(profile="predictions", output_format="parquet")
        rows, _ = self.profiles(worker, worker.run([self.write("a.csv", answer, ROWS)]))
        self.assertEqual(rows["columns"][0]["kinds"], {"time": ROWS})

    def test_mini_batches_follow_each_other(self):
        self.new_folder()
        worker = self.new_worker(profile="predictions")
        dones = [worker.run([self.write(f"{number}.csv", "v", rows)]) for number, rows in enumerate((100, 3, 200))]
        self.assertEqual([self.profiles(worker, done)[0]["rows"] for done in dones], [100, 3, 200])
        end = 0
        for done in dones:
            self.assertEqual(done["offset"], end)
            worker.rows(done)
            end += done["bytes"] + done["profile_bytes"]
        self.assertEqual(os.path.getsize(worker.segment_path), end)

    def test_none_without_rows_or_when_it_is_off(self):
        self.new_folder()
        for worker in (self.new_worker(), self.new_worker(profile="predictions", output_action="summary_only")):
            self.assertNotIn("profile_bytes", worker.run([self.write("a.csv", "v", ROWS)]))
        done = self.new_worker(profile="predictions").run([self.write("a.csv", "1 / 0", ROWS)])
        self.assertEqual((done["failed_count"], done.get("profile_bytes")), (1, None))
