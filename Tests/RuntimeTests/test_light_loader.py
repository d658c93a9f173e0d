"""Models that are loaded without MLflow: the same rows and the same errors, after a proof."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from executor import MLFLOW_DRIVER, Executor
from installed_runtime import RUNTIME
from mlflow_test_case import IS_REQUIRED, MISSING

SAME = ("classes", "probabilities", "prices", "booster", "xgboost_classes", "lightgbm_booster", "lightgbm_classes")
FILES = {
    "good.csv": "alcohol,acidity,sugar\n1.5,2,3\n9,1,0.25\n4.4,5,6\n",
    "other_order.csv": "sugar,alcohol,acidity\n3,1.5,2\n",
    "bad_value.csv": "alcohol,acidity,sugar\n1.5,much,3\n",
    "short.csv": "alcohol,acidity\n1.5,2\n",
    "missing.csv": "alcohol,acidity,sugar\n1.5,,3\n",
}


class LightLoaderTest(unittest.TestCase):
    maxDiff = None
    models: str
    executor: Executor

    @classmethod
    def setUpClass(cls):
        if MISSING and not IS_REQUIRED:
            raise unittest.SkipTest("not installed in {}: {}".format(sys.executable, ", ".join(MISSING)))
        cls.models = tempfile.mkdtemp(prefix="batchstudio-light-")
        cls.addClassCleanup(shutil.rmtree, cls.models, ignore_errors=True)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_light_models.py")
        variables = dict(os.environ, MLFLOW_TRACKING_URI="file://" + os.path.join(cls.models, "mlruns"))
        made = subprocess.run(
            [sys.executable, "-W", "ignore", script, cls.models], stderr=subprocess.PIPE, cwd=cls.models, env=variables
        )
        if made.returncode != 0:
            raise AssertionError(made.stderr.decode())
        cls.executor = Executor()
        cls.addClassCleanup(cls.executor.close)

    def model(self, name):
        folder = os.path.join(self.models, name)
        if not os.path.exists(folder):
            self.skipTest("its library is not installed")
        return folder

    def proof(self, name):
        command = [sys.executable, "-I", os.path.join(RUNTIME, "light_proof.py"), self.model(name)]
        printed = subprocess.run(command, capture_output=True, check=True).stdout
        return json.loads(printed.decode().splitlines()[-1])

    def scored(self, name, arguments):
        """Returns the rows of each file, or the message of its failure, and the libraries that the host has imported."""
        host = self.executor.host(MLFLOW_DRIVER, model_dir=self.model(name), arguments=arguments)
        folder = tempfile.mkdtemp(dir=self.executor.folder)
        for file, text in FILES.items():
            with open(os.path.join(folder, file), "w") as opened:
                opened.write(text)
        worker = host.worker(input_root=folder)
        results = {}
        for file in FILES:
            done = worker.run([file])
            results[file] = done["failed"][0]["message"] if done["failed"] else worker.rows(done)
        return results, host.ready["versions"]

    def test_both_ways_are_proved_to_predict_the_same(self):
        for name in SAME:
            with self.subTest(name):
                self.assertEqual(self.proof(name), {"is_same": True, "rows": 5})

    def test_rows_and_errors_are_the_same_and_mlflow_is_not_imported_for_good_files(self):
        for name in SAME:
            with self.subTest(name):
                slow, versions = self.scored(name, [])
                self.assertIn("mlflow", versions)
                light, versions = self.scored(name, ["--light_loader"])
                self.assertNotIn("mlflow", versions)
                self.assertEqual(light, slow)

    def test_a_model_without_input_example_has_no_proof(self):
        self.assertEqual(self.proof("without_example"), {"is_same": False, "reason": "the model has no input example"})

    def test_a_model_with_code_of_its_own_is_left_to_mlflow(self):
        self.assertFalse(self.proof("with_code")["is_same"])
        _, versions = self.scored("with_code", ["--light_loader"])
        self.assertIn("mlflow", versions)

    def test_a_model_that_predicts_something_else_is_found_out(self):
        self.assertEqual(
            self.proof("unlike"), {"is_same": False, "reason": "its predictions of the input example differ from MLflow's"}
        )

    def test_an_mlmodel_file_that_says_more_is_left_to_mlflow(self):
        folder = tempfile.mkdtemp(dir=self.executor.folder)
        shutil.copytree(os.path.join(self.model("classes"), "model"), os.path.join(folder, "model"))
        with open(os.path.join(folder, "model", "MLmodel"), "a") as file:
            file.write("preprocessing: {scale: 2}\n")
        host = self.executor.host(MLFLOW_DRIVER, model_dir=folder, arguments=["--light_loader"])
        self.assertIn("mlflow", host.ready["versions"])


if __name__ == "__main__":
    unittest.main()
