"""A scoring script that steps into each trap once: a file in the folder $TRAPS whose name says what happens."""
import ctypes
import json
import mmap
import os
import subprocess
import sys
import time

TRAPS = os.environ["TRAPS"]
PAUSE = float(os.environ["PAUSE"])
MAPS = os.environ["MAPS"]
CUT = os.environ["CUT"]


def init():
    pass


def run(mini_batch):
    if MAPS:
        return [row for path in mini_batch for row in rows_of(path, mapped(path))]
    for trap in traps():
        globals()[trap.split("-")[0]]()
    time.sleep(PAUSE)
    rows = []
    for path in mini_batch:
        with open(path) as file:
            rows += rows_of(path, file.read())
    return rows


def traps():
    """Yield the names of the traps that no worker has stepped into yet."""
    for trap in sorted(os.listdir(TRAPS)):
        try:
            os.unlink(os.path.join(TRAPS, trap))
        except FileNotFoundError:
            continue
        yield trap


def rows_of(path, text):
    name = os.path.basename(path)
    if name.endswith(".jsonl"):
        return [[name, json.loads(line)["text"]] for line in text.splitlines()]
    return [[name, line] for line in text.split("\n")]


def mapped(path):
    """Return the text of a file as it is a while after it was mapped."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        for _ in traps():
            open(os.path.join(CUT, os.path.basename(path)), "w").close()
            os.truncate(path, 0)
        time.sleep(PAUSE)
        return memory[:].decode()


def writes():
    with open(os.path.join(os.environ["AZUREML_BI_OUTPUT_PATH"], "plot.txt"), "w") as file:
        file.write("a plot")


def raises():
    raise ZeroDivisionError("a trap")


def hangs():
    time.sleep(1000)


def spins():
    while True:
        pass


leaked: list[bytearray] = []


def leaks():
    leaked[:] = [bytearray(300_000_000)]


def crashes():
    ctypes.string_at(0)


def leaves():
    os._exit(0)


def closes():
    os.closerange(0, 1024)


def floods():
    line = "x" * 200 + "\n"
    for _ in range(100_000):
        sys.stdout.write(line)
    os.write(2, b"\xff\x1b]0;title\x07" * 10_000)


def forks():
    subprocess.Popen(["sleep", "600"])
    subprocess.Popen(["sleep", "600"], start_new_session=True)


def sockets():
    return [number for number in os.listdir("/proc/self/fd")
            if os.path.realpath("/proc/self/fd/" + number).startswith("/proc") and "socket:" in os.readlink(
                "/proc/self/fd/" + number)]


def babbles():
    for number in sockets():
        os.write(int(number), b"\x00\xffnonsense\n{\"op\":\"done\",\"id\":\"x\"}\n[[[[\n")


def breaks():
    """Leave in the middle of a message."""
    for number in sockets():
        os.write(int(number), b'{"op":"done","id":1,"off')
    os._exit(0)
