"""The common part of the sources of remote inputs, which are listed and read through the drivers of fsspec.

Runs in the fetch environment (FetcherProcess.swift names its packages), never in a model's. A driver's results leave a source as
data, its exceptions as a `FetchError`.
"""
from typing import Any, AsyncContextManager, AsyncIterator, Awaitable, Callable, Dict, NamedTuple, Optional

from batchstudio_runtime.fetching.errors import translated
from batchstudio_runtime.fetching.limits import TransferLimits
from batchstudio_runtime.fetching.listing import Entry, Listing
from batchstudio_runtime.fetching.transfer import Meter

MAX_CONCURRENT_INSPECTIONS = 32
CHUNK = 1 << 20  # bytes
CONNECT_TIMEOUT = 20  # seconds
READ_TIMEOUT = 60  # seconds without a byte

# The kind, address and credentials of an input, as the executor sends them.
Description = Dict[str, Any]


class Body(NamedTuple):
    """The bytes of a file from `start` on; `size` is that of the whole file, None where the server does not report it."""

    start: int
    size: Optional[int]
    chunks: AsyncIterator[bytes]


class Source:
    """A remote file or folder."""

    def __init__(self, description: Description, limits: TransferLimits) -> None:
        self.description = description
        self.limits = limits
        self.path: str = description.get("path") or ""
        self.credentials: Dict[str, Any] = description.get("credentials") or {}

    def setting(self, name: str) -> Optional[str]:
        return self.description.get(name) or None

    def place(self) -> str:
        """Returns the address for messages."""
        address: str = self.description["address"]
        return address

    async def list(self, is_folder: bool, is_recursive: bool) -> Listing:
        """Returns the files of the folder, or the file itself."""
        raise NotImplementedError

    async def inspect(self, entry: Entry) -> Entry:
        """Returns an entry of a listing that has names only with its size and version."""
        raise NotImplementedError

    def read(self, entry: Entry, offset: int, meter: Meter) -> AsyncContextManager[Body]:
        """Opens a file for reading; its body starts at `offset`, or at 0 where the server sends all of it."""
        raise NotImplementedError


async def chunks_of(read: Callable[[int], Awaitable[bytes]]) -> AsyncIterator[bytes]:
    while True:
        data = await read(CHUNK)
        if not data:
            return
        yield data


async def guarded(chunks: AsyncIterator[bytes], name: str, meter: Optional[Meter] = None) -> AsyncIterator[bytes]:
    """Yields the chunks, counted by the meter."""
    with translated(name):
        async for data in chunks:
            if meter is not None:
                meter.add(len(data))
            yield data
