import asyncio
import os
import sys
import tarfile
import tempfile
import unittest
import unittest.mock
from typing import Any, List

import installed_runtime  # noqa: F401

from batchstudio_runtime.cluster.agent_events import MAX_BYTES, ROWS_PIECE, Events
from batchstudio_runtime.cluster.moved_times import RECORD, MovedTimes
from batchstudio_runtime.cluster.node_files import blob_folder, keep_blob


@unittest.skipIf(sys.version_info < (3, 9), "Ray's own Python, which runs this, is newer")
class RowsInPiecesTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.segment = os.path.join(folder.name, "segment")

    def answers(self, done, data, before=lambda: None):
        """Return what the driver gets of a mini-batch whose rows are at its offset in the segment."""
        with open(self.segment, "wb") as file:
            file.seek(done["offset"])
            file.write(data)

        async def take():
            events = Events()
            events.open()
            events.emit_rows(1, done, self.segment)
            before()
            answers: List[Any] = []
            while not answers or answers[-1]:
                answers.append(await events.next(0.01))
            return answers[:-1]

        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(take())
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()

    def test_rows_of_a_large_mini_batch_travel_in_bounded_answers(self):
        data = os.urandom(5 * ROWS_PIECE + 17)
        done = {"op": "done", "id": 3, "offset": 100, "bytes": 4 * ROWS_PIECE + 1, "profile_bytes": ROWS_PIECE + 16}
        answers = self.answers(done, data)
        self.assertGreater(len(answers), 1)
        for answer in answers:
            self.assertLessEqual(sum(len(event[3]) for event in answer), MAX_BYTES)
        events = [event for answer in answers for event in answer]
        self.assertEqual(b"".join(event[3] for event in events), data)
        self.assertEqual([event[0] for event in events], ["rows"] * 5 + ["message"])
        self.assertEqual([event[2]["offset"] for event in events[:-1]], [100 + number * ROWS_PIECE for number in range(5)])
        self.assertEqual([event[2]["checked"] for event in events[:-1]], [ROWS_PIECE] * 4 + [1])
        self.assertEqual(events[-1][2], done)

    def test_rows_of_a_worker_that_has_ended_still_arrive(self):
        done = {"op": "done", "id": 3, "offset": 0, "bytes": 9}
        answers = self.answers(done, b"some rows", before=lambda: os.unlink(self.segment))
        self.assertEqual(answers, [[("message", 1, done, b"some rows")]])


@unittest.skipIf(sys.version_info < (3, 9), "Ray's own Python, which runs this, is newer")
class KeepBlobTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        variables = unittest.mock.patch.dict(os.environ, XDG_CACHE_HOME=folder.name)
        variables.start()
        self.addCleanup(variables.stop)

    def kept(self):
        return sorted(os.listdir(os.path.dirname(blob_folder("x"))))

    def test_a_second_agent_leaves_what_the_first_one_kept(self):
        for data in (b"first", b"second"):
            keep_blob("digest", data, is_folder=False)
        self.assertEqual(self.kept(), ["digest"])
        with open(blob_folder("digest") + "/program", "rb") as file:
            self.assertEqual(file.read(), b"first")

    def test_what_can_not_be_kept_leaves_nothing(self):
        with self.assertRaises(tarfile.ReadError):
            keep_blob("digest", b"no archive", is_folder=True)
        self.assertEqual(self.kept(), [])


class MovedTimesTests(unittest.TestCase):
    def test_sizes_count_from_what_was_printed_before_however_the_file_is_cut(self):
        records = [(1000, 0, 0), (1020, 12, 3), (1700, 40, 3)]
        data = b"".join(RECORD.pack(*record) for record in records)
        times = MovedTimes(100, 7)
        moved = b"".join(times.moved(data[start:start + 7]) for start in range(0, len(data), 7))
        self.assertEqual(list(RECORD.iter_unpack(moved)), [(time, out + 100, err + 7) for time, out, err in records])


if __name__ == "__main__":
    unittest.main()
