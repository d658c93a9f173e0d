"""What an agent reports to the driver: messages, and what its files of logs and metrics have grown by."""
import asyncio
import os
from typing import Any, Dict, List, Optional, Tuple, Union

from batchstudio_runtime.cluster.node_files import free

# Kind, worker, message or whatever the kind brings, rows.
Event = Tuple[str, Optional[int], Any, Optional[bytes]]

LOG_PIECE = 256 * 1024
EVENTS_AT_ONCE = 256
MAX_BYTES = 8 << 20  # of rows and logs in an answer; and of logs that wait for one
ROWS_PIECE = 4 << 20  # bytes of rows in an event


class RowsPiece:
    """Rows that wait in a worker's segment file until the driver takes them: a mini-batch may have more than memory holds."""

    def __init__(self, path: str, offset: int, length: int) -> None:
        self._file = open(path, "r+b", buffering=0)  # the file may be removed before they are taken
        self._offset = offset
        self._length = length

    def __len__(self) -> int:
        return self._length

    def take(self) -> bytes:
        """Reads them, and gives their space back to the disk."""
        with self._file:
            data = os.pread(self._file.fileno(), self._length, self._offset)
            free(self._file.fileno(), self._offset, self._length)
        return data


class Tail:
    """A file whose growth is sent to the driver."""

    def __init__(self, worker: Optional[int], name: str, path: str) -> None:
        self.worker = worker
        self.name = name
        self.path = path
        self._sent = 0

    def piece(self) -> bytes:
        try:
            if os.path.getsize(self.path) <= self._sent:
                return b""
            with open(self.path, "rb") as file:
                file.seek(self._sent)
                data = file.read(LOG_PIECE)
        except OSError:
            return b""
        self._sent += len(data)
        return data


class Events:
    """Holds what is reported until the driver asks for it."""

    def __init__(self) -> None:
        self._events: List[Tuple[str, Optional[int], Any, Union[None, bytes, RowsPiece]]] = []
        self._tails: Dict[str, Tail] = {}
        self._log_bytes = 0  # that wait

    def open(self) -> None:
        """Begins to report, in the running event loop."""
        self._news = asyncio.Event()
        self._taken = asyncio.Event()
        asyncio.ensure_future(self._send_logs())

    async def next(self, seconds: float) -> List[Event]:
        """Returns the events since the last call; none where none came within the time."""
        if not self._events:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except asyncio.TimeoutError:
                pass
        count = size = 0
        for event in self._events[:EVENTS_AT_ONCE]:
            size += len(event[3] or b"")
            if count and size > MAX_BYTES:
                break
            count += 1
        events, self._events = self._events[:count], self._events[count:]
        self._log_bytes -= sum(len(event[3] or b"") for event in events if event[0] == "log")
        self._taken.set()
        return [
            (kind, worker, payload, rows.take() if isinstance(rows, RowsPiece) else rows)
            for kind, worker, payload, rows in events
        ]

    def emit(self, kind: str, worker: Optional[int], payload: Any, rows: Union[None, bytes, RowsPiece] = None) -> None:
        self._events.append((kind, worker, payload, rows))
        self._news.set()

    def emit_rows(self, worker: int, done: Dict[str, Any], segment: str) -> None:
        """Reports a finished mini-batch: its rows and their profile in pieces, the last with the message that counts them."""
        start, rows_end = done["offset"], done["offset"] + done["bytes"]
        end = rows_end + done.get("profile_bytes", 0)
        while end - start > ROWS_PIECE:
            checked = max(0, min(ROWS_PIECE, rows_end - start))
            piece = {"id": done["id"], "offset": start, "checked": checked}
            self.emit("rows", worker, piece, RowsPiece(segment, start, ROWS_PIECE))
            start += ROWS_PIECE
        self.emit("message", worker, done, RowsPiece(segment, start, end - start))

    def follow(self, worker: Optional[int], name: str, path: str) -> None:
        """Sends what the file grows by, from now on."""
        self._tails.setdefault(path, Tail(worker, name, path))

    def forget(self, worker: int) -> List[str]:
        """Ends the sending of a worker's files; returns their paths."""
        paths = [tail.path for tail in self._tails.values() if tail.worker == worker]
        for path in paths:
            del self._tails[path]
        return paths

    def send_pieces(self, worker: Optional[int]) -> None:
        """Sends what a worker, or the host, has printed, as far as there is room."""
        for tail in list(self._tails.values()):
            while tail.worker == worker and self._log_bytes < MAX_BYTES and self._send_piece(tail):
                pass

    async def send_rest(self, worker: int) -> None:
        """Sends all that a worker has printed, however long the driver takes for it."""
        for tail in [tail for tail in self._tails.values() if tail.worker == worker]:
            while True:
                while self._log_bytes >= MAX_BYTES:
                    self._taken.clear()
                    await self._taken.wait()
                if not self._send_piece(tail):
                    break

    async def _send_logs(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            for tail in list(self._tails.values()):
                while self._log_bytes < MAX_BYTES and self._send_piece(tail):
                    pass

    def _send_piece(self, tail: Tail) -> bool:
        data = tail.piece()
        if data:
            self._log_bytes += len(data)
            self.emit("log", tail.worker, tail.name, data)
        return len(data) > 0
