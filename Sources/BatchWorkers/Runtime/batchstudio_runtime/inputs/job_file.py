"""A file of the job that one worker writes and all read: decisions that they share while they score at the same time.

    file = JobFile("/job/input_types.json")
    file.publish({"columns": []})   # returns this, or what another worker has published before
"""
import errno
import fcntl
import json
import os
import tempfile
from typing import Any

# Errors of file systems without hard links.
NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL)


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
        try:
            self._write(value)
        except OSError as error:
            raise not_kept(error, self._path)
        return self.read()

    def _write(self, value: Any) -> None:
        folder, name = os.path.split(self._path)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=name + ".", suffix=".partial")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(value, file)
                file.flush()
                os.fsync(file.fileno())
            self._name_unless_taken(temporary)
        finally:
            if os.path.lexists(temporary):
                os.unlink(temporary)
        sync_folder(folder)

    def _name_unless_taken(self, temporary: str) -> None:
        """Gives the written file its name; an existing file stays."""
        try:
            os.link(temporary, self._path)
        except FileExistsError:
            pass
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            self._rename_unless_taken(temporary)

    def _rename_unless_taken(self, temporary: str) -> None:
        """Renames the written file unless one exists, under a lock that ends with the process that holds it."""
        with open(self._path + ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not os.path.exists(self._path):
                os.rename(temporary, self._path)


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
