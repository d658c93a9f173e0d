"""Time, memory and processor use of a command with all processes that descend from it."""
import os
import pathlib
import subprocess
import threading
import time
from contextlib import contextmanager

TICKS = os.sysconf("SC_CLK_TCK")
INTERVAL = 0.1


def descendants(roots):
    """Return the processes of these trees, read from /proc."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                stat = pathlib.Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            parents.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(entry))
    found, waiting = [], list(roots)
    while waiting:
        process = waiting.pop()
        found.append(process)
        waiting.extend(parents.get(process, []))
    return found


def memory_of(processes):
    """Return the memory that processes hold, in MB: shared pages are divided among those that share them."""
    total = 0
    for process in processes:
        try:
            text = pathlib.Path(f"/proc/{process}/smaps_rollup").read_text()
            total += int(text.split("\nPss:")[1].split()[0])
        except (OSError, IndexError):
            continue
    return total / 1024


def available_memory():
    """Return the bytes of memory that programs can take without swapping."""
    line = next(line for line in open("/proc/meminfo") if line.startswith("MemAvailable:"))
    return int(line.split()[1]) * 1024


def processor_seconds(processes):
    """Return what processes, and those of their children that ended, have used so far."""
    total = 0
    for process in processes:
        try:
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            total += sum(int(field) for field in fields[11:15])
        except OSError:
            continue
    return total / TICKS


class Sample:
    """The measurements of a process tree: `peak_memory` in MB, `first_result` in seconds from the start or None."""

    def __init__(self):
        self.peak_memory = 0.0
        self.first_result = None


@contextmanager
def watching(roots, output=None, memory=True):
    """Until the body ends, poll the memory of the processes that `roots()` returns, and `output` for its first bytes."""
    sample, ended, began = Sample(), threading.Event(), time.perf_counter()

    def poll():
        while not ended.is_set():
            if memory:
                sample.peak_memory = max(sample.peak_memory, memory_of(descendants(roots())))
            if output is not None and sample.first_result is None and has_rows(output):
                sample.first_result = time.perf_counter() - began
            ended.wait(INTERVAL)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        yield sample
    finally:
        ended.set()
        thread.join()


def has_rows(output):
    """Tell whether the file, or a file in the folder, has bytes."""
    try:
        if os.path.isdir(output):
            return any(entry.stat().st_size > 0 and not entry.name.startswith((".", "_")) for entry in os.scandir(output))
        return os.path.getsize(output) > 0
    except OSError:
        return False


def run(command, environment, output, memory=True):
    """Run a command to its end; return its seconds, CPU seconds, first result, output, peak memory in MB if asked for."""
    before = os.times()
    began = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with watching(lambda: [child.pid], output, memory) as sample:
        printed, errors = child.communicate()
    seconds = time.perf_counter() - began
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}:\n{errors[-3000:]}")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": seconds, "cpu": used, "memory": sample.peak_memory, "first": sample.first_result, "printed": printed}
