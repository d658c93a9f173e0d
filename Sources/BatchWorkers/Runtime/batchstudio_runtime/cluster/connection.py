"""A connection to the executor's socket within an event loop."""
import asyncio
import json
import socket
from typing import Any, Callable, Dict, List, Optional

from batchstudio_runtime.host.channel import ENCODER, PROTOCOL

Message = Dict[str, Any]


class Connection:
    """The channel of a remote worker: the end of one is the end of that worker alone."""

    def __init__(self, path: str, on_message: Callable[[Message], None], on_close: Callable[[], None]) -> None:
        self._socket: Optional[socket.socket] = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(path)
        self._received = b""
        self._unsent: List[str] = []
        self._on_message = on_message
        self._on_close = on_close
        asyncio.get_event_loop().add_reader(self._socket.fileno(), self._receive)

    def hello(self, token: str, pid: int, worker: int) -> None:
        self.send(dict(op="hello", protocol=PROTOCOL, role="worker", token=token, pid=pid, worker=worker))

    def send(self, message: Message) -> None:
        """Sends it with all that follows in this round of the event loop."""
        if self._socket is None:
            return
        if not self._unsent:
            asyncio.get_event_loop().call_soon(self._flush)
        self._unsent.append(ENCODER.encode(message) + "\n")

    def _flush(self) -> None:
        try:
            self._send_unsent()
        except OSError:
            self._end()

    def _send_unsent(self) -> None:
        lines, self._unsent = self._unsent, []
        if self._socket is not None and lines:
            self._socket.sendall("".join(lines).encode("utf-8"))

    def _receive(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            return self._end()
        *lines, self._received = (self._received + data).split(b"\n")
        for line in lines:
            self._on_message(json.loads(line.decode("utf-8")))

    def _end(self) -> None:
        if self._socket is not None:
            self.close()
            self._on_close()

    def close(self) -> None:
        try:
            self._send_unsent()
        except OSError:
            pass  # the other side has closed
        if self._socket is not None:
            asyncio.get_event_loop().remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None
