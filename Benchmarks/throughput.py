"""1,000,000 rows in 100 CSV files: batchstudio, warm and cold, against a pandas and MLflow loop, in turn on the same files.

Both run in one environment, so that the same libraries do the work. The outputs must be equal byte for byte.
"""
import filecmp
import pathlib
import statistics
import subprocess
import sys
import time

from batchstudio import workspace

HERE = pathlib.Path(__file__).resolve().parent
rows, files, rounds = (int(value) for value in (sys.argv[1:] + ["1000000", "100", "3"][len(sys.argv) - 1:]))

DEPLOYMENT = """
name: mlflow
model: {{path: {folder}/model, type: mlflow_model}}
max_concurrency_per_instance: 2
mini_batch_size: 1
"""


def host_python(space):
    """Return the interpreter of the warm host, which is the environment's."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            marks = (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        mark = f"BATCHSTUDIO_WORKSPACE_ID={space.folder / 'workspace'}".encode()
        if mark in marks and any(word.endswith(b"host.py") for word in words):
            return words[0].decode()
    raise SystemExit("there is no warm host")


def loop(python, space, output):
    began = time.time()
    subprocess.run([python, str(HERE / "pandas_loop.py"), str(space.folder / "model"), str(space.folder / "input"), output],
                   check=True, stderr=subprocess.DEVNULL)
    return time.time() - began


with workspace() as space:
    subprocess.run([sys.executable, str(HERE / "data.py"), str(space.folder), str(rows), str(files)], check=True)
    space.deploy("bench", deployment=DEPLOYMENT.format(folder=space.folder))
    space.score("bench", space.folder / "input")
    python = host_python(space)
    expected = str(space.folder / "expected.csv")
    times = {"warm": [], "cold": [], "loop": []}
    for _ in range(rounds):
        name, seconds = space.score("bench", space.folder / "input")
        times["warm"].append(seconds)
        times["loop"].append(loop(python, space, expected))
        if not filecmp.cmp(space.output(name), expected, shallow=False):
            raise SystemExit(f"the outputs differ: {space.output(name)} {expected}")
        space.stop_executor()
        name, seconds = space.score("bench", space.folder / "input")
        times["cold"].append(seconds)
    print(f"{rows} rows in {files} CSV files, {rounds} rounds in turn; outputs equal byte for byte")
    for label, values in times.items():
        print(f"{label:5} median {statistics.median(values):.2f} s  ({', '.join(f'{value:.2f}' for value in values)})")
    for label in ["warm", "cold"]:
        ratio = statistics.median(a / b for a, b in zip(times["loop"], times[label]))
        print(f"pandas loop / batchstudio {label}: {ratio:.2f}")
