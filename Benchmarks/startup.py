"""How long the program takes to start: `batchstudio --help`, median of 30."""
import statistics
import subprocess
import time

from batchstudio import PROGRAM

times = []
for _ in range(31):
    began = time.perf_counter()
    subprocess.run([PROGRAM, "--help"], stdout=subprocess.DEVNULL, check=True)
    times.append((time.perf_counter() - began) * 1000)
print(f"batchstudio --help: median {statistics.median(times[1:]):.1f} ms, slowest {max(times[1:]):.1f} ms")
