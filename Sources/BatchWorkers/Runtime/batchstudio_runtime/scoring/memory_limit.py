"""The memory that a worker may hold.

RLIMIT_DATA counts the private, writable memory of a process. RLIMIT_AS would also count memory that NumPy, pyarrow and thread
arenas only reserve, many times what they use.
"""
import resource
from typing import Optional


class MemoryLimit:
    """A bound in bytes, or None for no bound."""

    def __init__(self, limit: Optional[int]) -> None:
        self._limit = limit

    def begin(self) -> None:
        """Makes every allocation beyond the limit fail from now on."""
        if self._limit is None:
            return
        held = data_bytes()
        if held > self._limit:
            raise MemoryError(
                f"the loaded script holds {megabytes(held)} of memory before it scores anything, but memory_limit_per_worker is"
                f" {megabytes(self._limit)}"
            )
        self._set(self._limit)

    def explain(self, error: BaseException) -> None:
        """Names the limit in a MemoryError; reporting it may exceed the limit."""
        if self._limit is not None and isinstance(error, MemoryError):
            said = f"{error}: " if str(error) else ""
            error.args = (f"{said}the worker needs more than the {megabytes(self._limit)} of memory_limit_per_worker",)

    @staticmethod
    def _set(limit: int) -> None:
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def megabytes(count: int) -> str:
    return f"{round(count / 1e6)} MB"


def data_bytes() -> int:
    """Returns the bytes that RLIMIT_DATA counts of this process, 0 where the platform does not report them."""
    try:
        with open("/proc/self/status") as status:
            for line in status:
                if line.startswith("VmData:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
