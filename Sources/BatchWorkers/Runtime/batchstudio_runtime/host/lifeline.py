"""The thread that ends a worker whose executor is gone, and tells once a second that a busy worker lives."""
import os
import select
import threading
from typing import Callable

from batchstudio_runtime.host.channel import Channel, end_process_group

MILLISECONDS_BETWEEN_BEATS = 1000
# The other side has closed its end; the name is missing in some builds of Python, the number is Linux's.
HANG_UP = getattr(select, "POLLRDHUP", 0x2000)


class Lifeline(threading.Thread):
    """Watches the channel without reading it.

    A thread that woke up for each message would fight the main thread for the interpreter's lock: on a busy machine that
    cost 4 ms, a tick of the scheduler, for each mini-batch.
    """

    def __init__(self, channel: Channel, beat: Callable[[], None]) -> None:
        super().__init__(name="batchstudio-lifeline", daemon=True)
        self._channel = channel
        self._beat = beat

    def run(self) -> None:
        poll = select.poll()
        poll.register(self._channel, HANG_UP | select.POLLHUP | select.POLLERR)
        while not poll.poll(MILLISECONDS_BETWEEN_BEATS):
            self._beat()
        end_process_group()


def resident_bytes() -> int:
    """Return the memory this process holds, 0 where the platform does not tell."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
