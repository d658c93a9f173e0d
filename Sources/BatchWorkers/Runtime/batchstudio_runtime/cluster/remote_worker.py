"""A worker on a node, as the driver stands in for it at the executor's socket."""
import asyncio
import errno
import os
import zlib
from typing import TYPE_CHECKING, Any, Dict, Optional

from batchstudio_runtime.cluster.connection import Connection
from batchstudio_runtime.cluster.moved_times import MovedTimes
from batchstudio_runtime.cluster.shipping import Shipping, sample, sources
from batchstudio_runtime.cluster.slots import Slot
from batchstudio_runtime.inputs.job_file import JobFile

if TYPE_CHECKING:
    from batchstudio_runtime.cluster.driver import Driver
    from batchstudio_runtime.cluster.node import Node

Message = Dict[str, Any]
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class RemoteWorker:
    def __init__(self, driver: "Driver", number: int, streams: Dict[str, str]) -> None:
        self.number = number
        self.pid = 0
        self.has_ended = False
        self._driver = driver
        self._paths = streams
        self._node: Optional[Node] = None
        self._slot: Optional[Slot] = None
        self._connection: Optional[Connection] = None
        self._start: Message = {}
        self._shipping: Optional[Shipping] = None
        self._segment = self._manifest = -1
        # Of the mini-batch whose rows arrive: the bytes so far, their checksum, and the error that kept them from the disk.
        self._arrived = self._crc = 0
        self._refusal: Optional[OSError] = None
        self._times = MovedTimes(*[size_of(streams[name]) for name in ("stdout", "stderr")])
        self._placing = asyncio.ensure_future(self._place())

    async def _place(self) -> None:
        """Takes a slot and has the host of its node fork the worker."""
        try:
            node, slot = await self._driver.take_place()
        except Exception as error:
            return self.ended(-9, f"there is no place for it on the cluster: {error}")
        if self.has_ended:
            return self._driver.slots.give_back(slot)
        self._node, self._slot = node, slot
        slot.on_loss = self._lost_slot
        node.workers.add(self)
        node.tell(self.number, dict(op="fork", gpus=slot.gpus, times="times" in self._paths))

    def _lost_slot(self) -> None:
        """Ends a worker whose resources were taken back."""
        self.kill()
        self.ended(-9, "Ray has ended the slot that held its resources")

    def kill(self) -> None:
        """Kills it, also one whose process is only being made."""
        if self._node is None:
            self._placing.cancel()
            self.ended(-9)
        else:
            self._node.tell(self.number, dict(op="kill"))

    # From the node

    def forked(self, pid: int) -> None:
        if self._node is not None and not self.pid:
            self.pid = pid
            self._driver.say("forked", worker=self.number, pid=pid, node=self._node.name)

    def connect(self, pid: int) -> None:
        if self.has_ended:
            return
        self.forked(pid)
        self._connection = Connection(self._driver.socket, self._said_by_executor, self.kill)
        self._connection.hello(self._driver.token, pid, self.number)

    def said(self, message: Message, rows: Optional[bytes]) -> None:
        if self.has_ended or self._connection is None:
            return
        if self._shipping is not None:
            self._shipping.finished(message)
        if rows is not None and message["op"] == "done":
            self.receive(rows, message["offset"] + self._arrived, max(0, message["bytes"] - self._arrived))
            arrived, crc, refusal = self._arrived, self._crc, self._refusal
            self._arrived, self._crc, self._refusal = 0, 0, None
            if refusal is not None:
                if refusal.errno not in DISK_FULL:
                    raise refusal
                text = f"{self._start['segment']}: {os.strerror(refusal.errno)}"
                message = dict(op="disk_full", id=message["id"], message=text)
            elif arrived != message["bytes"] + message.get("profile_bytes", 0) or crc != message["crc"]:
                self._driver.log(f"worker {self.number}: the rows of mini-batch {message['id']} arrived damaged")
                self.kill()
                return self.ended(-9, f"the rows of mini-batch {message['id']} arrived damaged")
        elif rows is not None and message["op"] == "checked" and "input_types" in self._start:
            try:
                JobFile(self._start["input_types"]).publish_text(rows)
            except OSError as error:
                return self._failed_here(error)
        self._connection.send(message)

    def receive(self, rows: bytes, offset: int, checked: int) -> None:
        """Takes a piece of the rows of a mini-batch and their profile; the message that counts them brings the last one.

        The checksum is that of the rows alone, of which the piece holds `checked` bytes.
        """
        if self.has_ended or self._connection is None:
            return
        self._arrived += len(rows)
        self._crc = zlib.crc32(memoryview(rows)[:checked], self._crc)
        if self._refusal is None:
            try:
                self._write(rows, offset)
            except OSError as error:
                self._refusal = error

    def _write(self, rows: bytes, offset: int) -> None:
        """Makes the rows a part of the executor's segment; only then it hears of them, and makes them durable as ever."""
        rest = memoryview(rows)
        while rest:
            written = os.pwrite(self._segment, rest, offset)
            rest, offset = rest[written:], offset + written

    def _failed_here(self, error: OSError) -> None:
        """Ends a worker of which this machine can't keep the files; no attempt is charged."""
        self.kill()
        self.ended(-9, f"this machine can't keep its files: {error}")

    def closed(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def log(self, name: str, data: bytes) -> None:
        path = self._start.get("metrics") if name == "metrics" else self._paths.get(name)
        if name == "times":
            data = self._times.moved(data)
        if path is not None:
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "ab") as file:
                    file.write(data)
            except OSError as error:
                # As with a local worker on a full disk: the job goes without these lines.
                self._driver.log(f"worker {self.number}: {name} is not kept: {error}")

    def ended(self, status: int, lost: Optional[str] = None) -> None:
        """Reports the end; what is heard of the worker later is dropped."""
        if self.has_ended:
            return
        self.has_ended = True
        self._driver.forget(self)
        if self._node is not None:
            self._node.workers.discard(self)
        if self._shipping is not None:
            self._shipping.end()
        if self._slot is not None:
            if lost is None:
                self._driver.slots.give_back(self._slot)
            else:
                self._driver.slots.drop(self._slot)
        reason = {} if lost is None else {"lost": lost}
        self._driver.say("exited", worker=self.number, pid=self.pid, status=status, **reason)
        self.closed()
        for descriptor in (self._segment, self._manifest):
            if descriptor >= 0:
                os.close(descriptor)

    # From the executor

    def _said_by_executor(self, message: Message) -> None:
        try:
            self._pass_on(message)
        except OSError as error:
            self._failed_here(error)

    def _pass_on(self, message: Message) -> None:
        if self._node is None or self.has_ended:
            return
        attachment: Any = None
        lines = b""
        if message["op"] == "start":
            self._start = message
            self._segment = os.open(message["segment"], os.O_WRONLY | os.O_CREAT, 0o600)
            self._manifest = os.open(message["manifest"], os.O_RDONLY)
            if self._asks_for_all_files:
                attachment = self._whole_manifest()
            if self._driver.settings.ships:
                self._shipping = Shipping(self._node, self.number)
        elif message["op"] in ("run", "check"):
            lines = os.pread(self._manifest, message["length"], message["offset"])
            attachment = (lines, self._node.types_to_send(self._start))
        if self._shipping is None:
            self._node.tell(self.number, message, attachment)
        else:
            files = sources(lines, self._start, are_whole=message["op"] == "check" or message.get("whole", False))
            if message["op"] == "check" and self._infers_types:
                known = {file.name for file in files}
                sampled = sources(sample(self._whole_manifest()), self._start, are_whole=True)
                files += [file for file in sampled if file.name not in known]
            self._shipping.add(message, attachment, files)

    @property
    def _infers_types(self) -> bool:
        """True until the job has the types of a model without a signature."""
        return "input_types" in self._start and not os.path.exists(self._start["input_types"])

    @property
    def _asks_for_all_files(self) -> bool:
        """True where the script reads the manifest beyond the lines of its mini-batches: for a sample, or to count rows."""
        return self._infers_types or (self._start.get("read_options") or {}).get("take") is not None

    def _whole_manifest(self) -> bytes:
        return os.pread(self._manifest, os.fstat(self._manifest).st_size, 0)


def size_of(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
