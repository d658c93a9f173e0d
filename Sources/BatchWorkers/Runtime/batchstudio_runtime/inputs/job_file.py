"""A file of the job that one worker writes and all read: decisions that they share while they score at the same time.

    file = JobFile("/job/input_types.json")
    file.publish({"columns": []})   # returns this, or what another worker has published before
"""
import errno
import fcntl
import json
import os
from typing import Any, BinaryIO


class NotKept(OSError):
    """A file of the job that can't be read or written: no input file is the cause. A full disk keeps its error number."""


class JobFile:
    """A JSON file that is published once, whole or not at all."""

    def __init__(self, path: str) -> None:
        self._path = path

    def read(self) -> Any:
        """Returns what was published, None where nothing is."""
        try:
            with open(self._path, encoding="utf-8") as file:
                return json.load(file)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise not_kept(error, self._path)

    def publish(self, value: Any) -> Any:
        """Keeps the value durably unless there is one already; returns the one that is kept."""
        self.publish_text(json.dumps(value).encode("utf-8"))
        return self.read()

    def publish_text(self, text: bytes) -> None:
        """Keeps a value that is JSON already, as `publish()` does."""
        try:
            if not os.path.exists(self._path):
                self._write(text)
        except OSError as error:
            raise not_kept(error, self._path)

    def _write(self, text: bytes) -> None:
        """Writes beside the file's place and renames, under a lock that ends with the worker that holds it.

        A worker that is killed leaves the file beside it for the next one to write over.
        """
        staging = self._path + ".partial"
        with open_locked(staging) as file:
            try:
                if not os.path.exists(self._path):
                    write_durably(file, text)
                    os.rename(staging, self._path)
            finally:
                if os.path.lexists(staging):
                    os.unlink(staging)
        sync_folder(os.path.dirname(self._path))


def write_durably(file: BinaryIO, data: bytes) -> None:
    file.truncate(0)
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def open_locked(path: str) -> BinaryIO:
    """Opens a file for writing, made where there is none, once no other process has it open this way."""
    while True:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        file = os.fdopen(descriptor, "wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            named = os.stat(path, follow_symlinks=False)
        except FileNotFoundError:
            named = None
        if named and os.path.samestat(named, os.fstat(file.fileno())):
            return file
        # The one that had the lock renamed or removed the file.
        file.close()


def not_kept(error: OSError, path: str) -> NotKept:
    return NotKept(error.errno, os.strerror(error.errno) if error.errno else str(error), path)


def sync_folder(path: str) -> None:
    """Makes the names in a folder durable, where its file system supports it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
