"""What is done to the disk below a running job: it is full, or may not be written."""
import subprocess
import tempfile
import time

from fault import Fault, Unavailable, mount
from program import Program, Trouble


class FullDisk(Fault):
    name = "full disk"
    most = 1
    options = "size=24m"

    def program(self, random):
        folder = tempfile.mkdtemp(prefix="batchstudio-torture-disk-")
        mount("-t", "tmpfs", "-o", self.options, "tmpfs", folder)
        return Program(random, folder)

    def inflict(self, program, job, random):
        ballast = program.folder / "ballast"
        self.fill(ballast)
        time.sleep(random.uniform(0.3, 1.5))
        self.empty(ballast)

    def fill(self, ballast):
        with open(ballast, "wb", buffering=0) as file:
            for block in [bytes(65536), b"x"]:
                try:
                    while True:
                        file.write(block)
                except OSError:
                    pass

    def empty(self, ballast):
        ballast.unlink()

    def end(self, program):
        subprocess.run(["umount", "-l", str(program.folder)], capture_output=True)


class NoInodes(FullDisk):
    name = "no inodes left"
    options = "size=64m,nr_inodes=3000"

    def fill(self, ballast):
        ballast.mkdir()
        try:
            for number in range(1_000_000):
                (ballast / str(number)).touch()
        except OSError:
            pass

    def empty(self, ballast):
        for path in ballast.iterdir():
            path.unlink()
        ballast.rmdir()


class Immutable(Fault):
    """Files that not even root may change for a while."""

    most = 1

    def place(self, program):
        raise NotImplementedError

    def change(self, program, sign):
        chattr("-R", f"{sign}i", str(self.place(program)))

    def program(self, random):
        with tempfile.NamedTemporaryFile(prefix="batchstudio-torture-") as file:
            if not chattr("+i", file.name):
                raise Unavailable("chattr +i is not possible")
            chattr("-i", file.name)
        return Program(random)

    def inflict(self, program, job, random):
        # A file that is gone by the time it is looked at is an error of no interest.
        self.change(program, "+")
        try:
            self.look(program, job, random)
        finally:
            self.change(program, "-")

    def look(self, program, job, random):
        time.sleep(random.uniform(0.1, 0.5))

    def end(self, program):
        self.change(program, "-")


class ReadOnlyOutput(Immutable):
    name = "output folder made read-only"

    def place(self, program):
        return program.workspace / "blobs"

    def change(self, program, sign):
        chattr(f"{sign}i", str(self.place(program)))


class ReadOnlyWorkspace(Immutable):
    """Every file and folder of the workspace, under a running executor, while commands read and try to change it."""

    name = "workspace made read-only"

    def place(self, program):
        return program.workspace

    def check(self, program, job):
        # What could not be removed meanwhile is removed with the next job that ends.
        program.wait_for_end(program.invoke())

    def look(self, program, job, random):
        until = time.monotonic() + random.uniform(0.3, 3)
        shown = program.try_run("job", "show", "-n", job)
        if shown.returncode != 0 or job not in shown.stdout or "read-only" not in shown.stderr:
            raise Trouble(f"a read-only workspace: `job show` ended with {shown.returncode}: {shown.stderr.strip()}")
        changed = program.try_run("batch-endpoint", "create", "-n", "another")
        if changed.returncode != 1 or "read-only" not in changed.stderr:
            raise Trouble(f"a read-only workspace: a change ended with {changed.returncode}: {changed.stderr.strip()}")
        time.sleep(max(0, until - time.monotonic()))


def chattr(*arguments):
    """Change attributes of files; return whether that was possible for all."""
    try:
        return subprocess.run(["chattr", *arguments], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
