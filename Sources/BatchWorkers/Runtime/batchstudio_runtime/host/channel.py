"""The socket to the executor: JSON Lines, one message a line."""
import json
import os
import select
import signal
import socket
import threading
from typing import Any, Dict, List, Optional

Message = Dict[str, Any]

PROTOCOL = 1
LINE_LIMIT = 64 * 1024
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class ExecutorIsGone(Exception):
    """The executor has closed its end: no process waits for this one."""


class Channel:
    """A connection of this process to the executor. Any thread may send; one thread receives."""

    def __init__(self, path: str) -> None:
        # Python opens sockets close-on-exec: no program that a script starts can reach the channel.
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(path)
        self._sending = threading.Lock()
        self._received = b""

    def send(self, op: str, **fields: object) -> None:
        line = ENCODER.encode(dict(fields, op=op)).encode("utf-8") + b"\n"
        if len(line) > LINE_LIMIT:
            raise ValueError(f"a message of {len(line)} bytes is too long for the channel")
        try:
            with self._sending:
                self._socket.sendall(line)
        except OSError:
            end_process_group()

    def receive(self) -> Message:
        """Returns the next message."""
        while b"\n" not in self._received:
            self._receive_more()
        return self._next_message()

    def receive_if_any(self) -> Optional[Message]:
        """Returns the next message, None when it has not arrived yet."""
        while b"\n" not in self._received:
            if not select.select([self._socket], [], [], 0)[0]:
                return None
            self._receive_more()
        return self._next_message()

    def receive_waiting(self) -> List[Message]:
        """Waits for a message; returns it and those that arrived with it."""
        while b"\n" not in self._received:
            self._receive_more()
        lines, _, self._received = self._received.rpartition(b"\n")
        return [json.loads(line) for line in lines.decode("utf-8").split("\n")]

    def _next_message(self) -> Message:
        line, _, self._received = self._received.partition(b"\n")
        return json.loads(line.decode("utf-8"))

    def _receive_more(self) -> None:
        try:
            data = self._socket.recv(LINE_LIMIT)
        except ConnectionResetError:
            data = b""
        if not data:
            raise ExecutorIsGone()
        self._received += data

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()


def end_process_group() -> None:
    """Kills this process and all it started, at once: with the executor gone, their results are of no use."""
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
