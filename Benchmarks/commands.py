"""How long each command takes to start and end on a workspace with a model, an endpoint and a job: median of 20."""
import statistics
import subprocess
import time

from batchstudio import PROGRAM, workspace

COMMANDS = [
    ["--help"], ["model", "list"], ["data", "list"], ["environment", "list"], ["compute", "list"], ["batch-endpoint", "list"],
    ["batch-endpoint", "show", "-n", "wine-batch"], ["batch-deployment", "list", "-e", "wine-batch"], ["job", "list"],
    ["executor", "status"],
]

with workspace() as space:
    space.run("sample", "create")
    space.score("wine-batch", "azureml:wine-unlabeled@latest")
    for command in COMMANDS:
        times = []
        for _ in range(21):
            began = time.perf_counter()
            subprocess.run([PROGRAM, *command], env=space.environment, stdout=subprocess.DEVNULL, check=True)
            times.append((time.perf_counter() - began) * 1000)
        print(f"batchstudio {' '.join(command)}: median {statistics.median(times[1:]):.1f} ms, slowest {max(times[1:]):.1f} ms")
