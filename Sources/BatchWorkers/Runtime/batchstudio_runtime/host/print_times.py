"""The times at which a worker printed: by them the executor's log and the prints of all workers are shown in one order."""
import io
import os
import struct
import threading
import time
from typing import Any, Optional

RECORD = struct.Struct("<3q")  # milliseconds since 1970; bytes of standard output and of standard error by then
INTERVAL = 0.02  # seconds between two records


class PrintTimes:
    """A file of records: what follows these sizes was printed at that time or later, and before the next record's."""

    current: Optional["PrintTimes"] = None

    def __init__(self, path: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        # A record that a full disk cut off would shift those after it.
        os.ftruncate(self._file, os.fstat(self._file).st_size // RECORD.size * RECORD.size)
        # Copies: a script may close the descriptors, or point them elsewhere.
        self._streams = (os.dup(1), os.dup(2))
        self._lock = threading.Lock()
        self._sizes = (-1, -1)
        self._recorded = float("-inf")
        self._quiet_until: Optional[int] = None  # nothing was printed from the last record until then

    def before_print(self) -> None:
        """Records the time of what is printed next, unless the last record is hardly older."""
        if time.monotonic() - self._recorded >= INTERVAL:
            self._record(is_printing=True)

    def look(self) -> None:
        """Notices what native code and child processes have printed, which is seen by nothing else."""
        self._record(is_printing=False)

    def _record(self, is_printing: bool) -> None:
        # Never waits: a process that the script forks inherits the lock, even one that is held.
        if not self._lock.acquire(False):
            return
        try:
            now = int(time.time() * 1000)
            sizes = (os.fstat(self._streams[0]).st_size, os.fstat(self._streams[1]).st_size)
            records = b""
            if sizes != self._sizes and self._quiet_until is not None:
                records += RECORD.pack(self._quiet_until, *self._sizes)
            if sizes != self._sizes or is_printing:
                os.write(self._file, records + RECORD.pack(now, *sizes))
                self._sizes, self._quiet_until = sizes, None
            else:
                self._quiet_until = now
            if is_printing:
                self._recorded = time.monotonic()
        except OSError:
            pass  # a full disk: these lines are shown at the time of those before
        finally:
            self._lock.release()


class TimedFile(io.FileIO):
    """Standard output or error of Python code."""

    def write(self, data: Any) -> int:
        if PrintTimes.current is not None:
            PrintTimes.current.before_print()
        return super().write(data)


def look() -> None:
    """Notices what was printed unseen, in a worker whose prints are timed."""
    if PrintTimes.current is not None:
        PrintTimes.current.look()
