"""The driver: to the executor a host like any other, to the cluster the owner of agents and slots."""
import asyncio
import os
import sys
import time
from typing import Any, Coroutine, Dict, List, Optional, Set, Tuple

from batchstudio_runtime.cluster.blobs import Blobs
from batchstudio_runtime.cluster.connecting import described, fits, offers, probe
from batchstudio_runtime.cluster.failures import ClusterFailure, ClusterRefused, ClusterUnreachable
from batchstudio_runtime.cluster.node import Node, NodeLost, NodeUnfit, ScriptFatal
from batchstudio_runtime.cluster.remote_worker import RemoteWorker
from batchstudio_runtime.cluster.settings import ClusterSettings
from batchstudio_runtime.cluster.slots import Slot, Slots
from batchstudio_runtime.host.channel import Channel, ExecutorIsGone, Message, end_process_group

IDLE_TIME = 300.0  # seconds without a worker after which the driver ends
HEAD_TIMEOUT = 10.0  # seconds without the head after which the cluster is given up
REPORT_INTERVAL = 5.0
UNFIT_TIME = 60.0  # seconds after which a node that could not do the work is given some again
UNFIT_DELAY = 5.0  # seconds that a slot on an unfit node is held, so that the next one is on another
RETRY_DELAYS = (0.2, 15.0)  # the first and the longest pause of a worker that got a slot on an unfit node
PACE_OF_NODE = 0.001  # seconds that calls of a node are apart, for each node
LONGEST_PACE = 0.02
GIVEN_UP = 75  # the exit code then


class Driver:
    def __init__(self, channel: Channel, socket: str, token: str, settings: ClusterSettings, load: Message) -> None:
        import ray

        self.socket = socket
        self.token = token
        self.settings = settings
        self.load = load
        self.slots = Slots(settings)
        self.blobs = Blobs(settings.runtime, settings.uv)
        self.workers: Dict[int, RemoteWorker] = {}
        # A file of the workspace that nodes with shared storage see.
        self.probe = os.path.join(os.getcwd(), "shared-storage")
        self._ray = ray
        self._channel = channel
        self._nodes: Dict[str, Node] = {}
        self._unfit: Dict[str, Tuple[str, float]] = {}  # the reason, and until when
        self._tasks: Set[asyncio.Future[None]] = set()
        self._fitting: Set[str] = set()  # the nodes that could hold a worker, by the last look at the cluster
        self._is_ready = False
        self._began = time.monotonic()

    @staticmethod
    def log(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def say(self, op: str, **fields: Any) -> None:
        self._channel.send(op, **fields)

    async def run(self) -> None:
        with open(self.probe, "w"):
            pass
        loop = asyncio.get_event_loop()
        loop.add_reader(self._channel.fileno(), self._receive)
        self._keep(self._watch_head())
        self._keep(self._drop_idle_slots())
        try:
            ready = await self._first_ready()
        except ScriptFatal as fatal:
            self._end(fatal.message)
        except ClusterFailure as failure:
            self._end(dict(type=type(failure).__name__, message=str(failure)))
        else:
            self._is_ready = True
            self._keep(self._watch_places())
            # The agents themselves give a script that can't be forked a process for each worker.
            self.say("ready", seconds=ready["seconds"], versions=ready["versions"], forkable=True)
            await asyncio.Event().wait()

    def _keep(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Runs it beside the others; an error of it ends the driver, and the executor starts another one."""
        def ended(task: "asyncio.Future[None]") -> None:
            self._tasks.discard(task)
            if not task.cancelled() and task.exception() is not None:
                self.log(f"The driver ends: {task.exception()!r}")
                self._leave(GIVEN_UP)

        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(ended)

    # Messages of the executor

    def _receive(self) -> None:
        try:
            message = self._channel.receive_if_any()
            while message is not None:
                self._obey(message)
                message = self._channel.receive_if_any()
        except ExecutorIsGone:
            end_process_group()

    def _obey(self, message: Message) -> None:
        number = message.get("worker", 0)
        if message["op"] == "fork":
            streams = {name: message[name] for name in ("stdout", "stderr")}
            self.workers[number] = RemoteWorker(self, number, streams)
        elif message["op"] == "kill":
            if number in self.workers:
                self.workers[number].kill()
        elif message["op"] == "stop":
            self._leave(0)

    def forget(self, worker: RemoteWorker) -> None:
        self.workers.pop(worker.number, None)

    # Places

    async def take_place(self) -> Tuple[Node, Slot]:
        """Waits for a slot on a node that is ready for workers."""
        delay, longest = RETRY_DELAYS
        while True:
            slot = await self.slots.take()
            try:
                node = await self._node(slot.node_id)
                await asyncio.shield(node.ready)
                if not node.is_lost:
                    return node, slot
            except (NodeLost, NodeUnfit, ScriptFatal) as error:
                if not self._is_ready and isinstance(error, ScriptFatal):
                    raise
            except BaseException:
                self.slots.drop(slot)
                raise
            asyncio.get_event_loop().call_later(UNFIT_DELAY, self.slots.drop, slot)
            # While the other nodes are full the unfit one must not start processes of Ray all the time.
            await asyncio.sleep(delay)
            delay = min(2 * delay, longest)

    async def _node(self, identifier: str) -> Node:
        reason = self._reason_against(identifier)
        if reason is not None:
            raise NodeUnfit(reason)
        if identifier not in self._nodes:
            alive = await self._alive()
            names = {node["NodeID"]: node["NodeManagerAddress"] for node in alive}
            name = names.get(identifier, identifier[:8])
            if list(names.values()).count(name) > 1:
                name = f"{name}#{identifier[:6]}"
            if identifier not in self._nodes:
                self._nodes[identifier] = Node(self, identifier, name)
        return self._nodes[identifier]

    def node_lost(self, node: Node, reason: str) -> None:
        self.log(f"node {node.name} is lost: {reason}")
        self._nodes.pop(node.id, None)
        self.slots.drop_idle(node.id)
        failure = node.ready.exception() if node.ready.done() else None
        if isinstance(failure, (NodeUnfit, ScriptFatal)):
            self.mark_unfit(node, str(failure))

    @property
    def pace(self) -> float:
        """Seconds between two calls of a node: the more nodes, the more messages travel in one, since calls cost the most."""
        return min(LONGEST_PACE, PACE_OF_NODE * len(self._nodes))

    def has_others_than(self, node: Node) -> bool:
        """Returns whether another node could do the work."""
        return any(identifier != node.id and self._reason_against(identifier) is None for identifier in self._fitting)

    def mark_unfit(self, node: Node, reason: str) -> None:
        self._unfit[node.id] = (f"node {node.name}: {reason}", time.monotonic() + UNFIT_TIME)

    def _reason_against(self, identifier: str) -> Optional[str]:
        """Why a node gets no work for now."""
        reason, end = self._unfit.get(identifier, (None, 0.0))
        return reason if time.monotonic() < end else None

    async def _alive(self) -> List[Dict[str, Any]]:
        """The nodes that live; asked in a thread, for without a head the answer takes long."""
        nodes = await asyncio.get_event_loop().run_in_executor(None, self._ray.nodes)
        return [node for node in nodes if node["Alive"]]

    # Getting ready

    async def _first_ready(self) -> Message:
        """Waits for the first node that has loaded the scoring script."""
        place = asyncio.ensure_future(self.take_place())
        while True:
            done, _ = await asyncio.wait([place], timeout=REPORT_INTERVAL if self._is_late else 1.0)
            if done:
                node, slot = place.result()
                self.slots.give_back(slot)
                return node.ready.result()
            self._check_places(await self._alive())

    @property
    def _is_late(self) -> bool:
        return time.monotonic() - self._began > REPORT_INTERVAL

    def _check_places(self, nodes: List[Dict[str, Any]]) -> None:
        """Reports what is waited for; raises when nothing can come of it."""
        needs = self.settings.needs
        fitting = [node for node in nodes if fits(node, needs)]
        self._fitting = {node["NodeID"] for node in fitting}
        unfit = [reason for reason in (self._reason_against(node["NodeID"]) for node in fitting) if reason is not None]
        if fitting and len(unfit) == len(fitting):
            raise ClusterRefused(f"No node of the cluster {self.settings.name} can run the deployment: {unfit[0]}.")
        if not fitting and time.monotonic() - self._began > self.settings.node_timeout:
            if not any(node["Resources"].get("CPU") for node in nodes):
                raise ClusterUnreachable(f"The cluster {self.settings.name} has no nodes with cores.")
            raise ClusterRefused(
                f"No node of the cluster {self.settings.name} can hold a worker, which needs {described(needs)}: "
                f"{offers(nodes)}. Change resources_per_worker, add a node, or raise node_timeout where an autoscaler adds nodes."
            )
        if self.slots.waiting:
            text = "room" if fitting else "nodes"
            reason = f"Waiting for {text} on the cluster: a worker needs {described(needs)}."
            self.say("waiting", reason=reason, has_nodes=bool(fitting))
        elif not any(node.is_loading for node in self._nodes.values()):
            # The time for loading begins once a node loads.
            self.say("waiting", reason="A node of the cluster gets ready.", has_nodes=bool(fitting))

    # Watching

    async def _watch_head(self) -> None:
        """Ends the driver once the head can't be reached: the executor pauses the job until it can be."""
        address = self.settings.address
        if address in ("auto", "local"):
            address = self._ray.get_runtime_context().gcs_address
        seen = time.monotonic()
        while True:
            await asyncio.sleep(2)
            reason = await asyncio.get_event_loop().run_in_executor(None, probe, address, 3.0)
            if reason is None:
                seen = time.monotonic()
            elif time.monotonic() - seen > HEAD_TIMEOUT:
                text = f"The cluster {self.settings.name} at {address} can't be reached: {reason}."
                if not self._is_ready:
                    self._end(dict(type=ClusterUnreachable.__name__, message=text))
                self.log(text)
                self._leave(GIVEN_UP)

    async def _drop_idle_slots(self) -> None:
        """Ends the driver too when there was no worker for long: the next job starts another one."""
        busy = time.monotonic()
        while True:
            await asyncio.sleep(1)
            self.slots.drop_idle()
            if self.workers or not self._is_ready:
                busy = time.monotonic()
            elif time.monotonic() - busy > IDLE_TIME:
                self._leave(0)

    async def _watch_places(self) -> None:
        """Ends the driver once workers wait and no node can ever take one: the next driver says why."""
        hopeful = time.monotonic()
        while True:
            nodes = await self._alive()
            self._fitting = {node["NodeID"] for node in nodes if fits(node, self.settings.needs)}
            has_hope = any(self._reason_against(identifier) is None for identifier in self._fitting)
            if has_hope or not self.slots.waiting or any(node.workers for node in self._nodes.values()):
                hopeful = time.monotonic()
            elif time.monotonic() - hopeful > self.settings.node_timeout:
                self.log("No node of the cluster can take the workers that wait.")
                self._leave(GIVEN_UP)
            await asyncio.sleep(REPORT_INTERVAL)

    # The end

    def _end(self, fatal: Message) -> None:
        self.log(f"{fatal['type']}: {fatal['message']}")
        self.say("fatal", **{name: value for name, value in fatal.items() if name != "op"})
        self._leave(1)

    def _leave(self, status: int) -> None:
        for node in list(self._nodes.values()):
            node.end()
        try:
            self._ray.shutdown()
        finally:
            sys.stderr.flush()
            os._exit(status)
