"""A worker's segment file: the rows of its mini-batches, one after the other."""
import contextlib
import os


class Segment:
    def __init__(self, path: str) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        self._end = os.lseek(self._descriptor, 0, os.SEEK_END)

    def write(self, rows: bytes, place: int) -> None:
        """Writes rows of the next mini-batch, so many bytes behind the end; they are no part of the segment yet."""
        offset = self._end + place
        rest = memoryview(rows)
        try:
            while rest:
                written = os.pwrite(self._descriptor, rest, offset + len(rows) - len(rest))
                rest = rest[written:]
        except OSError:
            self.drop(0)  # free the space on a full disk
            raise

    def drop(self, place: int) -> None:
        """Lets go of what was written so many bytes behind the end and after; the next rows overwrite it."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, self._end + place)

    def append(self, length: int) -> int:
        """Makes so many bytes that were written behind the end a part of the segment; returns their offset."""
        offset = self._end
        self._end += length
        return offset
