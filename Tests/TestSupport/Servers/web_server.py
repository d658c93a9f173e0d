"""A web server on loopback for tests of remote inputs: ranges, ETags, a folder index, and faults on demand.

`python web_server.py FOLDER` prints its port. The folder's files are served; `FOLDER/faults.json` maps a path to a fault:
{"status": 503, "times": 2}   the first two GETs of it are answered so (without "times": all)
{"cut": 10, "times": 1}       the connection ends after 10 bytes
{"etag": "other"}             GET has another ETag than HEAD
A request needs the header that `FOLDER/required.json` names, {"header": …, "value": …}, or the query {"query": …}.
"""
import hashlib
import http.server
import json
import os
import re
import sys
import threading
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

    def do_HEAD(self):
        self.answer(is_head=True)

    def do_GET(self):
        self.answer(is_head=False)

    def answer(self, is_head):
        required = read_json("required.json")
        parts = urllib.parse.urlsplit(self.path)
        if "header" in required and self.headers.get(required["header"]) != required["value"]:
            return self.fail(403)
        if "query" in required and parts.query != required["query"]:
            return self.fail(403)
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            if not parts.path.endswith("/"):
                return self.fail(404)
            return super().do_HEAD() if is_head else super().do_GET()
        if not os.path.isfile(path):
            return self.fail(404)
        with open(path, "rb") as file:
            data = file.read()
        etag = hashlib.md5(data).hexdigest()
        fault = {} if is_head else self.fault(urllib.parse.unquote(parts.path))
        if "status" in fault:
            return self.fail(fault["status"])
        etag = fault.get("etag", etag)
        start = 0
        wanted = re.match(r"bytes=(\d+)-$", self.headers.get("Range", ""))
        if wanted and self.headers.get("If-Range", '"' + etag + '"') == '"' + etag + '"':
            start = int(wanted.group(1))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - start))
        self.send_header("Content-Type", "text/csv")
        self.send_header("ETag", '"' + etag + '"')
        self.send_header("Last-Modified", self.date_time_string(int(os.stat(path).st_mtime)))
        self.end_headers()
        if is_head:
            return
        if "cut" in fault:
            self.wfile.write(data[start:start + fault["cut"]])
            self.close_connection = True
            return
        self.wfile.write(data[start:])

    def fault(self, path):
        fault = read_json("faults.json").get(path, {})
        counts[path] = counts.get(path, 0) + 1
        return fault if counts[path] <= fault.get("times", counts[path]) else {}

    def fail(self, status):
        self.send_response(status)
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
