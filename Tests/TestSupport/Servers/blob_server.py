"""Azure Blob storage on loopback for tests: lists and serves the files of a folder, as far as adlfs asks.

`python blob_server.py FOLDER` prints its port. Addresses are /ACCOUNT/CONTAINER/BLOB; `FOLDER/files` is every container. Requests
need the query that `FOLDER/required.json` names, {"query": …}, or a shared key's signature, {"shared_key": true}.
"""
import email.utils
import hashlib
import http.server
import json
import os
import re
import sys
import threading
import urllib.parse
from xml.sax.saxutils import escape

FOLDER = os.path.abspath(sys.argv[1])
PAGE = 3


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        with open(FOLDER + "/requests.log", "a") as log:
            log.write(f"{self.command} {self.path}\n")

    def answer(self, status, body=b"", headers=None, code=None):
        self.send_response(status)
        self.send_header("x-ms-version", "2025-05-05")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if code:
            self.send_header("x-ms-error-code", code)
        self.send_header("Content-Length", (headers or {}).get("x-size", str(len(body))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        parts = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        required = read_json("required.json")
        if "query" in required and required["query"] not in parts.query:
            return self.answer(403, code="AuthenticationFailed")
        if required.get("shared_key") and not self.headers.get("Authorization", "").startswith("SharedKey "):
            return self.answer(403, code="AuthenticationFailed")
        blob = urllib.parse.unquote(parts.path).split("/", 3)[3:]
        if query.get("comp") == "list":
            return self.list(query)
        if not blob or not os.path.isfile(FOLDER + "/files/" + blob[0]):
            return self.answer(404, code="BlobNotFound")
        with open(FOLDER + "/files/" + blob[0], "rb") as file:
            data = file.read()
        headers = {
            "ETag": etag(data), "Last-Modified": modified(FOLDER + "/files/" + blob[0]), "x-ms-blob-type": "BlockBlob",
            "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream",
        }
        if self.headers.get("If-Match", etag(data)) != etag(data):
            return self.answer(412, code="ConditionNotMet")
        if self.command == "HEAD":
            return self.answer(200, headers=dict(headers, **{"x-size": str(len(data))}))
        wanted = re.match(r"bytes=(\d+)-(\d*)", self.headers.get("x-ms-range") or self.headers.get("Range") or "")
        if not wanted:
            return self.answer(200, data, headers)
        start, end = int(wanted.group(1)), min(int(wanted.group(2) or len(data) - 1), len(data) - 1)
        if start >= len(data):
            return self.answer(416, code="InvalidRange")
        headers["Content-Range"] = f"bytes {start}-{end}/{len(data)}"
        self.answer(206, data[start:end + 1], headers)

    def list(self, query):
        prefix, delimiter, marker = query.get("prefix", ""), query.get("delimiter"), query.get("marker", "")
        found, folders = [], set()
        for name in sorted(names()):
            if not name.startswith(prefix) or name < marker:
                continue
            rest = name[len(prefix):]
            if delimiter and delimiter in rest:
                folder = prefix + rest.split(delimiter)[0] + delimiter
                if folder not in folders:
                    folders.add(folder)
                    found.append((name, f"<BlobPrefix><Name>{escape(folder)}</Name></BlobPrefix>"))
                continue
            path = FOLDER + "/files/" + name
            with open(path, "rb") as file:
                data = file.read()
            properties = (
                "<Last-Modified>{}</Last-Modified><Etag>{}</Etag><Content-Length>{}</Content-Length>"
                "<BlobType>BlockBlob</BlobType>"
            ).format(modified(path), etag(data).strip('"'), len(data))
            found.append((name, f"<Blob><Name>{escape(name)}</Name><Properties>{properties}</Properties></Blob>"))
        page = found[:PAGE]
        after = found[PAGE][0] if len(found) > PAGE else ""
        body = (
            '<?xml version="1.0" encoding="utf-8"?><EnumerationResults><Prefix>{}</Prefix><Blobs>{}</Blobs>'
            "<NextMarker>{}</NextMarker></EnumerationResults>"
        ).format(escape(prefix), "".join(text for _, text in page), escape(after))
        self.answer(200, body.encode(), {"Content-Type": "application/xml"})


def names():
    for folder, _, files in os.walk(FOLDER + "/files"):
        for name in files:
            yield os.path.relpath(os.path.join(folder, name), FOLDER + "/files")


def etag(data):
    return f'"0x{hashlib.md5(data).hexdigest()[:15].upper()}"'


def modified(path):
    return email.utils.formatdate(int(os.stat(path).st_mtime), usegmt=True)


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
