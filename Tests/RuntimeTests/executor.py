"""The executor's end of the protocol, over a real Unix socket, with real processes."""
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from typing import Any, Dict, Optional

from installed_runtime import RUNTIME

HOST = os.path.join(RUNTIME, "host.py")
MLFLOW_DRIVER = os.path.join(RUNTIME, "mlflow_driver.py")
TOKEN = "a token"
TIMEOUT = 60  # seconds until a test that waits has failed


class Executor:
    """Listens in a folder of its own; starts hosts and accepts what connects."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="batchstudio-")
        self.address = os.path.join(self.folder, "socket")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.address)
        self.listener.listen(8)
        self.listener.settimeout(TIMEOUT)
        self.connections = []
        self.hosts = []

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    def write(self, name, content):
        """Write a file below the folder; return its path."""
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content if isinstance(content, bytes) else os.fsencode(content))
        return path

    def host(self, script, python=sys.executable, environment=None, folder=None, load=True, **fields):
        """Start a host; return it loaded, unless its script is broken."""
        if "\n" in script:
            script = self.write("code/score.py", script)
        host = Host(self, script, python, environment or {}, folder or self.folder)
        self.hosts.append(host)
        host.accept("host")
        host.hello = host.connection.hello
        if load:
            host.ready = host.load(**fields)
        return host

    def accept(self, role):
        """Return the connection of the next process of this role that says hello."""
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            for connection in self.connections:
                if connection.hello["role"] == role:
                    self.connections.remove(connection)
                    return connection
            self.connections.append(Connection(self.listener.accept()[0]))
        raise AssertionError(f"no {role} connected")

    def close(self):
        for host in self.hosts:
            host.end()
        self.listener.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Connection:
    """One process's end of the channel."""

    def __init__(self, stream):
        self.stream = stream
        self.received = b""
        self.lines = []
        self.hello = self.receive()

    def send(self, op, **fields):
        self.stream.sendall(json.dumps(dict(fields, op=op)).encode("utf-8") + b"\n")

    def receive(self, timeout=TIMEOUT):
        while b"\n" not in self.received:
            if not select.select([self.stream], [], [], timeout)[0]:
                raise AssertionError(f"no message within {timeout} seconds")
            data = self.stream.recv(65536)
            if not data:
                raise EOFError
            self.received += data
        line, _, self.received = self.received.partition(b"\n")
        self.lines.append(line)
        return json.loads(line.decode("utf-8"))

    def expect(self, op):
        """Return the next message that is not a heartbeat; it must be this one."""
        message = self.receive()
        while message["op"] == "heartbeat" and op != "heartbeat":
            message = self.receive()
        if message["op"] != op:
            raise AssertionError(f"expected {op}, got {json.dumps(message, indent=1)}")
        return message

    def at_end(self):
        """Wait until the other side is gone."""
        try:
            while True:
                self.receive()
        except (EOFError, ConnectionResetError):
            return True


class Host:
    hello: Dict[str, Any]
    ready: Dict[str, Any]

    def __init__(self, executor, script, python, environment, folder):
        self.executor = executor
        self.script = script
        self.workers = []
        self.number = len(executor.hosts)
        self.log_path = executor.path(f"host-{self.number}.txt")
        variables = dict(os.environ, BATCHSTUDIO_SOCKET=executor.address, BATCHSTUDIO_TOKEN=TOKEN,
                         BATCHSTUDIO_WORKSPACE_ID="test", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        for name in ("PYTHONDONTWRITEBYTECODE", "MLFLOW_TRACKING_URI"):
            variables.pop(name, None)
        variables.update(environment)
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [python, "-u", HOST], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=variables,
                cwd=folder, start_new_session=True,
            )

    def accept(self, role):
        self.connection = self.executor.accept(role)

    def load(self, model_dir=None, arguments=("--logging_level", "info"), fork=True, expect="ready"):
        self.connection.send(
            "load", script=self.script, code_dir=os.path.dirname(self.script), model_dir=model_dir,
            arguments=list(arguments), fork=fork,
        )
        return self.connection.expect(expect)

    def worker(self, op="fork", **start):
        """Return a worker that has sent `ready`, or `fatal` if that is expected."""
        worker = Worker(self, len(self.workers))
        self.workers.append(worker)
        self.connection.send(op, worker=worker.number, stdout=worker.stdout_path, stderr=worker.stderr_path,
                             times=worker.times_path)
        if op == "fork":
            worker.pid = self.connection.expect("forked")["pid"]
        worker.connection, worker.is_connected = self.executor.accept("worker"), True
        worker.ready = worker.start(**start)
        return worker

    def log(self):
        return read_text(self.log_path)

    def end(self):
        for worker in self.workers:
            worker.end()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(TIMEOUT)
        self.connection.stream.close()


class Worker:
    connection: "Connection"  # set when it has sent `hello`
    ready: Dict[str, Any]

    def __init__(self, host, number):
        self.executor = host.executor
        self.number = number
        self.pid: Optional[int] = None
        self.is_connected = False
        name = f"{host.number}-{number}"
        self.stdout_path = host.executor.path(f"stdout-{name}.txt")
        self.stderr_path = host.executor.path(f"stderr-{name}.txt")
        self.times_path = host.executor.path(f"times-{name}")
        self.segment_path = host.executor.path(f"segment-{name}")
        self.manifest_path = host.executor.path(f"manifest-{name}.tsv")
        self.output_dir = host.executor.path(f"output-{name}")
        self.next_id = 0
        os.mkdir(self.output_dir)

    def start(self, input_root=None, output_action="append_row", output_format="csv", segment=None, expect="ready",
              **fields):
        self.input_root = input_root or self.executor.path("input")
        self.manifest = open(self.manifest_path, "ab")
        self.segment_path = segment or self.segment_path
        self.connection.send(
            "start", job="job-1", manifest=self.manifest_path, input_root=self.input_root,
            segment=self.segment_path, output_dir=self.output_dir, output_action=output_action,
            output_format=output_format, **fields
        )
        return self.connection.expect(expect)

    def lines(self, names, part=()):
        """Add files, or a part of a file by its numbers, to the manifest; return where their lines lie."""
        offset = self.manifest.tell()
        for name in names:
            path = os.path.join(os.fsencode(self.input_root), os.fsencode(name))
            status = os.stat(path)
            line = b"%d\t%d\t%s" % (status.st_size, status.st_mtime_ns, escape(os.fsencode(name)))
            self.manifest.write(b"\t".join([line] + [b"%d" % number for number in part]) + b"\n")
        self.manifest.flush()
        return {"offset": offset, "length": self.manifest.tell() - offset}

    def send_run(self, lines):
        identifier = self.next_id
        self.next_id += 1
        self.connection.send("run", id=identifier, **lines)
        return identifier

    def run(self, names, expect="done", part=(), **fields):
        """Have a mini-batch of these files scored; return the answer, with all the failed files that were reported before it."""
        self.send_run(dict(self.lines(names, part), **fields))
        self.parts, failed = [], []
        while True:
            message = self.connection.receive()
            if message["op"] == "part":
                self.parts.append((message["offset"], message["length"]))
            elif message["op"] == "failed":
                failed += message["failed"]
            elif message["op"] == "done" == expect:
                message["failed"] = failed + message["failed"]
                return message
            elif message["op"] != "heartbeat":
                if message["op"] != expect:
                    raise AssertionError(f"expected {expect}, got {json.dumps(message, indent=1)}")
                return message

    def columns(self, names):
        """Fix the output's columns."""
        self.connection.send("columns", names=names)

    def check(self, names, seconds=10.0):
        self.connection.send("check", id=0, seconds=seconds, **self.lines(names))
        return self.connection.expect("checked")

    def rows(self, done):
        """Return the text of a mini-batch's rows, having compared it with its checksum."""
        with open(self.segment_path, "rb") as segment:
            segment.seek(done["offset"])
            data = segment.read(done["bytes"])
        assert len(data) == done["bytes"] and zlib.crc32(data) & 0xFFFFFFFF == done["crc"]
        return data.decode("utf-8")

    def stop(self):
        self.connection.send("stop")
        self.connection.expect("bye")
        return self.connection.at_end()

    def stdout(self):
        return read_text(self.stdout_path)

    def stderr(self):
        return read_text(self.stderr_path)

    def times(self):
        """Return the records of print times: milliseconds, size of stdout, size of stderr."""
        with open(self.times_path, "rb") as file:
            return list(struct.iter_unpack("<3q", file.read()))

    def end(self):
        if self.pid is not None:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        if self.is_connected:
            self.connection.stream.close()
            self.manifest.close()


def escape(name):
    for byte, text in ((b"\\", b"\\\\"), (b"\t", b"\\t"), (b"\n", b"\\n"), (b"\r", b"\\r")):
        name = name.replace(byte, text)
    return name


def read_text(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8")
