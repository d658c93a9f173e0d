"""batchstudio against its alternatives, on the same files, in turn: A B C A B C.

    python compare.py [--quick] [--rounds N] [--work NAME ...] [--contender NAME ...] [--workers N] [--results FILE]

Prints a table a work, checks that all outputs agree, and writes `results/latest.json`. Memory is measured in a round of its
own, since looking at all processes ten times a second takes time from whoever is measured.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time
from importlib.metadata import version

import processes
from agreement import disagreement
from batchstudio import workspace
from works import WORKS

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = HERE / "results" / "latest.json"
TABLES = ("csv", "parquet", "small csv")

DEPLOYMENT = """
name: mlflow
model: {{path: {folder}/model, type: mlflow_model}}
max_concurrency_per_instance: {workers}
mini_batch_size: {mini_batch_size}
"""


class Contender:
    """A script in `contenders/`: the kinds of input it takes, and how much of its output can be compared."""

    def __init__(self, script, kinds, agreement, folder=False, single=False):
        self.script, self.kinds, self.agreement, self.folder, self.single = script, kinds, agreement, folder, single

    def run(self, folder, kind, workers, watch):
        output = folder / "outputs" / pathlib.Path(self.script).stem
        remove(output)
        environment = dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", RAY_USAGE_STATS_ENABLED="0",
                           RAY_DEDUP_LOGS="0", PYSPARK_PYTHON=sys.executable, POLARS_MAX_THREADS="1")
        if not self.single:
            # Most tools leave this to their users; without it trees and BLAS fight for the cores.
            environment["OMP_NUM_THREADS"] = str(max(1, os.cpu_count() // workers))
        command = [sys.executable, str(HERE / "contenders" / self.script), str(folder / "model"), str(folder / "input"),
                   str(output), str(workers), "parquet" if kind == "parquet" else "csv"]
        measured = processes.run(command, environment, str(output), watch)
        if self.script == "limit.py":
            measured["seconds"] = float(measured["printed"])
        return measured, output


CONTENDERS = {
    "pandas-loop": Contender("pandas_loop.py", TABLES + ("images",), "bytes", single=True),
    "mlflow-cli": Contender("mlflow_cli.py", ("csv", "small csv"), "sequence", single=True),
    "multiprocessing": Contender("multiprocessing_loop.py", TABLES + ("images",), "bytes"),
    "dask": Contender("dask_delayed.py", TABLES + ("images",), "bytes"),
    "ray-data": Contender("ray_data.py", TABLES + ("images",), "counts", folder=True),
    "spark-udf": Contender("spark_udf.py", TABLES, "counts", folder=True),
    "limit": Contender("limit.py", TABLES + ("images",), "rows", folder=True),
}


def remove(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def missing(name):
    """Return why a contender cannot run here, or None."""
    if name == "spark-udf" and shutil.which("java") is None:
        return "no Java"
    return None


def executor_pid(space):
    status = json.loads(space.run("executor", "status"))
    return [status["pid"]] if status.get("pid") else []


def batchstudio(space, endpoint, folder, warm, watch):
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
        name, seconds = space.score(endpoint, folder / "input")
    used = processes.processor_seconds(processes.descendants(tree())) - before
    first = space.first_mini_batch(name) - began
    return {"seconds": seconds, "cpu": used, "memory": sample.peak_memory, "first": first}, space.output(name)


def compare(work, rows, rounds, contenders, workers):
    """Run all contenders on a work; return the measurements of each, a list by name, and the peak memory of each in MB."""
    kind = work.split(",")[0]
    with workspace() as space:
        folder = space.folder
        (folder / "outputs").mkdir()
        subprocess.run([sys.executable, str(HERE / "works.py"), str(folder), work, "--rows", str(rows)], check=True,
                       env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"), stderr=subprocess.DEVNULL)
        size = {"small csv": 100, "images": 50}.get(kind, 1)
        space.deploy("bench", deployment=DEPLOYMENT.format(folder=folder, workers=workers, mini_batch_size=size))
        space.score("bench", folder / "input")  # prepares the environment
        measured = {"warm": [], "cold": []} | {name: [] for name in contenders}
        memory = {}
        for number in range(rounds + 1):
            watch = number == rounds  # the last round is the memory's
            cold, again = batchstudio(space, "bench", folder, False, watch)
            # The second job on the deployment.
            warm, expected = batchstudio(space, "bench", folder, True, watch)
            round_results = {"warm": warm, "cold": cold}
            problem = disagreement(expected, again, "bytes")
            for name in contenders:
                round_results[name], output = CONTENDERS[name].run(folder, kind, workers, watch)
                problem = problem or disagreement(expected, output, CONTENDERS[name].agreement)
                if problem is not None:
                    raise SystemExit(f"{work}: the output of {name} differs from batchstudio's: {problem}")
                remove(output)
            for name, result in round_results.items():
                if watch:
                    memory[name] = result["memory"]
                else:
                    measured[name].append(result)
        return measured, memory


def median(measured, field):
    values = [one[field] for one in measured if one.get(field) is not None]
    return statistics.median(values) if values else None


def ratios(measured, reference):
    """Return each contender's wall time over batchstudio's, round by round, as medians; for the limit the inverse."""
    found = {}
    for name, results in measured.items():
        if name in ("warm", "cold"):
            continue
        pairs = [(other["seconds"], ours["seconds"]) for other, ours in zip(results, measured[reference])]
        found[name] = round(statistics.median(b / a if name == "limit" else a / b for a, b in pairs), 2)
    return found


def as_ratio(table, name):
    """Return how many times as long a contender took, for the limit how many times as long it lets us take."""
    if name not in table:
        return ""
    return f"{1 / table[name]:.2f}" if name == "limit" else f"{table[name]:.2f}"


def print_table(work, rows, measured, memory):
    print(f"\n{work}: {rows:,} rows" if not work.startswith("images") else f"\n{work}: {rows:,} images")
    print("| | wall s, median (spread) | time over warm | time over cold | first result s | rows/s steady | peak MB | CPU s |")
    print("|---|---|---|---|---|---|---|---|")
    warm, cold = ratios(measured, "warm"), ratios(measured, "cold")
    labels = {"warm": "batchstudio, warm", "cold": "batchstudio, cold"}
    for name, results in measured.items():
        seconds = [one["seconds"] for one in results]
        first = median(results, "first")
        cells = [
            labels.get(name, name), f"{statistics.median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})",
            as_ratio(warm, name), as_ratio(cold, name),
            f"{first:.2f}" if first is not None and name != "limit" else "–",
            steady_rate(rows, statistics.median(seconds), first),
            f"{memory[name]:.0f}", f"{median(results, 'cpu'):.1f}",
        ]
        print("| " + " | ".join(cells) + " |", flush=True)


def steady_rate(rows, seconds, first):
    """Return the rows a second after the first result, as text; none where all comes at the end."""
    if first is None or first > 0.9 * seconds:
        return "–"
    return f"{rows / (seconds - first):,.0f}"


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    packages = ["mlflow", "scikit-learn", "pandas", "pyarrow", "polars", "ray", "dask", "pyspark"]
    return {"cpu": model, "cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version(),
            "packages": {name: version(name) for name in packages}}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--work", action="append", choices=WORKS)
    parser.add_argument("--contender", action="append", choices=CONTENDERS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--results", type=pathlib.Path, default=RESULTS)
    arguments = parser.parse_args()
    works = arguments.work or (["csv, logistic", "small csv, logistic"] if arguments.quick else list(WORKS))
    results = {}
    for work in works:
        _, full, quick = WORKS[work]
        rows = quick if arguments.quick else full
        kind = work.split(",")[0]
        names = [name for name in arguments.contender or CONTENDERS if kind in CONTENDERS[name].kinds]
        for name in list(names):
            if missing(name):
                print(f"{name} is left out: {missing(name)}")
                names.remove(name)
        measured, memory = compare(work, rows, arguments.rounds or (1 if arguments.quick else 3), names, arguments.workers)
        print_table(work, rows, measured, memory)
        peaks = {name: round(peak) for name, peak in memory.items()}
        results[work] = {"warm": ratios(measured, "warm"), "cold": ratios(measured, "cold"), "peak_mb": peaks}
    main = results.get("csv, logistic", next(iter(results.values())))
    arguments.results.parent.mkdir(exist_ok=True)
    arguments.results.write_text(json.dumps(main | {"works": results, "machine": machine(), "date": time.strftime("%Y-%m-%d"),
                                                   "quick": arguments.quick}, indent=2) + "\n")
