"""A body that never ends, one that never comes and one that is longer than it may be each fail their file, and leave nothing."""
import os
import time
import unittest
from typing import Any, List

from fetcher_test_case import Fetch, FetcherTestCase, Server

FAST = {"min_rate": 1000, "rate_seconds": 0.3, "answer_seconds": 1, "attempts": 2}


class SizeTests(FetcherTestCase):
    def server(self, faults=None, **files):
        server = Server(self, {"in/" + name + ".csv": data for name, data in files.items()})
        server.set_faults(faults or {})
        return server

    def listed(self, server, **limits):
        fetch = Fetch(self, self.web(server, "in/"), **limits)
        self.assertEqual(fetch.list()["op"], "listed")
        return fetch

    def test_a_body_without_end_fails_at_the_limit_of_the_cache(self):
        fetch = self.listed(self.server({"/in/a.csv": {"endless": True}}, a=b"a"), cache_limit=300000)
        self.assert_failed(
            fetch, "a.csv", "TooLarge",
            "the server announced no size and sends more than 300000 bytes; the limit is 300000 bytes."
            " Set BATCHSTUDIO_INPUT_CACHE to change it",
        )

    def test_a_body_without_end_fails_at_the_size_of_the_largest_file(self):
        fetch = self.listed(self.server({"/in/a.csv": {"endless": True}}, a=b"a"), max_file_size=1000)
        self.assert_failed(
            fetch, "a.csv", "TooLarge",
            "the server announced no size and sends more than 1000 bytes; the limit is 1000 bytes."
            " Set BATCHSTUDIO_MAX_FILE_SIZE to change it",
        )

    def test_a_large_file_is_not_begun(self):
        server = self.server(a=b"x" * 1001, b=b"x" * 1000)
        fetch = self.listed(server, max_file_size=1000)
        self.assert_failed(
            fetch, "a.csv", "TooLarge",
            "the file has 1001 bytes; the limit is 1000 bytes. Set BATCHSTUDIO_MAX_FILE_SIZE to change it",
        )
        self.assertNotIn(("GET", "/in/a.csv"), [request[:2] for request in server.requests()])
        self.assertEqual(fetch.fetch(identifier=1, first=1)["failed"], 0)

    def test_a_body_that_is_longer_than_the_list_says_fails(self):
        fetch = self.listed(self.server({"/in/a.csv": {"longer": 10}}, a=b"12345"))
        self.assert_failed(fetch, "a.csv", "TooLarge", "the server sends more than the 5 bytes that it announced")

    def test_files_without_sizes_are_fetched_one_larger_than_its_share_too(self):
        # The share is 300,000 / 2 / 16 bytes.
        files = {"a": b"x" * 50000, "b": b"y" * 200, "c": b"z" * 60000}
        server = self.server({f"/in/{name}.csv": {"unsized": True} for name in files}, **files)
        fetch = self.listed(server, cache_limit=300000)
        self.assertEqual(fetch.fetch(count=3)["failed"], 0)
        for name, data in files.items():
            self.assertEqual(fetch.content(name + ".csv"), data)

    def test_bodies_without_end_side_by_side_take_no_more_than_the_cache(self):
        names = [f"f{number}" for number in range(16)]
        server = self.server(
            {f"/in/{name}.csv": {"endless": True} for name in names}, **{name: b"x" for name in names}
        )
        fetch = self.listed(server, cache_limit=32 << 20)
        fetch.send("fetch", id=0, first=0, count=16)
        largest = 0
        while fetch._events.empty():
            largest = max(largest, sum(entry.stat().st_size for entry in existing(fetch.folder + "/cache")))
            time.sleep(0.001)
        self.assertEqual(fetch.next()["failed"], 16)
        self.assertGreater(largest, 1 << 20)
        self.assertLessEqual(largest, (32 << 20) * 3 // 2)
        self.assertEqual(fetch.cached(), [])

    def test_mini_batches_of_files_without_sizes_wait_for_room(self):
        # Each file takes a third of what may be in use; the first mini-batch that is asked for always goes.
        names = [f"f{number}" for number in range(6)]
        server = self.server(
            {f"/in/{name}.csv": {"unsized": True} for name in names}, **{name: b"x" * 50000 for name in names}
        )
        fetch = self.listed(server, cache_limit=300000)
        for number in range(6):
            fetch.send("fetch", id=number, first=number, count=1)
        arrived: List[Any] = []
        while len(arrived) < 6:
            event = fetch.next()
            self.assertEqual(event["failed"], 0)
            arrived.append(event["id"])
            self.assertLessEqual(len(fetch.cached()), 6)
            fetch.send("release", id=event["id"])
        self.assertEqual(sorted(arrived), list(range(6)))

    def test_a_list_without_end_fails(self):
        server = self.server({"/in/": {"endless": True}}, a=b"a")
        event = Fetch(self, self.web(server, "in/"), index_bytes=100000).list()
        self.assertEqual((event["op"], event["type"]), ("failed", "TooLarge"))
        self.assertEqual(event["message"], "the page that lists the folder has more than 100000 bytes")


class SpeedTests(FetcherTestCase):
    def listed(self, faults, data, **limits):
        server = Server(self, {"in/a.csv": data})
        server.set_faults({"/in/a.csv": faults})
        fetch = Fetch(self, self.web(server, "in/"), **dict(FAST, **limits))
        fetch.list()
        return fetch, server

    def test_a_trickle_fails_after_all_attempts(self):
        fetch, server = self.listed({"trickle": 0.05}, b"x" * 10000)
        self.assert_failed(
            fetch, "a.csv", "TooSlow",
            "the server sends less than 1000 bytes a second, over 0.3 seconds (after 2 attempts)",
        )
        self.assertEqual(sum(request[0] == "GET" and request[1] == "/in/a.csv" for request in server.requests()), 2)

    def test_a_trickle_that_ends_is_a_file(self):
        fetch, _ = self.listed({"trickle": 0.05, "times": 1}, b"x" * 10000)
        self.assertEqual(fetch.fetch()["failed"], 0)
        self.assertEqual(fetch.content("a.csv"), b"x" * 10000)

    def test_a_steady_slow_file_is_fetched(self):
        fetch, _ = self.listed({"trickle": 0.01}, b"x" * 100, min_rate=10)
        self.assertEqual(fetch.fetch()["failed"], 0)

    def test_a_head_that_trickles_fails(self):
        fetch, _ = self.listed({"trickle": 0.05, "head": True}, b"x", answer_seconds=0.3)
        self.assert_failed(
            fetch, "a.csv", "Timeout", "the server does not answer within 0.3 seconds (after 2 attempts)"
        )

    def test_a_file_has_a_deadline_for_all_attempts(self):
        fetch, _ = self.listed({"trickle": 0.05}, b"x" * 10000, min_rate=1, file_seconds=0.8)
        began = time.monotonic()
        self.assert_failed(fetch, "a.csv", "Timeout", "the file could not be downloaded within 0.8 seconds")
        self.assertLess(time.monotonic() - began, 5)

    def test_a_trickle_of_azure_fails(self):
        server = Server(self, {"wine/data/a.csv": b"x" * 10000})
        server.set_faults({"/wine/data/a.csv": {"trickle": 0.05}})
        fetch = Fetch(self, {
            "kind": "azure_blob", "account_name": "wine", "account_url": server.url + "/wine", "container": "data",
            "path": "a.csv", "address": "wasbs://data/a.csv", "credentials": {},
        }, **FAST)
        fetch.list(is_folder=False)
        self.assert_failed(
            fetch, "a.csv", "TooSlow",
            "the server sends less than 1000 bytes a second, over 0.3 seconds (after 2 attempts)",
        )

    def test_a_trickle_of_s3_fails(self):
        server = Server(self, {"data/a.csv": b"x" * 10000})
        server.set_faults({"/data/a.csv": {"trickle": 0.05}})
        fetch = Fetch(self, {
            "kind": "s3", "bucket": "data", "endpoint_url": server.url, "region": "us-east-1", "path": "a.csv",
            "address": "s3://data/a.csv", "credentials": {},
        }, **FAST)
        fetch.list(is_folder=False)
        self.assert_failed(
            fetch, "a.csv", "TooSlow",
            "the server sends less than 1000 bytes a second, over 0.3 seconds (after 2 attempts)",
        )


def existing(folder):
    """Returns the files of a folder that are still there when they are inspected."""
    found = []
    for entry in os.scandir(folder):
        try:
            entry.stat()
            found.append(entry)
        except FileNotFoundError:
            pass
    return found


if __name__ == "__main__":
    unittest.main()
