"""The memory that a worker may hold.

RLIMIT_DATA counts what a process has for itself to write on. RLIMIT_AS would count what NumPy, pyarrow and thread arenas only
reserve as well, many times what they use.
"""
import resource


class MemoryLimit:
    """A bound in bytes, or None for no bound."""

    def __init__(self, limit):
        self._limit = limit

    def begin(self):
        """Have every allocation beyond the limit fail from now on."""
        if self._limit is None:
            return
        held = data_bytes()
        if held > self._limit:
            raise MemoryError(
                "the loaded script holds {} of memory before it scores anything, but memory_limit_per_worker is {}".format(
                    megabytes(held), megabytes(self._limit)
                )
            )
        self._set(self._limit)

    def explain(self, error):
        """Say in a MemoryError whose limit it is; what it takes to report it may go beyond."""
        if self._limit is not None and isinstance(error, MemoryError):
            words = str(error)
            error.args = (
                "{}the worker needs more than the {} of memory_limit_per_worker".format(
                    words + ": " if words else "", megabytes(self._limit)
                ),
            )

    @staticmethod
    def _set(limit):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def megabytes(count):
    return "{} MB".format(round(count / 1e6))


def data_bytes():
    """Return what RLIMIT_DATA counts of this process, 0 where the platform does not tell."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmData:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
