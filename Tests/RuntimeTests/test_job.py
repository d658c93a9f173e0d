"""The parameters of a job's input and output in its start message, and their effects in a worker."""
import json
import os
import unittest

from runtime_test_case import RETURN_NAMES, RuntimeTestCase
from test_worker import script

JOB = """
import json, os
import batchstudio_runtime as runtime
def told():
    job = runtime.job()
    return [job.read_options, job.row_contract, job.file_column, job.columns, job.input_types, job.input_root]
def init():
    global at_init
    at_init = told()
def run(mini_batch):
    return [json.dumps(at_init)]
"""


class JobTests(RuntimeTestCase):
    def told(self, **start):
        worker = self.worker(JOB, output_format="jsonl", **start)
        return json.loads(json.loads(worker.rows(worker.run(["a.csv"])))["column_0"])

    def test_what_start_leaves_out_has_its_default(self):
        self.assertEqual(self.told(), [{}, "one_per_row", "name", None, None, self.executor.path("input")])

    def test_what_start_says_is_known_in_init(self):
        told = self.told(read_options={"delimiter": ";"}, row_contract="by_index", file_column="path", input_types="/t.json")
        self.assertEqual(told[:5], [{"delimiter": ";"}, "by_index", "path", None, "/t.json"])

    def test_an_unknown_row_contract_is_fatal(self):
        worker = self.executor.host(RETURN_NAMES).worker(row_contract="any", expect="fatal")
        self.assertEqual(worker.ready["message"], "the row contract 'any' is unknown to this worker")

    def test_there_is_no_job_while_a_script_is_imported(self):
        host = self.executor.host("import batchstudio_runtime as runtime\nruntime.job()\n" + RETURN_NAMES, load=False)
        self.assertIn("the job is not known yet", host.load(expect="fatal")["message"])

    def test_files_are_named_by_their_path_in_the_input(self):
        names = ["d=1/part-0", "d=2/part-0", os.fsdecode(b"\xff")]
        worker = self.worker(script("return [[runtime.name_of(path)] for path in mini_batch]"), files=names)
        self.assertEqual(worker.rows(worker.run(names)), "d=1/part-0\nd=2/part-0\n\\udcff\n")


class SampleOfInputTests(RuntimeTestCase):
    def sample(self, limit, names, checked=1):
        worker = self.worker(RETURN_NAMES + f"""
def check(files, seconds):
    import batchstudio_runtime as runtime
    runtime.note(" ".join(map(runtime.name_of, runtime.sample_of_input({limit}))))
""", files=names)
        first = worker.lines(names[:checked])
        worker.lines(names[checked:])
        worker.connection.send("check", id=0, seconds=1, **first)
        return worker, worker.connection.expect("checked")["notes"][0].split()

    def test_a_sample_is_spread_over_the_whole_input(self):
        names = [f"{number:02}" for number in range(20)]
        self.assertEqual(self.sample(5, names)[1], ["00", "04", "08", "12", "16"])

    def test_a_small_input_is_sampled_whole(self):
        self.assertEqual(self.sample(5, ["a", "b"])[1], ["a", "b"])


class NoteTests(RuntimeTestCase):
    SCRIPT = RETURN_NAMES + """
import batchstudio_runtime as runtime
def check(files, seconds):
    runtime.note("zip is text")
    runtime.note("zip is text")
    runtime.note("x is a number")
"""

    def test_notes_of_a_check_are_for_the_job(self):
        self.assertEqual(self.worker(self.SCRIPT).check(["a.csv"])["notes"], ["zip is text", "x is a number"])

    def test_a_check_without_notes_has_no_such_field(self):
        self.assertNotIn("notes", self.worker().check(["a.csv"]))

    def test_a_note_made_while_scoring_is_a_warning(self):
        done = self.worker(script("runtime.note('odd'); return ['row']")).run(["a.csv"])
        self.assertEqual(done["warnings"], ["odd"])


class WorkDirTests(RuntimeTestCase):
    SCRIPT = """
def init():
    global labels
    labels = open("labels.txt").read()
def run(mini_batch):
    open("written.txt", "w").close()
    return [[labels]]
"""

    def test_a_script_reads_and_writes_in_the_jobs_folder(self):
        self.executor.write("work/labels.txt", "LABELS")
        worker = self.worker(self.SCRIPT, work_dir=self.executor.path("work"))
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "LABELS\n")
        self.assertEqual(sorted(os.listdir(self.executor.path("work"))), ["labels.txt", "written.txt"])

    def test_a_working_folder_that_is_missing_is_fatal(self):
        worker = self.executor.host(RETURN_NAMES).worker(work_dir=self.executor.path("none"), expect="fatal")
        self.assertEqual(worker.ready["type"], "FileNotFoundError")


class ColumnsTests(RuntimeTestCase):
    """One list of columns for the whole output."""

    SCRIPT = script("""
return [json.load(open(path)) for path in mini_batch]
""", "import json")

    def columns_worker(self, output_format="csv", **files):
        worker = self.worker(self.SCRIPT, output_format=output_format, report_columns=True)
        for name, content in files.items():
            self.executor.write("input/" + name, json.dumps(content))
        return worker

    def test_columns_are_reported_in_every_format(self):
        for output_format in ("csv", "csv_with_header", "jsonl"):
            worker = self.columns_worker(output_format, a={"x": 1, "y": 2})
            self.assertEqual(worker.run(["a"])["columns"], ["x", "y"], output_format)

    def test_columns_are_not_reported_unless_asked_for(self):
        self.assertNotIn("columns", self.worker().run(["a.csv"]))

    def test_fixed_columns_order_the_rows(self):
        worker = self.columns_worker(a={"x": 1, "y": 2})
        worker.columns(["y", "x"])
        done = worker.run(["a"])
        self.assertEqual((worker.rows(done), done["columns"]), ("2,1\n", ["y", "x"]))

    def test_other_columns_than_the_outputs_are_an_error(self):
        worker = self.columns_worker(a={"x": 1, "z": 2})
        worker.columns(["x", "y"])
        error = worker.run(["a"], expect="error")
        self.assertEqual(error["message"], "run() returned the columns x, z; the output has x, y")
        done = worker.run(["a"], parts=[[0, 1]])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["a"])


if __name__ == "__main__":
    unittest.main()
