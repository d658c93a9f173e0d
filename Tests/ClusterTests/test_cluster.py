"""Jobs on a Ray cluster of two nodes, and what dies under them: `make cluster-test`, a short part of it in `make test`.

Every job must end with the bytes that it has on this machine. All clusters are real; their nodes are processes of this machine.
"""
import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest
from contextlib import contextmanager

from cluster_faults import FAULTS
from cluster_torture import Torture
from ray_cluster import (
    CAN_CUT,
    RAY_PYTHON,
    RAY_PYTHON_VERSION,
    RAY_VERSION,
    ClusterProgram,
    RayCluster,
    kill,
    seconds_until,
    wait,
)

from program import PROGRAM  # isort: skip

LEASE = 10  # seconds after which agents end without their driver
SLACK = 5
CAN_HIDE = os.geteuid() == 0 and shutil.which("unshare")
IS_SHORT = os.environ.get("CLUSTER_TESTS") == "short"


@contextmanager
def few_files(folder, number):
    """Mount a file system for so many files at a folder; yields a function that allows others."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"nr_inodes={number},size=64m", "tmpfs", folder], check=True)
    try:
        yield lambda number: subprocess.run(["mount", "-o", f"remount,nr_inodes={number}", folder], check=True)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def long_only(test):
    return unittest.skipIf(IS_SHORT, "only in make cluster-test")(test)


class ClusterTestCase(unittest.TestCase):
    """Tests of one cluster."""

    cluster: RayCluster
    apart = False

    @classmethod
    def setUpClass(cls):
        cls.cluster = RayCluster(apart=cls.apart)

    @classmethod
    def tearDownClass(cls):
        cls.cluster.stop()

    def renew_nodes(self):
        """Replaces all nodes by two new ones."""
        self.cluster.stop()
        type(self).cluster = RayCluster()

    def program(self, **options):
        program = ClusterProgram(self.cluster.address, **options)
        self.addCleanup(program.remove)
        return program

    def running(self, program, mini_batches=10, *options):
        """Return a job that has finished some mini-batches, and has workers on both nodes."""
        job = program.invoke(*options)
        program.wait_for_progress(job, mini_batches)

        def on_both():
            nodes = {worker["node"] for worker in program.workers_of(job) if worker["activity"] in ("scoring", "waiting")}
            return True if len(nodes) == 2 or program.state(job) != "Running" else None
        wait("workers on both nodes", on_both, 60)
        self.assertEqual(program.state(job), "Running", program.cause(job))
        return job

    def assert_whole(self, program, job, tries=1, within=90):
        state = program.wait_for_state(job, "the end", lambda _: False, within)
        self.assertEqual(state, "Completed", f"{program.cause(job)}\n{program.log(job)[-3000:]}")
        self.assertEqual(program.output(job), program.rows())
        self.assertEqual(program.tries(job), tries)

    def assert_no_remains(self, program, within=LEASE + SLACK):
        """Requires that nothing of a workspace runs on any node once its executor has ended."""
        program.run("executor", "stop")
        seconds_until("the end of all agents", lambda: not self.cluster.agents() and not self.cluster.remote(), within)


@unittest.skipUnless(RAY_PYTHON, os.environ.get("RAY_MISSING", "RAY_PYTHON names no interpreter that has Ray"))
class ClusterTests(ClusterTestCase):

    def test_output_is_that_of_this_machine(self):
        program = self.program(files=60)
        here, there = program.invoke_here(), program.invoke()
        for job in (here, there):
            self.assert_whole(program, job)
        self.assertEqual(program.output(here), program.output(there))
        self.assert_no_remains(program)

    def test_check_finds_versions_nodes_and_storage(self):
        program = self.program(files=1)
        findings = json.loads(program.run("compute", "show", "-n", "ray", "--check", "-o", "json"))
        self.assertEqual({finding["state"] for finding in findings}, {"ok"}, findings)
        self.assertEqual([finding["name"].split()[1] for finding in findings], ["reachable", "nodes", "workers", "node", "node"])
        for node in findings[3:]:
            for words in (f"Ray {RAY_VERSION}", f"Python {RAY_PYTHON_VERSION}", "CPU 2", "sees the workspace"):
                self.assertIn(words, node["found"])

    def test_worker_killed(self):
        program = self.program()
        job = self.running(program)
        kill(next(worker["pid"] for worker in program.workers_of(job) if worker["activity"] == "scoring"))
        self.assert_whole(program, job, tries=2)
        self.assert_no_remains(program)

    @long_only
    def test_agent_killed(self):
        program = self.program()
        job = self.running(program)
        kill(self.cluster.agents()[0])
        self.assert_whole(program, job)
        self.assertIn("is lost", program.log(job))
        self.assert_no_remains(program)

    def test_node_killed(self):
        program = self.program()
        job = self.running(program)
        self.cluster.order("kill 0")
        try:
            self.assert_whole(program, job)
            self.assertIn("is lost", program.log(job))
            self.assert_no_remains(program)
        finally:
            self.cluster.order("add 2")

    def test_driver_killed(self):
        program = self.program()
        job = self.running(program)
        old = set(self.cluster.agents()) | set(self.cluster.remote())
        kill(program.driver())
        took = seconds_until(
            "the end of the old agents", lambda: not old & (set(self.cluster.agents()) | set(self.cluster.remote())), 60)
        self.assertLess(took, LEASE + 2)
        self.assert_whole(program, job)
        self.assert_no_remains(program)

    def test_executor_killed(self):
        program = self.program()
        job = self.running(program)
        executor, done = program.executor(), program.done(job)
        kill(executor)
        took = seconds_until("no process on any node", lambda: not self.cluster.agents() and not self.cluster.remote(), 60)
        self.assertLess(took, LEASE + 2)
        self.assertIsNone(program.driver())
        program.run("job", "show", "-n", job)  # any command starts the next executor
        self.assertGreaterEqual(program.done(job), done)
        self.assert_whole(program, job)
        self.assert_no_remains(program)

    def test_laptop_asleep_for_longer_than_the_leases(self):
        """All processes of this machine are frozen, those of the nodes are not."""
        program = self.program()
        job = self.running(program)
        here = [program.executor(), program.driver()]
        for process in here:
            kill(process, signal.SIGSTOP)
        try:
            seconds_until(
                "no process on any node", lambda: not self.cluster.agents() and not self.cluster.remote(), LEASE + SLACK)
        finally:
            for process in here:
                kill(process, signal.SIGCONT)
        self.assert_whole(program, job)
        self.assertIn("is lost", program.log(job))
        self.assert_no_remains(program)

    @long_only
    def test_executor_frozen_for_longer_than_the_leases(self):
        """The driver is not frozen, and keeps its nodes."""
        program = self.program()
        job = self.running(program)
        executor, agents = program.executor(), self.cluster.agents()
        kill(executor, signal.SIGSTOP)
        time.sleep(LEASE + 2)
        kill(executor, signal.SIGCONT)
        self.assertEqual(self.cluster.agents(), agents)
        self.assert_whole(program, job)
        self.assertNotIn("is lost", program.log(job))
        self.assert_no_remains(program)

    @long_only
    def test_node_frozen_for_five_seconds_is_not_lost(self):
        program = self.program(files=500, pause=0.2)
        job = self.running(program)
        agent = self.cluster.agents()[0]
        kill(agent, signal.SIGSTOP)
        time.sleep(5)
        kill(agent, signal.SIGCONT)
        self.assertEqual(program.state(job), "Running", program.cause(job))
        self.assert_whole(program, job)
        self.assertNotIn("is lost", program.log(job))
        self.assert_no_remains(program)

    def test_node_frozen_for_long_is_lost_and_its_late_answers_are_dropped(self):
        program = self.program(files=160, pause=0.2)
        job = self.running(program)
        agent = self.cluster.agents()[0]
        kill(agent, signal.SIGSTOP)
        try:
            wait("the loss of the node", lambda: True if "is lost" in program.log(job) else None, LEASE + 2 * SLACK)
        finally:
            kill(agent, signal.SIGCONT)
        seconds_until("the end of the agent", lambda: agent not in self.cluster.agents(), LEASE + SLACK)
        self.assert_whole(program, job)
        self.assert_no_remains(program)

    def test_cluster_that_is_not_there_yet_is_waited_for(self):
        program = ClusterProgram("127.0.0.1:1", files=20)
        self.addCleanup(program.remove)
        job = program.invoke()
        program.wait_for_state(job, "the pause", lambda state: state == "Paused", 60)
        self.assertIn("Cluster unreachable", program.cause(job))
        program.run("job", "cancel", "-n", job)
        self.assertEqual(program.wait_for_end(job), "Canceled")

    @long_only
    def test_job_canceled(self):
        program = self.program(pause=0.2)
        job = self.running(program)
        workers = [worker["pid"] for worker in program.workers_of(job)]
        program.run("job", "cancel", "-n", job)
        self.assertEqual(program.wait_for_end(job), "Canceled")
        seconds_until("the end of the workers", lambda: not set(workers) & set(self.cluster.remote()), SLACK)
        self.assert_no_remains(program)

    @long_only
    def test_worker_that_hangs_is_killed(self):
        program = self.program()
        job = program.invoke("retry_settings.timeout=2")
        program.wait_for_progress(job, 5)
        (program.traps / "hangs-1").touch()
        self.assert_whole(program, job, tries=2)
        self.assert_no_remains(program)

    def test_no_node_can_hold_a_worker(self):
        program = self.program(resources_per_worker={"num_cpus": 64}, node_timeout=3)
        began = time.monotonic()
        job = program.invoke()
        self.assertEqual(program.wait_for_end(job), "Failed")
        self.assertLess(time.monotonic() - began, 30)
        cause = program.cause(job)
        for words in ("needs CPU 64", "has CPU 2", "resources_per_worker"):
            self.assertIn(words, cause)

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root and unshare, for nodes that do not see this machine's folders")
    def test_node_that_does_not_see_the_workspace_is_left_out(self):
        program = self.program(files=60)
        self.cluster.order("kill 0")
        self.cluster.order("kill 0")
        self.cluster.order(f"add-hidden 2 {program.folder}")
        try:
            job = program.invoke()
            self.assertEqual(program.wait_for_end(job), "Failed")
            for words in ("does not see", "storage: shared"):
                self.assertIn(words, program.cause(job))
            self.cluster.order("add 2")
            program.run("job", "resume", "-n", job)
            self.assert_whole(program, job)
        finally:
            self.renew_nodes()

    @unittest.skipUnless(CAN_HIDE, "needs root and unshare, for a machine without Ray's processes")
    def test_machine_that_is_no_node_is_told_so(self):
        program = self.program(files=1)
        words = ["unshare", "--pid", "--fork", "--mount-proc", PROGRAM, "compute", "show", "-n", "ray", "--check", "-o", "json"]
        began = time.monotonic()
        done = subprocess.run(words, cwd=program.folder, env=program.environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        findings = json.loads(done.stdout)
        self.assertEqual([finding["state"] for finding in findings], ["missing"], findings)
        for part in ("no node of the cluster", f"ray start --address={self.cluster.address}"):
            self.assertIn(part, findings[0]["found"])
        self.assertLess(time.monotonic() - began, 25)

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root and unshare, for a node with a small disk")
    def test_node_with_a_full_disk_is_left_out(self):
        program = self.program(pause=0.1)
        self.cluster.order("kill 0")
        small = program.folder / "small"
        small.mkdir()
        self.cluster.order(f"add-small 2 {small}")
        try:
            job = self.running(program)
            [agent] = [agent for agent in self.cluster.agents() if os.listdir(f"/proc/{agent}/root{small}")]
            with self.assertRaises(OSError), open(f"/proc/{agent}/root{small}/filler", "wb", buffering=0) as file:
                while True:
                    file.write(b"x" * 4096)
            self.assert_whole(program, job)
            self.assertIn("No space left", program.log(job))
            states = {state for state, in program.query("SELECT state FROM jobTransition")}
            self.assertNotIn("Paused", states)
        finally:
            self.renew_nodes()

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root and unshare, for nodes that do not see this machine's folders")
    def test_environment_is_built_on_a_node_that_does_not_see_it(self):
        program = self.program(files=60)
        self.cluster.order("kill 0")
        self.cluster.order("kill 0")
        cache = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "batchstudio")
        self.cluster.order(f"add-hidden 2 {cache}/environments {cache}/runtime {cache}/cluster")
        try:
            job = program.invoke()
            self.assert_whole(program, job)
            self.assertIn("building the environment", program.log(job))
        finally:
            self.renew_nodes()

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root and unshare, for nodes that do not see this machine's folders")
    def test_files_travel_to_nodes_that_do_not_see_them(self):
        program = self.program(files=60, storage="ship")
        program.add_large_files(random.Random(1))
        self.cluster.order("kill 0")
        self.cluster.order("kill 0")
        hidden = " ".join(f"{program.folder}/{name}" for name in ("workspace", "input", "code", "model"))
        self.cluster.order(f"add-hidden 2 {hidden}")
        self.cluster.order(f"add-hidden 2 {hidden}")
        try:
            here, there = program.invoke_here("split_files=4KiB"), program.invoke("split_files=4KiB")
            for job in (here, there):
                self.assert_whole(program, job)
                self.assertTrue(program.query("SELECT 1 FROM miniBatch WHERE parts > 1"))
            self.assertEqual(program.output(here), program.output(there))
            self.assert_no_remains(program)
        finally:
            self.renew_nodes()

    @long_only
    def test_output_that_can_not_travel_back_fails_the_job(self):
        program = self.program(files=20, storage="ship")
        (program.traps / "writes-1").touch()
        job = program.invoke()
        self.assertEqual(program.wait_for_end(job), "Failed")
        for words in ("plot.txt", "AZUREML_BI_OUTPUT_PATH", "storage: shared"):
            self.assertIn(words, program.cause(job))

    @long_only
    def test_script_that_blocks_while_it_is_imported_fails_the_job(self):
        program = self.program(files=5)
        script = program.folder / "code/score.py"
        script.write_text("import time\n\nwhile True:\n    time.sleep(1)\n")
        manifest = program.folder / "deployment.yml"
        manifest.write_text(manifest.read_text().replace("name: script", "name: stuck"))
        program.run("batch-deployment", "create", "-f", "deployment.yml", "-e", "torture", "--set-default",
                    "--skip-script-validation")
        job = program.invoke("retry_settings.timeout=1")
        state = program.wait_for_state(job, "the end", lambda _: False, 120)
        self.assertEqual(state, "Failed")
        self.assertIn("not loaded after", program.cause(job))
        self.assert_no_remains(program)

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root, for a file system without inodes")
    def test_full_disk_under_the_driver_pauses_the_job(self):
        program = self.program(files=20)
        program.run("executor", "stop")  # with the process that has the script loaded, which has a folder there too
        with few_files(program.workspace / "hosts", 3) as allow:  # its root, the driver's folder, and the script in it
            job = program.invoke()
            program.wait_for_state(job, "the pause", lambda state: state == "Paused", 90)
            self.assertIn("There is no space left", program.cause(job))
            self.assertIn("/shared-storage", program.log(job))
            allow(1000)
            self.assert_whole(program, job)
            program.run("executor", "stop")

    @long_only
    @unittest.skipUnless(CAN_HIDE, "needs root, for a file system without inodes")
    def test_full_disk_and_unreachable_cluster_pause_the_job_in_turn(self):
        program = ClusterProgram("127.0.0.1:1", files=20)
        self.addCleanup(program.remove)
        job = program.invoke()

        def paused_for(words):
            wait(f"a pause for {words!r}", lambda: True if program.state(job) in ("Failed", "Paused")
                 and words in (program.cause(job) or "") else None, 90)
            self.assertEqual(program.state(job), "Paused", program.cause(job))
        paused_for("Cluster unreachable")
        with few_files(program.workspace / "hosts", 1) as allow:
            paused_for("left")
            allow(1000)
            paused_for("Cluster unreachable")
            program.run("job", "cancel", "-n", job)
            self.assertEqual(program.wait_for_end(job), "Canceled")
            program.run("executor", "stop")

    @long_only
    def test_another_python_is_refused(self):
        other = {"3.11": "3.12", "3.12": "3.11"}.get(os.environ["RAY_PYTHON_VERSION"], "3.12")
        program = self.program(python_version=other)
        job = program.invoke()
        self.assertEqual(program.wait_for_end(job), "Failed")
        for words in ("version", os.environ["RAY_PYTHON_VERSION"], other, "python_version"):
            self.assertIn(words, program.cause(job))

    @long_only
    def test_job_stays_paused_while_the_cluster_has_no_nodes(self):
        program = self.program(node_timeout=2)
        job = self.running(program)
        for _ in range(2):
            self.cluster.order("kill 0")
        try:
            program.wait_for_state(job, "the pause", lambda state: state == "Paused", 90)
            self.assertIn("no nodes with cores", program.cause(job))
            drivers = set()

            def has_tried():
                drivers.add(program.driver())
                return True if len(drivers - {None}) > 2 or program.state(job) != "Paused" else None
            wait("two attempts to reach it", has_tried, 120)
        finally:
            for _ in range(2):
                self.cluster.order("add 2")
        self.assert_whole(program, job, within=120)
        states = [state for state, in program.query("SELECT state FROM jobTransition ORDER BY rowid")]
        self.assertEqual(states.count("Paused"), 1, states)
        self.assert_no_remains(program)

    @long_only
    def test_zx_driver_that_waits_for_nodes_ends_with_its_job(self):
        program = self.program(node_timeout=300)
        job = self.running(program)
        self.cluster.order("kill-head")
        program.wait_for_state(job, "the pause", lambda state: state == "Paused", 90)
        self.cluster.order("start-head")
        try:
            wait("a driver that waits for nodes", lambda: True if "Waiting for nodes" in program.log(job) else None, 120)
            self.assertEqual(program.state(job), "Paused", program.cause(job))
            self.assertIsNotNone(program.driver())
            program.run("job", "cancel", "-n", job)
            self.assertEqual(program.wait_for_end(job), "Canceled")
            seconds_until("the end of the driver", lambda: program.driver() is None, SLACK)
        finally:
            for _ in range(2):
                self.cluster.order("add 2")
        self.assert_no_remains(program)

    @long_only
    def test_zy_head_killed_alone(self):
        program = self.program()
        job = self.running(program)
        done = program.done(job)
        old = set(self.cluster.agents()) | set(self.cluster.remote())
        self.cluster.order("kill-head-alone")
        program.wait_for_state(job, "the pause", lambda state: state == "Paused", 60)
        self.assertIn("Cluster unreachable", program.cause(job))
        self.assertGreaterEqual(program.done(job), done)
        seconds_until("the end of the agents", lambda: not old & {*self.cluster.agents(), *self.cluster.remote()}, LEASE + SLACK)
        self.cluster.order("start-head")
        self.cluster.order("add 2")
        self.cluster.order("add 2")
        self.assert_whole(program, job)
        self.assert_no_remains(program)

    def test_ten_faults_of_random_kinds(self):
        """A part of `make cluster-torture`."""
        faults = [fault for fault in FAULTS if not fault.is_long and not fault.needs_network]
        torture = Torture(self.cluster, faults, seed=int(time.time()), files=300)
        torture.run(10)
        self.assertGreaterEqual(sum(tally.survived for tally in torture.tallies.values()), 10)

    def test_zz_head_killed(self):
        program = self.program()
        job = self.running(program)
        done = program.done(job)
        self.cluster.order("kill-head")
        program.wait_for_state(job, "the pause", lambda state: state == "Paused", 60)
        self.assertIn("Cluster unreachable", program.cause(job))
        self.assertGreaterEqual(program.done(job), done)
        self.cluster.order("start-head")
        self.cluster.order("add 2")
        self.cluster.order("add 2")
        self.assert_whole(program, job)
        self.assert_no_remains(program)


@unittest.skipUnless(RAY_PYTHON, os.environ.get("RAY_MISSING", "RAY_PYTHON names no interpreter that has Ray"))
@unittest.skipUnless(CAN_CUT, "needs root and network namespaces")
@unittest.skipIf(IS_SHORT, "only in make cluster-test")
class NetworkTests(ClusterTestCase):
    """Nodes behind a network of their own, which is cut."""

    apart = True

    def test_network_cut_for_five_seconds(self):
        # Work for longer than the cut, however many others use this machine: the other node alone has 10 mini-batches a second.
        program = self.program(files=500, pause=0.2)
        job = self.running(program)
        agents = self.cluster.agents()
        self.cluster.order("cut 0")
        cut, done = time.monotonic(), program.done(job)
        # The mini-batches that the cut node's workers hold ahead do not count.
        program.wait_for_progress(job, done + 10)
        time.sleep(max(0.0, cut + 5 - time.monotonic()))
        self.assertEqual(program.state(job), "Running", program.cause(job))
        self.cluster.order("heal 0")
        self.assert_whole(program, job, within=180)
        self.assertEqual(set(self.cluster.agents()), set(agents))
        self.assertNotIn("is lost", program.log(job))
        self.assert_no_remains(program)

    def test_network_cut_for_a_minute(self):
        program = self.program(files=600, pause=0.3)
        job = self.running(program)
        agents = self.cluster.agents()
        self.cluster.order("cut 1")
        cut = time.monotonic()
        wait("the loss of the node", lambda: True if "is lost" in program.log(job) else None, LEASE + SLACK)
        seconds_until("the end of the agent", lambda: len(set(agents) & set(self.cluster.agents())) < 2, LEASE + SLACK)
        time.sleep(max(0.0, cut + 60 - time.monotonic()))
        self.assertEqual(program.state(job), "Running", program.cause(job))
        # What Ray still holds of the cut node's answers arrives now, and must not be taken.
        self.cluster.order("heal 1")
        self.assert_whole(program, job, within=240)
        # The node that is left, or both where Ray takes the cut one back, score the next job.
        self.assert_whole(program, program.invoke(), within=240)
        self.assert_no_remains(program)


if __name__ == "__main__":
    unittest.main(verbosity=2)
