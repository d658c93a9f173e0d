"""A job on a Ray cluster of two nodes of a core each, against the same job on this machine and Ray Data on the same cluster.

    python cluster.py [--rows N] [--rounds N]

All run on this machine's cores, with the cluster's own processes beside them: look at the ratios. Outputs are compared: that of
the cluster must have the bytes of this machine's.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import ray
from agreement import disagreement
from batchstudio import workspace
from compare import DEPLOYMENT

os.environ.update(RAY_PYTHON=sys.executable, RAY_VERSION=ray.__version__)
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/ClusterTests"))
from ray_cluster import RayCluster  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
WORK = "csv, logistic"


def ray_data(space, address):
    """Run Ray Data's `map_batches` on the cluster; return the seconds and the output."""
    output = space.folder / "outputs" / f"ray-data-{time.monotonic_ns()}"
    environment = dict(os.environ, RAY_ADDRESS=address, MLFLOW_DISABLE_TELEMETRY="true", RAY_USAGE_STATS_ENABLED="0",
                       RAY_DEDUP_LOGS="0", OMP_NUM_THREADS="1")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(HERE / "contenders/ray_data.py"), str(space.folder / "model"), str(space.folder / "input"),
         str(output), "2", "csv"], env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"Ray Data: {done.stderr[-3000:]}")
    return time.monotonic() - began, output


def compare(rows, rounds):
    """Return the wall times of each way, a list each."""
    cluster = RayCluster(nodes=0)
    seconds: dict[str, list[float]] = {"this machine": [], "cluster, storage: shared": [], "cluster, storage: ship": [],
                                       "Ray Data": []}
    try:
        for _ in range(2):
            cluster.order("add 1")
        with workspace() as space:
            make(space, rows)
            space.deploy("bench", deployment=DEPLOYMENT.format(folder=space.folder, workers=2, mini_batch_size=10))
            for storage in ("shared", "ship"):
                keys = {"name": f"ray-{storage}", "type": "ray", "address": cluster.address, "ray_version": ray.__version__,
                        "python_version": "{}.{}".format(*sys.version_info), "storage": storage}
                manifest = space.folder / f"{storage}.yml"
                manifest.write_text("".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items()))
                space.run("compute", "create", "-f", str(manifest))
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
    finally:
        cluster.stop()
    return seconds


def make(space, rows):
    (space.folder / "outputs").mkdir()
    subprocess.run([sys.executable, "-m", "works", str(space.folder), WORK, "--rows", str(rows)], cwd=HERE, check=True,
                   env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"), stderr=subprocess.DEVNULL)


def check(way, problem):
    if problem is not None:
        raise SystemExit(f"the output of {way} differs from this machine's: {problem}")


def table(seconds, rows):
    """Return the table as Markdown."""
    here = statistics.median(seconds["this machine"])
    lines = [f"{rows:,} rows in 100 files, 2 workers", "",
             "| | wall s, median (spread) | time over this machine |", "|---|---|---|"]
    for way, taken in seconds.items():
        middle = statistics.median(taken)
        lines.append(f"| {way} | {middle:.2f} ({min(taken):.2f}–{max(taken):.2f}) | {middle / here:.2f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(table(compare(arguments.rows, arguments.rounds), arguments.rows))
