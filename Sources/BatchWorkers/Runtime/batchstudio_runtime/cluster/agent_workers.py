"""The workers of a node: their processes, their files, and what is said between them and the driver."""
import asyncio
import json
import os
import shutil
from typing import Any, Dict, List, Optional, Set

from batchstudio_runtime.cluster.agent_events import Events
from batchstudio_runtime.cluster.agent_host import kill_group, kill_marked
from batchstudio_runtime.cluster.agent_hosts import AgentHosts
from batchstudio_runtime.cluster.node_files import copy_code
from batchstudio_runtime.cluster.shipped_files import FINISHED, ShippedFiles

Message = Dict[str, Any]

LAST_WORDS = 1.0  # seconds that a worker's channel may stay open after its end


class AgentWorkers:
    """Obeys the driver's messages to workers, and reports theirs; `ships` where the node sees none of the job's files."""

    def __init__(self, folder: str, mark: str, events: Events, hosts: AgentHosts) -> None:
        self.ships = False
        self._folder = folder
        self._mark = mark
        self._events = events
        self._hosts = hosts
        self._pids: Dict[int, int] = {}
        self._doomed: Set[int] = set()
        self._ended: Set[int] = set()
        self._channels: Dict[int, asyncio.StreamWriter] = {}
        self._closed: Dict[int, asyncio.Event] = {}
        self._starts: Dict[int, Message] = {}
        self._shipped: Dict[int, ShippedFiles] = {}

    @property
    def processes(self) -> List[int]:
        return [pid for worker, pid in self._pids.items() if worker not in self._ended]

    # Messages of the driver

    def obey(self, worker: int, message: Message, attachment: Any) -> None:
        operation = message["op"]
        if worker in self._ended:
            return  # it died while the message was on its way
        if operation == "fork":
            return self._fork(worker, message)
        if operation == "kill":
            # Remembered: the worker's process may not exist yet.
            self._doomed.add(worker)
            if worker in self._pids and worker not in self._ended:
                kill_group(self._pids[worker])
            return
        if operation == "start":
            message = self._start(worker, message, attachment)
        elif operation in ("run", "check"):
            lines, types = attachment
            self._keep_types(worker, types)
            with open(self._manifest(worker), "ab") as file:
                message = dict(message, offset=file.tell(), length=len(lines))
                file.write(lines)
        channel = self._channels.get(worker)
        if channel is not None:
            channel.write(json.dumps(message).encode("utf-8") + b"\n")

    def refuse(self, worker: int, kind: str, reason: str) -> None:
        """Reports that this node can't do a worker's work; another one may."""
        self._events.emit("refused", worker, {"op": "fatal", "type": kind, "message": reason})

    def receive_files(self, worker: int, key: str, pieces: List[Any]) -> None:
        """Takes pieces of the files of a message that follows."""
        if worker in self._shipped:
            self._shipped[worker].receive(key, pieces)

    def _fork(self, worker: int, message: Message) -> None:
        if worker in self._doomed or self._hosts.main is None:
            return self._events.emit("exited", worker, -9)
        streams = {name: f"{self._folder}/{name}-{worker}.txt" for name in ("stdout", "stderr")}
        if message.get("times"):
            streams["times"] = f"{self._folder}/times-{worker}"
        for name, path in streams.items():
            self._events.follow(worker, name, path)
        self._hosts.fork(worker, dict(streams, worker=worker), message.get("gpus"))

    def _start(self, worker: int, message: Message, manifest: Optional[bytes]) -> Message:
        """The message with paths of this node; what is visible everywhere stays."""
        root = message["input_root"]
        if not self.ships and not os.path.exists(root):
            self.refuse(worker, "StorageNotShared", f"it does not see the input {root}, which storage: shared needs there")
        self._starts[worker] = message
        with open(self._manifest(worker), "wb") as file:
            # The whole one for a script that asks for all files of the input; else the lines of each message are enough.
            file.write(manifest or b"")
        local = dict(message, manifest=self._manifest(worker), segment=self._segment(worker))
        if self.ships:
            self._shipped[worker] = ShippedFiles(f"{self._folder}/files-{worker}")
            local.update(self._shipped[worker].paths(message))
        if "metrics" in message:
            local["metrics"] = f"{self._folder}/metrics-{worker}.jsonl"
            self._events.follow(worker, "metrics", local["metrics"])
        if "input_types" in message:
            local["input_types"] = self._types(message)
        if "work_dir" in message:
            local["work_dir"] = f"{self._folder}/work-{message['job']}"
            if not os.path.isdir(local["work_dir"]):
                os.mkdir(local["work_dir"])
                copy_code(self._hosts.code, local["work_dir"])
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

    # Processes

    def has_pid(self, worker: int, pid: int) -> None:
        self._pids[worker] = pid
        self._events.emit("forked", worker, pid)
        if worker in self._doomed:
            kill_group(pid)

    async def exited(self, worker: int, status: int) -> None:
        """Reports the end of a worker after its last words."""
        self._ended.add(worker)
        if worker in self._pids:
            kill_group(self._pids[worker], has_ended=True)  # what it has started
        if worker in self._closed:
            try:
                await asyncio.wait_for(self._closed[worker].wait(), LAST_WORDS)
            except asyncio.TimeoutError:
                pass
        await self._events.send_rest(worker)
        start = self._starts.pop(worker, None)
        for path in [self._manifest(worker), self._segment(worker)] + self._events.forget(worker):
            if os.path.exists(path):
                os.unlink(path)
        if worker in self._shipped:
            self._shipped.pop(worker).remove()
        if start is not None and not self._has_workers_of(start["job"]):
            await asyncio.get_event_loop().run_in_executor(None, kill_marked, self._mark, f"BATCHSTUDIO_JOB={start['job']}")
            if not self._has_workers_of(start["job"]):  # none has started meanwhile
                shutil.rmtree(f"{self._folder}/work-{start['job']}", ignore_errors=True)
        # Last: where this was the job's only worker here, the next one would start in the folder that is removed.
        self._events.emit("exited", worker, status)

    def _has_workers_of(self, job: str) -> bool:
        return any(start["job"] == job for start in self._starts.values())

    # Messages of workers

    async def serve(self, worker: int, pid: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._channels[worker] = writer
        self._closed[worker] = asyncio.Event()
        if worker not in self._pids:
            self.has_pid(worker, pid)
        self._events.emit("hello", worker, pid)
        try:
            while True:
                line = await reader.readline()
                if not line:
                    break
                self._receive(worker, json.loads(line.decode("utf-8")))
        except (OSError, ValueError):
            kill_group(self._pids[worker])
        finally:
            self._events.send_pieces(worker)
            self._events.emit("closed", worker, None)
            self._closed[worker].set()
            self._channels.pop(worker, None)
            writer.close()

    def _receive(self, worker: int, message: Message) -> None:
        rows = None
        if message["op"] == "checked":
            try:
                with open(self._types(self._starts[worker]), "rb") as file:
                    rows = file.read()
            except OSError:
                pass
        shipped = self._shipped.get(worker)
        if shipped is not None and message["op"] in FINISHED:
            if shipped.output():
                message = {"op": "fatal", "type": "OutputNotShared", "message": (
                    f"the scoring script wrote {shipped.output()} to AZUREML_BI_OUTPUT_PATH, and storage: ship brings back rows "
                    "alone. Return rows, or use a compute target with storage: shared"
                )}
            else:
                shipped.finished(message)
        if message["op"] == "done" and message["bytes"]:
            # The rows and their profile travel with the message that counts them; the file here is a buffer.
            self._events.emit_rows(worker, message, self._segment(worker))
        else:
            self._events.emit("message", worker, message, rows)
