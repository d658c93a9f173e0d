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
from simulated_nodes import FIRST_PROCESS

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
            (packages / "simulation.py").write_text(HOOK.format(here=str(HERE)))
            # Not as sitecustomize, which some systems have already.
            (packages / "simulation.pth").write_text("import simulation\n")
            return
    raise SystemExit(f"no environment in {shlex.quote(cache)} has Ray")


def simulate(workers, files):
    with workspace() as space, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as cache:
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
            # Agents and workers start with the first job; the second one finds the agents.
            space.score("idle", make_files(space.folder / "first", workers), "--set", "compute=azureml:ray")
            report(space, make_files(space.folder / "input", files), workers, files)
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
    scored = space.query(
        "SELECT count(DISTINCT pid), min(pid) FROM miniBatch WHERE job = (SELECT sequence FROM job WHERE name = ?)", name)[0]
    if scored[1] < FIRST_PROCESS:
        raise SystemExit("the driver has not loaded the simulated nodes: real workers have scored")
    used = usage.used()
    both = used["executor"] + used["driver"]
    print(f"{files:,} mini-batches, {workers:,} workers, of which {scored[0]:,} scored some: "
          f"{files / seconds:,.0f} a second in {seconds:.0f} s")
    for name, taken in used.items():
        memory = ", ".join(f"{share:.0%} {usage.memory(name, share):.0f} MB" for share in (0.25, 0.5, 0.75, 1))
        print(f"  {name}: {taken / seconds:.2f} cores, {taken / files * 1e6:.0f} µs a mini-batch; memory at {memory}")
    print(f"  executor and driver on one core: {files / both:,.0f} mini-batches a second (aim: 5,000)", flush=True)


class Usage:
    """The processor seconds and memory of executor, driver and agents during a job."""

    def __init__(self, space):
        self.is_over = False
        self._space = space
        self._first: dict[int, tuple[str, float]] = {}
        self._last: dict[int, float] = {}
        self._memory: dict[str, list[float]] = {}

    def watch(self):
        while not self.is_over:
            for name, found in self._processes().items():
                for process in found:
                    seconds = processes.processor_seconds([process])
                    self._first.setdefault(process, (name, seconds))
                    self._last[process] = seconds
                self._memory.setdefault(name, []).append(processes.memory_of(found))
            time.sleep(0.5)

    def _processes(self):
        workspace_folder = str(self._space.folder / "workspace").encode()
        return {
            "executor": find(lambda words, variables: b" executor serve" in words and any(
                variable.endswith(workspace_folder) for variable in variables)),
            "driver": find(lambda words, variables: b"cluster_driver.py" in words and any(
                variable.endswith(workspace_folder) for variable in variables)),
            "agents": find(lambda words, _: words.startswith(b"ray::SimulatedAgent")),
        }

    def memory(self, name, share):
        """Return the MB that processes held when this share of the job's time was over."""
        held = self._memory[name]
        return held[round(share * (len(held) - 1))]

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
