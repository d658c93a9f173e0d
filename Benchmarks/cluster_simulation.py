"""How many mini-batches a second executor and driver keep up with on a cluster of 1,000 workers, and what they use.

    python cluster_simulation.py [--workers N] [--files N]

Executor, driver, Ray and agents are real, the agents' workers answer at once: see simulated_nodes.py.
"""
import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys
import tempfile
import threading
import time

import processes
import ray
from batchstudio import deploy_idle_script, make_files, workspace

os.environ.update(RAY_PYTHON=sys.executable, RAY_VERSION=ray.__version__)
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests/ClusterTests"))
from ray_cluster import RayCluster, find  # noqa: E402

HOOK = """
import sys
if any(word.endswith("/cluster_driver.py") for word in sys.orig_argv):
    sys.path.append({here!r})
    import simulated_nodes
    simulated_nodes.install(next(word for word in sys.orig_argv if word.endswith("/cluster_driver.py")).rsplit("/", 1)[0])
"""


def hook(space, cache):
    """Have the environment of the driver, which the program has built, load the simulated nodes."""
    space.run("compute", "show", "-n", "ray", "--check")
    for packages in pathlib.Path(cache).glob("batchstudio/environments/*/*/lib/python3*/site-packages"):
        if (packages / "ray").exists():
            (packages / "sitecustomize.py").write_text(HOOK.format(here=str(HERE)))
            return
    raise SystemExit(f"no environment in {shlex.quote(cache)} has Ray")


def simulate(workers, files):
    with workspace() as space, tempfile.TemporaryDirectory() as cache:
        real = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
        space.environment.update(XDG_CACHE_HOME=cache, UV_CACHE_DIR=os.environ.get("UV_CACHE_DIR", real + "/uv"))
        cluster = RayCluster(nodes=0)
        try:
            cluster.order("add 2")
            keys = {"name": "ray", "type": "ray", "address": cluster.address, "max_workers": workers,
                    "ray_version": ray.__version__, "python_version": "{}.{}".format(*sys.version_info)}
            (space.folder / "ray.yml").write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()))
            space.run("compute", "create", "-f", str(space.folder / "ray.yml"))
            hook(space, cache)
            deploy_idle_script(space, workers)
            data = make_files(space.folder / "input", files)
            for _ in range(2):
                report(space, data, workers, files)
        finally:
            cluster.stop()


def report(space, data, workers, files):
    """Run a job and print its rate, and what each process has used in it."""
    usage = Usage(space)
    thread = threading.Thread(target=usage.watch)
    thread.start()
    try:
        name, _ = space.score("idle", data, "--set", "compute=azureml:ray")
    finally:
        usage.is_over = True
        thread.join()
    at = space.transitions(name)
    seconds = at["Finalizing"] - at["Running"]
    if space.output(name).read_bytes() != b"x\n" * files:
        raise SystemExit("the output is not a row a file")
    print(f"{files:,} mini-batches, {workers:,} workers: {files / seconds:,.0f} a second; " + ", ".join(
        f"{name} {seconds_used / seconds:.2f} cores" for name, seconds_used in usage.used().items())
        + f"; the executor's peak memory: {space.executor_peak_memory():.0f} MB", flush=True)


class Usage:
    """The processor seconds of executor, driver and agents during a job."""

    def __init__(self, space):
        self.is_over = False
        self._space = space
        self._first: dict[int, tuple[str, float]] = {}
        self._last: dict[int, float] = {}

    def watch(self):
        while not self.is_over:
            for name, found in self._processes().items():
                for process in found:
                    seconds = processes.processor_seconds([process])
                    self._first.setdefault(process, (name, seconds))
                    self._last[process] = seconds
            time.sleep(0.2)

    def _processes(self):
        workspace_folder = str(self._space.folder / "workspace").encode()
        return {
            "executor": find(lambda words, variables: b" executor serve" in words and any(
                variable.endswith(workspace_folder) for variable in variables)),
            "driver": find(lambda words, _: b"cluster_driver.py" in words),
            "agents": find(lambda words, _: words.startswith(b"ray::") and b"Agent" in words),
        }

    def used(self):
        total = {"executor": 0.0, "driver": 0.0, "agents": 0.0}
        for process, (name, seconds) in self._first.items():
            total[name] += self._last[process] - seconds
        return total


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=1000)
    parser.add_argument("--files", type=int, default=50_000)
    arguments = parser.parse_args()
    try:
        simulate(arguments.workers, arguments.files)
    except subprocess.CalledProcessError as error:
        raise SystemExit(str(error))
