"""What is done to the place of a workspace while its job runs: it is moved, or copied."""
import os
import signal
import subprocess

from fault import Fault, kill
from program import Trouble, wait


class Move(Fault):
    name = "workspace moved"

    def inflict(self, program, job, random):
        place = program.workspace
        if random.random() < 0.5:
            # Children in sessions of their own, which only the mark of the workspace tells.
            trap = program.traps / "forks"
            trap.touch()
            try:
                wait("a worker to fork children", lambda: None if trap.exists() else True, 3)
            except Trouble:
                trap.unlink(missing_ok=True)
        program.move(program.folder / f"workspace-{len(program.places)}")
        if place.exists():
            raise Trouble(f"{place} is there again right after the move")

    def check(self, program, job):
        again = [str(place) for place in program.places if place != program.workspace and place.exists()]
        if again:
            raise Trouble(f"the workspace was moved, and its earlier places are there again: {again}")


class Copy(Fault):
    """A copy whose jobs are resumed while the original stands still: nothing of the original may change by that."""

    name = "workspace copied while running"
    most = 2

    def inflict(self, program, job, random):
        place = program.folder / f"copy-{random.random()}"
        is_backup = random.random() < 0.5
        if is_backup:
            program.run("workspace", "backup", str(place))
        frozen = freeze(program)
        try:
            if not is_backup:
                subprocess.run(["cp", "-a", str(program.workspace), str(place)], check=True)
            before = tree(program.workspace)
            copy = program.at(place)
            try:
                state = copy.wait_for_end(job)
                if state != "Completed":
                    raise Trouble(f"the copy's job is {state}: {copy.cause(job)}")
                if copy.output(job) != program.rows():
                    raise Trouble("the output in the copy differs")
            finally:
                copy.run("executor", "stop")
            after = tree(program.workspace)
            if before != after:
                changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
                raise Trouble(f"the copy's job changed the original: {changed}")
        finally:
            for pid in frozen:
                kill(pid, signal.SIGCONT)


def freeze(program):
    """Stop all processes of a workspace, those first that start others; return them."""
    frozen: list[int] = []
    while True:
        found = [pid for pid in program.processes() if pid not in frozen]
        if not found:
            return frozen
        for pid in found:
            kill(pid, signal.SIGSTOP)
        frozen += found


def tree(folder):
    """Return what each file of a folder is, to see whether it has changed."""
    found = {}
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            status = os.lstat(os.path.join(path, name))
            found[os.path.relpath(os.path.join(path, name), folder)] = (
                status.st_ino, status.st_mode, status.st_mtime_ns, 0 if name in folders else status.st_size)
    return found
