"""Downloaded files on disk: a bounded folder that the jobs of a workspace share.

A file's name identifies its address and version. A job uses it through a hard link, so that a file with one link is idle and may
be removed, the least recently used first. A file that was removed is downloaded again.
"""
import hashlib
import os
import time
from typing import List, Optional, Tuple

from batchstudio_runtime.fetching.listing import Entry

PARTIAL = ".partial-"


class Cache:
    """The folder of downloaded files, with a limit of its bytes."""

    def __init__(self, folder: str, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._estimate: Optional[int] = None  # bytes, until the folder is measured again
        self._partials = 0
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for name in os.listdir(folder):
            if name.startswith(PARTIAL) and not is_alive(int(name[len(PARTIAL):].split("-")[0])):
                remove(os.path.join(folder, name))

    def key(self, place: str, entry: Entry, job: str) -> str:
        """Returns the name of an entry's version; one without an ETag or time is for this job alone."""
        version = entry.etag or entry.mtime
        mark = [place, entry.key, str(entry.size), str(version) if version else "job " + job]
        return hashlib.sha256("\0".join(mark).encode("utf-8", "surrogatepass")).hexdigest()

    def link(self, key: str, size: Optional[int], target: str) -> bool:
        """Makes `target` a link to a file of the cache; returns False when the cache doesn't have it."""
        source = os.path.join(self._folder, key)
        try:
            status = os.stat(source)
            if size is not None and status.st_size != size:
                os.unlink(source)
                return False
            os.utime(source, ns=(max(status.st_atime_ns, now_ns()), status.st_mtime_ns))
            os.link(source, target)
        except FileNotFoundError:
            return False
        except FileExistsError:
            pass
        return True

    def partial(self) -> str:
        """Returns a path for a file that is being downloaded."""
        self._partials += 1
        return os.path.join(self._folder, f"{PARTIAL}{os.getpid()}-{self._partials}")

    def add(self, partial: str, key: str, mtime: Optional[float], target: str) -> None:
        """Adds a file that was downloaded completely, and links it for the job."""
        if mtime is not None:
            os.utime(partial, ns=(now_ns(), int(mtime * 1000000) * 1000))
        size = os.path.getsize(partial)
        if os.path.lexists(target):
            os.unlink(target)
        os.link(partial, target)
        os.replace(partial, os.path.join(self._folder, key))
        self._estimate = None if self._estimate is None else self._estimate + size
        if self._estimate is None or self._estimate > self._limit:
            self.evict(self._limit * 9 // 10)

    def evict(self, limit: int) -> None:
        """Removes idle files, the least recently used first, until the folder has at most `limit` bytes."""
        idle: List[Tuple[int, int, str]] = []  # time, size, path
        total = 0
        for entry in os.scandir(self._folder):
            try:
                status = entry.stat(follow_symlinks=False)
            except FileNotFoundError:
                continue
            total += status.st_size
            if status.st_nlink == 1 and not entry.name.startswith(PARTIAL):
                idle.append((status.st_atime_ns, status.st_size, entry.path))
        for _, size, path in sorted(idle):
            if total <= limit:
                break
            remove(path)
            total -= size
        self._estimate = total


def now_ns() -> int:
    return int(time.time() * 1e9)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
