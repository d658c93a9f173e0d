"""A Ray cluster whose nodes are processes of this machine: run by Ray's own Python, obeys the lines of its standard input.

    add N                 a node with N cores
    add-hidden N PATH…    one that does not see these folders
    kill I                node I, at once
    kill-head             the head, and with it all nodes
    start-head            the head, on the same port
    quit
"""
import os
import shlex
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

    def __init__(self):
        self.port = free_port()
        self.nodes = []
        self.start_head()

    def add_hidden(self, cores, *paths):
        """Start a node in a mount namespace of its own with empty folders in place of these."""
        before = len(ray_nodes(self.cluster.address))
        mounts = "".join(f"mount -t tmpfs none {shlex.quote(path)} && " for path in paths)
        ray = os.path.join(os.path.dirname(sys.executable), "ray")
        start = f"{mounts} exec {ray} start --block --address {self.cluster.address} --num-cpus {cores} " \
                "--object-store-memory 100000000 --disable-usage-stats"
        subprocess.Popen(["unshare", "-m", "--propagation", "private", "sh", "-c", start], stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 60
        while len(ray_nodes(self.cluster.address)) == before and time.monotonic() < end:
            time.sleep(0.1)

    def start_head(self):
        self.cluster = Cluster(initialize_head=True, head_node_args=dict(SMALL, num_cpus=0, gcs_server_port=self.port))

    def obey(self, order, *arguments):
        if order == "add":
            self.nodes.append(self.cluster.add_node(num_cpus=int(arguments[0]), object_store_memory=100_000_000))
        elif order == "add-hidden":
            self.add_hidden(*arguments)
        elif order == "kill":
            self.cluster.remove_node(self.nodes.pop(int(arguments[0])), allow_graceful=False)
        elif order == "kill-head":
            # Its nodes end with it, as they would after a while by themselves.
            for node in [self.cluster.head_node, *self.nodes]:
                node.kill_all_processes(check_alive=False, allow_graceful=False)
            self.nodes = []
        elif order == "start-head":
            self.start_head()


def ray_nodes(address):
    """Return the nodes that live, as a client of the head sees them."""
    client = GcsClient(address=address)
    return [node for node in client.get_all_node_info().values() if node.state == 0]


def main():
    nodes = Nodes()
    print(nodes.cluster.address, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            break
        began = time.monotonic()
        nodes.obey(*words)
        print(line.strip(), f"{time.monotonic() - began:.2f} s", flush=True)


main()
