"""A file that is read in blocks of rows, again as often as that is needed."""
import itertools
import os
from typing import Callable, Dict, Iterable, Iterator, Optional, Set

import pandas

from batchstudio_runtime.inputs import compression
from batchstudio_runtime.inputs.blocks import BLOCK
from batchstudio_runtime.inputs.format_names import DELIMITED
from batchstudio_runtime.inputs.opening import open_bytes
from batchstudio_runtime.inputs.regular_files import open_input

FORMATS = (DELIMITED, "json_lines", "parquet")  # all others are read whole
PARQUET = b"PAR1"  # the first bytes of a Parquet file
SMALL = 64 * 1024  # bytes of a file that is read whole, even if it is compressed


class ReadAgain(Exception):
    """A block that shows how those before it should have been read: the file is to be read once more from its start."""


class FileBlocks:
    """The blocks of a file as frames with the types that the whole file has; iterating over them may raise ReadAgain.

    `frames` reads the file's blocks, `read` all of it as one frame.
    """

    def __init__(
        self, path: str, frames: Callable[[], Iterator[pandas.DataFrame]], read: Callable[[], pandas.DataFrame]
    ) -> None:
        self.path = path
        self.read = read
        self._frames = frames
        self._begun: Optional[Iterator[pandas.DataFrame]] = None
        self.kinds: Dict[str, str] = {}  # of the columns that were read, by their names
        self._objects: Set[str] = set()  # columns that some block has as objects: booleans with missing ones among them

    def is_larger_than(self, limit: int) -> bool:
        """Returns whether the file has more bytes, compressed or not, or its rows have in memory where it is Parquet.

        What is compressed is decompressed once for this, up to the limit.
        """
        total = os.path.getsize(self.path)
        if total > limit:
            return True
        with open_input(self.path) as file:
            start = file.read(compression.MAGIC_LENGTH)
        if start.startswith(PARQUET):
            return exceed((int(frame.memory_usage().sum()) for frame in self._frames()), limit)
        if compression.compression_of(start) is None:
            return False
        with open_bytes(self.path) as (_, pieces):
            return exceed(map(len, pieces), limit)

    def only_frame(self) -> Optional[pandas.DataFrame]:
        """Returns the frame of a file that is one block, None where there are more."""
        frames = self._frames()
        first = next(frames)
        second = next(frames, None)
        if second is None:
            return first
        self._begun = begun_with([first, second], frames)
        return None

    def __iter__(self) -> Iterator[pandas.DataFrame]:
        frames, self._begun = self._begun or self._frames(), None
        kinds = self.kinds = {}
        for frame in frames:
            for name in frame:
                kind = "object" if name in self._objects else str(frame[name].dtype)
                if kinds.setdefault(name, kind) != kind:
                    self._objects.add(name)
                    if kinds[name] != "object":
                        raise ReadAgain()
            mixed = [name for name in frame if name in self._objects]
            yield frame.astype(dict.fromkeys(mixed, object)) if mixed else frame


def exceed(sizes: Iterable[int], limit: int) -> bool:
    """Returns whether sizes are more than the limit together; takes no more of them than that needs."""
    return any(total > limit for total in itertools.accumulate(sizes))


def begun_with(first: list, rest: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
    """Yields these frames and the rest, and keeps none of them."""
    while first:
        yield first.pop(0)
    yield from rest


def may_have_blocks(path: str, kind: str) -> bool:
    """Returns whether a file of this kind may be larger than a block."""
    if kind not in FORMATS:
        return False
    if kind == "parquet" or os.path.getsize(path) > BLOCK:
        return True
    with open_input(path) as file:
        return compression.compression_of(file.read(compression.MAGIC_LENGTH)) is not None
