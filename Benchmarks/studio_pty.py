"""The studio on a terminal of its own, watched from outside: what it writes, and what the kernel counts for it."""
import fcntl
import os
import pathlib
import pty
import select
import shutil
import signal
import struct
import tempfile
import termios
import time

from batchstudio import PROGRAM

ROWS, COLUMNS = 36, 120


class Studio:
    """A running studio; `with Studio(space) as studio` ends it."""

    def __init__(self, space):
        # A home folder of its own, so that no user's themes and keymap are measured.
        self.home = tempfile.mkdtemp(prefix="batchstudio-home-")
        environment = dict(space.environment, HOME=self.home, TERM="xterm-256color", COLORTERM="truecolor",
                           LC_ALL="C.UTF-8")
        for name in ("NO_COLOR", "TMUX", "XDG_CONFIG_HOME"):
            environment.pop(name, None)
        self.began = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execve(PROGRAM, [PROGRAM], environment)
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGTERM)
        self.quiet(0.3)
        os.close(self.terminal)
        os.waitpid(self.pid, 0)
        shutil.rmtree(self.home, ignore_errors=True)

    def press(self, keys):
        os.write(self.terminal, keys.encode())

    def read(self, seconds):
        """Return what is written next; nothing when that takes longer."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.terminal, 65536)
        except OSError:
            raise SystemExit("the studio has ended") from None

    def until(self, text, seconds=20):
        """Return how long after its start the studio has written the text, in milliseconds."""
        seen, end = b"", time.perf_counter() + seconds
        while text.encode() not in seen:
            seen += self.read(0.1)
            if time.perf_counter() > end:
                raise SystemExit(f"the studio does not show {text!r}: {seen[-2000:]!r}")
        return (time.perf_counter() - self.began) * 1000

    def quiet(self, seconds):
        """Wait until nothing has been written for a while."""
        try:
            while self.read(seconds):
                pass
        except SystemExit:
            pass

    def answer(self, keys):
        """Press keys; return how long it takes until something is written, in milliseconds."""
        began = time.perf_counter()
        self.press(keys)
        if not self.read(5):
            raise SystemExit(f"the studio does not answer {keys!r}")
        return (time.perf_counter() - began) * 1000

    def wakeups(self):
        """Return how often each of its threads has gone to sleep by itself so far."""
        threads = {}
        for status in pathlib.Path(f"/proc/{self.pid}/task").glob("*/status"):
            threads[status.parent.name] = int(status.read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0])
        return threads

    def memory(self):
        """Return the memory it holds, in MB: by itself, with program and libraries, and the most it held."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return tuple(int(status.split(key)[1].split()[0]) / 1024 for key in ("RssAnon:", "VmRSS:", "VmHWM:"))


def processor_time(pid):
    """Return the processor time of a process so far, in seconds."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
