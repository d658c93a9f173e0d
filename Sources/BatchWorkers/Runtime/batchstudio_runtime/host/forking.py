"""The check that workers can be forked from this process with what it has loaded."""
import os
import sys
import threading
from typing import List, Optional

# Their own threads and device handles do not survive a fork.
UNFORKABLE_MODULES = ("torch", "tensorflow", "jax")


def keep_single_threaded() -> None:
    """Sets variables that keep libraries from starting threads when they are imported."""
    # pyarrow's allocator would start a thread that returns memory.
    os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")


def reason_not_to_fork() -> Optional[str]:
    """Returns the reason why workers must not be forked from this process, None when they may be."""
    if not sys.platform.startswith("linux"):
        return f"the platform is {sys.platform}"
    for module in UNFORKABLE_MODULES:
        if module in sys.modules:
            return f"{module} is imported"
    if threading.active_count() > 1:
        names = [thread.name for thread in threading.enumerate() if thread is not threading.main_thread()]
        return "threads are running: " + ", ".join(names)
    end_threads_that_know_of_forks()
    names = native_threads()
    if len(names) > 1:
        return "native threads are running: " + ", ".join(names[1:])
    return None


def end_threads_that_know_of_forks() -> None:
    """Forks a child that ends at once: OpenBLAS ends its idle threads before any fork and starts new ones when it needs them."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def native_threads() -> List[str]:
    names = []
    for thread in sorted(os.listdir("/proc/self/task"), key=int):
        with open(f"/proc/self/task/{thread}/comm") as file:
            names.append(file.read().strip())
    return names
