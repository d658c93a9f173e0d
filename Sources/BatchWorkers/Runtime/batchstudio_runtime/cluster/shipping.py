"""Input files that travel with the mini-batches of a worker, where nodes do not see them: `storage: ship`.

A part of a large file travels as its bytes and the file's header, at their places in a file that is a hole otherwise. So the
worker finds what it finds on this machine: names, sizes and times, by which it refuses files that have changed since then.
"""
import asyncio
import os
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

from batchstudio_runtime.cluster.shipped_files import FINISHED, Piece, key_of
from batchstudio_runtime.inputs import regular_files
from batchstudio_runtime.inputs.manifest import (
    LATER_PART,
    LINE,
    REFUSALS,
    digest_of,
    is_path,
    part_in,
    path_in,
    path_of_reason,
    unescape,
)

if TYPE_CHECKING:
    from batchstudio_runtime.cluster.node import Node

Message = Dict[str, Any]

PIECE = 1 << 20  # bytes of a call
MAX_FILES = 256  # of a call
MAX_IN_FLIGHT = 256 << 20  # bytes on a node whose mini-batches are not finished; a single larger mini-batch goes alone
SAMPLE = 50  # files from which the types of columns are inferred


class InFlight:
    """The bytes that are on their way to a node, or there, for mini-batches that are not finished."""

    def __init__(self, limit: int = MAX_IN_FLIGHT) -> None:
        self._limit = limit
        self._used = 0
        self._waiting: List[Tuple[int, asyncio.Future[None]]] = []

    async def acquire(self, size: int) -> None:
        """Waits for room, behind those that wait already."""
        place: asyncio.Future[None] = asyncio.get_event_loop().create_future()
        self._waiting.append((size, place))
        self._admit()
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.release(size)
            raise

    def release(self, size: int) -> None:
        self._used -= size
        self._admit()

    def _admit(self) -> None:
        while self._waiting and (not self._used or self._used + self._waiting[0][0] <= self._limit):
            size, place = self._waiting.pop(0)
            if not place.cancelled():
                self._used += size
                place.set_result(None)


class Source(NamedTuple):
    """A file that travels: its name on the node, its path here, and the bytes of it; None for all."""

    name: str
    path: str
    ranges: Optional[List[Tuple[int, int]]]

    def size(self) -> int:
        if self.ranges is not None:
            return sum(end - start for start, end in self.ranges)
        try:
            return os.stat(self.path).st_size
        except OSError:
            return 0

    def pieces(self) -> Iterator[Piece]:
        """Yields the bytes; nothing of what is no regular file, or can't be read: the worker says that it is missing."""
        try:
            file = regular_files.open_input(self.path)
        except (OSError, regular_files.NotARegularFile):
            return
        with file:
            status = os.fstat(file.fileno())
            for start, end in self.ranges or [(0, status.st_size)]:
                while start < end:
                    data = os.pread(file.fileno(), min(PIECE, end - start), start)
                    if not data:
                        break  # it was truncated: its size says so
                    yield (self.name, 0, 0, start, data, False)
                    start += len(data)
            # Those of now: a file that is written to meanwhile has another time than its line in the manifest.
            status = os.fstat(file.fileno())
            yield (self.name, status.st_size, status.st_mtime_ns, 0, b"", True)


def sources(lines: bytes, start: Message, are_whole: bool) -> List[Source]:
    """Returns the files of lines of the manifest."""
    found: Dict[str, Source] = {}
    for line in lines.split(b"\n")[:-1]:
        match = LINE.fullmatch(line)
        if match is None or int(match.group(1)) in REFUSALS:
            continue
        name = os.fsdecode(unescape(match.group(3)))
        path = path_in(start["input_root"], name)
        numbers = [int(number) for number in match.group(4).split()]
        part = part_in(numbers) if numbers and not are_whole else None
        if part is not None and part.is_empty:
            continue
        ranges = None
        if part is not None and not is_by_row_groups(path):
            ranges = [(0, part.header), (part.start, part.end)]
        inner = name if is_path(name) else "not-a-path-" + digest_of(name)
        known = found.get(inner)
        if known is not None and known.ranges is not None and ranges is not None:
            ranges = known.ranges + ranges
        found[inner] = Source("input/" + inner, path, ranges)
        reason = "reasons" in start and path_of_reason(start["reasons"], name)
        if reason and os.path.exists(reason):
            found["reasons/" + inner] = Source("reasons/" + os.path.basename(reason), reason, None)
    return list(found.values())


def is_by_row_groups(path: str) -> bool:
    """Returns whether parts of a file are numbers of row groups and not its bytes."""
    try:
        with open(path, "rb") as file:
            return file.read(4) == b"PAR1"
    except OSError:
        return False


def sample(manifest: bytes) -> bytes:
    """Returns the lines of the files from which a worker infers the types of columns."""
    lines = [line for line in manifest.split(b"\n")[:-1] if not LATER_PART.match(line)]
    if len(lines) > SAMPLE:
        lines = [lines[index * len(lines) // SAMPLE] for index in range(SAMPLE)]
    return b"".join(line + b"\n" for line in lines)


class Shipping:
    """Sends the messages of one worker in their order, each after the files that it needs."""

    def __init__(self, node: "Node", worker: int) -> None:
        self._node = node
        self._worker = worker
        self._queue: asyncio.Queue[Tuple[Message, Any, List[Source]]] = asyncio.Queue()
        self._sizes: Dict[str, int] = {}
        self._names: Dict[str, Set[str]] = {}
        self._finished = asyncio.Event()
        self._sending = asyncio.ensure_future(self._send())

    def add(self, message: Message, attachment: Any, files: List[Source]) -> None:
        self._queue.put_nowait((message, attachment, files))

    def finished(self, answer: Message) -> None:
        """Gives the room of a mini-batch to others."""
        if answer["op"] in FINISHED:
            key = key_of(answer)
            self._names.pop(key, None)
            self._node.in_flight.release(self._sizes.pop(key, 0))
            self._finished.set()

    def end(self) -> None:
        self._sending.cancel()
        for size in self._sizes.values():
            self._node.in_flight.release(size)
        self._sizes = {}

    async def _send(self) -> None:
        while True:
            message, attachment, files = await self._queue.get()
            if files:
                await self._ship(key_of(message), files)
            self._node.tell(self._worker, message, attachment)

    async def _ship(self, key: str, files: List[Source]) -> None:
        names = {file.name for file in files}
        # Two parts of one file are not there at the same time: writing the second would change the first's file.
        while any(names & others for others in self._names.values()):
            self._finished.clear()
            await self._finished.wait()
        loop = asyncio.get_event_loop()
        size = await loop.run_in_executor(None, lambda: sum(file.size() for file in files))
        await self._node.in_flight.acquire(size)
        self._sizes[key], self._names[key] = size, names
        calls = calls_of(files)
        while True:
            pieces = await loop.run_in_executor(None, next, calls, None)
            if pieces is None:
                return
            await self._node.ship(self._worker, key, pieces)


def calls_of(files: List[Source]) -> Iterator[List[Piece]]:
    """Yields pieces of files together, as many as make a call."""
    pieces: List[Piece] = []
    for piece in (piece for file in files for piece in file.pieces()):
        pieces.append(piece)
        if len(pieces) >= MAX_FILES or sum(len(piece[4]) for piece in pieces) >= PIECE:
            yield pieces
            pieces = []
    if pieces:
        yield pieces
