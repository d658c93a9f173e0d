"""A job on a Ray cluster of two nodes, against the same job on this machine and Ray Data on the same cluster.

    python cluster.py [--rows N] [--rounds N] [--busy-rows N]

All run on this machine's cores, with the cluster's own processes beside them: look at the ratios. For all of them a node counts
as four cores, since Ray Data does not start on fewer: two workers run whoever scores. Outputs are compared: that of the cluster
must have the bytes of this machine's.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager

import ray
from agreement import disagreement
from batchstudio import SCRIPT_DEPLOYMENT, make_files, workspace
from compare import DEPLOYMENT

os.environ.update(RAY_PYTHON=sys.executable, RAY_VERSION=ray.__version__)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/ClusterTests"))
from ray_cluster import RayCluster  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
WORK = "csv, logistic"
CORES = 4  # that a node counts as
WORKERS = 2
BUSY_SCRIPT = """
import time


def init():
    pass


def run(mini_batch):
    results = []
    for path in mini_batch:
        with open(path) as file:
            for line in file:
                end = time.process_time() + 0.001
                while time.process_time() < end:
                    pass
                results.append(line.strip())
    return results
"""


def ray_data(space, address):
    """Run Ray Data's `map_batches` on the cluster; return the seconds and the output."""
    output = space.folder / "outputs" / f"ray-data-{time.monotonic_ns()}"
    environment = dict(os.environ, RAY_ADDRESS=address, MLFLOW_DISABLE_TELEMETRY="true", RAY_USAGE_STATS_ENABLED="0",
                       RAY_DEDUP_LOGS="0", OMP_NUM_THREADS="1")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(HERE / "contenders/ray_data.py"), str(space.folder / "model"), str(space.folder / "input"),
         str(output), str(WORKERS), "csv"], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"Ray Data: {done.stderr[-3000:]}")
    return time.monotonic() - began, output


def compare(rows, rounds):
    """Return the wall times of each way, a list each."""
    seconds: dict[str, list[float]] = {"this machine": [], "cluster, storage: shared": [], "cluster, storage: ship": [],
                                       "Ray Data": []}
    with two_nodes() as cluster, workspace() as space:
        make(space, rows)
        space.deploy("bench", deployment=DEPLOYMENT.format(folder=space.folder, workers=WORKERS, mini_batch_size=10))
        for storage in ("shared", "ship"):
            create_target(space, cluster, storage)
        ways = dict.fromkeys(["this machine"], ()) | {
            f"cluster, storage: {storage}": ("--set", f"compute=azureml:ray-{storage}") for storage in ("shared", "ship")}
        # The first round prepares environments, hosts, driver and agents.
        for round in range(rounds + 1):
            outputs = {}
            for way, flags in ways.items():
                name, taken = space.score("bench", space.folder / "input", *flags)
                outputs[way] = space.output(name)
                if round:
                    seconds[way].append(taken)
                check(way, disagreement(outputs["this machine"], outputs[way], "bytes"))
            taken, output = ray_data(space, cluster.address)
            if round:
                seconds["Ray Data"].append(taken)
            check("Ray Data", disagreement(outputs["this machine"], output, "counts"))
    return seconds


@contextmanager
def two_nodes():
    cluster = RayCluster(nodes=0)
    try:
        for _ in range(2):
            cluster.order(f"add {CORES}")
        yield cluster
    finally:
        cluster.stop()


def create_target(space, cluster, storage):
    keys = {"name": f"ray-{storage}", "type": "ray", "address": cluster.address, "ray_version": ray.__version__,
            "python_version": "{}.{}".format(*sys.version_info), "storage": storage}
    manifest = space.folder / f"{storage}.yml"
    manifest.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()))
    space.run("compute", "create", "-f", str(manifest))


def busy_share(rows):
    """Score rows that cost 1 ms of a core each; return the share of two cores that scored while the job was Running."""
    files = 100
    with two_nodes() as cluster, workspace() as space:
        create_target(space, cluster, "shared")
        for name, text in {"code/score.py": BUSY_SCRIPT, "model/model.txt": "none"}.items():
            path = space.folder / name
            path.parent.mkdir()
            path.write_text(text)
        space.deploy("busy", deployment=SCRIPT_DEPLOYMENT.format(folder=space.folder, workers=WORKERS))
        data = make_files(space.folder / "input", files)
        for path in data.iterdir():
            path.write_text("1\n" * (rows // files))
        flags = ("--set", "compute=azureml:ray-shared")
        space.score("busy", data, *flags)
        name, _ = space.score("busy", data, *flags)
        at = space.transitions(name)
        return rows // files * files * 0.001 / ((at["Finalizing"] - at["Running"]) * WORKERS)


def make(space, rows):
    (space.folder / "outputs").mkdir()
    subprocess.run([sys.executable, "-m", "works", str(space.folder), WORK, "--rows", str(rows)], cwd=HERE, check=True,
                   env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"), stderr=subprocess.DEVNULL)


def check(way, problem):
    if problem is not None:
        raise SystemExit(f"the output of {way} differs from this machine's: {problem}")


def table(seconds, rows):
    """Return the table as Markdown, with the ratios that are aimed at."""
    middle = {way: statistics.median(taken) for way, taken in seconds.items()}
    here, shared = middle["this machine"], middle["cluster, storage: shared"]
    lines = [f"{rows:,} rows in 100 files, {WORKERS} workers", "",
             "| | wall s, median (spread) | time over this machine |", "|---|---|---|"]
    for way, taken in seconds.items():
        lines.append(f"| {way} | {middle[way]:.2f} ({min(taken):.2f}–{max(taken):.2f}) | {middle[way] / here:.2f} |")
    lines += ["", most("shared over this machine", shared / here, 2),
              most("ship over this machine", middle["cluster, storage: ship"] / here, 4),
              least("Ray Data over shared", middle["Ray Data"] / shared, 3)]
    return "\n".join(lines)


def most(what, figure, aim):
    return f"{what}: {figure:.2f} (aim: at most {aim}, {'reached' if figure <= aim else 'missed'})"


def least(what, figure, aim):
    return f"{what}: {figure:.2f} (aim: at least {aim}, {'reached' if figure >= aim else 'missed'})"


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--busy-rows", type=int, default=40_000, help="that cost 1 ms each; 0 leaves this part out")
    arguments = parser.parse_args()
    began = time.monotonic()
    if arguments.rounds:
        print(table(compare(arguments.rows, arguments.rounds), arguments.rows), flush=True)
    if arguments.busy_rows:
        print(least("share of the cores that score rows of 1 ms", busy_share(arguments.busy_rows), 0.95), flush=True)
    print(f"All that took {(time.monotonic() - began) / 60:.1f} minutes.")
