"""batchstudio against its alternatives, on the same files, in turn: A B C A B C.

    python compare.py [--workloads a,c] [--work NAME ...] [--contender NAME ...] [--scale S] [--rounds N] [--workers N] [--check]

Prints a table a work, checks that all outputs agree, tells which aims are reached, and writes `--results`. Memory is
measured in a round of its own, since looking at all processes ten times a second takes time from whoever is measured.
"""
import argparse
import json
import os
import pathlib
import platform
import subprocess
import sys
import time
from importlib.metadata import distributions

import processes
from agreement import disagreement
from batchstudio import workspace
from contender import CONTENDERS, not_installed, remove
from tables import print_table, ratios
from thresholds import print_verdicts
from works import WORKS, kind_of

HERE = pathlib.Path(__file__).resolve().parent
LETTERS = sorted({work.letter for work in WORKS.values()})
PACKAGES = ["mlflow", "scikit-learn", "pandas", "pyarrow", "polars", "ray", "dask", "pyspark", "xgboost-cpu", "lightgbm",
            "onnxruntime"]

DEPLOYMENT = """
name: mlflow
model: {{path: {folder}/model, type: mlflow_model}}
max_concurrency_per_instance: {workers}
mini_batch_size: {mini_batch_size}
"""


class Comparison:
    """The rounds of a work: what was measured of each contender, its peak memory in MB, why others are left out."""

    def __init__(self, name, rows):
        self.name, self.rows = name, rows
        self.measured: dict[str, list[dict]] = {"warm": [], "cold": []}
        self.memory: dict[str, float] = {}
        self.left_out: dict[str, str] = {}

    def run(self, contenders, rounds, workers):
        with workspace() as space:
            self.make(space.folder)
            size = WORKS[self.name].mini_batch_size
            space.deploy("bench", deployment=DEPLOYMENT.format(folder=space.folder, workers=workers, mini_batch_size=size))
            space.score("bench", space.folder / "input")  # prepares the environment
            reasons = {name: CONTENDERS[name].missing(self.name, space.folder) for name in contenders}
            self.left_out = {name: reason for name, reason in reasons.items() if reason}
            compared = [name for name in contenders if name not in self.left_out]
            for _ in range(rounds):
                for name, result in self.round(space, compared, workers, watch=False).items():
                    self.measured.setdefault(name, []).append(result)
            watched = self.round(space, compared, workers, watch=True)
            self.memory = {name: result["memory"] for name, result in watched.items()}

    def make(self, folder):
        (folder / "outputs").mkdir()
        made = subprocess.run([sys.executable, "-m", "works", str(folder), self.name, "--rows", str(self.rows)], cwd=HERE,
                              env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"), stderr=subprocess.PIPE, text=True)
        if made.returncode != 0:
            raise SystemExit(f"{self.name} can't be made:\n{made.stderr[-3000:]}")

    def round(self, space, contenders, workers, watch):
        """Run batchstudio and all contenders once; return what was measured."""
        cold, again = batchstudio(space, False, watch)
        warm, expected = batchstudio(space, True, watch)  # the second job on the deployment
        results = {"warm": warm, "cold": cold}
        self.check("batchstudio, cold", disagreement(expected, again, "bytes"))
        for name in contenders:
            results[name], output = CONTENDERS[name].run(space.folder, self.name, workers, watch)
            self.check(name, disagreement(expected, output, CONTENDERS[name].plan(self.name)[1]))
            remove(output)
        for output in (again, expected):
            remove(output)
        return results

    def check(self, contender, problem):
        if problem is not None:
            raise SystemExit(f"{self.name}: the output of {contender} differs from batchstudio's: {problem}")

    def print(self):
        unit = "images" if kind_of(self.name) in ("images", "jpeg") else "rows"
        title = f"({WORKS[self.name].letter}) {self.name}: {self.rows:,} {unit}"
        print_table(title, self.rows, self.measured, self.memory, self.left_out)

    def summary(self):
        peaks = {name: round(peak) for name, peak in self.memory.items()}
        return {"rows": self.rows, "warm": ratios(self.measured, "warm"), "cold": ratios(self.measured, "cold"),
                "peak_mb": peaks, "left_out": self.left_out}


def executor_pid(space):
    status = json.loads(space.run("executor", "status"))
    return [status["pid"]] if status.get("pid") else []


def batchstudio(space, warm, watch):
    """Run a job; return what was measured, and its output."""
    if not warm:
        space.stop_executor()
    roots = executor_pid(space) if warm else []
    before = processes.processor_seconds(processes.descendants(roots)) if roots else 0

    def tree():
        nonlocal roots
        roots = roots or executor_pid(space)
        return roots

    began = time.time()
    with processes.watching(tree, memory=watch) as sample:
        name, seconds = space.score("bench", space.folder / "input")
    used = processes.processor_seconds(processes.descendants(tree())) - before
    first = space.first_mini_batch(name) - began
    return {"seconds": seconds, "cpu": used, "memory": sample.peak_memory, "first": first}, space.output(name)


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    packages = {package.name: package.version for package in distributions() if package.name in PACKAGES}
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version(),
            "packages": packages}


def chosen(arguments):
    """Return the works that the arguments name; all if they name none."""
    if arguments.work:
        return arguments.work
    letters = arguments.workloads.split(",") if arguments.workloads else LETTERS
    unknown = [letter for letter in letters if letter not in LETTERS]
    if unknown:
        raise SystemExit(f"No such workload: {', '.join(unknown)}. There are {', '.join(LETTERS)}.")
    return [name for name, work in WORKS.items() if work.letter in letters]


def write(results, path):
    """Write the works' results over those of the same works of earlier runs."""
    written = json.loads(path.read_text()) if path.exists() else {}
    written = {"works": written.get("works", {}) | results, "machine": machine()}
    path.write_text(json.dumps(written, indent=2) + "\n")


def main(arguments):
    results = {}
    for name in chosen(arguments):
        reasons = [reason for reason in map(not_installed, WORKS[name].packages) if reason]
        if reasons:
            print(f"\n({WORKS[name].letter}) {name} is left out: {'; '.join(reasons)}", flush=True)
            continue
        comparison = Comparison(name, WORKS[name].scaled(arguments.scale))
        comparison.run(arguments.contender or list(CONTENDERS), arguments.rounds, arguments.workers)
        comparison.print()
        sys.stdout.flush()
        results[name] = comparison.summary() | {"scale": arguments.scale, "rounds": arguments.rounds,
                                                "date": time.strftime("%Y-%m-%d")}
    if arguments.results:
        write(results, arguments.results)
    verdicts = print_verdicts({name: result["warm"] for name, result in results.items()})
    broken = [verdict for verdict in verdicts if not verdict.keeps(verdict.threshold)]
    if arguments.check and (broken or len(results) < len(chosen(arguments))):
        raise SystemExit(f"{len(broken)} ratios are below their thresholds, "
                         f"{len(chosen(arguments)) - len(results)} works are left out.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--workloads", default="")
    parser.add_argument("--work", action="append", choices=WORKS)
    parser.add_argument("--contender", action="append", choices=CONTENDERS)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--results", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    main(parser.parse_args())
