"""A Ray cluster whose nodes are processes of this machine: run by Ray's own Python, obeys the lines of its standard input.

    add N                 a node with N cores
    add-hidden N PATH…    one that does not see these folders
    add-small N PATH      one whose temporary files lie on a file system of 4 MiB, mounted there
    cut I                 the network of node I, until `heal I`; only with --apart
    kill I                node I, at once
    kill-head             the head, and with it all nodes
    kill-head-alone       the head; its nodes have to notice
    start-head            the head, on the same port
    quit

With --apart each node is in a network namespace of its own, behind a bridge; that needs root.
"""
import os
import random
import shlex
import signal
import socket
import subprocess
import sys
import time

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_DISABLE_MEMORY_MONITOR"] = "1"
from ray._raylet import GcsClient  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

SMALL = {"object_store_memory": 100_000_000, "include_dashboard": False}


def free_port():
    with socket.socket() as probe:
        probe.bind(("", 0))
        return probe.getsockname()[1]


class Nodes:
    """A head without cores, and nodes that are added."""

    def __init__(self, bridge=None):
        self.port = free_port()
        self.nodes = []
        self.bridge = bridge
        self.head = {} if bridge is None else {"node_ip_address": bridge.address}
        self.start_head()

    def add_hidden(self, cores, *paths):
        """Start a node in a mount namespace of its own with empty folders in place of these."""
        mounts = "".join(f"mount -t tmpfs none {shlex.quote(path)} && " for path in paths)
        self.start(["unshare", "-m", "--propagation", "private", "sh", "-c"], mounts, cores)

    def add_small(self, cores, path):
        """Start a node in a mount namespace of its own with a small file system for temporary files."""
        mounts = f"mount -t tmpfs -o size=4m none {shlex.quote(path)} && export TMPDIR={shlex.quote(path)} RAY_TMPDIR=/tmp && "
        self.start(["unshare", "-m", "--propagation", "private", "sh", "-c"], mounts, cores)

    def add_apart(self, cores):
        """Start a node in a network namespace of its own."""
        namespace, address = self.bridge.add()
        self.start(["ip", "netns", "exec", namespace, "sh", "-c"], "", cores, f"--node-ip-address {address}")

    def start(self, words, before, cores, more=""):
        """Start a node by a command that ends in a line for the shell; wait until the head has it."""
        known = len(ray_nodes(self.cluster.address))
        ray = os.path.join(os.path.dirname(sys.executable), "ray")
        line = f"{before} exec {ray} start --block --address {self.cluster.address} --num-cpus {cores} {more} " \
               "--object-store-memory 100000000 --disable-usage-stats"
        subprocess.Popen([*words, line], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while len(ray_nodes(self.cluster.address)) == known and time.monotonic() < end:
            time.sleep(0.1)

    def start_head(self):
        self.cluster = Cluster(
            initialize_head=True, head_node_args=dict(SMALL, num_cpus=0, gcs_server_port=self.port, **self.head))

    def obey(self, order, *arguments):
        if order == "add" and self.bridge:
            self.add_apart(*arguments)
        elif order == "add":
            self.nodes.append(self.cluster.add_node(num_cpus=int(arguments[0]), object_store_memory=100_000_000))
        elif order == "add-hidden":
            self.add_hidden(*arguments)
        elif order == "add-small":
            self.add_small(*arguments)
        elif order in ("cut", "heal"):
            self.bridge.set(int(arguments[0]), "down" if order == "cut" else "up")
        elif order == "kill" and self.bridge:
            self.bridge.kill(int(arguments[0]))
        elif order == "kill":
            self.cluster.remove_node(self.nodes.pop(int(arguments[0])), allow_graceful=False)
        elif order == "kill-head":
            # Its nodes end with it, as they would after a while by themselves.
            for node in [self.cluster.head_node, *self.nodes]:
                node.kill_all_processes(check_alive=False, allow_graceful=False)
            self.nodes = []
            while self.bridge and self.bridge.namespaces:
                self.bridge.kill(0)
        elif order == "kill-head-alone":
            self.cluster.head_node.kill_all_processes(check_alive=False, allow_graceful=False)
            self.nodes = []
        elif order == "start-head":
            self.start_head()


class Bridge:
    """A network of this machine and of namespaces that are as good as machines."""

    def __init__(self):
        self.name = f"bs{os.getpid()}"
        self.network = f"10.213.{random.randrange(1, 250)}"
        self.address = self.network + ".1"
        self.namespaces = []
        self.added = 0
        ip("link", "add", self.name, "type", "bridge")
        ip("addr", "add", f"{self.address}/24", "dev", self.name)
        ip("link", "set", self.name, "up")

    def add(self):
        """Make the next namespace; return its name and address."""
        name, address = f"{self.name}n{self.added}", f"{self.network}.{10 + self.added}"
        self.added += 1
        ip("netns", "add", name)
        self.namespaces.append(name)
        ip("link", "add", name, "type", "veth", "peer", "name", "e0", "netns", name)
        ip("link", "set", name, "master", self.name, "up")
        ip("-n", name, "addr", "add", f"{address}/24", "dev", "e0")
        ip("-n", name, "link", "set", "e0", "up")
        ip("-n", name, "link", "set", "lo", "up")
        return name, address

    def set(self, number, state):
        ip("link", "set", self.namespaces[number], state)

    def kill(self, number):
        """Kill all that runs in a namespace, as when the machine loses its power."""
        name = self.namespaces.pop(number)
        for process in subprocess.run(["ip", "netns", "pids", name], check=True, stdout=subprocess.PIPE).stdout.split():
            try:
                os.kill(int(process), signal.SIGKILL)
            except ProcessLookupError:
                pass
        ip("link", "del", name)
        ip("netns", "del", name)

    def remove(self):
        while self.namespaces:
            self.kill(0)
        ip("link", "del", self.name)


def ip(*words):
    subprocess.run(["ip", *words], check=True, stdin=subprocess.DEVNULL)


def ray_nodes(address):
    """Return the nodes that live, as a client of the head sees them."""
    client = GcsClient(address=address)
    return [node for node in client.get_all_node_info().values() if node.state == 0]


def main():
    bridge = Bridge() if "--apart" in sys.argv else None
    try:
        nodes = Nodes(bridge)
        print(nodes.cluster.address, flush=True)
        for line in sys.stdin:
            words = line.split()
            if words[0] == "quit":
                break
            began = time.monotonic()
            nodes.obey(*words)
            print(line.strip(), f"{time.monotonic() - began:.2f} s", flush=True)
    finally:
        if bridge is not None:
            bridge.remove()


main()
