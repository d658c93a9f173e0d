"""The built program in a workspace of its own, and what can be seen of it from outside."""
import copy
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.path.abspath(os.environ.get("BATCHSTUDIO", ROOT / ".build/debug/batchstudio"))
ENDED = ("Completed", "Failed", "Canceled")
HERE = pathlib.Path(__file__).resolve().parent

DEPLOYMENT = """
name: script
type: model
model: azureml:none@latest
code_configuration: {{code: ./code, scoring_script: score.py}}
environment: {{conda_file: ./conda.yml}}
compute: azureml:local
settings:
  max_concurrency_per_instance: {workers}
  mini_batch_size: {mini_batch_size}
  split_files: {split_files}
  block_rows: 8
  retry_settings: {{max_retries: 20, timeout: {timeout}}}
  environment_variables: {{TRAPS: "{traps}", PAUSE: "{pause}", MAPS: "{maps}", CUT: "{cut}"}}
"""


class Trouble(Exception):
    """Something that a user would not forgive."""


def wait(what, condition, seconds=90.0):
    """Return what the condition returns once it is not None."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value is not None:
            return value
        if time.monotonic() > end:
            raise Trouble(f"waited {seconds:.0f} s in vain for {what}")
        time.sleep(0.01)


class Program:
    """A workspace with one endpoint whose script steps into traps."""

    #: How many seconds processes have to end.
    patience = 10

    def __init__(self, random, folder=None, timeout=3, **variables):
        self.folder = pathlib.Path(folder or tempfile.mkdtemp(prefix="batchstudio-torture-"))
        self.workspace = self.folder / "workspace"
        self.traps = self.folder / "traps"
        self.input = self.folder / "input"
        self.cut = self.folder / "cut"
        self.places = [self.workspace]
        self.environment = dict(os.environ, BATCHSTUDIO_WORKSPACE=str(self.workspace), **variables)
        for name in ["code", "model"]:
            (self.folder / name).mkdir()
        self.traps.mkdir()
        self.cut.mkdir()
        self.input.mkdir()
        (self.folder / "conda.yml").write_text("name: plain\ndependencies: []\n")
        (self.folder / "model/model.txt").write_text("a model")
        shutil.copy(HERE / "score.py", self.folder / "code/score.py")
        self.files = [f"{number}.txt" for number in range(1000, 1000 + random.randint(40, 90))]
        for name in self.files:
            (self.input / name).write_text("\n".join(f"{name} {line}" for line in range(random.randint(1, 6))))
        # A script that maps its input would cut a copy of a part and not the file.
        self.splits = "MAPS" not in variables and random.random() < 0.5
        if self.splits:
            self.add_large_files(random)
        (self.folder / "deployment.yml").write_text(DEPLOYMENT.format(
            workers=random.randint(1, 3), mini_batch_size=random.randint(1, 4), traps=self.traps,
            timeout=timeout, split_files="4KiB" if self.splits else "never",
            pause=random.choice([0.005, 0.02, 0.04]), maps=variables.get("MAPS", ""), cut=self.cut))
        self.run("model", "create", "--name", "none", "--type", "custom_model", "--path", "./model")
        self.run("batch-endpoint", "create", "-n", "torture")
        self.run("batch-deployment", "create", "-f", "deployment.yml", "-e", "torture", "--set-default")

    def add_large_files(self, random):
        """Add files between the others that are scored in parts."""
        for number in random.sample(range(1000, 1090), 3):
            name = f"{number}-large.jsonl"
            lines = range(random.randint(100, 600))
            (self.input / name).write_text("".join(json.dumps({"text": f"{name} {line}"}) + "\n" for line in lines))
            self.files.append(name)
        self.files.sort()

    def at(self, place):
        """Return the program in a copy of the workspace."""
        other = copy.copy(self)
        other.workspace = pathlib.Path(place)
        other.places = [other.workspace]
        other.environment = dict(self.environment, BATCHSTUDIO_WORKSPACE=str(place))
        return other

    def move(self, place):
        """Rename the workspace's folder."""
        self.workspace.rename(place)
        self.workspace = place
        self.places.append(place)
        self.environment["BATCHSTUDIO_WORKSPACE"] = str(place)

    def rows(self, files=None):
        """Return the bytes that a job must write for these files, all by default."""
        lines = []
        for name in sorted(files if files is not None else self.files):
            lines += [",".join(row) for row in rows_of(name, (self.input / name).read_text())]
        return "".join(line + "\n" for line in lines).encode()

    def try_run(self, *arguments, seconds=60):
        return subprocess.run([PROGRAM, *arguments], env=self.environment, cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=seconds)

    def run(self, *arguments):
        """Run a command that must succeed and return what it prints."""
        done = self.try_run(*arguments)
        if done.returncode != 0:
            raise Trouble(f"`{' '.join(arguments)}` ended with {done.returncode}: {done.stderr.strip()}{done.stdout.strip()}")
        return done.stdout.strip()

    def invoke(self):
        return self.run("batch-endpoint", "invoke", "-n", "torture", "--input", "./input", "--query", "name", "-o", "tsv")

    def query(self, sql, *arguments):
        database = sqlite3.connect(f"file:{self.workspace}/studio.sqlite?mode=ro", uri=True, timeout=20)
        try:
            return database.execute(sql, arguments).fetchall()
        finally:
            database.close()

    def state(self, job):
        return self.query("SELECT state FROM job WHERE name = ?", job)[0][0]

    def done(self, job):
        return self.query("SELECT doneMiniBatches FROM job WHERE name = ?", job)[0][0]

    def wait_for_state(self, job, what, condition, seconds=90.0):
        """Wait until the condition holds of a job's state.

        Any command resumes a job whose executor has ended, and users run commands.
        """
        polled = time.monotonic()

        def reached():
            nonlocal polled
            if time.monotonic() > polled + 1:
                self.run("job", "show", "-n", job)
                polled = time.monotonic()
            state = self.state(job)
            return state if state in ENDED or condition(state) else None
        return wait(f"{what} of {job}", reached, seconds)

    def wait_for_progress(self, job, mini_batches):
        """Wait until so many mini-batches are done, or the job has ended."""
        return self.wait_for_state(job, f"{mini_batches} mini-batches", lambda _: self.done(job) >= mini_batches)

    def wait_for_end(self, job):
        return self.wait_for_state(job, "the end", lambda _: False)

    def cause(self, job):
        return self.query("SELECT cause FROM job WHERE name = ?", job)[0][0]

    def output(self, job):
        path = self.workspace / "blobs" / job / "score/predictions.csv"
        return path.read_bytes() if path.exists() else None

    def profile(self, job):
        """Return the profile of its rows."""
        try:
            return json.loads((self.workspace / "jobs" / job / "profile.json").read_bytes())
        except FileNotFoundError:
            raise Trouble("the job has no profile") from None

    def executor(self):
        """Return the process of the executor that runs, or None."""
        status = json.loads(self.run("executor", "status"))
        return status.get("pid")

    def start_executor(self):
        return subprocess.Popen([PROGRAM, "executor", "serve"], env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def processes(self):
        """Return the command lines of all processes of this workspace, by their number: zombies are none."""
        marks = {f"{name}={place}".encode() for place in self.places
                 for name in ["BATCHSTUDIO_WORKSPACE", "BATCHSTUDIO_WORKSPACE_ID"]}
        found = {}
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) == os.getpid():
                continue
            try:
                variables = pathlib.Path(f"/proc/{entry}/environ").read_bytes().split(b"\0")
                words = pathlib.Path(f"/proc/{entry}/cmdline").read_bytes().decode(errors="replace").split("\0")
            except OSError:
                continue
            if marks & set(variables):
                found[int(entry)] = words
        return found

    def hosts(self):
        """Return the hosts: Python processes whose parent is the executor."""
        executor = self.executor()
        return [pid for pid, words in self.processes().items() if is_python(words) and parent(pid) == executor]

    def workers(self):
        """Return the workers: Python processes whose parent is a host."""
        hosts = self.hosts()
        return [pid for pid, words in self.processes().items() if is_python(words) and parent(pid) in hosts]

    def orphans(self):
        """Return the processes that are neither the executor nor a warm host."""
        executor = self.executor()
        return {pid: words for pid, words in self.processes().items()
                if pid != executor and not (is_python(words) and parent(pid) == executor)}

    def failures(self, job):
        """Return the failed files of a job, each with its reason."""
        return self.query(
            "SELECT file, message FROM failedFile WHERE job = (SELECT sequence FROM job WHERE name = ?)", job)

    def tries(self, job):
        """Return the most attempts that a mini-batch took."""
        return self.query(
            "SELECT max(tries) FROM miniBatch WHERE job = (SELECT sequence FROM job WHERE name = ?)", job)[0][0]

    def durations(self, job):
        """Return the seconds of a job and of each of its states, by name."""
        timings = json.loads(self.run("job", "show", "-n", job))["batchstudio"]["timings"]
        return {name: seconds for name, seconds in timings.items() if seconds is not None}

    def leavings(self, job):
        """Return the names of the files of a job and its output, without its logs."""
        folders = [self.workspace / "jobs" / job, self.workspace / "blobs" / job]
        names = [str(path.relative_to(self.workspace)).replace(job, "JOB")
                 for folder in folders for path in folder.rglob("*") if path.is_file()]
        logs = {"logs", "user_logs", "azureml-logs", "print_times"}
        return {name for name in names if not logs & set(pathlib.Path(name).parts)}

    def remove(self):
        subprocess.run([PROGRAM, "executor", "stop"], env=self.environment, capture_output=True, timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)


def rows_of(name, text):
    """Return the rows that the script makes of a file: of JSON lines, their texts."""
    if name.endswith(".jsonl"):
        return [[name, json.loads(line)["text"]] for line in text.splitlines()]
    return [[name, line] for line in text.split("\n")]


def is_python(words):
    return any(word.endswith("host.py") for word in words)


def parent(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None
