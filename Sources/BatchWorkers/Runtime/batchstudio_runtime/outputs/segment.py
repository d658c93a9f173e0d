"""A worker's segment file: the rows of its mini-batches, one after the other."""
import contextlib
import os


class Segment:
    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        self._end = os.lseek(self._descriptor, 0, os.SEEK_END)

    def append(self, rows: bytes) -> int:
        """Writes the rows of one mini-batch; returns their offset. After an error the next rows overwrite them."""
        offset = self._end
        rest = memoryview(rows)
        try:
            while rest:
                written = os.pwrite(self._descriptor, rest, offset + len(rows) - len(rest))
                rest = rest[written:]
        except OSError:
            with contextlib.suppress(OSError):  # free the space on a full disk
                os.ftruncate(self._descriptor, offset)
            raise
        self._end += len(rows)
        return offset
