import asyncio
import os
import sys
import tempfile
import unittest

import installed_runtime  # noqa: F401

from batchstudio_runtime.cluster.shipped_files import ShippedFiles
from batchstudio_runtime.cluster.shipping import InFlight, calls_of, sample, sources
from batchstudio_runtime.inputs.manifest import Manifest, line_of, reason_against


@unittest.skipIf(sys.version_info < (3, 9), "Ray's own Python, which runs this, is newer")
class ShippingTests(unittest.TestCase):
    def setUp(self):
        self.here = self.folder()
        self.there = ShippedFiles(self.folder())
        self.start = {"input_root": self.here}
        self.root = self.there.paths(self.start)["input_root"]

    def folder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def write(self, name, data):
        path = os.path.join(self.here, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        return line_of(name, len(data), os.stat(path).st_mtime_ns)

    def ship(self, lines, key="run-1", are_whole=False):
        for pieces in calls_of(sources(lines, self.start, are_whole)):
            self.there.receive(key, pieces)

    def arrived(self, name):
        with open(os.path.join(self.root, name), "rb") as file:
            return file.read()

    def reasons(self, lines):
        with tempfile.NamedTemporaryFile() as file:
            file.write(lines)
            file.flush()
            return [reason_against(file) for file in Manifest(file.name, self.root).files(0, len(lines))]

    def test_files_arrive_with_their_names_sizes_and_times(self):
        large = os.urandom((5 << 20) + 1)
        lines = self.write("a/b\n.csv", b"one") + self.write("empty", b"") + self.write("large", large)
        self.ship(lines)
        self.assertEqual(self.reasons(lines), [None, None, None])
        self.assertEqual((self.arrived("a/b\n.csv"), self.arrived("empty"), self.arrived("large")), (b"one", b"", large))

    def test_a_part_travels_with_its_header_alone(self):
        data = b"header\n" + b"".join(b"%06d\n" % number for number in range(100_000))
        line = self.write("t.csv", data)
        part = line[:-1] + b"\t1\t3\t70007\t70014\t10000\t1\t7\t10001\n"
        sent = [piece for pieces in calls_of(sources(part, self.start, False)) for piece in pieces]
        self.assertEqual(sum(len(piece[4]) for piece in sent), 14)
        self.there.receive("run-1", sent)
        self.assertEqual(self.reasons(part), [None])
        self.assertEqual((self.arrived("t.csv")[:7], self.arrived("t.csv")[70007:70014]), (b"header\n", data[70007:70014]))
        self.ship(part, are_whole=True)
        self.assertEqual(self.arrived("t.csv"), data)

    def test_files_that_were_changed_or_removed_have_these_reasons_there(self):
        lines = self.write("changed", b"one") + self.write("removed", b"two") + self.write("fifo", b"three")
        self.write("changed", b"other")
        os.unlink(os.path.join(self.here, "removed"))
        os.unlink(os.path.join(self.here, "fifo"))
        os.mkfifo(os.path.join(self.here, "fifo"))
        self.ship(lines)
        self.assertEqual([type(reason).__name__ for reason in self.reasons(lines)], ["FileChanged", "FileGone", "FileGone"])

    def test_files_leave_with_the_answer_to_their_message(self):
        self.ship(self.write("a", b"1"), "run-1")
        self.ship(self.write("b", b"2"), "run-2")
        self.there.finished({"op": "done", "id": 1})
        self.assertEqual(os.listdir(self.root), ["b"])

    def test_a_name_that_leads_out_of_the_input_stays_within_it(self):
        (source,) = sources(line_of("../secret", 1, 1), self.start, False)
        self.assertTrue(source.name.startswith("input/not-a-path-"))

    def test_the_sample_is_the_one_that_a_worker_takes(self):
        lines = b"".join(line_of(f"{number}", 1, 1) for number in range(1000))
        self.assertEqual(sample(lines).count(b"\n"), 50)
        self.assertTrue(sample(lines).startswith(line_of("0", 1, 1) + line_of("20", 1, 1)))

    def test_bytes_in_flight_are_bounded_in_the_order_of_asking(self):
        loop = asyncio.new_event_loop()
        self.addCleanup(loop.close)
        loop.run_until_complete(self.fill(InFlight(limit=10)))

    async def fill(self, room):
        admitted = []

        async def take(size):
            await room.acquire(size)
            admitted.append(size)

        async def settled():
            for _ in range(5):
                await asyncio.sleep(0)
            return list(admitted)

        tasks = [asyncio.ensure_future(take(size)) for size in (6, 5, 100, 1)]
        self.assertEqual(await settled(), [6])
        room.release(6)
        self.assertEqual(await settled(), [6, 5])
        room.release(5)
        self.assertEqual(await settled(), [6, 5, 100])
        tasks[3].cancel()
        room.release(100)
        self.assertEqual(await settled(), [6, 5, 100])
        await take(10)


if __name__ == "__main__":
    unittest.main()
