"""What batchstudio is compared with: the scripts in `contenders/`."""
import importlib.util
import os
import pathlib
import shutil
import sys

import processes
from works import kind_of

HERE = pathlib.Path(__file__).resolve().parent
# Bytes of memory that `mlflow models predict` takes for a byte of CSV: 925 MB for 180 MB, rounded up.
CLI_MEMORY = 6


class Contender:
    """A script in `contenders/`: what it needs, how much of its output can be compared, and which works it cannot do."""

    def __init__(self, script, agreement, package="mlflow", large=None, single=False, folder=False, cannot=None):
        self.script, self.agreement, self.package, self.single, self.folder = script, agreement, package, single, folder
        self.large = large or (script, agreement, folder)
        self.cannot = cannot or {}

    def plan(self, work):
        """Return the script for a work, the agreement of its output, and if that is a folder."""
        return self.large if kind_of(work).startswith("one ") else (self.script, self.agreement, self.folder)

    def run(self, folder, work, workers, watch):
        """Run a work; return what was measured, and the output."""
        script = self.plan(work)[0]
        output = folder / "outputs" / pathlib.Path(script).stem
        remove(output)
        environment = dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", RAY_USAGE_STATS_ENABLED="0",
                           RAY_DEDUP_LOGS="0", PYSPARK_PYTHON=sys.executable, POLARS_MAX_THREADS="1")
        if not self.single:
            # Most tools leave this to their users; without it trees and BLAS fight for the cores.
            environment["OMP_NUM_THREADS"] = str(max(1, os.cpu_count() // workers))
        command = [sys.executable, str(HERE / "contenders" / script), str(folder / "model"), str(folder / "input"),
                   str(output), str(workers), form_of(work)]
        measured = processes.run(command, environment, str(output), watch)
        if script == "limit.py":
            measured["seconds"] = float(measured["printed"])
        return measured, output

    def missing(self, work, folder):
        """Return why this contender cannot do a work here, or None."""
        kind = kind_of(work)
        for suffix, reason in self.cannot.items():
            if kind.endswith(suffix):
                return reason
        if self.package == "pyspark" and shutil.which("java") is None:
            return "no Java on this machine"
        if self.script == "mlflow_cli.py":
            size = sum(path.stat().st_size for path in (folder / "input").iterdir()) * (4 if kind == "gzip csv" else 1)
            if size * CLI_MEMORY > processes.available_memory():
                return f"takes all rows at once: about {size * CLI_MEMORY / 1e9:.0f} GB, more than is free"
        return not_installed(self.package)


def not_installed(package):
    """Return why a package is not there, as `scripts/python-environment.sh` wrote it down, or None."""
    if importlib.util.find_spec(package) is not None:
        return None
    reasons = pathlib.Path(sys.prefix, "not-installed.txt")
    for line in reasons.read_text().splitlines() if reasons.exists() else []:
        name, reason = line.split("\t")
        if name.split("[")[0].removesuffix("-cpu") == package:
            return f"{package} is not installed: {reason}"
    return f"{package} is not installed"


def form_of(work):
    """Return how the inputs of a work are read."""
    kind = kind_of(work)
    return "images" if kind in ("images", "jpeg") else "parquet" if kind.endswith("parquet") else "csv"


def remove(path):
    shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


CLI_READS = "reads no Parquet"
IMAGES = {"images": "takes columns, no images", "jpeg": "takes columns, no images"}
CONTENDERS = {
    "pandas-loop": Contender("pandas_loop.py", "bytes", single=True),
    "mlflow-cli": Contender("mlflow_cli.py", "sequence", single=True, cannot=IMAGES | {"parquet": CLI_READS}),
    "multiprocessing": Contender("multiprocessing_loop.py", "bytes"),
    "dask": Contender("dask_delayed.py", "bytes", "dask", large=("dask_frame.py", "sequence", True)),
    "ray-data": Contender("ray_data.py", "counts", "ray", folder=True),
    "spark-udf": Contender("spark_udf.py", "counts", "pyspark", folder=True, cannot=IMAGES),
    "limit": Contender("limit.py", "rows", "polars", large=("limit.py", "sequence", True), folder=True),
}
