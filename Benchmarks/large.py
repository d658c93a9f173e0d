"""One CSV file that may be larger than memory, scored in parts: the time, the peak memory of each process, all rows checked.

    python large.py [--size 20GB]

The file is a block of rows, written once and copied by the kernel until it has the size; all is removed afterwards.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

import mlflow.pyfunc
import numpy
import pyarrow.csv
from batchstudio import workspace
from compare import DEPLOYMENT, HERE, executor_pid
from processes import INTERVAL, descendants

BLOCK_ROWS = 1_000_000
UNITS = {"": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}
# Bytes of disk for a byte of input: the input, and its rows twice while they are joined.
DISK = 1.3
EXECUTOR_LIMIT, WORKER_LIMIT = 100, 500  # MB, a worker's beyond those of the host that holds the model


def size_of(text):
    """Return the bytes that a size such as 20GB says."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kMG]B)?", text)
    if match is None:
        raise argparse.ArgumentTypeError(f"not a size: {text}. Write one as 20GB.")
    return int(float(match[1]) * UNITS[match[2] or ""])


class Memory:
    """The peak memory of the processes below the executor, in MB, by their process: looked up until it is closed."""

    def __init__(self, executor):
        self.executor, self.peaks, self.ended = executor, {}, threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self):
        while not self.ended.is_set():
            for process in descendants([self.executor]):
                self.note(process)
            self.ended.wait(INTERVAL)

    def note(self, process):
        try:
            text = pathlib.Path(f"/proc/{process}/status").read_text()
        except OSError:
            return
        fields = dict(line.split(":\t", 1) for line in text.splitlines() if ":\t" in line)
        if "VmHWM" not in fields:  # it has ended
            return
        resident, private = (int(fields[name].split()[0]) / 1024 for name in ("VmHWM", "RssAnon"))
        known = self.peaks.get(process, (None, 0, 0))
        self.peaks[process] = (int(fields["PPid"]), max(known[1], resident), max(known[2], private))

    def close(self):
        self.ended.set()
        self.thread.join()

    def below(self, parent):
        return {process: peaks for process, peaks in self.peaks.items() if peaks[0] == parent and process != self.executor}


def make_input(folder, size):
    """Write the block and copy it; return how often it is in the file."""
    subprocess.run([sys.executable, "-m", "works", str(folder), "one csv, logistic", "--rows", str(BLOCK_ROWS)], cwd=HERE,
                   check=True, env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"), stderr=subprocess.DEVNULL)
    path = folder / "input/table.csv"
    (folder / "large").mkdir()
    with open(path, "rb") as block, open(folder / "large/table.csv", "wb") as file:
        header = len(block.readline())
        length = path.stat().st_size - header
        block.seek(0)
        file.write(block.read(header))
        file.flush()
        copies = max(1, (size - header) // length)
        for _ in range(copies):
            copied = 0
            while copied < length:
                copied += os.copy_file_range(block.fileno(), file.fileno(), length - copied, offset_src=header + copied)
    return copies


def check_rows(folder, output, copies):
    """Compare every row of the output with what the model itself says of the block."""
    block = pyarrow.csv.read_csv(folder / "input/table.csv").to_pandas()
    expected = mlflow.pyfunc.load_model(str(folder / "model")).get_raw_model().predict(block)
    seen = 0
    options = pyarrow.csv.ReadOptions(column_names=["row", "prediction", "file"], block_size=16 << 20)
    with pyarrow.csv.open_csv(output, read_options=options) as reader:
        for batch in reader:
            rows = numpy.arange(seen, seen + len(batch))
            if not numpy.array_equal(batch["row"].to_numpy(), rows):
                raise SystemExit(f"The rows from {seen} on are not numbered in order.")
            if not numpy.array_equal(batch["prediction"].to_numpy(), expected[rows % len(expected)]):
                raise SystemExit(f"The predictions from row {seen} on are not those of the model.")
            if batch["file"].unique().to_pylist() != ["table.csv"]:
                raise SystemExit(f"The rows from {seen} on name another file.")
            seen += len(batch)
    if seen != copies * len(expected):
        raise SystemExit(f"{seen} rows in the output, {copies * len(expected)} in the input.")
    return seen


def main(size):
    with workspace() as space:
        free = shutil.disk_usage(space.folder).free
        if free < size * DISK + (1 << 30):
            raise SystemExit(f"{size * DISK / 1e9:.0f} GB of disk are needed and {free / 1e9:.0f} are free in {space.folder}. "
                             "Set TMPDIR or a smaller SIZE.")
        copies = make_input(space.folder, size)
        space.deploy("bench", deployment=DEPLOYMENT.format(folder=space.folder, workers=2, mini_batch_size=1))
        space.score("bench", space.folder / "input")  # prepares the environment and the host
        (executor,) = executor_pid(space)
        memory = Memory(executor)
        name, seconds = space.score("bench", space.folder / "large")
        memory.note(executor)
        memory.close()
        rows = check_rows(space.folder, space.output(name), copies)
        written = (space.folder / "large/table.csv").stat().st_size
        print(f"{written / 1e9:.1f} GB, {rows:,} rows, all of them checked: {seconds:.0f} s, "
              f"{rows / seconds:,.0f} rows/s")
        report(memory, executor)


def report(memory, executor):
    """Print the peaks, and end with an error where one is above its limit."""
    _, peak, private = memory.peaks[executor]
    print("| process | peak MB | of it private | beyond the model's | limit |\n|---|---|---|---|---|")
    print(f"| executor | {peak:.0f} | {private:.0f} | | {EXECUTOR_LIMIT} |")
    above = peak > EXECUTOR_LIMIT
    for host, (_, model, _) in memory.below(executor).items():
        workers = memory.below(host)
        if workers:
            print(f"| host, which holds the model | {model:.0f} | | | |")
        for _, resident, private in workers.values():
            print(f"| worker | {resident:.0f} | {private:.0f} | {resident - model:.0f} | {WORKER_LIMIT} |")
            above = above or resident - model > WORKER_LIMIT
    if above:
        raise SystemExit("A process has taken more memory than its limit.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=size_of, default="20GB")
    main(parser.parse_args().size)
