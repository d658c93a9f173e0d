import os
import signal
import unittest

from executor import TOKEN
from runtime_test_case import RETURN_NAMES, RuntimeTestCase


class HelloTests(RuntimeTestCase):
    def test_a_host_introduces_itself(self):
        host = self.executor.host(RETURN_NAMES, load=False)
        self.assertEqual((host.hello["role"], host.hello["protocol"], host.hello["token"]), ("host", 1, TOKEN))
        self.assertEqual(host.hello["pid"], host.process.pid)

    def test_a_worker_introduces_itself(self):
        worker = self.worker()
        hello = worker.connection.hello
        self.assertEqual((hello["role"], hello["worker"], hello["token"]), ("worker", 0, TOKEN))
        self.assertEqual(hello["pid"], worker.pid)


class LoadTests(RuntimeTestCase):
    def fatal(self, script, **fields):
        host = self.executor.host(script, load=False)
        fatal = host.load(expect="fatal", **fields)
        self.assertEqual(host.process.wait(60), 1)
        return fatal

    def test_a_script_that_cannot_be_imported_is_fatal(self):
        fatal = self.fatal("import no_such_module\n")
        self.assertEqual(fatal["message"], "No module named 'no_such_module'")
        self.assertIn("score.py", fatal["traceback"])
        self.assertNotIn("host.py", fatal["traceback"])

    def test_a_script_of_broken_syntax_is_fatal(self):
        self.assertEqual(self.fatal("def run(:\n")["type"], "SyntaxError")

    def test_a_script_without_run_is_fatal(self):
        self.assertEqual(self.fatal("def init():\n    pass\n")["message"], "score.py defines no run()")

    def test_a_script_that_exits_is_fatal(self):
        self.assertEqual(self.fatal("import sys\nsys.exit(3)\n")["type"], "SystemExit")

    def test_a_script_that_reads_standard_input_is_fatal(self):
        self.assertEqual(self.fatal("input()\n")["type"], "EOFError")

    def test_an_error_in_preload_is_fatal(self):
        fatal = self.fatal(RETURN_NAMES + "def preload():\n    open('/no/such/file')\n")
        self.assertEqual(fatal["type"], "FileNotFoundError")

    def test_init_is_left_to_the_workers_and_preload_to_the_host(self):
        worker = self.worker("""
import os
def preload():
    global preloaded_by
    preloaded_by = os.getpid()
def init():
    global initialised_by
    initialised_by = os.getpid()
def run(mini_batch):
    return [[preloaded_by, initialised_by]]
""")
        done = worker.run(["a.csv"])
        self.assertEqual(worker.rows(done), f"{worker.executor.hosts[0].process.pid},{worker.pid}\n")

    def test_ready_tells_the_versions_of_what_is_imported(self):
        self.executor.write("code/pandas.py", "__version__ = '9.9'")
        host = self.executor.host("import pandas\n" + RETURN_NAMES)
        self.assertEqual(host.ready["versions"]["pandas"], "9.9")


class ScriptSurroundingsTests(RuntimeTestCase):
    def test_a_script_finds_its_arguments_model_and_output_folder(self):
        host = self.executor.host("""
import os, sys
def init():
    pass
def run(mini_batch):
    return [sys.argv[1:] + [os.environ["AZUREML_MODEL_DIR"], os.environ["AZUREML_BI_OUTPUT_PATH"]]]
""", model_dir="/models/wine/1", arguments=["--logging_level", "debug"])
        self.inputs("a.csv")
        worker = host.worker()
        self.assertEqual(
            worker.rows(worker.run(["a.csv"])), f"--logging_level,debug,/models/wine/1,{worker.output_dir}\n"
        )

    def test_socket_and_token_are_hidden_from_scripts(self):
        worker = self.worker("""
import os
found = [name for name in ("BATCHSTUDIO_SOCKET", "BATCHSTUDIO_TOKEN") if name in os.environ]
def init():
    pass
def run(mini_batch):
    return [[found, os.environ["BATCHSTUDIO_WORKSPACE_ID"]]]
""")
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "[],test\n")

    def test_a_script_may_have_modules_named_like_those_of_the_runtime(self):
        for name in ("rows", "worker", "manifest", "errors", "host"):
            self.executor.write(f"code/{name}.py", f"value = '{name} of the script'")
        worker = self.worker("""
import rows, worker, manifest, errors, host
def init():
    pass
def run(mini_batch):
    return [[rows.value, worker.value, manifest.value, errors.value, host.value]]
""")
        self.assertEqual(worker.rows(worker.run(["a.csv"])).count("of the script"), 5)

    SHADOWS = ("rows", "batchstudio_runtime", "formats", "worker", "csv", "json", "zlib", "bisection", "errors")

    def test_files_of_the_scripts_folder_do_not_replace_the_runtime(self):
        for name in self.SHADOWS:
            self.executor.write(f"code/{name}.py", "raise AssertionError('not the runtime')\n")
        self.inputs("a.csv", "bad.csv")
        host = self.executor.host(self.FAILS_FOR_BAD, folder=self.executor.path("code"), environment={"PYTHONPATH": os.pathsep})
        worker = host.worker(output_format="jsonl", work_dir=self.executor.path("code"))
        self.assert_scored(worker)

    def test_what_a_script_writes_where_it_works_does_not_replace_the_runtime(self):
        os.mkdir(self.executor.path("work"))
        before = "for name in {!r}:\n    with open(name + '.py', 'w') as file:\n        file.write('raise AssertionError()')\n"
        script = self.FAILS_FOR_BAD + "def init():\n" + "".join(
            "    " + line + "\n" for line in before.format(self.SHADOWS).splitlines())
        self.inputs("a.csv", "bad.csv")
        host = self.executor.host(script, folder=self.executor.path("work"), environment={"PYTHONPATH": os.pathsep})
        for _ in range(2):
            self.assert_scored(host.worker(output_format="jsonl", work_dir=self.executor.path("work")))
        self.assertIn("rows.py", os.listdir(self.executor.path("work")))

    FAILS_FOR_BAD = """
import os
import batchstudio_runtime as runtime
def init():
    pass
def run(mini_batch):
    names = [os.path.basename(path) for path in mini_batch]
    if "bad.csv" in names:
        raise ValueError("bad")
    return [{"name": name, "nested": [1, {"k": None}]} for name in names]
"""

    def assert_scored(self, worker):
        done = worker.run(["a.csv", "bad.csv"], parts=[[0, 2]])
        self.assertEqual(worker.rows(done), '{"name": "a.csv", "nested": [1, {"k": null}]}\n')
        self.assertEqual([failed["message"] for failed in done["failed"]], ["bad"])
        worker.stop()
        self.executor.hosts[-1].connection.expect("exited")

    def test_a_relative_entry_of_the_path_is_taken_from_where_the_host_stands(self):
        self.executor.write("work/lib/helper.py", "NAME = 'helper'")
        self.executor.write("other/lib/helper.py", "raise AssertionError('of another folder')")
        script = RETURN_NAMES.replace("pass", "global helper; import helper").replace("for path", "+ helper.NAME for path")
        host = self.executor.host(script, folder=self.executor.path("work"), environment={"PYTHONPATH": "lib"})
        self.inputs("a.csv")
        worker = host.worker(work_dir=self.executor.path("other"))
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "a.csvhelper\n")

    def test_the_logging_level_is_the_deployments(self):
        script = "import logging\n" + RETURN_NAMES + """
logging.getLogger("mine").debug("a detail")
logging.getLogger("mine").info("news")
logging.getLogger("mine").warning("a worry")
"""
        for level, expected in (("debug", 3), ("info", 2), ("warning", 1)):
            with self.subTest(level):
                host = self.executor.host(script, arguments=["--logging_level", level])
                self.assertEqual(host.log().count(" mine: "), expected)

    def test_objects_that_a_script_pickles_find_their_class_again(self):
        worker = self.worker("""
import pickle
class Thing:
    pass
def init():
    pass
def run(mini_batch):
    return [type(pickle.loads(pickle.dumps(Thing()))).__name__]
""")
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "Thing\n")


class ForkableTests(RuntimeTestCase):
    def reason(self, script, **fields):
        ready = self.executor.host(script + RETURN_NAMES, **fields).ready
        self.assertFalse(ready["forkable"])
        return ready["reason"]

    def test_a_simple_script_is_forkable(self):
        ready = self.executor.host(RETURN_NAMES).ready
        self.assertTrue(ready["forkable"])
        self.assertNotIn("reason", ready)

    def test_threads_make_a_host_unforkable(self):
        reason = self.reason("""
import threading
thread = threading.Thread(target=threading.Event().wait, name="background", daemon=True)
thread.start()
""")
        self.assertEqual(reason, "threads are running: background")

    def test_native_threads_make_a_host_unforkable(self):
        reason = self.reason("""
import _thread
started, never = _thread.allocate_lock(), _thread.allocate_lock()
started.acquire()
never.acquire()
def wait():
    started.release()
    never.acquire()
_thread.start_new_thread(wait, ())
started.acquire()
""")
        self.assertIn("native threads are running", reason)

    def test_frameworks_with_threads_of_their_own_make_a_host_unforkable(self):
        for name in ("torch", "tensorflow", "jax"):
            with self.subTest(name):
                self.executor.write(f"code/{name}.py", "")
                self.assertEqual(self.reason(f"import {name}\n"), f"{name} is imported")

    def test_a_host_that_is_not_asked_to_fork_says_so(self):
        self.assertEqual(self.reason("", fork=False), "the executor did not ask for it")


class WorkersOfAHostTests(RuntimeTestCase):
    def test_workers_score_side_by_side(self):
        host = self.executor.host(RETURN_NAMES)
        self.inputs("a.csv", "b.csv")
        workers = [host.worker() for _ in range(3)]
        identifiers = [(worker, worker.send_run(worker.lines(["a.csv", "b.csv"]))) for worker in workers]
        for worker, identifier in identifiers:
            done = worker.connection.expect("done")
            self.assertEqual((done["id"], worker.rows(done)), (identifier, "a.csv\nb.csv\n"))

    def test_a_worker_has_a_session_of_its_own(self):
        worker = self.worker()
        self.assertEqual((os.getsid(worker.pid), os.getpgid(worker.pid)), (worker.pid, worker.pid))

    def test_the_end_of_a_worker_is_told_with_its_status(self):
        host = self.executor.host("""
import ctypes, os, signal
def init():
    pass
def run(mini_batch):
    name = os.path.basename(mini_batch[0])
    if name == "exit":
        os._exit(3)
    if name == "crash":
        ctypes.string_at(0)
    os.kill(os.getpid(), signal.SIGKILL)
""")
        self.inputs("exit", "crash", "kill")
        for name, status in (("exit", 3), ("crash", -signal.SIGSEGV), ("kill", -signal.SIGKILL)):
            with self.subTest(name):
                worker = host.worker()
                worker.send_run(worker.lines([name]))
                self.assertTrue(worker.connection.at_end())
                exited = host.connection.expect("exited")
                self.assertEqual((exited["worker"], exited["pid"], exited["status"]),
                                 (worker.number, worker.pid, status))
        self.assertIn("score.py", host.workers[1].stderr(), "the crash shows where Python was")

    def test_sigterm_ends_a_worker(self):
        worker = self.worker()
        os.kill(worker.pid, signal.SIGTERM)
        self.assertEqual(self.executor.hosts[0].connection.expect("exited")["status"], -signal.SIGTERM)

    def test_a_host_becomes_a_worker(self):
        host = self.executor.host(RETURN_NAMES, fork=False)
        self.inputs("a.csv")
        worker = host.worker("become")
        self.assertEqual(worker.connection.hello["pid"], host.process.pid)
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "a.csv\n")
        self.assertTrue(host.connection.at_end())
        worker.stop()
        self.assertEqual(host.process.wait(60), 0)

    def test_a_host_stops(self):
        host = self.executor.host(RETURN_NAMES)
        host.connection.send("stop")
        self.assertEqual(host.process.wait(60), 0)

    def test_a_child_of_the_script_is_not_mistaken_for_a_worker(self):
        host = self.executor.host("import subprocess\nsubprocess.check_call(['true'])\n" + RETURN_NAMES)
        self.inputs("a.csv")
        worker = host.worker()
        worker.stop()
        self.assertEqual(host.connection.expect("exited")["pid"], worker.pid)


class ExecutorIsGoneTests(RuntimeTestCase):
    """When the channel ends, processes end: observed at a FIFO that they, and all they started, hold open."""

    def setUp(self):
        super().setUp()
        self.fifo = self.executor.path("alive")
        os.mkfifo(self.fifo)

    def script(self, run):
        return f"""
import os, re, subprocess
def init():
    os.set_inheritable(os.open({self.fifo!r}, os.O_WRONLY), True)
def run(mini_batch):
{run}
"""

    def start(self, run):
        """Return a worker in the midst of run(), and a descriptor that reads as ended when no process is left."""
        self.inputs("a.csv")
        host = self.executor.host(self.script(run))
        reader = os.open(self.fifo, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(reader, True)
        self.addCleanup(os.close, reader)
        worker = host.worker()
        worker.send_run(worker.lines(["a.csv"]))
        return worker, reader

    def test_a_worker_ends_with_all_it_has_started(self):
        worker, alive = self.start("    subprocess.call(['sleep', '1000'], close_fds=False)")
        worker.connection.stream.close()
        self.assertEqual(os.read(alive, 1), b"")
        self.assertEqual(self.executor.hosts[0].connection.expect("exited")["status"], -signal.SIGKILL)

    def test_a_host_takes_along_a_worker_that_holds_pythons_lock(self):
        worker, alive = self.start("    re.match('(a*)*b', 'a' * 1000)")
        self.executor.hosts[0].connection.stream.close()
        worker.connection.stream.close()
        self.assertEqual(os.read(alive, 1), b"")
        self.assertEqual(self.executor.hosts[0].process.wait(60), -signal.SIGKILL)


if __name__ == "__main__":
    unittest.main()
