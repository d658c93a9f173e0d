"""Nodes whose hosts and workers are simulated: loaded into the driver of a cluster by a file of its environment.

The driver, Ray's calls of actors and the executor are real. Of each node the agent is, too; it answers in place of the processes
that it would start, at once. Slots are numbers: a thousand processes that hold resources would not fit on this machine.
"""
import itertools
import os
import sys
import zlib

NODES = int(os.environ.get("SIMULATED_NODES", "10"))
ROWS = b"x\n"
FIRST_PROCESS = 10_000_000  # beyond the numbers of real ones


def install(runtime):
    """Replace the slots and agents of the driver, the files of which are in the folder `runtime`."""
    sys.path.insert(0, runtime)
    from ray import cloudpickle
    from ray.util import scheduling_strategies

    from batchstudio_runtime.cluster import driver, node, slots
    from batchstudio_runtime.cluster.agent import NodeAgent

    class SimulatedSlots(slots.Slots):
        def __init__(self, settings):
            super().__init__(settings)
            self._nodes = itertools.cycle([f"{number:08d}" for number in range(NODES)])

        async def take(self):
            return slots.Slot(None, next(self._nodes), [])

    class SimulatedAgent(NodeAgent):
        async def missing(self, paths):
            return []

        async def environment(self, environment, uv):
            return "python"

        async def load(self, *_):
            self._offsets = {}
            self._events.emit("ready", None, {"op": "ready", "seconds": 0, "versions": {}, "forkable": True})

        async def tell(self, messages):
            for worker, message, _ in messages:
                self._answer(worker, message)

        def _answer(self, worker, message):
            emit, operation = self._events.emit, message["op"]
            if operation == "fork":
                emit("forked", worker, FIRST_PROCESS + worker)
                emit("hello", worker, FIRST_PROCESS + worker)
            elif operation == "start":
                self._offsets[worker] = 0
                emit("message", worker, {"op": "ready", "seconds": 0})
            elif operation == "run":
                offset = self._offsets[worker]
                self._offsets[worker] += len(ROWS)
                emit("message", worker, {
                    "op": "done", "id": message["id"], "offset": offset, "bytes": len(ROWS), "crc": zlib.crc32(ROWS), "rows": 1,
                    "files": 1, "failed": [], "failed_count": 0, "warnings": [],
                    "seconds": {"read": 0, "run": 0, "write": 0}}, ROWS)
            elif operation in ("stop", "kill"):
                if operation == "stop":
                    emit("message", worker, {"op": "bye"})
                emit("closed", worker, None)
                emit("exited", worker, 0 if operation == "stop" else -9)

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    driver.Slots = SimulatedSlots  # type: ignore[misc]
    node.NodeAgent = SimulatedAgent  # type: ignore[misc]
    # There is one real node, which holds all agents.
    scheduling_strategies.NodeAffinitySchedulingStrategy = lambda node_id, soft: "DEFAULT"
