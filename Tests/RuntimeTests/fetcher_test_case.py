"""What tests of the fetcher share: its own process, in its own environment, and servers on loopback."""
import hashlib
import json
import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
import unittest
from typing import Any

import installed_runtime

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SERVERS = os.path.join(ROOT, "Tests", "TestSupport", "Servers")
SECONDS = 60  # the longest wait for an answer

_python = None


def fetch_python():
    """Returns the interpreter of an environment with the packages that FetcherProcess.swift lists."""
    global _python
    if _python is None:
        with open(os.path.join(ROOT, "Sources", "BatchWorkers", "Fetching", "FetcherProcess.swift"), encoding="utf-8") as file:
            listed = re.findall(r"requirements: \[(.*?)\]", file.read())[0]
        script = os.path.join(ROOT, "scripts", "python-environment.sh")
        output = subprocess.check_output([script] + re.findall(r'"([^"]+)"', listed))
        _python = output.decode().strip().splitlines()[-1]
    return _python


class Server:
    """A web server of these files; `headers()` has what it was sent."""

    def __init__(self, case, files):
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.folder = folder.name
        os.makedirs(self.folder + "/files")
        for name, data in files.items():
            path = os.path.join(self.folder, "files", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        self._process: Any = subprocess.Popen(
            [sys.executable, os.path.join(SERVERS, "web_server.py"), self.folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )
        case.addCleanup(self.stop)
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def stop(self):
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()

    def set_faults(self, faults):
        with open(self.folder + "/faults.json", "w") as file:
            json.dump(faults, file)

    def require(self, header, value):
        with open(self.folder + "/required.json", "w") as file:
            json.dump({"header": header, "value": value}, file)

    def requests(self):
        """Returns the requests so far: method, path, and the headers by their names in small letters."""
        try:
            with open(self.folder + "/headers.log") as log:
                lines = [json.loads(line) for line in log]
        except FileNotFoundError:
            lines = []
        return [(method, path, {name.lower(): value for name, value in headers}) for method, path, headers in lines]


class Fetch:
    """A fetcher's process for one input."""

    def __init__(self, case, source, cache_limit=10 << 20, max_file_size=None, **limits):
        folder = tempfile.TemporaryDirectory()
        case.addCleanup(folder.cleanup)
        self.folder = folder.name
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "AZURE_"))}
        self._process: Any = subprocess.Popen(
            [fetch_python(), "-I", "-X", "utf8", "-u", os.path.join(installed_runtime.RUNTIME, "fetcher.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=variables,
        )
        self._events: Any = queue.Queue()
        self.log = bytearray()
        threads = [threading.Thread(target=target, daemon=True) for target in (self._receive, self._keep_log)]
        for thread in threads:
            thread.start()
        case.addCleanup(self._stop, threads)
        self.send(
            "open", job="job", source=source, files=self.folder + "/files", reasons=self.folder + "/reasons",
            manifest=self.folder + "/manifest", listing=self.folder + "/listing", cache=self.folder + "/cache",
            cache_limit=cache_limit, max_file_size=max_file_size, limits=limits,
        )

    def _receive(self):
        for line in self._process.stdout:
            self._events.put(json.loads(line.decode("utf-8")))

    def _keep_log(self):
        for line in self._process.stderr:
            self.log += line

    def _stop(self, threads):
        self._process.kill()
        self._process.wait()
        for thread in threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            stream.close()

    def send(self, op, **fields):
        self._process.stdin.write(json.dumps(dict(fields, op=op)).encode() + b"\n")
        self._process.stdin.flush()

    def next(self):
        try:
            return self._events.get(timeout=SECONDS)
        except queue.Empty:
            raise AssertionError("the fetcher does not answer: " + self.log.decode("utf-8", "replace"))

    def list(self, is_folder=True, is_recursive=False):
        self.send("list", is_folder=is_folder, is_recursive=is_recursive, partitions=False, left_out=[])
        return self.next()

    def names(self):
        with open(self.folder + "/listing", encoding="utf-8") as listing:
            return [json.loads(line)["name"] for line in listing]

    def fetch(self, identifier=0, first=0, count=1):
        self.send("fetch", id=identifier, first=first, count=count)
        return self.next()

    def content(self, name):
        with open(os.path.join(self.folder, "files", name), "rb") as file:
            return file.read()

    def reason(self, name):
        """Returns why a file was not fetched: type and message."""
        with open(os.path.join(self.folder, "reasons", hashlib.sha256(name.encode()).hexdigest())) as file:
            reason = json.load(file)
        return reason["type"], reason["message"]

    def cached(self):
        """Returns the files in the cache, partial ones too."""
        return sorted(os.listdir(self.folder + "/cache"))


class FetcherTestCase(unittest.TestCase):
    def web(self, server, path="", **credentials):
        url = server.url + "/" + path
        return {"kind": "http", "url": url, "address": url, "path": "", "credentials": credentials}

    def assert_failed(self, fetch, name, kind, message):
        self.assertEqual(fetch.fetch(first=fetch.names().index(name))["failed"], 1)
        self.assertEqual(fetch.reason(name), (kind, message))
        self.assertEqual(fetch.cached(), [])
