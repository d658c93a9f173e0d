"""The room that the files of mini-batches take in the cache while they are in use."""
import asyncio
import contextlib


class Room:
    """Half of the cache, which the files of a job may take at once; the oldest mini-batch always has room.

    A file without a listed size counts as `share` until it is there; one that turns out to be larger is fetched alone.
    """

    def __init__(self, cache_bytes, at_once):
        self._limit = cache_bytes // 2
        self.share = max(1, self._limit // at_once)
        self._bytes = {}
        self._is_large_coming = False
        self._changed = asyncio.Condition()

    def has(self, identifier):
        return identifier in self._bytes

    def take(self, identifier, entries):
        """Takes room for the files of a mini-batch; False when there is none now."""
        size = sum(self.expected(entry) for entry in entries)
        if self._bytes and sum(self._bytes.values()) + size > self._limit:
            return False
        self._bytes[identifier] = size
        return True

    def expected(self, entry):
        return self.share if entry["size"] is None else entry["size"]

    async def correct(self, identifier, difference):
        """Notes that a file is larger, or smaller, than was expected."""
        if identifier in self._bytes:
            self._bytes[identifier] += difference
        await self._notify()

    async def release(self, identifier):
        self._bytes.pop(identifier, None)
        await self._notify()

    @contextlib.asynccontextmanager
    async def alone(self, identifier):
        """Waits until a file without a listed size, of this mini-batch, may grow beyond its share."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._is_large_coming and self._has_room(identifier))
            self._is_large_coming = True
        try:
            yield
        finally:
            self._is_large_coming = False
            await self._notify()

    def _has_room(self, identifier):
        # The oldest never waits for another: one that is scored later than it would never make room.
        return sum(self._bytes.values()) <= self._limit or next(iter(self._bytes), identifier) == identifier

    async def _notify(self):
        async with self._changed:
            self._changed.notify_all()
