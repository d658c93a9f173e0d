"""The socket to the executor: JSON Lines, one message a line."""
import json
import os
import select
import signal
import socket
import threading

PROTOCOL = 1
LINE_LIMIT = 64 * 1024
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ExecutorIsGone(Exception):
    """The executor has closed its end: nobody waits for this process any more."""


class Channel:
    """A connection of this process to the executor. Any thread may send; one thread receives."""

    def __init__(self, path):
        # Python opens sockets close-on-exec: no program that a script starts can reach the channel.
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(path)
        self._sending = threading.Lock()
        self._received = b""

    def send(self, op, **fields):
        line = ENCODER.encode(dict(fields, op=op)).encode("utf-8") + b"\n"
        if len(line) > LINE_LIMIT:
            raise ValueError("a message of {} bytes is too long for the channel".format(len(line)))
        try:
            with self._sending:
                self._socket.sendall(line)
        except OSError:
            end_process_group()

    def receive(self, timeout=None):
        """Return the next message, or None when none came within `timeout` seconds."""
        while b"\n" not in self._received:
            if timeout is not None and not select.select([self._socket], [], [], timeout)[0]:
                return None
            self._receive_more()
        line, _, self._received = self._received.partition(b"\n")
        return json.loads(line.decode("utf-8"))

    def receive_waiting(self):
        """Wait for a message; return it and those that came with it."""
        while b"\n" not in self._received:
            self._receive_more()
        lines, _, self._received = self._received.rpartition(b"\n")
        return [json.loads(line) for line in lines.decode("utf-8").split("\n")]

    def _receive_more(self):
        try:
            data = self._socket.recv(LINE_LIMIT)
        except ConnectionResetError:
            data = b""
        if not data:
            raise ExecutorIsGone()
        self._received += data

    def fileno(self):
        return self._socket.fileno()

    def close(self):
        self._socket.close()


def end_process_group():
    """Kill this process and all it started, at once: with the executor gone, nobody wants their results."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
