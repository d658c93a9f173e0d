"""Slots: actors that hold the resources of a worker, so that Ray, and its autoscaler, decide where workers run."""
import asyncio
import time
from typing import Any, Dict, List, Tuple

from batchstudio_runtime.cluster.settings import ClusterSettings

IDLE_TIME = 5.0  # seconds that a slot is kept for the next worker
RETRY_DELAY = 1.0


class SlotActor:
    """Holds resources and does nothing."""

    def place(self) -> Tuple[str, List[int]]:
        """Returns the node that it is on, and its GPUs."""
        import ray

        return ray.get_runtime_context().get_node_id(), [int(gpu) for gpu in ray.get_gpu_ids()]


class Slot:
    """The resources of one worker on a node."""

    def __init__(self, actor: Any, node_id: str, gpus: List[int]) -> None:
        self.actor = actor
        self.node_id = node_id
        self.gpus = gpus
        self.idle_since = 0.0


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
        self.waiting = 0

    async def take(self) -> Slot:
        """Waits for room, as long as it takes."""
        if self._idle:
            return self._idle.pop()
        self.waiting += 1
        try:
            while True:
                actor = self._class.remote()
                try:
                    node_id, gpus = await actor.place.remote()
                    return Slot(actor, node_id, gpus)
                except self._ray.exceptions.RayError:
                    # The node went away, or could not start the actor.
                    await asyncio.sleep(RETRY_DELAY)
                except BaseException:
                    self._ray.kill(actor)
                    raise
        finally:
            self.waiting -= 1

    def give_back(self, slot: Slot) -> None:
        """Keeps a slot for a moment: the next worker starts at once in it."""
        slot.idle_since = time.monotonic()
        self._idle.append(slot)

    def drop(self, slot: Slot) -> None:
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
