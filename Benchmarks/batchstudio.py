"""Runs the built program in a workspace of its own, as a user would on the command line."""
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime, timezone

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("BATCHSTUDIO", str(ROOT / ".build/release/batchstudio"))


class Workspace:
    """A workspace in a temporary folder."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.environment = dict(os.environ, BATCHSTUDIO_WORKSPACE=str(self.folder / "workspace"))

    def run(self, *arguments):
        """Run a command and return what it prints."""
        done = subprocess.run([PROGRAM, *arguments], env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"batchstudio {' '.join(arguments)}: {done.stderr}{done.stdout}")
        return done.stdout

    def deploy(self, endpoint, **files):
        """Create an endpoint with the deployment that the YAML describes."""
        manifest = self.folder / f"{endpoint}.yml"
        manifest.write_text(files["deployment"])
        self.run("batch-endpoint", "create", "-n", endpoint)
        self.run("batch-deployment", "create", "-f", str(manifest), "--endpoint-name", endpoint, "--set-default")

    def score(self, endpoint, data, *flags):
        """Run a job to its end; return its name and the wall time from the command to the end, in seconds."""
        began = time.time()
        name = self.run("batch-endpoint", "invoke", "-n", endpoint, "--input", str(data), "--query", "name", "-o", "tsv",
                        *flags).strip()
        self.run("job", "stream", "-n", name)
        job = self.job(name)
        if job["status"] != "Completed":
            raise SystemExit(f"job {name} is {job['status']}: {job['batchstudio']['cause']}")
        ended = self.query("SELECT endedAt FROM job WHERE name = ?", name)[0][0]
        return name, moment(ended) - began

    def job(self, name):
        return json.loads(self.run("job", "show", "-n", name))

    def first_mini_batch(self, name):
        """Return when the first mini-batch of a job was scored, in seconds since 1970."""
        rows = self.query("SELECT startedAt, seconds FROM miniBatch WHERE job = (SELECT sequence FROM job WHERE name = ?)",
                          name)
        return min(moment(started) + seconds for started, seconds in rows)

    def transitions(self, name):
        """Return when a job entered each of its states."""
        rows = self.query("SELECT state, at FROM jobTransition WHERE job = (SELECT sequence FROM job WHERE name = ?)", name)
        return {state: moment(at) for state, at in rows}

    def output(self, name):
        return pathlib.Path(self.job(name)["batchstudio"]["output_folder"]) / "predictions.csv"

    def executor_peak_memory(self):
        """Return the most memory that the running executor has held, in MB."""
        pid = json.loads(self.run("executor", "status"))["pid"]
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def stop_executor(self):
        self.run("executor", "stop")

    def query(self, sql, *arguments):
        with sqlite3.connect(self.folder / "workspace/studio.sqlite") as database:
            return database.execute(sql, arguments).fetchall()

    def execute(self, sql):
        with sqlite3.connect(self.folder / "workspace/studio.sqlite") as database:
            database.execute(sql)


@contextmanager
def workspace():
    """Give the body a new workspace; its executor and all its files are gone afterwards."""
    folder = tempfile.mkdtemp(prefix="batchstudio-bench-")
    made = Workspace(folder)
    try:
        yield made
    finally:
        subprocess.run([PROGRAM, "executor", "stop"], env=made.environment, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def moment(text):
    """Return a time as the workspace writes it, in UTC, as seconds since 1970."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=timezone.utc).timestamp()


SCRIPT_DEPLOYMENT = """
name: script
model: {{path: {folder}/model}}
code_configuration: {{code: {folder}/code, scoring_script: score.py}}
environment: {{name: plain, conda_file: {{name: plain, dependencies: [python]}}, image: none}}
max_concurrency_per_instance: {workers}
mini_batch_size: 1
"""


def deploy_idle_script(space, workers=2):
    """Deploy a script that does nothing: what is left is the executor's own work."""
    (space.folder / "code").mkdir()
    (space.folder / "model").mkdir()
    (space.folder / "model/model.txt").write_text("none")
    (space.folder / "code/score.py").write_text(
        "def init():\n    pass\n\n\ndef run(mini_batch):\n    return ['x'] * len(mini_batch)\n"
    )
    space.deploy("idle", deployment=SCRIPT_DEPLOYMENT.format(folder=space.folder, workers=workers))


def make_files(folder, count):
    """Write small input files."""
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:07d}.txt").write_text("1\n")
    return folder
