"""The fetcher: one process a job that lists a remote input and gets its files ahead of need.

Started by the executor as `python -u fetcher.py` in the fetch environment; docs/worker-protocol.md describes what it says and
hears. Messages come on standard input, credentials among them, so that they are in no argument, variable or file.
"""
import asyncio
import fnmatch
import hashlib
import json
import os
import random
import sys
import threading

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != FOLDER]

from batchstudio_runtime.fetching.azure import AzureSource  # noqa: E402
from batchstudio_runtime.fetching.cache import Cache, remove  # noqa: E402
from batchstudio_runtime.fetching.errors import DISK_FULL, BeyondShare, FetchError, masked  # noqa: E402
from batchstudio_runtime.fetching.http import HTTPSource  # noqa: E402
from batchstudio_runtime.fetching.limits import TransferLimits  # noqa: E402
from batchstudio_runtime.fetching.room import Room  # noqa: E402
from batchstudio_runtime.fetching.s3 import S3Source  # noqa: E402
from batchstudio_runtime.fetching.source import LISTED_AT_ONCE  # noqa: E402
from batchstudio_runtime.fetching.transfer import Meter, watched, within  # noqa: E402

# By the kind that the executor names; credentials come with its description, or from the usual variables.
SOURCES = {"http": HTTPSource, "s3": S3Source, "azure_blob": AzureSource}
LONGEST_WAIT = 30
FETCHED_AT_ONCE = 16
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def main():
    messages = os.dup(1)
    # Whatever a library prints goes to the log.
    os.dup2(2, 1)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    received = asyncio.Queue()
    threading.Thread(target=receive, args=(loop, received), daemon=True).start()
    loop.run_until_complete(Fetcher(os.fdopen(messages, "wb", 0)).work(received))


def receive(loop, received):
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(received.put_nowait, json.loads(line.decode("utf-8")))
    # The executor is gone: nobody wants the files.
    os._exit(0)


class Fetcher:
    def __init__(self, messages):
        self._messages = messages
        self._secrets = []
        self._batches = {}
        self._waiting = []
        self._slots = asyncio.Semaphore(FETCHED_AT_ONCE)
        self._tasks = set()

    def send(self, op, **fields):
        self._messages.write(json.dumps(dict(fields, op=op)).encode("utf-8") + b"\n")

    async def work(self, received):
        while True:
            message = await received.get()
            try:
                await getattr(self, "on_" + message["op"])(message)
            except FetchError as error:
                self.send("failed", type=error.kind, message=self.masked(str(error)))
            except Exception as error:
                self.send("failed", type=type(error).__name__, message=self.masked(str(error)))

    def masked(self, text):
        return masked(text, self._secrets)

    async def on_open(self, message):
        self._job = message["job"]
        self._files = message["files"]
        self._reasons = message["reasons"]
        self._manifest = message["manifest"]
        self._listing = message["listing"]
        self._limits = TransferLimits(message["cache_limit"], message.get("max_file_size"), message.get("limits"))
        self._room = Room(message["cache_limit"], FETCHED_AT_ONCE)
        credentials = message["source"].get("credentials") or {}
        self._secrets = sorted(texts(credentials), key=len, reverse=True)
        self._place = json.dumps(
            {key: value for key, value in message["source"].items() if key not in ("credentials", "path", "address")},
            sort_keys=True,
        )
        self._cache = Cache(message["cache"], message["cache_limit"])
        self._source = SOURCES[message["source"]["kind"]](message["source"], self._limits)
        for folder in (self._files, self._reasons):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        self._lines = None

    # The list

    async def on_list(self, message):
        words = "the input could not be listed"
        entries, folders = await within(self._limits.listing_seconds, self.list_entries(message), words)
        shown = [entry for entry in entries if not is_left_out(entry["name"], message["left_out"])]
        shown.sort(key=lambda entry: entry["name"].encode("utf-8", "surrogateescape"))
        await self.look_closer(shown)
        write_whole(self._listing, "".join(json.dumps(entry) + "\n" for entry in shown))
        write_whole(self._manifest, "".join(manifest_line(entry) for entry in shown))
        self.send("listed", files=len(shown), hidden=len(entries) - len(shown), folders=folders,
                  bytes=sum(entry["size"] or 0 for entry in shown))

    async def list_entries(self, message):
        """Return the entries of the input and how many folders were not looked into."""
        is_folder, is_recursive = message["is_folder"], message["is_recursive"]
        entries, folders = await self.tried(lambda: self._source.list(is_folder, is_recursive))
        if folders == 0 or not message["partitions"]:
            return entries, folders
        everything, _ = await self.tried(lambda: self._source.list(is_folder, True))
        return in_partitions(everything)

    async def look_closer(self, entries):
        """Ask for size and version of the files of which the list said nothing but the name."""
        slots = asyncio.Semaphore(LISTED_AT_ONCE)

        async def look(entry):
            async with slots:
                try:
                    entry.update(await self.tried(lambda: self._source.look(entry["key"], entry["name"])))
                except FetchError:
                    # It fails when it is fetched, with its reason then.
                    entry.update(size=None, etag=None, mtime=None)

        await asyncio.gather(*(look(entry) for entry in entries if "size" not in entry))

    async def tried(self, action):
        """Do it, again and again while there is hope."""
        attempts = self._limits.attempts
        for attempt in range(1, attempts + 1):
            try:
                return await action()
            except FetchError as error:
                if not error.is_transient:
                    raise
                if attempt == attempts:
                    raise FetchError(error.kind, "{}; tried {} times".format(error, attempts)) from None
                await asyncio.sleep(pause(attempt, error.wait))

    # The files

    def entries(self, first, count):
        if self._lines is None:
            with open(self._listing, "rb") as listing:
                self._lines = listing.read().splitlines()
        return [json.loads(line.decode("utf-8")) for line in self._lines[first:first + count]]

    async def on_fetch(self, message):
        self._waiting.append(message)
        self.start_waiting()

    async def on_release(self, message):
        for entry in self._batches.pop(message["id"], []):
            remove(self.target(entry))
            remove(self.reason(entry))
        await self._room.release(message["id"])
        self.start_waiting()

    def start_waiting(self):
        """Begin with those asked for first, as long as there is room for them."""
        while self._waiting:
            message = self._waiting[0]
            entries = self.entries(message["first"], message["count"])
            if not self._room.take(message["id"], entries):
                return
            self._waiting.pop(0)
            self._batches[message["id"]] = entries
            task = asyncio.ensure_future(self.fetch_batch(message["id"], entries))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def fetch_batch(self, identifier, entries):
        reasons = await asyncio.gather(*(self.fetch(entry, identifier) for entry in entries))
        self.send("fetched", id=identifier, failed=sum(1 for reason in reasons if reason is not None))
        # Files without a listed size may be smaller than the share that was taken for them.
        self.start_waiting()

    async def fetch(self, entry, identifier):
        """Have a file on disk, or the reason why not."""
        remove(self.reason(entry))
        try:
            async with self._slots:
                await self.fetch_now(entry, identifier)
            return None
        except FetchError as error:
            kind, words = error.kind, str(error)
        except Exception as error:
            kind, words = type(error).__name__, str(error)
        words = self.masked(words)
        write_whole(self.reason(entry), json.dumps({"type": kind, "message": words}))
        return words

    async def fetch_now(self, entry, identifier):
        if not is_path(entry["name"]):
            raise FetchError("BadName", "a file of this machine can't have the name {!r}".format(entry["name"]))
        target = self.target(entry)
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        key = self._cache.key(self._place, entry, self._job)
        if not self._cache.link(key, entry["size"], target):
            partial = self._cache.partial()
            try:
                await self.fetch_new(entry, identifier, partial)
                self._cache.add(partial, key, entry["mtime"], target)
            finally:
                remove(partial)
        if entry["size"] is None:
            await self._room.correct(identifier, os.path.getsize(target) - self._room.expected(entry))

    async def fetch_new(self, entry, identifier, partial):
        """Write the file; one without a listed size that needs more than its share of the cache is fetched again, alone."""
        if entry["size"] is not None and entry["size"] > self._limits.file_bytes:
            raise self.too_large("the file has {} bytes".format(entry["size"]))
        try:
            await self.fetch_whole(entry, partial, None if entry["size"] is not None else self._room.share)
        except BeyondShare:
            remove(partial)
            async with self._room.alone(identifier):
                await self.fetch_whole(entry, partial, None)

    async def fetch_whole(self, entry, partial, share):
        while True:
            try:
                words = "the file did not come whole"
                attempts = self.tried(lambda: self.attempt(entry, partial, share))
                return await within(self._limits.file_seconds, attempts, words)
            except OSError as error:
                if error.errno not in DISK_FULL:
                    raise
                remove(partial)
                self._cache.evict(0)
                self.send("waiting", message="There is no space left for files that are fetched.")
                await asyncio.sleep(5)

    async def attempt(self, entry, partial, share):
        meter = Meter()
        await watched(self.download(entry, partial, share, meter), meter, self._limits)

    async def download(self, entry, partial, share, meter):
        """Write the file, going on where an earlier try was cut off."""
        offset = os.path.getsize(partial) if os.path.exists(partial) else 0
        if entry["size"] is None or not entry["etag"] or offset >= entry["size"]:
            offset = 0
        async with self._source.read(entry, offset, meter) as (start, size, chunks):
            if size is not None and size > self._limits.file_bytes:
                raise self.too_large("the file has {} bytes".format(size))
            with open(partial, "r+b" if start else "wb") as file:
                file.seek(start)
                file.truncate()
                written = start
                async for data in chunks:
                    written += len(data)
                    self.check_size(written, size, share)
                    file.write(data)
        if size is not None and written != size:
            words = "the connection ended after {} of {} bytes".format(written, size)
            raise FetchError("ConnectionLost", words, is_transient=True)

    def check_size(self, written, size, share):
        """Raise an error over a body that is longer than it may be, before it is written."""
        if size is not None and written > size:
            raise FetchError("TooLarge", "the server sends more than the {} bytes that it announced".format(size))
        if written > self._limits.file_bytes:
            raise self.too_large("the server announced no size and sends more than {} bytes".format(self._limits.file_bytes))
        if share is not None and written > share:
            raise BeyondShare("TooLarge", "the file has more than {} bytes".format(share))

    def too_large(self, words):
        limit, variable = self._limits.file_bytes, self._limits.file_variable
        text = "{}; files of at most {} bytes are fetched. {} sets another limit"
        return FetchError("TooLarge", text.format(words, limit, variable))

    def target(self, entry):
        return os.path.join(self._files, entry["name"])

    def reason(self, entry):
        return os.path.join(self._reasons, reason_name(entry["name"]))


def reason_name(name):
    """Return where the worker looks for the reason why this file of the manifest was not fetched."""
    return hashlib.sha256(os.fsencode(name)).hexdigest()


def texts(value):
    """Return every text of a tree of credentials."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    return [value] if isinstance(value, str) and len(value) > 3 else []


def pause(attempt, wanted):
    if wanted is not None:
        return min(wanted, LONGEST_WAIT)
    return min(LONGEST_WAIT, 0.25 * 2 ** attempt) * (0.5 + random.random() / 2)


def in_partitions(entries):
    """Return the entries in no other folders than partitions, `name=value`, and how many other folders there are."""
    kept, others = [], set()
    for entry in entries:
        folders = entry["name"].split("/")[:-1]
        first = next((place for place, folder in enumerate(folders) if folder.find("=") < 1), None)
        if first is None:
            kept.append(entry)
        else:
            others.add("/".join(folders[:first + 1]))
    return kept, len(others)


def is_left_out(name, patterns):
    """Return whether a pattern fits the file's name or that of a folder it is in: what data systems leave beside data."""
    return any(fnmatch.fnmatchcase(part, pattern) for part in name.split("/") for pattern in patterns)


def is_path(name):
    parts = name.split("/")
    return all(part not in ("", ".", "..") and len(os.fsencode(part)) <= 255 for part in parts) and "\0" not in name


def manifest_line(entry):
    size = -1 if entry["size"] is None else entry["size"]
    mtime = -1 if entry["mtime"] is None else int(entry["mtime"] * 1000000) * 1000
    name = "".join(ESCAPES.get(character, character) for character in entry["name"])
    return "{}\t{}\t{}\n".format(size, mtime, name)


def write_whole(path, text):
    """Write a file so that a crash leaves the whole of it or nothing."""
    staging = path + ".partial"
    with open(staging, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(staging, path)


if __name__ == "__main__":
    main()
