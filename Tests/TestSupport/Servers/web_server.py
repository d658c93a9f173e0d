"""A web server on loopback for tests of remote inputs: ranges, ETags, a folder index, and faults on demand.

`python web_server.py FOLDER` prints its port. The folder's files are served; `FOLDER/faults.json` maps a path to a fault:
{"status": 503, "times": 2}   the first two GETs of it are answered so (without "times": all)
{"cut": 10, "times": 1}       the connection ends after 10 bytes
{"etag": "other"}             GET has another ETag than HEAD
{"redirect": "http://…/"}     HEAD and GET are answered with this address and status 302
{"endless": true}             HEAD and GET have no length, and the body of GET never ends
{"unsized": true}             HEAD and GET have no length
{"longer": 10}                the body has no length and 10 bytes more than HEAD says
{"trickle": 0.1}              a byte comes every 0.1 seconds; with "head": true those of the head of the answer
A request needs the header that `FOLDER/required.json` names, {"header": …, "value": …}, or the query {"query": …}.
`FOLDER/headers.log` has the headers of each request as JSON.
"""
import hashlib
import http.server
import json
import os
import re
import sys
import threading
import time
import urllib.parse
from typing import Dict

FOLDER = os.path.abspath(sys.argv[1])
counts: Dict[str, int] = {}


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments):
        super().__init__(*arguments, directory=FOLDER + "/files")

    def log_message(self, *arguments):
        with open(FOLDER + "/requests.log", "a") as log:
            log.write(f"{self.command} {self.path}\n")
        with open(FOLDER + "/headers.log", "a") as log:
            log.write(json.dumps([self.command, self.path, self.headers.items()]) + "\n")

    def do_HEAD(self):
        self.answer(is_head=True)

    def do_GET(self):
        self.answer(is_head=False)

    def answer(self, is_head):
        required = read_json("required.json")
        parts = urllib.parse.urlsplit(self.path)
        fault = self.fault(urllib.parse.unquote(parts.path), is_head)
        if "redirect" in fault:
            return self.fail(302, {"Location": fault["redirect"]})
        if "header" in required and self.headers.get(required["header"]) != required["value"]:
            return self.fail(403)
        if "query" in required and parts.query != required["query"]:
            return self.fail(403)
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            if not parts.path.endswith("/"):
                return self.fail(404)
            if "endless" in fault:
                return self.endless_page()
            return super().do_HEAD() if is_head else super().do_GET()
        if not os.path.isfile(path):
            return self.fail(404)
        with open(path, "rb") as file:
            data = file.read()
        etag = hashlib.md5(data).hexdigest()
        if not is_head:
            if "status" in fault:
                return self.fail(fault["status"])
            etag = fault.get("etag", etag)
            if fault.get("head"):
                return self.trickle(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: yes\r\n" * 1000, fault["trickle"])
        has_length = not ("endless" in fault or "unsized" in fault or ("longer" in fault and not is_head))
        start, end = 0, len(data)
        wanted = re.match(r"bytes=(\d+)-(\d*)$", self.headers.get("x-ms-range") or self.headers.get("Range") or "")
        if wanted and self.headers.get("If-Range", '"' + etag + '"') == '"' + etag + '"':
            start, end = int(wanted.group(1)), min(int(wanted.group(2) or len(data) - 1) + 1, len(data))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(data)}")
        else:
            self.send_response(200)
        if has_length:
            self.send_header("Content-Length", str(end - start))
        else:
            self.send_header("Connection", "close")
        self.send_header("Content-Type", "text/csv")
        self.send_header("ETag", '"' + etag + '"')
        self.send_header("Last-Modified", self.date_time_string(int(os.stat(path).st_mtime)))
        self.end_headers()
        if is_head:
            return
        if "cut" in fault:
            self.wfile.write(data[start:end][:fault["cut"]])
            self.close_connection = True
            return
        try:
            if "trickle" in fault:
                return self.trickle(data[start:end], fault["trickle"])
            self.wfile.write(data[start:end] + b"x" * fault.get("longer", 0))
            while "endless" in fault:
                self.wfile.write(b"x" * 65536)
        except OSError:
            # The fetcher has had enough.
            self.close_connection = True

    def endless_page(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"<p>nothing</p>" * 1000)
        except OSError:
            self.close_connection = True

    def trickle(self, data, seconds):
        for place in range(len(data)):
            self.wfile.write(data[place:place + 1])
            time.sleep(seconds)

    def fault(self, path, is_head):
        fault = read_json("faults.json").get(path, {})
        if is_head:
            return fault
        counts[path] = counts.get(path, 0) + 1
        return fault if counts[path] <= fault.get("times", counts[path]) else {}

    def fail(self, status, headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


def read_json(name):
    try:
        with open(FOLDER + "/" + name) as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def end_with_the_test():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_the_test, daemon=True).start()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
