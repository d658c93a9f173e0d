"""Random tables scored in parts and in blocks, against the same files scored whole: the outputs must have the same bytes.

    make split-proof N=100 SEED=3

What differs is kept, with the seed that makes it again.
"""
import argparse
import contextlib
import csv
import io
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import mlflow.pyfunc
import numpy
import pandas
import pyarrow
import pyarrow.parquet
import random_tables
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.path.abspath(os.environ.get("BATCHSTUDIO", ROOT / ".build/debug/batchstudio"))
REQUIREMENTS = [f"{module.__name__}=={module.__version__}" for module in (mlflow, pandas, numpy, pyarrow)]
SIGNATURE = ModelSignature(Schema(
    [ColSpec(kind, name, required) for name, (kind, required) in random_tables.TYPES.items()]))
#: Columns whose texts may be taken for another type where no signature says what they are.
INFERRED = ("d", "od", "l", "z", "s", "os", "t", "ot")


class Workspace:
    """A workspace with one endpoint, whose deployment `typed` has a signature and `inferred` has none."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="batchstudio-split-"))
        self.environment = dict(os.environ, BATCHSTUDIO_WORKSPACE=str(self.folder / "workspace"))
        self.run("batch-endpoint", "create", "-n", "echo")
        for name, signature in (("typed", SIGNATURE), ("inferred", None)):
            mlflow.pyfunc.save_model(
                str(self.folder / name), python_model=str(ROOT / "Tests/RuntimeTests/echo_model.py"),
                signature=signature, pip_requirements=REQUIREMENTS)
            self.run("model", "create", "-n", name, "--type", "mlflow_model", "--path", f"./{name}")
            (self.folder / f"{name}.yml").write_text(
                f"name: {name}\ntype: model\nmodel: azureml:{name}@latest\ncompute: azureml:local\n")
            self.run("batch-deployment", "create", "-f", f"{name}.yml", "-e", "echo")

    def run(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments], env=self.environment, cwd=self.folder, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=900)
        if done.returncode != 0:
            sys.exit(f"`{' '.join(arguments)}` ended with {done.returncode}: {done.stderr}{done.stdout}")
        return done.stdout.strip()

    def score(self, deployment, **settings):
        """Return the bytes of a job's output, its failed files and the number of its mini-batches."""
        words = [word for name, value in settings.items() for word in ("--set", f"{name}={value}")]
        job = self.run("batch-endpoint", "invoke", "-n", "echo", "-d", deployment, "--input", "./input", "--query", "name",
                       "-o", "tsv", "--set", "mini_batch_size=1", "--set", "error_threshold=-1", *words)
        with contextlib.suppress(SystemExit):
            self.run("job", "stream", "-n", job)
        counts = self.run("job", "show", "-n", job, "--query", "batchstudio.counts.mini_batches", "-o", "tsv")
        place = self.folder / "workspace"
        output = place / "blobs" / job / "score/predictions.csv"
        report = place / "jobs" / job / "failed_files.csv"
        failed = [row[0] for row in csv.reader(io.StringIO(report.read_text()))][1:] if report.exists() else []
        return output.read_bytes() if output.exists() else b"", failed, int(counts)


def write_files(folder, chance, is_typed):
    """Write large files of several formats, some of them with a cell that can't be read."""
    folder.mkdir()
    for index in range(chance.randint(1, 4)):
        table = random_tables.frame(chance, chance.randint(100, 900))
        kind = chance.choice(["csv", "csv", "tsv", "jsonl", "parquet"])
        if kind == "parquet":
            table = table if is_typed else table[list(INFERRED)]
            arrow = pyarrow.Table.from_pandas(table, preserve_index=False)
            pyarrow.parquet.write_table(arrow, folder / f"{index}.parquet", row_group_size=chance.choice([7, 64, 100]))
            continue
        if kind == "jsonl":
            data = random_tables.json_lines(table if is_typed else table[list(INFERRED)], chance)
        else:
            records = random_tables.texts(table, chance)
            if not is_typed:
                records = [{name: record[name] for name in INFERRED} for record in records]
            data = random_tables.delimited(
                records, chance, "\t" if kind == "tsv" else ",", chance.choice(["\n", "\r\n"]), "utf-8")
        if chance.random() < 0.3:
            data = damaged(data, chance)
        if chance.random() < 0.3:
            data = data.rstrip(b"\r\n")
        (folder / f"{index}.{kind}").write_bytes(data)


def damaged(data, chance):
    """Return the data with something wrong at a place that chance chooses."""
    place = data.find(b"\n", chance.randrange(len(data) // 2, len(data) - 200)) + 1
    return data[:place] + chance.choice([b"sour", b"1,2,3\n", b"\xff", b'"', b"{}\n"]) + data[place:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10 ** 9))
    arguments = parser.parse_args()
    workspace = Workspace()
    differing = parts = rows = failures = 0
    for round in range(arguments.rounds):
        chance = random.Random(f"{arguments.seed} {round}")
        is_typed = chance.random() < 0.5
        shutil.rmtree(workspace.folder / "input", ignore_errors=True)
        write_files(workspace.folder / "input", chance, is_typed)
        deployment = "typed" if is_typed else "inferred"
        whole = workspace.score(deployment, split_files="never", block_rows=1_000_000)
        settings = {"split_files": chance.choice(["4KiB", "20KiB", "never"]), "block_rows": chance.choice([16, 64, 200]),
                    "max_concurrency_per_instance": chance.randint(1, 3)}
        split = workspace.score(deployment, **settings)
        parts, rows, failures = parts + split[2], rows + whole[0].count(b"\n"), failures + len(whole[1])
        if split[:2] != whole[:2]:
            differing += 1
            kept = workspace.folder / f"differs-{round}"
            (workspace.folder / "input").rename(kept)
            (kept / "whole").write_bytes(whole[0])
            (kept / "split").write_bytes(split[0])
            print(f"round {round} (seed {arguments.seed}, {deployment}, {settings}) differs: {len(whole[0])} and "
                  f"{len(split[0])} bytes, failed {whole[1]} and {split[1]}; kept in {kept}", file=sys.stderr, flush=True)
    workspace.run("executor", "stop")
    print(f"{arguments.rounds} rounds, seed {arguments.seed}: {rows} rows, {parts} mini-batches, {failures} failed files; "
          f"{differing} differ")
    if not differing:
        shutil.rmtree(workspace.folder)
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()
