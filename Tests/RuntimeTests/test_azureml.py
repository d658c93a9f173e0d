"""Old scripts that import azureml where it is not installed."""
import json
import unittest

from runtime_test_case import RuntimeTestCase

OLD_SCRIPT = """
import os
from azureml.core import Model, Run, Workspace, Dataset, Environment
from azureml.core.model import Model as SameModel
from azureml_user.parallel_run import EntryScript
from azureml.contrib.services.aml_response import AMLResponse

def init():
    global logger
    logger = EntryScript().logger
    logger.info("model at %s", Model.get_model_path("wine", version=3))

def run(mini_batch):
    run = Run.get_context()
    run.log("files", len(mini_batch))
    run.parent.log_row("row", a=1, b="two")
    run.log_list("list", (1, 2))
    {}
    return [run.id, EntryScript().output_dir == os.environ["AZUREML_BI_OUTPUT_PATH"], EntryScript().working_dir]
"""


class ShimTests(RuntimeTestCase):
    def worker_of(self, statement="pass", **start):
        self.inputs("a.csv", "b.csv", "c.csv")
        self.executor.write("models/wine.pkl", "a model")
        host = self.executor.host(OLD_SCRIPT.format(statement), load=False)
        host.load(model_dir=self.executor.path("models"))
        return host.worker(**start)

    def test_an_old_script_scores_and_its_metrics_are_kept(self):
        metrics = self.executor.path("logs", "user", "metrics", "process001.jsonl")
        worker = self.worker_of(metrics=metrics)
        rows = worker.rows(worker.run(["a.csv", "b.csv", "c.csv"])).splitlines()
        self.assertEqual(rows[:2], ["job-1", "True"])
        with open(metrics) as file:
            entries = [json.loads(line) for line in file]
        self.assertEqual([(entry["name"], entry["value"]) for entry in entries],
                         [("files", 3), ("row", {"a": 1, "b": "two"}), ("list", [1, 2])])
        self.assertIn("INFO EntryScript: model at " + self.executor.path("models", "wine.pkl"), worker.stderr())
        self.assertIn("metric files = 3", worker.stderr())

    def test_what_needs_azure_is_refused_by_name(self):
        for statement, name in (
            ("Run.get_context().experiment.workspace.datastores", "Run.experiment.workspace.datastores"),
            ("Workspace.from_config()", "azureml.core.Workspace.from_config"),
            ("Dataset.get_by_name(1, 2)", "azureml.core.Dataset.get_by_name"),
            ("run.upload_file(1, 2)", "Run.upload_file"),
        ):
            with self.subTest(name):
                error = self.worker_of(statement).run(["a.csv"], expect="error")
                self.assertEqual(error["type"], "NotInShim")
                self.assertTrue(error["message"].startswith(name + " is not available: batchstudio runs jobs on this"),
                                error["message"])

    def test_names_and_modules_it_does_not_have_say_why(self):
        for statement in ("import azureml.train.dnn", "from azureml.core import ComputeTarget"):
            with self.subTest(statement):
                host = self.executor.host(statement + "\n", load=False)
                fatal = host.load(expect="fatal")
                self.assertIn("without Azure", fatal["message"])

    def test_an_installed_package_wins(self):
        self.inputs("a.csv")
        self.executor.write("code/azureml/core/__init__.py", "Run = 'the real one'\n")
        worker = self.worker("from azureml.core import Run\ndef init(): pass\ndef run(files):\n    return [Run]\n")
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "the real one\n")


if __name__ == "__main__":
    unittest.main()
