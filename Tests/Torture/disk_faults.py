"""What is done to the disk below a running job: it is full, or may not be written."""
import contextlib
import os
import stat
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


class ReadOnlyOutput(Fault):
    """A folder in which not even root may make files for a while."""

    name = "output folder made read-only"
    most = 1

    def program(self, random):
        self.protection = protection()
        return Program(random)

    def inflict(self, program, job, random):
        self.protection.put_on(self.paths(program))
        try:
            self.look(program, job, random)
        finally:
            self.protection.take_off()

    def paths(self, program):
        return [program.workspace / "blobs"]

    def look(self, program, job, random):
        time.sleep(random.uniform(0.1, 0.5))

    def is_to_be_resumed(self, cause):
        return any(reason in cause for reason in ["Permission denied", "Operation not permitted"])


class ReadOnlyWorkspace(ReadOnlyOutput):
    """Every file and folder of the workspace, under a running executor, while commands read and try to change it."""

    name = "workspace made read-only"

    def paths(self, program):
        found = [str(program.workspace)]
        for folder, folders, files in os.walk(program.workspace):
            found += [path for name in folders + files if not os.path.islink(path := os.path.join(folder, name))]
        return found

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


def protection():
    """Return what keeps this user from writing."""
    if os.geteuid() != 0:
        return Modes()
    with tempfile.NamedTemporaryFile(prefix="batchstudio-torture-") as file:
        if not chattr("+i", [file.name]):
            raise Unavailable("chattr +i is not possible")
        chattr("-i", [file.name])
    return Attributes()


class Attributes:
    """Stops root too; the file system must know such attributes."""

    def put_on(self, paths):
        self.paths = paths
        chattr("+i", paths)

    def take_off(self):
        chattr("-i", self.paths)


class Modes:
    """Stops all users but root."""

    def put_on(self, paths):
        self.modes = {}
        for path in paths:
            with contextlib.suppress(FileNotFoundError):
                self.modes[path] = stat.S_IMODE(os.stat(path).st_mode)
                os.chmod(path, self.modes[path] & ~0o222)

    def take_off(self):
        for path, mode in self.modes.items():
            with contextlib.suppress(FileNotFoundError):
                os.chmod(path, mode)


def chattr(change, paths):
    """Change an attribute of files; return whether that was possible for all: some may be gone, or have none."""
    try:
        return subprocess.run(["chattr", "-f", change, *map(str, paths)], capture_output=True).returncode == 0
    except FileNotFoundError:
        return False
