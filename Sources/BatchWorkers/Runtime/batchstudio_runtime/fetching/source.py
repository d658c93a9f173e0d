"""What the places of remote inputs have in common: they are listed and read through the drivers of fsspec.

Runs in the fetch environment (FetcherProcess.swift names its packages), never in a model's. What leaves a driver is either
data or a `FetchError`.
"""
from batchstudio_runtime.fetching.errors import translated

LISTED_AT_ONCE = 32
CHUNK = 1 << 20  # bytes
SECONDS_TO_CONNECT = 20
SECONDS_OF_SILENCE = 60


class Source:
    """A file or folder elsewhere. `entries` are dicts: name, key, size, etag, mtime; unknown values are None."""

    def __init__(self, description, limits):
        self.description = description
        self.limits = limits
        self.path = description.get("path") or ""
        self.credentials = description.get("credentials") or {}

    def setting(self, name):
        return self.description.get(name) or None

    def place(self):
        """Return the address for messages."""
        return self.description["address"]


async def chunks_of(read):
    while True:
        data = await read(CHUNK)
        if not data:
            return
        yield data


async def guarded(chunks, name, meter=None):
    """Yields the chunks, counted by the meter."""
    with translated(name):
        async for data in chunks:
            if meter is not None:
                meter.add(len(data))
            yield data
