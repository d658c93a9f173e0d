"""NodeAgent: the actor on each node. It runs the product's own host in the model's environment and relays what is said.

To host and workers it is the executor: they connect to its socket and say hello as always. Upwards it speaks in batches: `tell()`
takes messages down, `poll()` returns the messages since the last call and is the heartbeat of both sides.

Ray's processes have none of the runtime's files: this module and those it imports from here are sent to them by value.
"""
import asyncio
import base64
import ctypes
import io
import json
import os
import shutil
import socket
import sys
import tarfile
import tempfile
import time
from typing import Any, Dict, List, Optional, Set, Tuple

from batchstudio_runtime.cluster.agent_host import AgentHost, kill_group, kill_marked
from batchstudio_runtime.cluster.node_environment import build, built, cache_folder, visible
from batchstudio_runtime.cluster.sweeper import start_sweeper

Message = Dict[str, Any]
# Kind, worker, message or whatever the kind brings, rows.
Event = Tuple[str, Optional[int], Any, Optional[bytes]]

LINE_LIMIT = 1 << 20
LOG_PIECE = 256 * 1024
EVENTS_AT_ONCE = 256
LAST_WORDS = 1.0  # seconds that a worker's channel may stay open after its end
MAX_COPIED = 64 << 20  # bytes of a script's files that are copied, as on the submitting machine


class Tail:
    """A file whose growth is sent to the driver."""

    def __init__(self, worker: Optional[int], name: str, path: str) -> None:
        self.worker = worker
        self.name = name
        self.path = path
        self._sent = 0

    def piece(self) -> bytes:
        try:
            if os.path.getsize(self.path) <= self._sent:
                return b""
            with open(self.path, "rb") as file:
                file.seek(self._sent)
                data = file.read(LOG_PIECE)
        except OSError:
            return b""
        self._sent += len(data)
        return data


class NodeAgent:
    """All methods run in the actor's event loop; the driver calls `open()` first and then `poll()` without end."""

    def __init__(self, name: str, lease: float) -> None:
        self._name = name
        self._lease = lease
        self._polled = time.monotonic()
        self._folder = tempfile.mkdtemp(prefix="bs-agent-")  # short: a socket's path has 107 bytes
        self._mark = "BATCHSTUDIO_AGENT=" + os.path.basename(self._folder)
        self._sweeper = start_sweeper(self._mark, self._folder)
        self._token = base64.b16encode(os.urandom(16)).decode("ascii")
        self._events: List[Event] = []
        self._hosts: Dict[int, AgentHost] = {}  # by process
        self._main: Optional[AgentHost] = None
        self._is_forkable = True
        self._pids: Dict[int, int] = {}
        self._doomed: Set[int] = set()
        self._ended: Set[int] = set()
        self._channels: Dict[int, asyncio.StreamWriter] = {}
        self._closed: Dict[int, asyncio.Event] = {}
        self._starts: Dict[int, Message] = {}
        self._tails: Dict[str, Tail] = {}
        self._launch: Dict[str, Any] = {}

    async def open(self) -> Dict[str, Any]:
        self._news = asyncio.Event()
        await asyncio.start_unix_server(self._serve, self._folder + "/socket", limit=LINE_LIMIT)
        os.chmod(self._folder + "/socket", 0o600)
        asyncio.ensure_future(self._keep_lease())
        asyncio.ensure_future(self._send_logs())
        return {"pid": os.getpid(), "host": socket.gethostname(), "python": sys.version.split()[0]}

    # The driver's calls

    async def poll(self, seconds: float) -> List[Event]:
        """Returns the messages since the last call; none where none came within the time."""
        self._polled = time.monotonic()
        if not self._events:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), seconds)
            except asyncio.TimeoutError:
                pass
        events, self._events = self._events[:EVENTS_AT_ONCE], self._events[EVENTS_AT_ONCE:]
        self._polled = time.monotonic()
        return events

    async def tell(self, messages: List[Tuple[int, Message, Any]]) -> None:
        for worker, message, attachment in messages:
            try:
                self._obey(worker, message, attachment)
            except OSError as error:
                self._emit("message", worker, {"op": "fatal", "type": "NodeError", "message": f"node {self._name}: {error}"})

    async def missing(self, paths: List[str]) -> List[str]:
        """Returns those of the paths that do not exist on this node."""
        return [path for path in paths if not os.path.exists(path)]

    async def has(self, digest: str) -> bool:
        return os.path.exists(os.path.join(cache_folder(), "blobs", digest))

    async def take(self, digest: str, data: bytes, is_folder: bool) -> None:
        """Keeps a folder, as a tar archive, or a program in the node's cache."""
        await asyncio.get_event_loop().run_in_executor(None, self._take, digest, data, is_folder)

    @staticmethod
    def _take(digest: str, data: bytes, is_folder: bool) -> None:
        target = os.path.join(cache_folder(), "blobs", digest)
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        partial = tempfile.mkdtemp(dir=os.path.dirname(target), prefix="partial-")
        if is_folder:
            with tarfile.open(fileobj=io.BytesIO(data)) as archive:
                archive.extractall(partial)
        else:
            with open(partial + "/program", "wb") as file:
                file.write(data)
            os.chmod(partial + "/program", 0o700)
        try:
            os.rename(partial, target)
        except OSError:  # another agent was first
            shutil.rmtree(partial)

    async def environment(self, environment: Dict[str, Any], uv: Optional[str]) -> Optional[str]:
        """Returns the interpreter of the model's environment; None when it must be built and `uv` is not named."""
        python = visible(environment) or built(environment)
        if python is not None or uv is None:
            return python
        program = os.path.join(cache_folder(), "blobs", uv, "program")
        return await asyncio.get_event_loop().run_in_executor(None, build, environment, program)

    async def load(self, python: str, runtime: str, load: Message, variables: Dict[str, str], code: Optional[str]) -> None:
        """Starts the host that loads the scoring script; what it says of that comes by `poll()`."""
        runtime_folder = os.path.join(cache_folder(), "blobs", runtime)
        if load["script"].startswith("runtime:"):
            load["script"] = runtime_folder + "/" + load["script"][len("runtime:"):]
        environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("RAY_", "PYTHON", "BATCHSTUDIO_")) and name not in ("VIRTUAL_ENV", "CUDA_VISIBLE_DEVICES")
        }
        environment.update(variables, AZUREML_MODEL_DIR=load["model_dir"], PYTHONFAULTHANDLER="1")
        mark, _, value = self._mark.partition("=")
        environment[mark] = value
        environment["BATCHSTUDIO_SOCKET"] = self._folder + "/socket"
        environment["BATCHSTUDIO_TOKEN"] = self._token
        self._launch = {
            "words": [python, "-u", runtime_folder + "/host.py"], "environment": environment, "load": load, "code": code,
        }
        self._main = self._start_host(load["fork"], {})

    # Hosts

    def _start_host(self, fork: bool, variables: Dict[str, str]) -> AgentHost:
        folder = tempfile.mkdtemp(dir=self._folder, prefix="host-")
        copy_code(self._launch["code"], folder)
        log = self._folder + "/host.txt"
        self._tails.setdefault(log, Tail(None, "host", log))
        host = AgentHost(
            self._launch["words"], dict(self._launch["environment"], **variables), folder, log, self._host_ended
        )
        self._hosts[host.process.pid] = host
        self._launch.setdefault("loads", {})[host.process.pid] = dict(self._launch["load"], op="load", fork=fork)
        return host

    def _host_ended(self, host: AgentHost, status: int) -> None:
        self._hosts.pop(host.process.pid, None)
        if host.worker is not None:
            asyncio.ensure_future(self._exited(host.worker, status))
        if host is self._main and host.worker is None:
            self._send_pieces(None)
            self._emit("host_ended", None, status)

    def _said_by_host(self, host: AgentHost, message: Message) -> None:
        operation = message["op"]
        if operation == "ready":
            host.is_ready = True
            if host is self._main:
                self._is_forkable = message.get("forkable", False)
                self._emit("ready", None, message)
            elif host.worker is not None:
                self._become(host, host.worker)
        elif operation == "fatal":
            self._emit("fatal", None if host is self._main else host.worker, message)
        elif operation == "forked":
            self._has_pid(message["worker"], message["pid"])
        elif operation == "exited":
            asyncio.ensure_future(self._exited(message["worker"], message["status"]))

    # Workers

    def _fork(self, worker: int, message: Message) -> None:
        if worker in self._doomed or self._main is None:
            return self._emit("exited", worker, -9)
        for name in ("stdout", "stderr"):
            path = f"{self._folder}/{name}-{worker}.txt"
            self._tails[path] = Tail(worker, name, path)
        gpus = message.get("gpus")
        if self._is_forkable and not gpus:
            return self._main.say(dict(self._streams(worker), op="fork"))
        if not gpus and self._main.worker is None:
            host = self._main
        else:
            devices = {name: ",".join(map(str, gpus)) for name in ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES")} if gpus else {}
            host = self._start_host(False, devices)
        host.worker = worker
        self._has_pid(worker, host.process.pid)
        if host.is_ready:
            self._become(host, worker)

    def _become(self, host: AgentHost, worker: int) -> None:
        host.say(dict(self._streams(worker), op="become"))

    def _streams(self, worker: int) -> Message:
        return {
            "worker": worker, "stdout": f"{self._folder}/stdout-{worker}.txt", "stderr": f"{self._folder}/stderr-{worker}.txt",
        }

    def _has_pid(self, worker: int, pid: int) -> None:
        self._pids[worker] = pid
        self._emit("forked", worker, pid)
        if worker in self._doomed:
            kill_group(pid)

    def _obey(self, worker: int, message: Message, attachment: Any) -> None:
        operation = message["op"]
        if operation == "fork":
            return self._fork(worker, message)
        if operation == "kill":
            # Remembered: the worker's process may not exist yet.
            self._doomed.add(worker)
            if worker in self._pids and worker not in self._ended:
                kill_group(self._pids[worker])
            return
        if operation == "start":
            message = self._start(worker, message)
        elif operation in ("run", "check"):
            lines, types = attachment
            self._keep_types(worker, types)
            with open(self._manifest(worker), "ab") as file:
                message = dict(message, offset=file.tell(), length=len(lines))
                file.write(lines)
        channel = self._channels.get(worker)
        if channel is not None:
            channel.write(json.dumps(message).encode("utf-8") + b"\n")

    def _start(self, worker: int, message: Message) -> Message:
        """The message with paths of this node; what is visible everywhere stays."""
        root = message["input_root"]
        if not os.path.exists(root):
            text = f"node {self._name} does not see the input {root}. storage: shared needs it there under the same path."
            self._emit("message", worker, {"op": "fatal", "type": "StorageNotShared", "message": text})
        self._starts[worker] = message
        with open(self._manifest(worker), "wb"):
            pass
        local = dict(message, manifest=self._manifest(worker), segment=self._segment(worker))
        if "metrics" in message:
            local["metrics"] = f"{self._folder}/metrics-{worker}.jsonl"
            self._tails[local["metrics"]] = Tail(worker, "metrics", local["metrics"])
        if "input_types" in message:
            local["input_types"] = self._types(message)
        if "work_dir" in message:
            local["work_dir"] = f"{self._folder}/work-{message['job']}"
            if not os.path.isdir(local["work_dir"]):
                os.mkdir(local["work_dir"])
                copy_code(self._launch["code"], local["work_dir"])
        return local

    def _types(self, start: Message) -> str:
        return f"{self._folder}/input_types-{start['job']}.json"

    def _keep_types(self, worker: int, types: Optional[bytes]) -> None:
        """Publishes the types that the job has inferred, as the first of its workers did."""
        if types is not None:
            path = self._types(self._starts[worker])
            if not os.path.exists(path):
                with open(path + ".received", "wb") as file:
                    file.write(types)
                os.rename(path + ".received", path)

    def _manifest(self, worker: int) -> str:
        return f"{self._folder}/manifest-{worker}.tsv"

    def _segment(self, worker: int) -> str:
        return f"{self._folder}/segment-{worker}"

    async def _exited(self, worker: int, status: int) -> None:
        """Reports the end of a worker after its last words."""
        self._ended.add(worker)
        if worker in self._pids:
            kill_group(self._pids[worker])  # what it has started
        if worker in self._closed:
            try:
                await asyncio.wait_for(self._closed[worker].wait(), LAST_WORDS)
            except asyncio.TimeoutError:
                pass
        self._send_pieces(worker)
        self._emit("exited", worker, status)
        start = self._starts.pop(worker, None)
        printed = [tail.path for tail in self._tails.values() if tail.worker == worker]
        for path in [self._manifest(worker), self._segment(worker)] + printed:
            self._tails.pop(path, None)
            if os.path.exists(path):
                os.unlink(path)
        if start is not None and not any(other["job"] == start["job"] for other in self._starts.values()):
            await asyncio.get_event_loop().run_in_executor(None, kill_marked, self._mark, f"BATCHSTUDIO_JOB={start['job']}")
            shutil.rmtree(f"{self._folder}/work-{start['job']}", ignore_errors=True)

    # Connections of hosts and workers

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            hello = json.loads((await reader.readline()).decode("utf-8"))
        except ValueError:
            return writer.close()
        if hello.get("token") != self._token:
            return writer.close()
        worker = hello.get("worker")
        if worker is None:
            await self._serve_host(hello["pid"], reader, writer)
        else:
            await self._serve_worker(worker, hello, reader, writer)

    async def _serve_host(self, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = self._hosts.get(pid)
        if host is None:
            return writer.close()
        host.connected(writer)
        host.say(self._launch["loads"].pop(pid))
        while True:
            line = await reader.readline()
            if not line:
                return
            self._said_by_host(host, json.loads(line.decode("utf-8")))

    async def _serve_worker(
        self, worker: int, hello: Message, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._channels[worker] = writer
        self._closed[worker] = asyncio.Event()
        if worker not in self._pids:
            self._has_pid(worker, hello["pid"])
        self._emit("hello", worker, hello["pid"])
        try:
            while True:
                line = await reader.readline()
                if not line:
                    break
                self._said_by_worker(worker, json.loads(line.decode("utf-8")))
        except (OSError, ValueError):
            kill_group(self._pids[worker])
        finally:
            self._send_pieces(worker)
            self._emit("closed", worker, None)
            self._closed[worker].set()
            self._channels.pop(worker, None)
            writer.close()

    def _said_by_worker(self, worker: int, message: Message) -> None:
        rows = None
        if message["op"] == "done" and message["bytes"]:
            # The rows travel with the message that counts them; the file here was a buffer.
            with open(self._segment(worker), "r+b") as file:
                file.seek(message["offset"])
                rows = file.read(message["bytes"])
                free(file.fileno(), message["offset"], message["bytes"])
        elif message["op"] == "checked":
            try:
                with open(self._types(self._starts[worker]), "rb") as file:
                    rows = file.read()
            except OSError:
                pass
        self._emit("message", worker, message, rows)

    # Events, logs, the lease

    def _emit(self, kind: str, worker: Optional[int], payload: Any, rows: Optional[bytes] = None) -> None:
        self._events.append((kind, worker, payload, rows))
        self._news.set()

    async def _send_logs(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            for tail in list(self._tails.values()):
                self._send_piece(tail)

    def _send_pieces(self, worker: Optional[int]) -> None:
        """Sends all that a worker, or the host, has printed."""
        for tail in list(self._tails.values()):
            while tail.worker == worker and self._send_piece(tail):
                pass

    def _send_piece(self, tail: Tail) -> bool:
        data = tail.piece()
        if data:
            self._emit("log", tail.worker, tail.name, data)
        return len(data) > 0

    async def _keep_lease(self) -> None:
        """Ends this node's processes once the driver has not called for its lease: it is gone, or can't reach this node."""
        while time.monotonic() - self._polled < self._lease:
            await asyncio.sleep(0.5)
        for pid in [host.process.pid for host in self._hosts.values()] + [
            pid for worker, pid in self._pids.items() if worker not in self._ended
        ]:
            kill_group(pid)
        os._exit(0)


def copy_code(code: Optional[str], folder: str) -> None:
    """Puts the files of a script beside it under their relative names, the largest as links."""
    if code is None:
        return
    files = []
    for parent, folders, names in os.walk(code):
        folders[:] = [name for name in folders if name != "__pycache__"]
        inner = os.path.relpath(parent, code)
        os.makedirs(os.path.join(folder, inner), exist_ok=True)
        files += [(os.path.getsize(os.path.join(parent, name)), os.path.join(inner, name)) for name in names]
    room = MAX_COPIED
    for size, name in sorted(files):
        room -= size
        if room >= 0:
            shutil.copyfile(os.path.join(code, name), os.path.join(folder, name))
        else:
            os.symlink(os.path.join(code, name), os.path.join(folder, name))


def free(descriptor: int, offset: int, length: int) -> None:
    """Gives the space of rows that were sent back to the disk, where its file system supports holes."""
    try:
        ctypes.CDLL(None).fallocate(descriptor, 3, ctypes.c_long(offset), ctypes.c_long(length))
    except (AttributeError, OSError):
        pass
