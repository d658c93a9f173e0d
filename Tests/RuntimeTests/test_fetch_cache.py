"""Downloaded files stay within their limit; those that a job uses are kept beyond it."""
import os
import tempfile
import unittest

import installed_runtime  # noqa: F401

from batchstudio_runtime.fetching import cache
from batchstudio_runtime.fetching.listing import Entry


class CacheTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.cache = cache.Cache(self.folder + "/cache", limit=1000)

    def add(self, key, size=400, mtime=1.5):
        partial = self.cache.partial()
        with open(partial, "wb") as file:
            file.write(b"x" * size)
        self.cache.add(partial, key, mtime, self.target(key))

    def target(self, key):
        return self.folder + "/" + key

    def kept(self):
        return sorted(os.listdir(self.folder + "/cache"))

    def test_files_in_use_stay_beyond_the_limit(self):
        for key in ("a", "b", "c", "d"):
            self.add(key)
        self.assertEqual(self.kept(), ["a", "b", "c", "d"])

    def test_idle_files_go_the_one_used_longest_ago_first(self):
        for key, used in (("a", 3), ("b", 1), ("c", 2)):
            self.add(key, size=300)
            os.unlink(self.target(key))
            os.utime(self.folder + "/cache/" + key, (used, 1))
        self.add("d", size=300)
        self.assertEqual(self.kept(), ["a", "c", "d"])

    def test_a_linked_file_has_the_time_of_the_listing(self):
        self.add("a")
        os.unlink(self.target("a"))
        self.assertTrue(self.cache.link("a", 400, self.target("again")))
        self.assertEqual(os.stat(self.target("again")).st_mtime_ns, 1500000000)

    def test_a_file_of_another_size_is_downloaded_again(self):
        self.add("a")
        self.assertFalse(self.cache.link("a", 401, self.target("again")))
        self.assertEqual(self.kept(), [])

    def test_partial_files_of_an_ended_fetcher_are_removed(self):
        with open(self.folder + "/cache/.partial-999999999-1", "w"):
            pass
        cache.Cache(self.folder + "/cache", limit=1000)
        self.assertEqual(self.kept(), [])

    def test_another_version_has_another_key(self):
        entry = Entry("k", key="k", size=1, etag="one")
        keys = {self.cache.key("place", entry._replace(etag=etag), "job") for etag in ("one", "two")}
        unmarked = {self.cache.key("place", entry._replace(etag=None), job) for job in ("j1", "j2")}
        self.assertEqual(len(keys | unmarked), 4)


if __name__ == "__main__":
    unittest.main()
