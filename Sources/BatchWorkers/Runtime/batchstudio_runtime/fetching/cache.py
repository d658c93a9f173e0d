"""Fetched files on disk: a bounded folder that the jobs of a workspace share.

A file's name tells its address and version; a job uses it through a hard link, so that a file with one link is idle and may go,
the one used longest ago first. Nothing here is precious: a file that is gone is fetched again.
"""
import hashlib
import os

PARTIAL = ".partial-"


class Cache:
    def __init__(self, folder, limit):
        self._folder = folder
        self._limit = limit
        self._estimate = None
        self._partials = 0
        os.makedirs(folder, mode=0o700, exist_ok=True)
        for name in os.listdir(folder):
            if name.startswith(PARTIAL) and not is_alive(int(name[len(PARTIAL):].split("-")[0])):
                remove(os.path.join(folder, name))

    def key(self, place, entry, job):
        """Return the name of an entry's version; without a mark of the version it is this job's alone."""
        version = entry["etag"] or entry["mtime"]
        mark = [place, entry["key"], str(entry["size"]), str(version) if version else "job " + job]
        return hashlib.sha256("\0".join(mark).encode("utf-8", "surrogatepass")).hexdigest()

    def link(self, key, size, target):
        """Make `target` a link to a file of the cache; False when it is not there."""
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

    def partial(self):
        """Return a path for a file that is being fetched."""
        self._partials += 1
        return os.path.join(self._folder, "{}{}-{}".format(PARTIAL, os.getpid(), self._partials))

    def add(self, partial, key, mtime, target):
        """Take a file that was fetched whole, and link it for the job."""
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

    def evict(self, limit):
        """Remove idle files, those used longest ago first, until the folder holds no more than `limit` bytes."""
        idle, total = [], 0
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


def now_ns():
    import time
    return int(time.time() * 1e9)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True


def remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
