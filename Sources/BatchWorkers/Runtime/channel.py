"""The socket to the executor: JSON Lines, one message a line."""
import json
import os
import select
import signal
import socket
import threading

PROTOCOL = 1
LINE_LIMIT = 64 * 1024


class Channel:
    """A connection of this process to the executor. Any thread may send; one thread receives."""

    def __init__(self, path):
        # Python opens sockets close-on-exec: no program that a script starts can reach the channel.
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(path)
        self._sending = threading.Lock()
        self._received = b""

    def send(self, op, **fields):
        message = dict(fields, op=op)
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"
        if len(line) > LINE_LIMIT:
            raise ValueError("a message of {} bytes is too long for the channel".format(len(line)))
        try:
            with self._sending:
                self._socket.sendall(line)
        except OSError:
            end_process_group()

    def receive(self, timeout=None):
        """Return the next message, or None when none came within `timeout` seconds. EOFError: the executor is gone."""
        while b"\n" not in self._received:
            if timeout is not None and not select.select([self._socket], [], [], timeout)[0]:
                return None
            try:
                data = self._socket.recv(LINE_LIMIT)
            except ConnectionResetError:
                data = b""
            if not data:
                raise EOFError("the executor has closed the channel")
            self._received += data
        line, _, self._received = self._received.partition(b"\n")
        return json.loads(line.decode("utf-8"))

    def fileno(self):
        return self._socket.fileno()

    def close(self):
        self._socket.close()


def end_process_group():
    """Kill this process and all it started, at once: with the executor gone, nobody wants their results."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
