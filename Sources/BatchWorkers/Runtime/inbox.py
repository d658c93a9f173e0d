"""The thread that receives the executor's messages while the worker's main thread scores."""
import os
import queue
import threading
import time

from batchstudio_runtime.channel import end_process_group

SECONDS_BETWEEN_BEATS = 1.0
STOP = {"op": "stop"}


class Inbox(threading.Thread):
    """Passes messages on, tells once a second that a busy worker lives, and ends it when the executor is gone.

    `foresee` is told of each message that will have to wait for the main thread.
    """

    def __init__(self, channel, foresee, beat):
        super().__init__(name="batchstudio-inbox", daemon=True)
        self._channel = channel
        self._foresee = foresee
        self._beat = beat
        self._messages = queue.Queue()
        self._taken = 0
        self._finished = 0
        self._stopped = False

    def next(self):
        """Wait for the next message. After a `stop` those that were waiting are dropped."""
        message = self._messages.get()
        return STOP if self._stopped else message

    def finished(self):
        """Note that the main thread is done with a message."""
        self._finished += 1

    @property
    def is_busy(self):
        return self._finished < self._taken

    def run(self):
        last_beat = time.monotonic()
        while True:
            try:
                message = self._channel.receive(timeout=SECONDS_BETWEEN_BEATS if self.is_busy else None)
            except EOFError:
                end_process_group()
            if message is not None:
                self._pass_on(message)
            if self.is_busy and time.monotonic() - last_beat >= SECONDS_BETWEEN_BEATS:
                self._beat()
                last_beat = time.monotonic()

    def _pass_on(self, message):
        if message["op"] == "stop":
            self._stopped = True
        waits = self.is_busy
        self._taken += 1
        self._messages.put(message)
        if waits:
            self._foresee(message)


def resident_bytes():
    """Return the memory this process holds, 0 where the platform does not tell."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
