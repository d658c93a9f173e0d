"""A Ray cluster for tests, and jobs that run on it."""
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Torture"))

from program import Program, Trouble, wait  # noqa: E402

RAY_PYTHON = os.environ.get("RAY_PYTHON", "")
RAY_VERSION = os.environ.get("RAY_VERSION", "")
RAY_PYTHON_VERSION = os.environ.get("RAY_PYTHON_VERSION", "")

# Root can give nodes a network of their own, and cut it.
CAN_CUT = bool(os.geteuid() == 0 and shutil.which("ip")) and subprocess.run(
    ["ip", "link", "add", f"bs{os.getpid()}", "type", "bridge"], capture_output=True).returncode == 0
if CAN_CUT:
    subprocess.run(["ip", "link", "del", f"bs{os.getpid()}"], check=True)


class RayCluster:
    """A head and nodes of two cores each; all that it started is gone after `stop()`.

    Nodes `apart` are in network namespaces, the network of which can be cut.
    """

    def __init__(self, nodes=2, apart=False):
        self.mark = f"CLUSTER_TEST={uuid.uuid4().hex}"
        name, value = self.mark.split("=")
        variables = {key: text for key, text in os.environ.items() if not key.startswith("BATCHSTUDIO")}
        self.process = subprocess.Popen(
            [RAY_PYTHON, str(HERE / "ray_nodes.py"), *(["--apart"] if apart else [])],
            env=dict(variables, **{name: value}), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, start_new_session=True)
        assert self.process.stdin and self.process.stdout
        self.orders, self.answers = self.process.stdin, self.process.stdout
        self.address = self.answers.readline().strip()
        if not self.address:
            raise Trouble("the cluster did not start")
        for _ in range(nodes):
            self.order("add 2")

    def order(self, line):
        self.orders.write(line + "\n")
        self.orders.flush()
        if line != "quit" and not self.answers.readline():
            raise Trouble(f"the cluster did not obey {line!r}")

    def stop(self):
        try:
            self.order("quit")
            self.process.wait(60)  # it removes what it has made
        except (OSError, Trouble, subprocess.TimeoutExpired):
            pass
        for process in find(lambda _, variables: self.mark.encode() in variables):
            kill(process)
        self.process.wait()
        self.orders.close()
        self.answers.close()

    def agents(self):
        """Return the processes of agents, the folders of which they make as names of their hosts' marks."""
        return find(lambda words, variables: words.startswith(b"ray::NodeAgent") and self.mark.encode() in variables)

    def slots(self):
        """Return the processes that hold the resources of workers."""
        return find(lambda words, variables: words.startswith(b"ray::SlotActor") and self.mark.encode() in variables)

    def raylets(self):
        """Return Ray's own processes, that of the head first."""
        return sorted(find(lambda words, variables: b"/raylet/raylet " in words and self.mark.encode() in variables))

    def remote(self):
        """Return all processes that agents have started: hosts, workers, and what these have started."""
        return find(lambda _, variables: self.mark.encode() in variables
                    and any(variable.startswith(b"BATCHSTUDIO_AGENT=") for variable in variables))

    def workers(self):
        """Return the workers on all nodes: those of the marked processes that belong to a job."""
        hosts = set(self.remote())
        return [process for process in hosts if parent(process) in hosts]

    def hosts(self):
        """Return the processes that workers are forked from."""
        processes = set(self.remote())
        return [process for process in processes if parent(process) not in processes]


class ClusterProgram(Program):
    """A workspace whose jobs run on a cluster."""

    patience = 20  # the lease of agents, and some

    def __init__(self, address, seed=1, files=240, pause=0.15, workers=4, **keys):
        super().__init__(random.Random(seed), timeout=30)
        for path in self.input.iterdir():
            path.unlink()
        self.files = [f"{number}.txt" for number in range(1000, 1000 + files)]
        for name in self.files:
            (self.input / name).write_text("\n".join(f"{name} {line}" for line in range(3)))
        lines = {"name": "ray", "type": "ray", "address": address, "max_workers": 8, "ray_version": RAY_VERSION,
                 "python_version": RAY_PYTHON_VERSION, **keys}
        (self.folder / "cluster.yml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in lines.items()))
        self.run("compute", "create", "-f", "cluster.yml")
        self.options = ["--set", f"max_concurrency_per_instance={workers}", "mini_batch_size=1",
                        f"environment_variables.PAUSE={pause}"]

    def invoke(self, *options):
        return self.run("batch-endpoint", "invoke", "-n", "torture", "--input", "./input", "--query", "name", "-o", "tsv",
                        *(self.options + ["compute=azureml:ray"]), *options)

    def invoke_here(self, *options):
        return self.run("batch-endpoint", "invoke", "-n", "torture", "--input", "./input", "--query", "name", "-o", "tsv",
                        *self.options, *options)

    def workers_of(self, job):
        return json.loads(self.run("job", "show", "-n", job))["batchstudio"].get("workers", [])

    def driver(self):
        """Return the process of the driver."""
        drivers = find(lambda words, variables: b"cluster_driver.py" in words
                       and f"BATCHSTUDIO_WORKSPACE_ID={self.workspace}".encode() in variables)
        return drivers[0] if drivers else None

    def log(self, job):
        folder = self.workspace / "jobs" / job
        # A driver that runs already prints to the log of the job that started it.
        paths = [folder / "user_logs/std_log_0.txt", folder / "logs/sys/host.txt"]
        return "".join(path.read_text() for path in paths if path.exists())


def find(condition):
    """Return the processes whose command line and variables meet a condition."""
    found = []
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = pathlib.Path(f"/proc/{entry}/cmdline").read_bytes().replace(b"\0", b" ")
            variables = pathlib.Path(f"/proc/{entry}/environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(entry) != os.getpid() and words and condition(words, variables):
            found.append(int(entry))
    return found


def parent(process):
    try:
        return int(pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return None


def kill(process, number=signal.SIGKILL):
    try:
        os.kill(process, number)
    except ProcessLookupError:
        pass


def seconds_until(what, condition, seconds):
    """Return how long it took until the condition held."""
    began = time.monotonic()
    wait(what, lambda: True if condition() else None, seconds)
    return time.monotonic() - began
