"""NodeAgent: the actor on each node. It runs the product's own host in the model's environment and relays what is said.

To host and workers it is the executor: they connect to its socket and say hello as always. Upwards it speaks in batches: `tell()`
takes messages down, `poll()` returns the messages since the last call and is the heartbeat of both sides.

Ray's processes have none of the runtime's files: this module and those it imports from here are sent to them by value.
"""
import asyncio
import base64
import json
import os
import socket
import sys
import tempfile
import time
from typing import Any, Dict, List, Optional, Tuple

from batchstudio_runtime.cluster.agent_events import Event, Events
from batchstudio_runtime.cluster.agent_host import kill_group
from batchstudio_runtime.cluster.agent_hosts import AgentHosts
from batchstudio_runtime.cluster.agent_workers import AgentWorkers
from batchstudio_runtime.cluster.node_environment import build, built, visible
from batchstudio_runtime.cluster.node_files import blob_folder, keep_blob, path_here
from batchstudio_runtime.cluster.sweeper import start_sweeper

Message = Dict[str, Any]

LINE_LIMIT = 1 << 20


class NodeAgent:
    """All methods run in the actor's event loop; the driver calls `open()` first and then `poll()` without end."""

    def __init__(self, name: str, lease: float) -> None:
        self._lease = lease
        self._polled = time.monotonic()
        self._folder = tempfile.mkdtemp(prefix="bs-agent-")  # short: a socket's path has 107 bytes
        self._mark = "BATCHSTUDIO_AGENT=" + os.path.basename(self._folder)
        self._sweeper = start_sweeper(self._mark, self._folder)
        self._token = base64.b16encode(os.urandom(16)).decode("ascii")
        self._events = Events()
        self._hosts = AgentHosts(self._events, self._folder)
        self._workers = AgentWorkers(self._folder, self._mark, self._events, self._hosts)
        self._hosts.workers = self._workers

    async def open(self) -> Dict[str, Any]:
        self._events.open()
        await asyncio.start_unix_server(self._serve, self._folder + "/socket", limit=LINE_LIMIT)
        os.chmod(self._folder + "/socket", 0o600)
        asyncio.ensure_future(self._keep_lease())
        import ray

        return {"host": socket.gethostname(), "python": sys.version.split()[0], "ray": ray.__version__}

    # The driver's calls

    async def poll(self, seconds: float) -> List[Event]:
        """Returns the messages since the last call; none where none came within the time."""
        self._polled = time.monotonic()
        events = await self._events.next(seconds)
        self._polled = time.monotonic()
        return events

    async def tell(self, messages: List[Tuple[int, Message, Any]]) -> None:
        for worker, message, attachment in messages:
            try:
                self._workers.obey(worker, message, attachment)
            except OSError as error:
                self._workers.refuse(worker, "NodeError", str(error))

    async def receive_files(self, worker: int, key: str, pieces: List[Any]) -> None:
        """Takes files that travel ahead of the message that needs them."""
        try:
            self._workers.receive_files(worker, key, pieces)
        except OSError as error:
            self._workers.refuse(worker, "NodeError", str(error))

    async def missing(self, paths: List[str]) -> List[str]:
        """Returns those of the paths that do not exist on this node."""
        return [path for path in paths if not os.path.exists(path)]

    async def has(self, digest: str) -> bool:
        return os.path.exists(blob_folder(digest))

    async def take(self, digest: str, data: bytes, is_folder: bool) -> None:
        """Keeps a folder, as a tar archive, or a program in the node's cache."""
        await asyncio.get_event_loop().run_in_executor(None, keep_blob, digest, data, is_folder)

    async def environment(self, environment: Dict[str, Any], uv: Optional[str]) -> Optional[str]:
        """Returns the interpreter of the model's environment; None when it must be built and `uv` is not named."""
        python = visible(environment) or built(environment)
        if python is not None or uv is None:
            return python
        program = os.path.join(blob_folder(uv), "program")
        return await asyncio.get_event_loop().run_in_executor(None, build, environment, program, self._mark)

    async def load(
        self, python: str, runtime: str, load: Message, variables: Dict[str, str], code: Optional[str], ships: bool
    ) -> None:
        """Starts the host that loads the scoring script; what it says of that comes by `poll()`."""
        self._workers.ships = ships
        load = dict(load, **{name: path_here(load[name]) for name in ("script", "code_dir", "model_dir")})
        environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("RAY_", "PYTHON", "BATCHSTUDIO_")) and name not in ("VIRTUAL_ENV", "CUDA_VISIBLE_DEVICES")
        }
        environment.update(variables, AZUREML_MODEL_DIR=load["model_dir"], PYTHONFAULTHANDLER="1")
        mark, _, value = self._mark.partition("=")
        environment[mark] = value
        environment["BATCHSTUDIO_SOCKET"] = self._folder + "/socket"
        environment["BATCHSTUDIO_TOKEN"] = self._token
        words = [python, "-u", blob_folder(runtime) + "/host.py"]
        self._hosts.load(words, environment, load, code and path_here(code))

    # Connections of hosts and workers

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            hello = json.loads((await reader.readline()).decode("utf-8"))
        except ValueError:
            return writer.close()
        if hello.get("token") != self._token:
            return writer.close()
        if hello.get("worker") is None:
            await self._hosts.serve(hello["pid"], reader, writer)
        else:
            await self._workers.serve(hello["worker"], hello["pid"], reader, writer)

    # The lease

    async def _keep_lease(self) -> None:
        """Ends this node's processes once the driver has not called for its lease: it is gone, or can't reach this node."""
        while time.monotonic() - self._polled < self._lease:
            await asyncio.sleep(0.5)
        for pid in self._hosts.processes + self._workers.processes:
            kill_group(pid)
        os._exit(0)
