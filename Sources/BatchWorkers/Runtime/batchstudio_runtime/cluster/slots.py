"""Slots: actors that hold the resources of a worker, so that Ray, and its autoscaler, decide where workers run."""
import asyncio
import sys
import time
from typing import Any, Callable, Dict, List, Optional, Set, Tuple

from batchstudio_runtime.cluster.settings import ClusterSettings, lines_of

IDLE_TIME = 5.0  # seconds that a slot is kept for the next worker
RETRY_DELAY = 1.0


class SlotActor:
    """Holds resources and does nothing."""

    async def place(self) -> Tuple[str, List[str]]:
        """Returns the node that it is on, and its GPUs: numbers, or the names of devices."""
        import ray

        return ray.get_runtime_context().get_node_id(), [str(gpu) for gpu in ray.get_gpu_ids()]

    async def hold(self) -> None:
        """Never returns: the failure of this call is the end of the slot."""
        await asyncio.Event().wait()


class Slot:
    """The resources of one worker on a node."""

    def __init__(self, actor: Any, node_id: str, gpus: List[str]) -> None:
        self.actor = actor
        self.node_id = node_id
        self.gpus = gpus
        self.idle_since = 0.0
        self.on_loss: Optional[Callable[[], None]] = None
        self.is_lost = False
        self.watching: Optional[asyncio.Future[None]] = None

    async def watch(self) -> None:
        """Calls `on_loss` when Ray, or somebody, has ended the actor: its resources are others' then."""
        try:
            await self.actor.hold.remote()
        except Exception:
            self.is_lost = True
            if self.on_loss is not None:
                self.on_loss()


class Slots:
    """Takes slots from the cluster and gives them back."""

    def __init__(self, settings: ClusterSettings) -> None:
        import ray

        self._ray = ray
        options: Dict[str, Any] = {
            "num_cpus": settings.cpus, "num_gpus": settings.gpus, "max_restarts": 0, "scheduling_strategy": "SPREAD",
        }
        if settings.memory:
            options["memory"] = settings.memory
        if settings.custom:
            options["resources"] = settings.custom
        self._class = ray.remote(SlotActor).options(**options)
        self._idle: List[Slot] = []
        self._logged: Set[str] = set()
        self.waiting = 0

    async def take(self) -> Slot:
        """Waits for room, as long as it takes."""
        while self._idle:
            slot = self._idle.pop()
            if not slot.is_lost:
                return slot
        self.waiting += 1
        try:
            while True:
                actor = self._class.remote()
                try:
                    node_id, gpus = await actor.place.remote()
                    slot = Slot(actor, node_id, gpus)
                    slot.watching = asyncio.ensure_future(slot.watch())
                    return slot
                except self._ray.exceptions.RayError as error:
                    # The node went away, or could not start the actor.
                    self._log_once(lines_of(error, 300))
                    await asyncio.sleep(RETRY_DELAY)
                except BaseException:
                    self._ray.kill(actor)
                    raise
        finally:
            self.waiting -= 1

    def give_back(self, slot: Slot) -> None:
        """Keeps a slot for a moment: the next worker starts at once in it."""
        slot.on_loss = None
        slot.idle_since = time.monotonic()
        self._idle.append(slot)

    def _log_once(self, text: str) -> None:
        if text not in self._logged:
            self._logged.add(text)
            print(f"A slot was not started: {text}", file=sys.stderr, flush=True)

    def drop(self, slot: Slot) -> None:
        slot.on_loss = None
        try:
            self._ray.kill(slot.actor)
        except Exception:  # it is gone
            pass

    def drop_idle(self, node_id: str = "") -> None:
        """Gives those back to the cluster that were not taken for a while, or all of a node."""
        now = time.monotonic()
        for slot in list(self._idle):
            if slot.node_id == node_id or now - slot.idle_since > IDLE_TIME:
                self._idle.remove(slot)
                self.drop(slot)
