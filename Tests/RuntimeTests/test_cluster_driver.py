import asyncio
import sys
import types
import unittest
import unittest.mock
from typing import Any

import installed_runtime  # noqa: F401

from batchstudio_runtime.cluster.driver import RETRY_DELAYS, Driver
from batchstudio_runtime.cluster.failures import ClusterUnreachable

UNFIT = "unfit"


class Room:
    """Slots of a cluster on which only a node that can't do the work has room."""

    def __init__(self):
        self.waiting = 0
        self.taken = 0

    async def take(self):
        self.taken += 1
        return types.SimpleNamespace(node_id=UNFIT)

    def drop(self, slot):
        pass


@unittest.skipIf(sys.version_info < (3, 9), "Ray's own Python, which runs this, is newer")
class DriverTests(unittest.TestCase):
    def setUp(self):
        modules = unittest.mock.patch.dict(sys.modules, ray=unittest.mock.MagicMock())
        modules.start()
        self.addCleanup(modules.stop)
        self.channel = unittest.mock.Mock()
        settings = unittest.mock.Mock(needs={"CPU": 1.0}, node_timeout=0.0)
        settings.name = "grid"
        self.driver: Any = Driver(self.channel, "socket", "token", settings, {})
        self.driver.slots = self.room = Room()

    def node(self, **resources):
        return {"NodeID": "n", "NodeManagerAddress": "10.0.0.1", "Resources": resources}

    def said(self):
        return [call.kwargs for call in self.channel.send.call_args_list]

    def test_the_time_for_loading_runs_while_a_node_loads_the_script(self):
        self.driver._nodes["n"] = types.SimpleNamespace(is_loading=True)
        self.driver._check_places([self.node(CPU=2.0)])
        self.assertEqual(self.said(), [])
        self.driver._nodes["n"].is_loading = False
        self.driver._check_places([self.node(CPU=2.0)])
        self.assertEqual(self.said(), [{"reason": "A node of the cluster gets ready.", "has_nodes": True}])

    def test_what_is_waited_for_tells_of_nodes(self):
        self.room.waiting = 1
        self.driver._check_places([self.node(CPU=2.0)])
        self.driver.settings.node_timeout = 60.0
        self.driver._check_places([self.node()])
        self.assertEqual([(said["reason"].split()[2], said["has_nodes"]) for said in self.said()],
                         [("room", True), ("nodes", False)])

    def test_a_cluster_without_cores_can_not_be_reached(self):
        with self.assertRaises(ClusterUnreachable):
            self.driver._check_places([self.node()])

    def test_a_worker_asks_ever_more_rarely_while_only_an_unfit_node_has_room(self):
        self.driver.mark_unfit(types.SimpleNamespace(id=UNFIT, name="10.0.0.1"), "its disk is full")
        delays = []

        async def note(seconds):
            delays.append(seconds)
            if len(delays) == 10:
                raise asyncio.CancelledError

        loop = asyncio.new_event_loop()
        try:
            with unittest.mock.patch.object(asyncio, "get_event_loop", return_value=loop), \
                    unittest.mock.patch.object(asyncio, "sleep", note), self.assertRaises(asyncio.CancelledError):
                loop.run_until_complete(self.driver.take_place())
        finally:
            loop.close()
        self.assertEqual(delays[0], RETRY_DELAYS[0])
        self.assertEqual(delays[-1], RETRY_DELAYS[1])
        self.assertEqual(delays, sorted(delays))
        self.assertEqual(self.room.taken, 10)


if __name__ == "__main__":
    unittest.main()
