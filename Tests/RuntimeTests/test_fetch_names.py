"""Names that a server lists and no local file can have, and reasons that can't be written."""
import asyncio
import errno
import json
import os
import tempfile
import unittest
import urllib.parse
from unittest import mock

from fetcher_test_case import Fetch, FetcherTestCase, Server

import fetcher
from batchstudio_runtime.fetching.cache import Cache
from batchstudio_runtime.fetching.limits import TransferLimits
from batchstudio_runtime.fetching.listing import Entry
from batchstudio_runtime.fetching.room import Room
from batchstudio_runtime.fetching.source import Source
from batchstudio_runtime.inputs.manifest import Manifest, line_of, reason_against


class BadNameTests(FetcherTestCase):
    def test_no_file_out_of_the_input_is_read_or_removed(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        victim = os.path.join(folder.name, "thesis.csv")
        with open(victim, "w") as file:
            file.write("years of work")
        names = [victim, "good.csv", "x" * 300]
        page = "".join(f'<a href="{urllib.parse.quote(name, safe="")}">file</a>' for name in names)
        server = Server(self, {"index.html": page.encode(), "good.csv": b"n\n1\n"})
        fetch = Fetch(self, self.web(server))
        self.assertEqual(fetch.list()["files"], 3)
        self.assertEqual(fetch.fetch(count=3), {"op": "fetched", "id": 0, "failed": 2})
        self.assertEqual(fetch.content("good.csv"), b"n\n1\n")
        manifest = Manifest(fetch.folder + "/manifest", fetch.folder + "/files", fetch.folder + "/reasons")
        reasons = {listed.name: type(reason_against(listed)).__name__ for listed in manifest.all_files()}
        self.assertEqual(reasons, {victim: "BadName", "good.csv": "NoneType", "x" * 300: "BadName"})
        fetch.send("release", id=0)
        # It is answered after the release.
        self.assertEqual(fetch.fetch(identifier=1, first=fetch.names().index("good.csv"))["failed"], 0)
        with open(victim) as file:
            self.assertEqual(file.read(), "years of work")

    def test_a_name_that_is_also_a_folder_fails_alone(self):
        page = b'<a href="a">file</a><a href="a%2Fb">file</a><a href="c">file</a>'
        server = Server(self, {"index.html": page, "a": b"n\n1\n", "c": b"n\n3\n"})
        fetch = Fetch(self, self.web(server))
        self.assertEqual(fetch.list()["files"], 3)
        self.assertEqual(fetch.fetch(count=3)["op"], "fetched")
        fetch.send("release", id=0)
        self.assertEqual(fetch.fetch(identifier=1, first=fetch.names().index("c")), {"op": "fetched", "id": 1, "failed": 0})

    def test_a_line_of_the_manifest_leads_to_no_file_elsewhere(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "manifest.tsv")
        names = ["/etc/passwd", "../manifest.tsv", "a//b", "a/./b", ""]
        with open(path, "wb") as file:
            file.write(b"".join(line_of(name or "x\0", None, None) for name in names))
        os.mkdir(folder.name + "/input")
        manifest = Manifest(path, folder.name + "/input")
        self.assertEqual(manifest.sample(10), [])
        folders = {os.path.dirname(listed.path) for listed in manifest.all_files()}
        self.assertEqual(folders, {folder.name + "/input"})


class Missing(Source):
    """A source whose files are all gone."""

    def __init__(self):
        super().__init__({}, TransferLimits(1000))

    async def read(self, entry, offset, meter):
        raise AssertionError("not reached: the name is refused first")


class ReasonTests(unittest.TestCase):
    def messages(self, errors):
        """Returns what is sent about a file that can't be fetched, whose reason can't be written for these errors."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        sent = open(os.path.join(folder.name, "messages"), "w+b", 0)
        self.addCleanup(sent.close)
        entry = Entry("..", key="..", size=1)
        with open(folder.name + "/listing", "w") as listing:
            listing.write(json.dumps(entry._asdict()) + "\n")
        write = mock.Mock(side_effect=[OSError(number, os.strerror(number)) for number in errors] + [None])

        async def no_delay(seconds):
            pass

        async def fetch():
            work = fetcher.Fetcher(sent)
            work._source, work._limits, work._room = Missing(), TransferLimits(1000), Room(1000, 16)
            work._files = work._reasons = folder.name
            work._listing, work._cache = folder.name + "/listing", Cache(folder.name + "/cache", 1000)
            await work.on_fetch({"id": 7, "first": 0, "count": 1})
            await asyncio.wait(work._tasks)

        with mock.patch.object(fetcher, "write_atomically", write), mock.patch.object(fetcher.asyncio, "sleep", no_delay):
            asyncio.run(fetch())
        sent.seek(0)
        return [json.loads(line) for line in sent.read().splitlines()]

    def test_a_full_disk_is_waited_for(self):
        waiting, fetched = self.messages([errno.ENOSPC])
        self.assertEqual((waiting["op"], fetched), ("waiting", {"op": "fetched", "id": 7, "failed": 1}))

    def test_another_error_ends_the_job_with_it(self):
        failed, = self.messages([errno.EIO])
        self.assertEqual((failed["op"], failed["type"]), ("failed", "OSError"))


if __name__ == "__main__":
    unittest.main()
