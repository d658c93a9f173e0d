"""What is done to jobs on a cluster: each fault a class with the name of the table's row."""
import signal
import time

from ray_cluster import kill, wait

LEASE = 10


class ClusterFault:
    """A fault of a running job and its cluster."""

    #: How it is named in the table.
    name = ""
    #: How many attempts of a mini-batch it may charge.
    charges = 0
    #: Whether it takes too long for the tests that always run.
    is_long = False
    #: Whether the cluster's nodes must be behind a network that can be cut.
    needs_network = False

    def strike(self, cluster, program, job, chance):
        """Do it once."""
        raise NotImplementedError


def chosen(what, chance, find):
    """Return one of the processes that are there, as soon as there is one."""
    return chance.choice(wait(what, lambda: find() or None, 60))


def frozen(process, seconds):
    kill(process, signal.SIGSTOP)
    time.sleep(seconds)
    kill(process, signal.SIGCONT)


class KillWorker(ClusterFault):
    name = "kill -9 worker on a node"
    charges = 1

    def strike(self, cluster, program, job, chance):
        kill(chosen("a worker", chance, cluster.workers))


class KillHost(ClusterFault):
    name = "kill -9 host on a node"

    def strike(self, cluster, program, job, chance):
        kill(chosen("a host", chance, cluster.hosts))


class KillAgent(ClusterFault):
    name = "kill -9 agent"

    def strike(self, cluster, program, job, chance):
        kill(chosen("an agent", chance, cluster.agents))


class KillSlot(ClusterFault):
    name = "kill -9 slot"

    def strike(self, cluster, program, job, chance):
        kill(chosen("a slot", chance, cluster.slots))


class KillDriver(ClusterFault):
    name = "kill -9 driver"

    def strike(self, cluster, program, job, chance):
        kill(wait("the driver", program.driver, 60))


class KillExecutor(ClusterFault):
    name = "kill -9 executor of a cluster's job"

    def strike(self, cluster, program, job, chance):
        kill(wait("the executor", program.executor, 60))
        program.run("job", "show", "-n", job)  # any command starts the next executor


class KillNode(ClusterFault):
    name = "node killed, another one joins"

    def strike(self, cluster, program, job, chance):
        cluster.order(f"kill {chance.randrange(2)}")
        cluster.order("add 2")


class FreezeAgent(ClusterFault):
    name = "SIGSTOP agent for less than its lease"

    def strike(self, cluster, program, job, chance):
        frozen(chosen("an agent", chance, cluster.agents), chance.uniform(0.5, 3))


class FreezeAgentLong(ClusterFault):
    name = "SIGSTOP agent for longer than its lease"
    is_long = True

    def strike(self, cluster, program, job, chance):
        frozen(chosen("an agent", chance, cluster.agents), LEASE + chance.uniform(1, 4))


class FreezeDriver(ClusterFault):
    name = "SIGSTOP driver for less than its lease"

    def strike(self, cluster, program, job, chance):
        frozen(wait("the driver", program.driver, 60), chance.uniform(0.5, 3))


class FreezeRaylet(ClusterFault):
    name = "SIGSTOP raylet of a node"

    def strike(self, cluster, program, job, chance):
        frozen(chance.choice(cluster.raylets()[1:]), chance.uniform(0.5, 3))


class Asleep(ClusterFault):
    name = "this machine asleep for longer than the leases"
    is_long = True

    def strike(self, cluster, program, job, chance):
        here = [wait("the executor", program.executor, 60), wait("the driver", program.driver, 60)]
        for process in here:
            kill(process, signal.SIGSTOP)
        time.sleep(LEASE + chance.uniform(1, 4))
        for process in here:
            kill(process, signal.SIGCONT)


class CutNetwork(ClusterFault):
    name = "network of a node cut for less than its lease"
    needs_network = True

    def strike(self, cluster, program, job, chance):
        node = chance.randrange(2)
        cluster.order(f"cut {node}")
        time.sleep(chance.uniform(0.5, 4))
        cluster.order(f"heal {node}")


class CutNetworkLong(ClusterFault):
    name = "network of a node cut for longer than its lease"
    is_long = True
    needs_network = True

    def strike(self, cluster, program, job, chance):
        cluster.order("cut 0")
        time.sleep(LEASE + chance.uniform(1, 5))
        cluster.order("heal 0")
        # Ray may have written the node off by now: another one takes its place.
        cluster.order("kill 0")
        cluster.order("add 2")


class KillHead(ClusterFault):
    name = "head and nodes killed, started again"
    is_long = True

    def strike(self, cluster, program, job, chance):
        cluster.order("kill-head")
        program.wait_for_state(job, "the pause", lambda state: state == "Paused", 60)
        cluster.order("start-head")
        cluster.order("add 2")
        cluster.order("add 2")


class Trap(ClusterFault):
    """The script does something, once."""

    charges = 1

    def __init__(self, name, trap):
        self.name = name
        self.trap = trap

    def strike(self, cluster, program, job, chance):
        (program.traps / f"{self.trap}-{time.monotonic_ns()}").touch()


FAULTS = [
    KillWorker(), KillHost(), KillAgent(), KillSlot(), KillDriver(), KillExecutor(), KillNode(), FreezeAgent(), FreezeAgentLong(),
    FreezeDriver(), FreezeRaylet(), Asleep(), CutNetwork(), CutNetworkLong(), KillHead(),
    Trap("script raises on a node", "raises"), Trap("script exits 0 on a node", "leaves"),
    Trap("script crashes on a node (SIGSEGV)", "crashes"), Trap("script's children stay on a node", "forks"),
]
