"""Real jobs on a Ray cluster of two nodes, several faults of random kinds in each: prints what was tried and what was lost.

    python3 cluster_torture.py [--faults N] [--seed S] [--only NAME]

The judge is that of Tests/Torture. Nodes are in network namespaces where the machine allows it, so that networks are cut too.
"""
import argparse
import random
import signal
import sys
import time

from cluster_faults import FAULTS
from ray_cluster import CAN_CUT, ClusterProgram, RayCluster, parent

from fault import Fault  # isort: skip
from program import ENDED, Trouble  # isort: skip
from torture import Tally, judge, table, wait_for_nothing  # isort: skip

FAULTS_OF_A_JOB = 10


class TorturedProgram(ClusterProgram):
    """A workspace whose jobs are judged as those of this machine are."""

    def __init__(self, cluster, chance, files):
        self.cluster = cluster
        super().__init__(cluster.address, seed=chance.random(), files=files, pause=0.1)

    def orphans(self):
        """Return the processes that nobody needs once the job has ended, on this machine and on the nodes."""
        executor = self.executor()
        left = {process: words for process, words in self.processes().items()
                if process != executor and parent(process) != executor}
        left.update((process, ["a worker on a node"]) for process in self.cluster.workers())
        agents = self.cluster.agents()
        if len(agents) > 2:
            left.update((process, ["an agent that is not the last one of its node"]) for process in agents)
        return left

    def remains(self):
        """Return the processes that are there although the executor has been stopped."""
        return {**self.processes(), **{process: ["on a node"] for process in self.cluster.agents() + self.cluster.remote()}}


class Several(Fault):
    """The faults of one job."""

    def __init__(self):
        self.charged = 0

    def check(self, program, job):
        if program.tries(job) > 1 + self.charged:
            raise Trouble(f"a mini-batch has {program.tries(job)} attempts, at most {self.charged} were the script's failures")


class Torture:
    """Jobs of one workspace on one cluster."""

    def __init__(self, cluster, faults, seed, files=400):
        self.cluster = cluster
        self.faults = faults
        self.chance = random.Random(seed)
        self.tallies = {fault.name: Tally() for fault in faults}
        self.total = Tally()
        self.bag = []
        self.program = TorturedProgram(cluster, self.chance, files)

    def undisturbed(self):
        """Run a job without faults; return the names of its files."""
        job = self.program.invoke()
        if self.program.wait_for_end(job) != "Completed" or self.program.output(job) != self.program.rows():
            raise Trouble(f"the undisturbed job is {self.program.state(job)}: {self.program.cause(job)}")
        return self.program.leavings(job)

    def run(self, wanted):
        """Inflict so many faults, a few in each job; raise Trouble for anything that is lost, repeated or orphaned."""
        files = self.undisturbed()
        left = wanted
        while left > 0:
            left -= self.run_job(min(left, FAULTS_OF_A_JOB), files)
        self.program.run("executor", "stop")
        remains = wait_for_nothing(self.program.remains, self.program.patience)
        self.total.orphans += len(remains)
        if remains:
            raise Trouble(f"processes outlive the executor: {remains}")
        self.program.remove()

    def run_job(self, most, files):
        """Inflict some faults on a job and judge it; return how many it were."""
        program, job, struck, several = self.program, self.program.invoke(), [], Several()
        # The last quarter is left to those that come late.
        for point in sorted(self.chance.randrange(len(program.files) * 3 // 4) for _ in range(most)):
            program.wait_for_progress(job, point)
            if program.state(job) in ENDED:
                break
            fault = self.next_fault()
            began = time.monotonic()
            fault.strike(self.cluster, program, job, self.chance)
            print(f"{point}: {fault.name}, {time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)
            struck.append(fault)
            self.tallies[fault.name].tried += 1
            several.charged += fault.charges
        try:
            judge(program, job, several, self.total, files)
        except Trouble as trouble:
            raise Trouble(f"after {', '.join(fault.name for fault in struck)} (in {program.folder}): {trouble}") from None
        finally:
            for trap in program.traps.iterdir():
                trap.unlink()
        for fault in struck:
            self.tallies[fault.name].survived += 1
        return len(struck)

    def next_fault(self):
        """Return each of them once, in an order that chance chooses, then all again."""
        if not self.bag:
            self.bag = self.chance.sample(self.faults, len(self.faults))
        return self.bag.pop()


def total_of(tallies):
    """Return how many faults were survived."""
    return sum(tally.survived for tally in tallies.values())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--faults", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    faults = [fault for fault in FAULTS if arguments.only in fault.name and (CAN_CUT or not fault.needs_network)]
    if not faults:
        parser.error(f"no fault has {arguments.only!r} in its name; there are: {', '.join(fault.name for fault in FAULTS)}")
    began = time.monotonic()
    # So that the cluster and its networks are removed, too, and the next run finds the machine as this one did.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cluster = torture = None
    status = 0
    try:
        cluster = RayCluster(apart=CAN_CUT)
        torture = Torture(cluster, faults, arguments.seed)
        torture.run(arguments.faults)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        status = 1
    except KeyboardInterrupt:
        print("Interrupted: the job in work is not judged.", file=sys.stderr)
        status = 130
    finally:
        if torture is not None and status != 1:
            torture.program.remove()
        if cluster is not None:
            cluster.stop()
    if torture is None:
        sys.exit(status)
    print(table(torture.tallies, arguments.seed, "make cluster-torture"))
    total = torture.total
    minutes = (time.monotonic() - began) / 60
    print(f"{total_of(torture.tallies)} faults in {minutes:.1f} minutes: lost rows: {total.lost}, "
          f"repeated rows: {total.repeated}, orphaned processes: {total.orphans}")
    sys.exit(status)


if __name__ == "__main__":
    main()
