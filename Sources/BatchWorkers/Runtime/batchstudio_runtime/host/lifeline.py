"""The thread that ends a worker whose executor has ended, and sends a heartbeat each second while a mini-batch is scored."""
import os
import select
import threading
from typing import Callable

from batchstudio_runtime.host.channel import Channel, end_process_group

HEARTBEAT_INTERVAL = 1000  # milliseconds
# The other side has closed its end; the name is missing in some builds of Python, the number is Linux's.
HANG_UP = getattr(select, "POLLRDHUP", 0x2000)


class Lifeline(threading.Thread):
    """Watches the channel without reading it.

    A thread that woke up for each message would fight the main thread for the interpreter's lock: on a busy machine that
    cost 4 ms, a tick of the scheduler, for each mini-batch.
    """

    def __init__(self, channel: Channel, heartbeat: Callable[[], None]) -> None:
        super().__init__(name="batchstudio-lifeline", daemon=True)
        self._channel = channel
        self._heartbeat = heartbeat

    def run(self) -> None:
        poll = select.poll()
        poll.register(self._channel, HANG_UP | select.POLLHUP | select.POLLERR)
        while not poll.poll(HEARTBEAT_INTERVAL):
            self._heartbeat()
        end_process_group()


def resident_bytes() -> int:
    """Returns the memory this process holds in bytes, 0 where the platform does not report it."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
