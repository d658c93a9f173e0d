"""A server that takes webhooks: `hook_server.py FOLDER` prints its port.

Each message is a line of `requests.log`: a JSON object with `headers` and `body`. `statuses.json` is the list of the
answers' statuses, of which the last one stays; without it all are 200.
"""
import http.server
import json
import os
import sys
import threading

FOLDER = sys.argv[1]
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with LOCK:
            with open(os.path.join(FOLDER, "requests.log"), "a+", encoding="utf-8") as log:
                log.seek(0)
                number = len(log.readlines())
                headers = {name.lower(): value for name, value in self.headers.items()}
                log.write(json.dumps({"headers": headers, "body": body}) + "\n")
        statuses = [200]
        if os.path.exists(os.path.join(FOLDER, "statuses.json")):
            with open(os.path.join(FOLDER, "statuses.json"), encoding="utf-8") as file:
                statuses = json.load(file)
        self.send_response(statuses[min(number, len(statuses) - 1)])
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


SERVER = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(SERVER.server_address[1], flush=True)
threading.Thread(target=SERVER.serve_forever, daemon=True).start()
sys.stdin.read()
