"""The host: imports a scoring script once and forks the workers that run it.

Started by the executor as `python -u host.py`; docs/worker-protocol.md describes what it sends and receives.
"""
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
WORKING_FOLDER = os.path.abspath(os.curdir)
# Before anything else is imported: an empty entry of PYTHONPATH is the working folder, and neither files of a script nor
# what it leaves there may replace modules of the runtime or of Python.
sys.path[:] = [FOLDER] + [entry for entry in sys.path if entry and os.path.abspath(entry) not in (FOLDER, WORKING_FOLDER)]
import gc  # noqa: E402
import platform  # noqa: E402
import select  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import time  # noqa: E402
from typing import Any, Dict, Iterator  # noqa: E402

import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

# A scoring script must not import the runtime's files instead of its own.
sys.path.remove(FOLDER)

from batchstudio_runtime.host import forking, streams  # noqa: E402
from batchstudio_runtime.host.channel import PROTOCOL, Channel, ExecutorIsGone, Message, end_process_group  # noqa: E402
from batchstudio_runtime.scoring import errors, worker  # noqa: E402
from batchstudio_runtime.scoring.script import ScoringScript  # noqa: E402

# Reported to the executor, for the job's record.
LIBRARIES = (
    "mlflow", "numpy", "pandas", "pyarrow", "sklearn", "xgboost", "lightgbm", "catboost", "onnxruntime", "torch",
    "tensorflow", "jax",
)


def main() -> None:
    # Removed from the environment before any code of the user's runs.
    address = os.environ.pop("BATCHSTUDIO_SOCKET")
    token = os.environ.pop("BATCHSTUDIO_TOKEN")
    # A mask inherited from whoever started the executor could hide the ends of workers from this process.
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
    streams.set_up()
    channel = Channel(address)
    channel.send("hello", protocol=PROTOCOL, role="host", token=token, pid=os.getpid(),
                 python=platform.python_version())
    host = Host(address, token, channel)
    try:
        host.load(channel.receive())
        host.serve()
    except ExecutorIsGone:
        host.end_with_workers()
    except BaseException as error:
        channel.send("fatal", **errors.describe(error))
        worker.leave(1)


class Host:
    """The process that holds a loaded scoring script and starts the workers that run it."""

    _script: ScoringScript  # from load() on
    _children_end: "ChildrenEnd"  # from serve() on

    def __init__(self, address: str, token: str, channel: Channel) -> None:
        self._address = address
        self._token = token
        self._channel = channel
        self._workers: Dict[int, int] = {}  # process id: number

    def load(self, message: Message) -> None:
        """Imports the script and all that its workers share."""
        began = time.perf_counter()
        if message["fork"]:
            forking.keep_single_threaded()
        self._script = ScoringScript(
            message["script"], message["code_dir"], message["model_dir"], message["arguments"]
        )
        self._script.preload()
        streams.flush()
        reason = forking.reason_not_to_fork() if message["fork"] else "the executor did not ask for it"
        ready: Dict[str, Any] = {"forkable": reason is None, "versions": versions()}
        if reason is not None:
            ready["reason"] = reason
        self._keep_memory_shared()
        self._channel.send("ready", seconds=worker.elapsed(began), **ready)

    @staticmethod
    def _keep_memory_shared() -> None:
        """Keeps the garbage collector from what is loaded: touching it would copy it into each worker."""
        gc.collect()
        if hasattr(gc, "freeze"):  # Python 3.7
            gc.freeze()  # novermin

    def serve(self) -> None:
        """Forks workers and reports when they end, until a message stops it."""
        self._children_end = ChildrenEnd()
        while True:
            select.select([self._channel, self._children_end], [], [])
            self._children_end.clear()
            self._report_exits()
            for message in self._messages():
                if message["op"] == "stop":
                    return
                self._obey(message)

    def _messages(self) -> Iterator[Message]:
        """Yields the messages that have arrived, without waiting for more."""
        message = self._channel.receive_if_any()
        while message is not None:
            yield message
            message = self._channel.receive_if_any()

    def _obey(self, message: Message) -> None:
        if message["op"] == "fork":
            self._fork(message)
        elif message["op"] == "become":
            self._become(message)

    def _fork(self, message: Message) -> None:
        streams.flush()
        try:
            process = os.fork()
        except OSError as error:
            # No more processes or memory: this worker fails, those that run are not affected.
            print(f"a worker can't be forked: {error}", file=sys.stderr)
            self._channel.send("exited", worker=message["worker"], pid=0, status=1)
            return
        if process == 0:
            self._become(message)
        self._workers[process] = message["worker"]
        self._channel.send("forked", worker=message["worker"], pid=process)

    def _become(self, message: Message) -> None:
        """Turns this process into a worker; never returns."""
        try:
            self._channel.close()
            self._children_end.close()
            if os.getpgrp() != os.getpid():
                os.setsid()
            streams.redirect(message["stdout"], message["stderr"], message.get("times"))
            worker.work(self._address, self._token, message["worker"], self._script)
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            worker.leave(1)

    def _report_exits(self) -> None:
        for process in list(self._workers):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                number = self._workers.pop(process)
                self._channel.send("exited", worker=number, pid=process, status=exit_status(status))

    def end_with_workers(self) -> None:
        """Ends the workers, even one that is deep in native code, and this process, as the executor has ended."""
        for process in self._workers:
            try:
                os.killpg(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        end_process_group()


class ChildrenEnd:
    """A file to select on that is readable when a child has ended."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.set_wakeup_fd(self._writer.fileno())

    def fileno(self) -> int:
        return self._reader.fileno()

    def clear(self) -> None:
        try:
            self._reader.recv(4096)
        except BlockingIOError:
            pass

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self._reader.close()
        self._writer.close()


def exit_status(status: int) -> int:
    """Returns the exit code, or the signal as a negative number, as `subprocess` does."""
    return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def versions() -> Dict[str, str]:
    """Returns the versions of the libraries that the script has imported."""
    found = {name: getattr(sys.modules.get(name), "__version__", None) for name in LIBRARIES}
    return {name: str(version) for name, version in found.items() if version is not None}


if __name__ == "__main__":
    main()
