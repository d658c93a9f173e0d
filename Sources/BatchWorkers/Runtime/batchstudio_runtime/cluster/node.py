"""A node of the cluster, as the driver knows it: its agent, and the workers that run there."""
import asyncio
import os
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Set, Tuple

from batchstudio_runtime.cluster.agent import NodeAgent
from batchstudio_runtime.cluster.connecting import shortened
from batchstudio_runtime.cluster.node_files import BLOB
from batchstudio_runtime.cluster.remote_worker import RemoteWorker
from batchstudio_runtime.cluster.settings import lines_of
from batchstudio_runtime.cluster.shipping import InFlight

if TYPE_CHECKING:
    from batchstudio_runtime.cluster.driver import Driver

Message = Dict[str, Any]

LEASE = 10.0  # seconds without a word after which either side takes the other for gone
START_TIMEOUT = 60.0  # seconds for Ray to start an agent
POLL_TIME = 1.0


class NodeUnfit(Exception):
    """The node can't run workers of this deployment for now; the others may."""


class NodeLost(Exception):
    """The node went away before it was ready."""


class Node:
    def __init__(self, driver: "Driver", node_id: str, name: str) -> None:
        import ray
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        self.id = node_id
        self.name = name
        self.workers: Set[RemoteWorker] = set()
        self.is_lost = False
        self.is_loading = False  # the scoring script, which has a limit of time
        self.in_flight = InFlight()
        self.ready: asyncio.Future[Message] = asyncio.get_event_loop().create_future()
        self._driver = driver
        self._ray = ray
        self._outgoing: List[Tuple[int, Message, Any]] = []
        self._has_outgoing = asyncio.Event()
        self._types_sent: Set[str] = set()
        self._agent = ray.remote(NodeAgent).options(
            num_cpus=0, max_restarts=0, scheduling_strategy=NodeAffinitySchedulingStrategy(node_id, soft=False)
        ).remote(name, LEASE)
        self._tasks = [asyncio.ensure_future(task) for task in (self._prepare(), self._send())]

    # Getting ready

    async def _prepare(self) -> None:
        """Has the node hold what a host needs, and start it; `ready` is set by what the host says, or by what failed."""
        try:
            opened = await asyncio.wait_for(self._open(), START_TIMEOUT)
            self._tasks.append(asyncio.ensure_future(self._poll()))
            driver = self._driver
            await self._take(driver.blobs.runtime())
            load, code = await self._load()
            python = await self._python()
            self._driver.log(f"node {self.name} ({opened['host']}): its Python is {python}")
            self.is_loading = True
            await self._agent.load.remote(
                python, driver.blobs.runtime().digest, load, driver.settings.variables, code, driver.settings.ships)
            if "limit" in driver.load:
                await self._await_script(driver.load["limit"])
        except Exception as error:
            self._fail(error)

    async def _open(self) -> Dict[str, Any]:
        return await self._agent.open.remote()

    async def _await_script(self, limit: float) -> None:
        """Has another node do the work where importing the script takes longer than it may: a slot is held meanwhile."""
        try:
            await asyncio.wait_for(asyncio.shield(self.ready), limit)
        except asyncio.TimeoutError:
            raise NodeUnfit(f"the scoring script was not loaded after {limit:.0f} seconds")
        except (NodeLost, NodeUnfit, ScriptFatal):
            pass  # whoever waits for the node gets it

    async def _load(self) -> Tuple[Message, Optional[str]]:
        """The executor's `load` with paths that the node has, and the folder of the scoring code; None for a generated script."""
        driver = self._driver
        load = dict(driver.load)
        code: Optional[str] = load["code_dir"] if load["script"].startswith(load["code_dir"] + "/") else None
        folders = [load[name] for name in ("model_dir", "code_dir") if load[name]]
        travelling = {driver.settings.runtime: driver.blobs.runtime()}
        if driver.settings.ships:
            for folder in folders:
                blob = await asyncio.get_event_loop().run_in_executor(None, driver.blobs.folder, folder)
                await self._take(blob)
                travelling[folder] = blob
        else:
            missing = await self._agent.missing.remote([driver.probe] + folders)
            if missing:
                raise NodeUnfit(
                    f"it does not see {missing[0]}. storage: shared needs it there under the same path; storage: ship does not"
                )

        def there(path: str) -> str:
            for folder, blob in travelling.items():
                if path == folder or path.startswith(folder + "/"):
                    return BLOB + blob.digest + path[len(folder):]
            return path

        load.update((name, there(load[name])) for name in ("script", "model_dir", "code_dir"))
        return load, code and there(code)

    async def _python(self) -> str:
        environment = self._driver.settings.environment()
        python: Optional[str] = await self._agent.environment.remote(environment, None)
        if python is None:
            uv = self._driver.blobs.uv()
            if uv is None:
                raise NodeUnfit("the model's environment is not visible there, and there is no uv to build it")
            self._driver.log(f"node {self.name}: building the environment")
            await self._take(uv)
            python = await self._agent.environment.remote(environment, uv.digest)
        assert python is not None
        return python

    async def _take(self, blob: Any) -> None:
        if not await self._agent.has.remote(blob.digest):
            await self._agent.take.remote(blob.digest, blob.ref(), blob.is_folder)

    def _fail(self, error: Exception) -> None:
        """Writes the node off: for now where it can't do the work, until it is there again where it is gone."""
        is_gone = isinstance(error, (asyncio.TimeoutError, TimeoutError, self._ray.exceptions.RayActorError))
        cause = error if isinstance(error, NodeUnfit) else getattr(error, "cause", None) or error
        reason = shortened(lines_of(cause)) if str(cause) else f"its agent has not started after {START_TIMEOUT:.0f} seconds"
        if not self.ready.done():
            self.ready.set_exception(NodeLost(reason) if is_gone else NodeUnfit(reason))
            self.ready.exception()  # a caller that waits gets it; without one it is no error
        if isinstance(error, NodeUnfit):
            self._driver.mark_unfit(self, reason)
        self.lost(reason)

    # Messages

    def tell(self, worker: int, message: Message, attachment: Any = None) -> None:
        self._outgoing.append((worker, message, attachment))
        self._has_outgoing.set()

    async def ship(self, worker: int, key: str, pieces: List[Any]) -> None:
        """Sends pieces of the files of a message that follows; returns once the node has them."""
        try:
            await self._agent.receive_files.remote(worker, key, pieces)
        except Exception as error:
            self._fail(error)

    async def _send(self) -> None:
        try:
            while True:
                await self._has_outgoing.wait()
                self._has_outgoing.clear()
                messages, self._outgoing = self._outgoing, []
                if messages:
                    await self._agent.tell.remote(messages)
                    await asyncio.sleep(self._driver.pace)
        except Exception as error:
            self._fail(error)

    async def _poll(self) -> None:
        try:
            while not self.is_lost:
                events = await asyncio.wait_for(self._events(), LEASE)
                for event in events:
                    self._heard(*event)
                if events:
                    await asyncio.sleep(self._driver.pace)
        except asyncio.TimeoutError:
            self._fail(TimeoutError(f"it has not answered for {LEASE:.0f} seconds"))
        except Exception as error:
            self._fail(error)

    async def _events(self) -> List[Tuple[str, Optional[int], Any, Optional[bytes]]]:
        return await self._agent.poll.remote(POLL_TIME)

    def _heard(self, kind: str, number: Optional[int], payload: Any, rows: Optional[bytes]) -> None:
        if self.is_lost:
            return
        if number is None:
            return self._heard_of_host(kind, payload, rows)
        worker = self._driver.workers.get(number)
        if worker is None:
            return
        if kind == "forked":
            worker.forked(payload)
        elif kind == "hello":
            worker.connect(payload)
        elif kind == "rows":
            worker.receive(rows or b"", payload["offset"], payload["checked"])
        elif kind == "message" and payload["op"] == "disk_full":
            self._disk_full(worker, payload)
        elif kind == "message":
            worker.said(payload, rows)
        elif kind == "log":
            worker.log(payload, rows or b"")
        elif kind == "refused":
            self._refused(worker, payload)
        elif kind == "closed":
            worker.closed()
        elif kind == "exited":
            worker.ended(payload)
        elif kind == "fatal":
            self._driver.log(f"worker {number} on node {self.name}: {payload['type']}: {payload['message']}")

    def _heard_of_host(self, kind: str, payload: Any, rows: Optional[bytes]) -> None:
        if kind == "ready" and not self.ready.done():
            self.ready.set_result(payload)
        elif kind == "fatal":
            if not self.ready.done():
                self.ready.set_exception(ScriptFatal(payload))
                self.ready.exception()
        elif kind == "host_ended":
            self._fail(RuntimeError(f"its host ended with status {payload}"))
        elif kind == "log":
            for line in (rows or b"").decode("utf-8", "replace").splitlines():
                self._driver.log(f"[{self.name}] {line}")

    def _refused(self, worker: RemoteWorker, fatal: Message) -> None:
        """Leaves the work to other nodes where there are some; else the job fails, with the node and the reason."""
        if not self._driver.has_others_than(self):
            worker.said(dict(fatal, message=f"node {self.name}: {fatal['message']}"), None)
        self._fail(NodeUnfit(fatal["message"]))

    def _disk_full(self, worker: RemoteWorker, message: Message) -> None:
        """Leaves the work to nodes that have space; where there is none the job pauses, with this node's name."""
        if self._driver.has_others_than(self):
            self._fail(NodeUnfit(f"there is no space left: {message['message']}"))
        else:
            worker.said(dict(message, message=f"node {self.name}: {message['message']}"), None)

    def types_to_send(self, start: Message) -> Optional[bytes]:
        """The job's inferred types, once for this node."""
        path = start.get("input_types")
        if path is None or path in self._types_sent or not os.path.exists(path):
            return None
        self._types_sent.add(path)
        with open(path, "rb") as file:
            return file.read()

    # The end

    def lost(self, reason: str) -> None:
        if self.is_lost:
            return
        self.is_lost = True
        self._driver.node_lost(self, shortened(reason))
        for worker in list(self.workers):
            worker.ended(-9, f"node {self.name} is lost: {shortened(reason)}")
        for task in self._tasks:
            task.cancel()
        self.end()

    def end(self) -> None:
        try:
            self._ray.kill(self._agent)
        except Exception:  # it is gone
            pass


class ScriptFatal(Exception):
    """The scoring script can't be loaded; the message for the executor."""

    def __init__(self, message: Message) -> None:
        super().__init__(message["message"])
        self.message = message
