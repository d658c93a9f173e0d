"""The fetcher: one process a job that lists a remote input and prefetches its files.

Started by the executor as `python -u fetcher.py` in the fetch environment; docs/datastores.md describes the messages that it
receives and sends. Credentials are received on standard input, so that they are in no argument, variable or file.
"""
import asyncio
import contextlib
import json
import os
import random
import sys
import threading
from typing import Any, Awaitable, BinaryIO, Callable, Dict, List, NamedTuple, Optional, Sequence, Set, Type, TypeVar

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != FOLDER]

from batchstudio_runtime.fetching.azure import AzureSource  # noqa: E402
from batchstudio_runtime.fetching.cache import Cache, remove  # noqa: E402
from batchstudio_runtime.fetching.errors import BeyondShare, FetchError, masked  # noqa: E402
from batchstudio_runtime.fetching.http import HTTPSource  # noqa: E402
from batchstudio_runtime.fetching.limits import TransferLimits  # noqa: E402
from batchstudio_runtime.fetching.listing import Entry, Listing, in_partitions, is_left_out  # noqa: E402
from batchstudio_runtime.fetching.room import Room  # noqa: E402
from batchstudio_runtime.fetching.s3 import S3Source  # noqa: E402
from batchstudio_runtime.fetching.source import MAX_CONCURRENT_INSPECTIONS, Source  # noqa: E402
from batchstudio_runtime.fetching.transfer import Meter, watched, within  # noqa: E402
from batchstudio_runtime.inputs.job_file import sync_folder  # noqa: E402
from batchstudio_runtime.inputs.manifest import is_path, path_in, path_of_reason  # noqa: E402
from batchstudio_runtime.inputs.system_errors import is_disk_full  # noqa: E402

# A message's fields; `op` names its kind.
Message = Dict[str, Any]
Result = TypeVar("Result")

# By the kind that the executor names; credentials come with its description, or from the usual variables.
SOURCES: Dict[str, Type[Source]] = {"http": HTTPSource, "s3": S3Source, "azure_blob": AzureSource}
MAX_BACKOFF = 30  # seconds
MAX_CONCURRENT_FILES = 16
MAX_FOLDER_NAMES = 1000  # of folders that are not entered


def main() -> None:
    messages = os.dup(1)
    # The output of libraries goes to the log.
    os.dup2(2, 1)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    received: asyncio.Queue[Message] = asyncio.Queue()
    threading.Thread(target=receive, args=(loop, received), daemon=True).start()
    loop.run_until_complete(Fetcher(os.fdopen(messages, "wb", 0)).work(received))


def receive(loop: asyncio.AbstractEventLoop, received: "asyncio.Queue[Message]") -> None:
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(received.put_nowait, json.loads(line.decode("utf-8")))
    # The executor has ended, and with it the job that needs the files.
    os._exit(0)


class Request(NamedTuple):
    """A request for the files of a mini-batch: `length` entries of the listing."""

    id: int
    first: int
    length: int


class Fetcher:
    """The listing and the downloads of a job's remote input."""

    # From "open" on.
    _job: str
    _files: str
    _reasons: str
    _manifest: str
    _listing: str
    _limits: TransferLimits
    _room: Room
    _place: str
    _cache: Cache
    _source: Source

    def __init__(self, messages: BinaryIO) -> None:
        self._messages = messages
        self._secrets: List[str] = []
        self._lines: Optional[List[bytes]] = None  # of the listing, once it is read
        self._batches: Dict[int, List[Entry]] = {}
        self._waiting: List[Request] = []
        self._slots = asyncio.Semaphore(MAX_CONCURRENT_FILES)
        self._tasks: Set[asyncio.Future[None]] = set()

    def send(self, op: str, **fields: Any) -> None:
        self._messages.write(json.dumps(dict(fields, op=op)).encode("utf-8") + b"\n")

    async def work(self, received: "asyncio.Queue[Message]") -> None:
        while True:
            message = await received.get()
            try:
                await getattr(self, "on_" + message["op"])(message)
            except FetchError as error:
                self.send("failed", type=error.kind, message=self.masked(str(error)))
            except Exception as error:
                self.send("failed", type=type(error).__name__, message=self.masked(str(error)))

    def masked(self, text: str) -> str:
        return masked(text, self._secrets)

    async def on_open(self, message: Message) -> None:
        source = message["source"]
        self._job = message["job"]
        self._files = message["files"]
        self._reasons = message["reasons"]
        self._manifest = message["manifest"]
        self._listing = message["listing"]
        self._limits = TransferLimits(message["cache_limit"], message.get("max_file_size"), message.get("limits"))
        self._room = Room(message["cache_limit"], MAX_CONCURRENT_FILES)
        self._secrets = sorted(texts(source.get("credentials") or {}), key=len, reverse=True)
        self._place = json.dumps(
            {key: value for key, value in source.items() if key not in ("credentials", "path", "address")}, sort_keys=True
        )
        self._cache = Cache(message["cache"], message["cache_limit"])
        self._source = SOURCES[source["kind"]](source, self._limits)
        for folder in (self._files, self._reasons):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        self._lines = None

    # The listing

    async def on_list(self, message: Message) -> None:
        listing = await within(self._limits.listing_seconds, self.list(message), "the input could not be listed")
        kept = [entry for entry in listing.entries if not is_left_out(entry.name, message["left_out"])]
        kept.sort(key=lambda entry: entry.name.encode("utf-8", "surrogateescape"))
        if listing.has_names_only:
            kept = await self.inspect(kept)
        write_atomically(self._listing, "".join(json.dumps(entry._asdict()) + "\n" for entry in kept).encode("ascii"))
        write_atomically(self._manifest, b"".join(entry.line_of_manifest() for entry in kept))
        self.send(
            "listed", files=len(kept), hidden=len(listing.entries) - len(kept), folders=listing.folders,
            bytes=sum(entry.size or 0 for entry in kept), folder_names=list(listing.folder_names[:MAX_FOLDER_NAMES]),
        )

    async def list(self, message: Message) -> Listing:
        is_folder, is_recursive = message["is_folder"], message["is_recursive"]
        listing = await self.retried(lambda: self._source.list(is_folder, is_recursive))
        if listing.folders == 0 or not message["partitions"]:
            return listing
        return in_partitions(await self.retried(lambda: self._source.list(is_folder, True)))

    async def inspect(self, entries: Sequence[Entry]) -> List[Entry]:
        """Returns the entries with the sizes and versions that a listing of names lacks."""
        slots = asyncio.Semaphore(MAX_CONCURRENT_INSPECTIONS)

        async def inspect(entry: Entry) -> Entry:
            async with slots:
                try:
                    return await self.retried(lambda: self._source.inspect(entry))
                except FetchError:
                    # It fails when it is downloaded, with the reason at that time.
                    return entry

        return await asyncio.gather(*map(inspect, entries))

    async def retried(self, action: Callable[[], Awaitable[Result]]) -> Result:
        """Performs an action, with exponential backoff after errors that are transient."""
        attempt = 1
        while True:
            try:
                return await action()
            except FetchError as error:
                if not error.is_transient:
                    raise
                if attempt == self._limits.attempts:
                    raise FetchError(error.kind, f"{error} (after {attempt} attempts)") from None
                await asyncio.sleep(backoff(attempt, error.wait))
            attempt += 1

    # The files

    def entries(self, request: Request) -> List[Entry]:
        if self._lines is None:
            with open(self._listing, "rb") as listing:
                self._lines = listing.read().splitlines()
        lines = self._lines[request.first:request.first + request.length]
        return [Entry(**json.loads(line.decode("utf-8"))) for line in lines]

    async def on_fetch(self, message: Message) -> None:
        self._waiting.append(Request(message["id"], message["first"], message["count"]))
        self.start_waiting()

    async def on_release(self, message: Message) -> None:
        for entry in self._batches.pop(message["id"], []):
            for path in (self.target(entry), self.reason(entry)):
                # Not there: a file that has failed may have a name that no file can have.
                with contextlib.suppress(OSError):
                    remove(path)
        await self._room.release(message["id"])
        self.start_waiting()

    def start_waiting(self) -> None:
        """Starts the oldest requests, as long as there is room for their files."""
        while self._waiting:
            request = self._waiting[0]
            entries = self.entries(request)
            if not self._room.take(request.id, entries):
                return
            self._waiting.pop(0)
            self._batches[request.id] = entries
            task = asyncio.ensure_future(self.fetch_batch(request.id, entries))
            self._tasks.add(task)
            task.add_done_callback(self.ended)

    def ended(self, task: "asyncio.Future[None]") -> None:
        """Reports an error that is not a file's: its mini-batch would be waited for without end."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self.send("failed", type=type(error).__name__, message=self.masked(str(error)))

    async def fetch_batch(self, identifier: int, entries: Sequence[Entry]) -> None:
        are_fetched = await asyncio.gather(*(self.fetch(entry, identifier) for entry in entries))
        self.send("fetched", id=identifier, failed=are_fetched.count(False))
        # Files without a listed size may be smaller than the share that was taken for them.
        self.start_waiting()

    async def fetch(self, entry: Entry, identifier: int) -> bool:
        """Writes a file, or the reason why it is not available; returns whether it is."""
        remove(self.reason(entry))
        try:
            async with self._slots:
                await self.fetch_or_raise(entry, identifier)
            return True
        except FetchError as error:
            kind, message = error.kind, str(error)
        except Exception as error:
            kind, message = type(error).__name__, str(error)
        await self.with_space(lambda: self.explain(entry, kind, message))
        return False

    async def explain(self, entry: Entry, kind: str, message: str) -> None:
        """Writes the reason why a file is not available."""
        reason = json.dumps({"type": kind, "message": self.masked(message)})
        write_atomically(self.reason(entry), reason.encode("ascii"))

    async def fetch_or_raise(self, entry: Entry, identifier: int) -> None:
        if not is_path(entry.name):
            raise FetchError("BadName", f"a local file can't have the name {entry.name!r}")
        target = self.target(entry)
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        key = self._cache.key(self._place, entry, self._job)
        if not self._cache.link(key, entry.size, target):
            partial = self._cache.partial()
            try:
                await self.fetch_in_room(entry, identifier, partial)
                self._cache.add(partial, key, entry.mtime, target)
            finally:
                remove(partial)
        if entry.size is None:
            await self._room.correct(identifier, os.path.getsize(target) - self._room.expected(entry))

    async def fetch_in_room(self, entry: Entry, identifier: int, partial: str) -> None:
        """Writes a file; one without a listed size that exceeds its share of the cache is downloaded again, alone."""
        if entry.size is not None and entry.size > self._limits.file_bytes:
            raise self.too_large(f"the file has {entry.size} bytes")
        try:
            await self.fetch_completely(entry, partial, None if entry.size is not None else self._room.share)
        except BeyondShare:
            remove(partial)
            async with self._room.alone(identifier):
                await self.fetch_completely(entry, partial, None)

    async def fetch_completely(self, entry: Entry, partial: str, share: Optional[int]) -> None:
        async def download() -> None:
            try:
                attempts = self.retried(lambda: self.attempt(entry, partial, share))
                await within(self._limits.file_seconds, attempts, "the file could not be downloaded")
            except OSError:
                remove(partial)
                raise

        await self.with_space(download)

    async def with_space(self, action: Callable[[], Awaitable[Result]]) -> Result:
        """Performs an action that writes, again and again while the disk is full."""
        while True:
            try:
                return await action()
            except OSError as error:
                if not is_disk_full(error):
                    raise
                self._cache.evict(0)
                self.send("waiting", message="Disk full: can't download input files. Downloads resume when there is free space.")
                await asyncio.sleep(5)

    async def attempt(self, entry: Entry, partial: str, share: Optional[int]) -> None:
        meter = Meter()
        await watched(self.download(entry, partial, share, meter), meter, self._limits)

    async def download(self, entry: Entry, partial: str, share: Optional[int], meter: Meter) -> None:
        """Writes a file, from where an earlier attempt was interrupted."""
        offset = os.path.getsize(partial) if os.path.exists(partial) else 0
        if entry.size is None or not entry.etag or offset >= entry.size:
            offset = 0
        async with self._source.read(entry, offset, meter) as body:
            if body.size is not None and body.size > self._limits.file_bytes:
                raise self.too_large(f"the file has {body.size} bytes")
            with open(partial, "r+b" if body.start else "wb") as file:
                file.seek(body.start)
                file.truncate()
                written = body.start
                async for data in body.chunks:
                    written += len(data)
                    self.check_size(written, body.size, share)
                    file.write(data)
        if body.size is not None and written != body.size:
            message = f"the connection ended after {written} of {body.size} bytes"
            raise FetchError("ConnectionLost", message, is_transient=True)

    def check_size(self, written: int, size: Optional[int], share: Optional[int]) -> None:
        """Raises an error for a body that is longer than allowed, before it is written."""
        if size is not None and written > size:
            raise FetchError("TooLarge", f"the server sends more than the {size} bytes that it announced")
        if written > self._limits.file_bytes:
            raise self.too_large(f"the server announced no size and sends more than {self._limits.file_bytes} bytes")
        if share is not None and written > share:
            raise BeyondShare("TooLarge", f"the file has more than {share} bytes")

    def too_large(self, cause: str) -> FetchError:
        limit, variable = self._limits.file_bytes, self._limits.file_variable
        return FetchError("TooLarge", f"{cause}; the limit is {limit} bytes. Set {variable} to change it")

    def target(self, entry: Entry) -> str:
        return path_in(self._files, entry.name)

    def reason(self, entry: Entry) -> str:
        return path_of_reason(self._reasons, entry.name)


def texts(value: Any) -> List[str]:
    """Returns every text of a tree of credentials, but the shortest, which would mask too much."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return [value] if isinstance(value, str) and len(value) > 3 else []


def backoff(attempt: int, wanted: Optional[int]) -> float:
    """Returns the seconds until the next attempt; `wanted` are those that the server asks for."""
    if wanted is not None:
        return min(wanted, MAX_BACKOFF)
    seconds: float = 0.25 * 2 ** attempt
    return min(MAX_BACKOFF, seconds) * (0.5 + random.random() / 2)


def write_atomically(path: str, data: bytes) -> None:
    """Writes a file durably, so that a crash leaves either all of it or nothing."""
    staging = path + ".partial"
    with open(staging, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(staging, path)
    sync_folder(os.path.dirname(path))


if __name__ == "__main__":
    main()
