"""What is done to a running job. Each fault says what the job must look like afterwards."""
import os
import pathlib
import pty
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time

from program import HERE, PROGRAM, Program, Trouble, wait


class Unavailable(Exception):
    """This machine cannot do the fault, with the reason."""


class Fault:
    """Something that is done to a running job at points that chance chooses."""

    #: How it is named in the table.
    name = ""
    #: How often it is done to one job at most.
    most = 4
    #: How many mini-batches must be done before it may come.
    earliest = 0

    def program(self, random):
        """Return a new workspace to do it in."""
        return Program(random)

    def inflict(self, program, job, random):
        """Do it once."""
        raise NotImplementedError

    def expected(self, program):
        """Return the bytes of the output and the files that must be failed."""
        return program.rows(), set()

    def end(self, program):
        """Put away what the fault needed."""


class Kill(Fault):
    def __init__(self, victim):
        self.name = f"kill -9 {victim}"
        self.victim = victim

    def inflict(self, program, job, random):
        if self.victim == "executor":
            victims = [program.executor()]
        else:
            victims = program.hosts() if self.victim == "host" else program.workers()
        victims = [pid for pid in victims if pid is not None]
        if victims:
            kill(random.choice(victims), signal.SIGKILL)


class KillStudio(Fault):
    name = "kill -9 studio"
    most = 2

    def inflict(self, program, job, random):
        pid, terminal = pty.fork()
        if pid == 0:
            os.execve(PROGRAM, [PROGRAM], dict(program.environment, TERM="xterm-256color"))
        reader = threading.Thread(target=drain, args=(terminal,), daemon=True)
        reader.start()
        time.sleep(random.uniform(0.02, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        reader.join(10)
        os.close(terminal)


class Stop(Fault):
    most = 2

    def __init__(self, victim):
        self.name = f"SIGSTOP {victim}, then SIGCONT"
        self.victim = victim

    def inflict(self, program, job, random):
        victims = [program.executor()] if self.victim == "executor" else program.workers()
        victims = [pid for pid in victims if pid is not None]
        if not victims:
            return
        victim = random.choice(victims)
        kill(victim, signal.SIGSTOP)
        time.sleep(random.choice([0.05, 0.5, 1.5]))
        kill(victim, signal.SIGCONT)


class Trap(Fault):
    """Something that the scoring script itself does, once a trap."""

    def __init__(self, name, trap, most=3):
        self.name, self.trap, self.most = name, trap, most

    def inflict(self, program, job, random):
        (program.traps / f"{self.trap}-{random.random()}").touch()


class FullDisk(Fault):
    name = "full disk"
    most = 1

    def program(self, random):
        folder = tempfile.mkdtemp(prefix="batchstudio-torture-disk-")
        mount("-t", "tmpfs", "-o", "size=24m", "tmpfs", folder)
        return Program(random, folder)

    def inflict(self, program, job, random):
        ballast = program.folder / "ballast"
        with open(ballast, "wb", buffering=0) as file:
            block = bytes(65536)
            try:
                while True:
                    file.write(block[:max(1, len(block))])
            except OSError:
                pass
            try:
                while True:
                    file.write(b"x")
            except OSError:
                pass
        time.sleep(random.uniform(0.3, 1.5))
        ballast.unlink()

    def end(self, program):
        subprocess.run(["umount", "-l", str(program.folder)], capture_output=True)


class ReadOnlyOutput(Fault):
    name = "output folder made read-only"
    most = 1

    def inflict(self, program, job, random):
        folder = program.workspace / "blobs"
        if subprocess.run(["chattr", "+i", str(folder)], capture_output=True).returncode != 0:
            raise Unavailable("chattr +i is not possible here")
        time.sleep(random.uniform(0.1, 0.5))
        subprocess.run(["chattr", "-i", str(folder)], check=True)

    def end(self, program):
        subprocess.run(["chattr", "-i", str(program.workspace / "blobs")], capture_output=True)


class Preloaded(Fault):
    """A library that comes before the C library's."""

    variable = ""

    def program(self, random):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="batchstudio-torture-"))
        library = folder / "breakage.so"
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            raise Unavailable("there is no C compiler")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(HERE / "breakage.c"), "-ldl"], check=True)
        self.switch = folder / "switch"
        return Program(random, folder, **{"LD_PRELOAD": str(library), self.variable: str(self.switch)})


class FailingSync(Preloaded):
    name = "fsync fails with EIO"
    variable = "BREAK_FSYNC"

    def inflict(self, program, job, random):
        self.switch.touch()


class ClockJump(Preloaded):
    name = "clock jumps"
    variable = "SHIFT_CLOCK"

    def inflict(self, program, job, random):
        self.switch.write_text(str(random.choice([-86_400, 86_400, -3_600, 3_600, -5])))


class TwoExecutors(Fault):
    name = "four executors started at once"

    def inflict(self, program, job, random):
        executor = program.executor()
        if random.random() < 0.5 and executor is not None:
            kill(executor, signal.SIGKILL)
        started = [subprocess.Popen([PROGRAM, "executor", "serve"], env=program.environment, stdin=subprocess.DEVNULL,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
                   for _ in range(4)]
        running = wait("all executors but one to leave", lambda: one_left(started), 20)
        if len(running) > 1:
            raise Trouble(f"{len(running)} executors run")


class ChangedInput(Fault):
    name = "input changed or removed"
    most = 3
    # Before the job has listed its input a change is nothing but another input.
    earliest = 1

    def program(self, random):
        self.touched = set()
        return Program(random)

    def inflict(self, program, job, random):
        name = random.choice(program.files)
        path = program.input / name
        self.touched.add(name)
        kept = program.folder / ("kept-" + name)
        if not kept.exists():
            shutil.copy(path, kept)
        if random.random() < 0.5:
            path.unlink(missing_ok=True)
        else:
            path.write_text("changed\n" * 20)

    def expected(self, program):
        # A touched file was scored before, as it then was, or is failed: no row of its new content may be there.
        for name in self.touched:
            shutil.copy(program.folder / ("kept-" + name), program.input / name)
        return program.rows(), self.touched


class LockedDatabase(Fault):
    name = "database locked for seconds"
    most = 2

    def inflict(self, program, job, random):
        database = sqlite3.connect(program.workspace / "studio.sqlite", timeout=20, isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
        look = subprocess.Popen([PROGRAM, "job", "list"], env=program.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(random.uniform(0.5, 4))
        database.execute("ROLLBACK")
        database.close()
        _, error = look.communicate(timeout=30)
        if "locked" in error:
            raise Trouble(f"a person read: {error.strip()}")


def one_left(started):
    running = [process for process in started if process.poll() is None]
    return running if len(running) <= 1 else None


def kill(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def drain(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass


def mount(*arguments):
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise Unavailable(f"mount: {done.stderr.strip()}")


FAULTS = [
    Kill("executor"), Kill("host"), Kill("worker"), KillStudio(), Stop("executor"), Stop("worker"),
    Trap("worker raises", "raises"), Trap("worker hangs", "hangs", most=2), Trap("worker spins", "spins", most=2),
    Trap("worker leaks memory", "leaks"), Trap("worker crashes (SIGSEGV)", "crashes"), Trap("worker exits 0", "leaves"),
    Trap("worker closes its pipes", "closes"), Trap("worker floods its output", "floods", most=2),
    Trap("worker forks children that stay", "forks"), Trap("worker sends garbage", "babbles"),
    Trap("worker exits in mid-frame", "breaks"), FullDisk(), ReadOnlyOutput(), FailingSync(), ClockJump(), TwoExecutors(),
    ChangedInput(), LockedDatabase(),
]
