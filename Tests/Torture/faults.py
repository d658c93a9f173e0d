"""The faults, and those that are done to processes. Each says what the job must look like afterwards."""
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

from disk_faults import FullDisk, NoInodes, ReadOnlyOutput, ReadOnlyWorkspace
from fault import Fault, Unavailable, kill
from input_faults import ChangedInput, TruncatedInput
from limit_faults import Limits
from place_faults import Copy, Move
from program import HERE, PROGRAM, Program, Trouble, wait
from schedule_faults import KillAroundDueTime


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


class Preloaded(Fault):
    """A library that comes before the C library's."""

    variable = ""
    timeout = 3

    def program(self, random):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="batchstudio-torture-"))
        library = folder / "breakage.so"
        compiler = shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            raise Unavailable("there is no C compiler")
        subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(HERE / "breakage.c"), "-ldl"], check=True)
        self.switch = folder / "switch"
        return Program(random, folder, self.timeout, **{"LD_PRELOAD": str(library), self.variable: str(self.switch)})


class FailingSync(Preloaded):
    name = "fsync fails with EIO"
    variable = "BREAK_FSYNC"

    def inflict(self, program, job, random):
        self.switch.touch()


class ClockJump(Preloaded):
    """The time of day is set hours forward or back: no mini-batch may time out for it."""

    name = "clock jumps"
    variable = "SHIFT_CLOCK"
    # Longer than a mini-batch takes on the slowest machine, and shorter than what the clocks jump.
    timeout = 30

    def inflict(self, program, job, random):
        self.switch.write_text(str(random.choice([-86_400, 86_400, -5 * 3_600, 9 * 3_600, -3_600, 3_600, -5])))

    def check(self, program, job):
        tries = program.tries(job)
        if tries != 1:
            raise Trouble(f"time that was not spent cost a mini-batch {tries - 1} attempts")


class Sleep(ClockJump):
    """A machine that is asleep for hours, from which its processes wake up."""

    name = "machine asleep for hours"
    variable = "SLEEP_CLOCK"

    def program(self, random):
        self.seconds = 0
        return super().program(random)

    def inflict(self, program, job, random):
        self.seconds += random.randint(60, 86_400)
        self.switch.write_text(str(self.seconds))


class TwoExecutors(Fault):
    name = "four executors started at once"

    def inflict(self, program, job, random):
        executor = program.executor()
        if random.random() < 0.5 and executor is not None:
            kill(executor, signal.SIGKILL)
        started = [program.start_executor() for _ in range(4)]
        running = wait("all executors but one to leave", lambda: one_left(started), 20)
        if len(running) > 1:
            raise Trouble(f"{len(running)} executors run")


class LockedDatabase(Fault):
    name = "database locked for seconds"
    most = 2

    def inflict(self, program, job, random):
        database = sqlite3.connect(program.workspace / "studio.sqlite", timeout=20, isolation_level=None)
        database.execute("BEGIN IMMEDIATE")
        reader = subprocess.Popen([PROGRAM, "job", "list"], env=program.environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(random.uniform(0.5, 4))
        database.execute("ROLLBACK")
        database.close()
        _, error = reader.communicate(timeout=30)
        if "locked" in error:
            raise Trouble(f"a user read: {error.strip()}")


def one_left(started):
    running = [process for process in started if process.poll() is None]
    return running if len(running) <= 1 else None


def drain(terminal):
    try:
        while os.read(terminal, 65536):
            pass
    except OSError:
        pass


FAULTS = [
    Kill("executor"), Kill("host"), Kill("worker"), KillStudio(), Stop("executor"), Stop("worker"),
    Trap("worker raises", "raises"), Trap("worker hangs", "hangs", most=2), Trap("worker spins", "spins", most=2),
    Trap("worker leaks memory", "leaks"), Trap("worker crashes (SIGSEGV)", "crashes"), Trap("worker exits 0", "leaves"),
    Trap("worker closes its pipes", "closes"), Trap("worker floods its output", "floods", most=2),
    Trap("worker forks children that stay", "forks"), Trap("worker sends garbage", "babbles"),
    Trap("worker exits in mid-frame", "breaks"), FullDisk(), NoInodes(), ReadOnlyOutput(), ReadOnlyWorkspace(),
    FailingSync(), ClockJump(), Sleep(), TwoExecutors(), ChangedInput(), TruncatedInput(), LockedDatabase(),
    Move(), Copy(), Limits(), KillAroundDueTime(),
]
