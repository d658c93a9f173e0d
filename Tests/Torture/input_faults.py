"""What is done to the input files of a running job."""
import os
import shutil

from fault import Fault
from program import Program, Trouble

TRUNCATED = "Input file was truncated while it was being read"


class ChangedInput(Fault):
    name = "input removed, replaced, changed or grown"
    most = 3
    # Before the job has listed its input a change is nothing but another input.
    earliest = 1
    timeout = 3

    def program(self, random):
        self.touched = set()
        program = Program(random, timeout=self.timeout, **self.variables())
        shutil.copytree(program.input, program.folder / "kept")
        return program

    def variables(self):
        return {}

    def inflict(self, program, job, random):
        name = random.choice(program.files)
        self.touched.add(name)
        random.choice([remove, replace, overwrite, grow])(program.input / name)

    def expected(self, program):
        # A touched file was scored before, as it then was, or is failed: no row of its new content may be there.
        for name in self.touched:
            shutil.copy(program.folder / "kept" / name, program.input / name)
        return program.rows(), self.touched


class TruncatedInput(ChangedInput):
    """Files that are cut short while workers have them mapped: by the script itself before it reads them, or at any time."""

    name = "input truncated while mapped"
    most = 4
    # A mini-batch that takes long on a slow machine is charged an attempt for that.
    timeout = 30

    def variables(self):
        return {"MAPS": "1"}

    def inflict(self, program, job, random):
        if random.random() < 0.5:
            (program.traps / f"cuts-{random.random()}").touch()
        else:
            name = random.choice(program.files)
            self.touched.add(name)
            os.truncate(program.input / name, 0)

    def expected(self, program):
        self.touched |= {path.name for path in program.cut.iterdir()}
        return super().expected(program)

    def check(self, program, job):
        reasons = {reason for _, reason in program.failures(job)}
        if any(reason != TRUNCATED and not reason.startswith("the file has 0 bytes; it had ") for reason in reasons):
            raise Trouble(f"truncated files have other reasons: {sorted(reasons)}")
        if not {path.name for path in program.cut.iterdir()} <= {file for file, reason in program.failures(job)
                                                                 if reason == TRUNCATED}:
            raise Trouble(f"files that were cut while they were mapped have other reasons: {program.failures(job)}")
        tries = program.tries(job)
        if tries != 1:
            raise Trouble(f"truncated files cost a mini-batch {tries - 1} attempts")


def remove(path):
    path.unlink(missing_ok=True)


def replace(path):
    new = path.parent.parent / ("new-" + path.name)
    new.write_text("replaced\n" * 20)
    os.replace(new, path)


def overwrite(path):
    path.write_text("changed\n" * 20)


def grow(path):
    with open(path, "a") as file:
        file.write("\ngrown")
