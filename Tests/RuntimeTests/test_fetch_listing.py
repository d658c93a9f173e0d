"""The listing of a remote input: files that are not data are counted, and partitions are entered."""
import asyncio
import json
import os
import tempfile
import unittest

import installed_runtime  # noqa: F401

import fetcher
from batchstudio_runtime.fetching.limits import TransferLimits
from batchstudio_runtime.fetching.listing import Entry, Listing
from batchstudio_runtime.fetching.source import Source


class Listed(Source):
    """A source of these names."""

    def __init__(self, names):
        super().__init__({}, TransferLimits(1000))
        self._names = names

    async def list(self, is_folder, is_recursive):
        names = self._names if is_recursive else [name for name in self._names if "/" not in name]
        folders = [] if is_recursive else sorted({name.split("/")[0] for name in self._names if "/" in name})
        return Listing([Entry(name, key=name, size=1) for name in names], folders)


class ListingTests(unittest.TestCase):
    NAMES = [
        "a.csv", "_SUCCESS", "d=1/part-0.csv", "d=1/_committed_7", "d=1/part-0.csv.crc", "d=1/e=2/part-0.csv", "d=1/more/b.csv",
        "_delta_log/0.json", ".hidden/b.csv", "Thumbs.db", "other/c.csv",
    ]
    NOT_DATA = [".*", "_SUCCESS", "_committed_*", "*.crc", "_delta_log", "Thumbs.db"]

    def listed(self, is_recursive=True, partitions=False, left_out=NOT_DATA):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        messages = open(os.path.join(folder.name, "messages"), "w+b", 0)
        self.addCleanup(messages.close)
        work = fetcher.Fetcher(messages)
        work._source = Listed(self.NAMES)
        work._limits = TransferLimits(1000)
        work._listing, work._manifest = (os.path.join(folder.name, name) for name in ("listing", "manifest"))
        asyncio.new_event_loop().run_until_complete(work.on_list({
            "is_folder": True, "is_recursive": is_recursive, "partitions": partitions, "left_out": left_out,
        }))
        with open(work._manifest) as manifest:
            names = [line.rstrip("\n").split("\t")[2] for line in manifest]
        messages.seek(0)
        return names, json.loads(messages.read().decode("utf-8"))

    def test_what_is_not_data_is_counted(self):
        names, message = self.listed()
        self.assertEqual(names, ["a.csv", "d=1/e=2/part-0.csv", "d=1/more/b.csv", "d=1/part-0.csv", "other/c.csv"])
        self.assertEqual((message["files"], message["hidden"], message["bytes"]), (5, 6, 5))

    def test_partitions_are_entered_and_other_folders_are_not(self):
        names, message = self.listed(is_recursive=False, partitions=True)
        self.assertEqual(names, ["a.csv", "d=1/e=2/part-0.csv", "d=1/part-0.csv"])
        self.assertEqual(message["folders"], 4)

    def test_no_folder_is_entered(self):
        names, message = self.listed(is_recursive=False)
        self.assertEqual((names, message["folders"]), (["a.csv"], 4))

    def test_patterns_tell_capitals_apart(self):
        self.assertIn("_SUCCESS", self.listed(left_out=["_success"])[0])


if __name__ == "__main__":
    unittest.main()
