"""Which files of a remote input are listed: those that are hidden or left by data systems are counted, not listed."""
import asyncio
import json
import os
import tempfile
import unittest

import installed_runtime  # noqa: F401
import fetcher


class Listed:
    """A source that lists these names."""

    def __init__(self, names):
        self._names = names

    async def list(self, is_folder, is_recursive):
        return [{"name": name, "key": name, "size": 1, "etag": None, "mtime": None} for name in self._names], 0


class ListingTests(unittest.TestCase):
    NAMES = ["a.csv", "_SUCCESS", "d=1/part-0.csv", "d=1/_committed_7", "d=1/part-0.csv.crc", "_delta_log/0.json", ".hidden/b.csv", "Thumbs.db"]

    def listed(self, **order):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        messages = open(os.path.join(folder.name, "messages"), "w+b", 0)
        self.addCleanup(messages.close)
        work = fetcher.Fetcher(messages)
        work._source = Listed(self.NAMES)
        work._listing, work._manifest = (os.path.join(folder.name, name) for name in ("listing", "manifest"))
        asyncio.new_event_loop().run_until_complete(work.on_list(dict(order, is_folder=True, is_recursive=True)))
        with open(work._manifest) as manifest:
            names = [line.rstrip("\n").split("\t")[2] for line in manifest]
        messages.seek(0)
        return names, json.loads(messages.read().decode("utf-8"))

    def test_left_out_files_are_counted_apart_from_hidden_ones(self):
        names, message = self.listed(left_out=["_SUCCESS", "_committed_*", "*.crc", "_delta_log", "Thumbs.db"])
        self.assertEqual(names, ["a.csv", "d=1/part-0.csv"])
        self.assertEqual((message["files"], message["hidden"], message["left_out"], message["bytes"]), (2, 1, 5, 2))

    def test_without_patterns_only_hidden_files_are_left_out(self):
        names, message = self.listed()
        self.assertEqual((len(names), message["hidden"], message["left_out"]), (7, 1, 0))

    def test_patterns_tell_capitals_apart(self):
        self.assertIn("_SUCCESS", self.listed(left_out=["_success"])[0])


if __name__ == "__main__":
    unittest.main()
