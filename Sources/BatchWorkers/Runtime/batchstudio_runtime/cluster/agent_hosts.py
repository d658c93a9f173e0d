"""The hosts of a node: the one that workers are forked from, and those that become a worker each."""
import asyncio
import json
import tempfile
from typing import TYPE_CHECKING, Any, Dict, List, Optional

from batchstudio_runtime.cluster.agent_events import Events
from batchstudio_runtime.cluster.agent_host import AgentHost
from batchstudio_runtime.cluster.node_files import copy_code

if TYPE_CHECKING:
    from batchstudio_runtime.cluster.agent_workers import AgentWorkers

Message = Dict[str, Any]


class AgentHosts:
    """Starts hosts and receives their messages; `workers` is set before the first one starts."""

    workers: "AgentWorkers"

    def __init__(self, events: Events, folder: str) -> None:
        self.main: Optional[AgentHost] = None
        self.code: Optional[str] = None
        self._events = events
        self._folder = folder
        self._is_forkable = True
        self._hosts: Dict[int, AgentHost] = {}  # by process
        self._loads: Dict[int, Message] = {}

    @property
    def processes(self) -> List[int]:
        return [host.process.pid for host in self._hosts.values()]

    def load(self, words: List[str], environment: Dict[str, str], load: Message, code: Optional[str]) -> None:
        """Starts the host that loads the scoring script."""
        self._words, self._environment, self._load, self.code = words, environment, load, code
        self.main = self._start(load["fork"], {})

    def _start(self, fork: bool, variables: Dict[str, str]) -> AgentHost:
        folder = tempfile.mkdtemp(dir=self._folder, prefix="host-")
        copy_code(self.code, folder)
        log = self._folder + "/host.txt"
        self._events.follow(None, "host", log)
        host = AgentHost(self._words, dict(self._environment, **variables), folder, log, self._ended)
        self._hosts[host.process.pid] = host
        self._loads[host.process.pid] = dict(self._load, op="load", fork=fork)
        return host

    def fork(self, worker: int, streams: Message, gpus: Optional[List[str]]) -> None:
        """Makes the process of a worker: by a fork, or by a host of its own where that can't be or GPUs are its own."""
        assert self.main is not None
        if self._is_forkable and not gpus:
            return self.main.say(dict(streams, op="fork"))
        if not gpus and self.main.worker is None:
            host = self.main
        else:
            devices = {name: ",".join(gpus) for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES")} if gpus else {}
            host = self._start(False, devices)
        host.worker, host.streams = worker, streams
        self.workers.has_pid(worker, host.process.pid)
        if host.is_ready:
            host.become()

    async def serve(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = self._hosts.get(pid)
        if host is None:
            return writer.close()
        host.connected(writer)
        host.say(self._loads.pop(pid))
        while True:
            line = await reader.readline()
            if not line:
                return
            self._receive(host, json.loads(line.decode("utf-8")))

    def _receive(self, host: AgentHost, message: Message) -> None:
        operation = message["op"]
        if operation == "ready":
            host.is_ready = True
            if host is self.main:
                self._is_forkable = message.get("forkable", False)
                self._events.emit("ready", None, message)
            elif host.worker is not None:
                host.become()
        elif operation == "fatal":
            self._events.emit("fatal", None if host is self.main else host.worker, message)
        elif operation == "forked":
            self.workers.has_pid(message["worker"], message["pid"])
        elif operation == "exited":
            asyncio.ensure_future(self.workers.exited(message["worker"], message["status"]))

    def _ended(self, host: AgentHost, status: int) -> None:
        self._hosts.pop(host.process.pid, None)
        if host.worker is not None:
            asyncio.ensure_future(self.workers.exited(host.worker, status))
        if host is self.main and host.worker is None:
            self._events.send_pieces(None)
            self._events.emit("host_ended", None, status)
