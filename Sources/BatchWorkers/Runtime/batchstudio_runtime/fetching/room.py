"""The space that the files of mini-batches take in the cache while they are in use."""
import asyncio
import contextlib
from typing import AsyncIterator, Dict, Sequence

from batchstudio_runtime.fetching.listing import Entry


class Room:
    """Half of the cache, which the files in use of a job may take; the oldest mini-batch always has room.

    A file without a listed size counts as `share` until it is downloaded; one that turns out to be larger is downloaded alone.
    """

    def __init__(self, cache_bytes: int, max_concurrent_files: int) -> None:
        self._limit = cache_bytes // 2
        self.share = max(1, self._limit // max_concurrent_files)
        self._bytes: Dict[int, int] = {}  # by mini-batch, the oldest first
        self._is_large_coming = False
        self._changed = asyncio.Condition()

    def take(self, identifier: int, entries: Sequence[Entry]) -> bool:
        """Takes room for the files of a mini-batch; returns False when there is none now."""
        size = sum(self.expected(entry) for entry in entries)
        if self._bytes and sum(self._bytes.values()) + size > self._limit:
            return False
        self._bytes[identifier] = size
        return True

    def expected(self, entry: Entry) -> int:
        return self.share if entry.size is None else entry.size

    async def correct(self, identifier: int, difference: int) -> None:
        """Corrects the size of a file that is larger, or smaller, than expected."""
        if identifier in self._bytes:
            self._bytes[identifier] += difference
        await self._notify()

    async def release(self, identifier: int) -> None:
        self._bytes.pop(identifier, None)
        await self._notify()

    @contextlib.asynccontextmanager
    async def alone(self, identifier: int) -> AsyncIterator[None]:
        """Waits until a file without a listed size, of this mini-batch, may grow beyond its share."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._is_large_coming and self._has_room(identifier))
            self._is_large_coming = True
        try:
            yield
        finally:
            self._is_large_coming = False
            await self._notify()

    def _has_room(self, identifier: int) -> bool:
        # The oldest never waits for another: one that is scored later than it would never make room.
        return sum(self._bytes.values()) <= self._limit or next(iter(self._bytes), identifier) == identifier

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
