"""A host process on a node, as the node's agent holds it."""
import asyncio
import json
import os
import signal
import subprocess
import threading
from typing import Any, Callable, Dict, List, Optional


class AgentHost:
    """The product's host in the model's environment; `on_end(host, status)` is called in the loop once it is gone."""

    def __init__(
        self, words: List[str], environment: Dict[str, str], folder: str, log: str,
        on_end: Callable[["AgentHost", int], None],
    ) -> None:
        self.worker: Optional[int] = None  # the one that it becomes
        self.streams: Dict[str, Any] = {}
        self.is_ready = False
        self._writer: Optional[asyncio.StreamWriter] = None
        with open(log, "ab") as file:
            self.process = subprocess.Popen(
                words, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True
            )
        loop = asyncio.get_event_loop()

        def wait() -> None:
            status = self.process.wait()
            loop.call_soon_threadsafe(on_end, self, status)

        threading.Thread(target=wait, daemon=True).start()

    def connected(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer

    def say(self, message: Dict[str, Any]) -> None:
        if self._writer is not None:
            self._writer.write(json.dumps(message).encode("utf-8") + b"\n")

    def become(self) -> None:
        """Has it turn into its worker."""
        self.say(dict(self.streams, op="become"))


def kill_marked(*marks: str) -> None:
    """Kills the processes that have all these variables: also those that a script has started in sessions of their own."""
    wanted = {mark.encode("utf-8") for mark in marks}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/environ", "rb") as file:
                if wanted <= set(file.read().split(b"\0")):
                    os.kill(int(pid), signal.SIGKILL)
        except OSError:
            pass


def kill_group(pid: int, has_ended: bool = False) -> None:
    """Kills a process and its group; one that was forked this instant may not have a group of its own yet.

    Once the process has ended its number may be another's: then the group alone.
    """
    for kill in (os.killpg,) if has_ended else (os.killpg, os.kill):
        try:
            kill(pid, signal.SIGKILL)
        except OSError:
            pass
