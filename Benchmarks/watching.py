"""The cost of watching a job that reports many mini-batches a second: CPU of the studio and of the executor."""
import json
import os
import sys
import time

from batchstudio import deploy_idle_script, make_files, workspace
from studio_pty import Studio, processor_time

files = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000


def unfinished(space, name):
    return space.query("SELECT state, doneMiniBatches FROM job WHERE name = ?", name)[0]


with workspace() as space:
    deploy_idle_script(space)
    space.score("idle", make_files(space.folder / "few", 2))
    data = make_files(space.folder / "input", files)
    executor = json.loads(space.run("executor", "status"))["pid"]
    with Studio(space) as studio:
        studio.until("Succeeded")
        studio.press("6")
        studio.quiet(0.5)
        name = space.run("batch-endpoint", "invoke", "-n", "idle", "--input", str(data), "--query", "name", "-o",
                         "tsv").strip()
        # The list shows display names, and only changed cells are written to the screen: the newest job is at its head.
        end = time.perf_counter() + 0.5
        while (left := end - time.perf_counter()) > 0:
            studio.read(left)
        studio.press("g\r")
        while unfinished(space, name)[0] in ("Queued", "Preparing"):
            studio.read(0.02)
        began, done = time.perf_counter(), unfinished(space, name)[1]
        before = (processor_time(studio.pid), processor_time(executor))
        written = 0
        while unfinished(space, name)[0] == "Running":
            # Once in 50 ms, or the asking would be measured too.
            end = time.perf_counter() + 0.05
            while (left := end - time.perf_counter()) > 0:
                written += len(studio.read(left))
        after = (processor_time(studio.pid), processor_time(executor))
        seconds, done = time.perf_counter() - began, unfinished(space, name)[1] - done
        print(f"{done} mini-batches in {seconds:.1f} s, {done / seconds:.0f} a second (load {os.getloadavg()[0]:.1f})")
        for who, start, end in zip(("studio", "executor"), before, after):
            print(f"{who}: {(end - start) / seconds * 100:.1f} % of a core")
        print(f"the studio wrote {written / seconds / 1000:.1f} kB/s")
