import errno
import os
import time
import unittest

from runtime_test_case import RETURN_NAMES, RuntimeTestCase


def script(run, before=""):
    """Return a scoring script whose run() has these lines."""
    lines = "\n".join("    " + line for line in run.strip().splitlines())
    return f"""
import os, sys
import batchstudio_runtime as runtime
{before}
def init():
    pass
def run(mini_batch):
{lines}
"""


class DoneTests(RuntimeTestCase):
    def test_rows_lie_in_the_segment_one_mini_batch_after_the_other(self):
        worker = self.worker()
        first = worker.run(["a.csv", "b.csv"])
        second = worker.run(["c.csv"])
        self.assertEqual((worker.rows(first), worker.rows(second)), ("a.csv\nb.csv\n", "c.csv\n"))
        self.assertEqual(second["offset"], first["offset"] + first["bytes"])
        self.assertEqual((first["rows"], first["files"], first["failed"], first["failed_count"]), (2, 2, [], 0))

    def test_a_segment_that_has_rows_is_continued(self):
        segment = self.executor.write("segment", "rows of an earlier worker\n")
        worker = self.worker(segment=segment)
        done = worker.run(["a.csv"])
        self.assertEqual((done["offset"], worker.rows(done)), (26, "a.csv\n"))

    def test_waiting_mini_batches_are_scored_in_their_order(self):
        worker = self.worker()
        lines = [worker.lines([name]) for name in ("a.csv", "b.csv", "c.csv")]
        identifiers = [worker.send_run(where) for where in lines]
        done = [worker.connection.expect("done") for _ in identifiers]
        self.assertEqual([message["id"] for message in done], identifiers)
        self.assertEqual("".join(map(worker.rows, done)), "a.csv\nb.csv\nc.csv\n")

    def test_summary_only_counts_rows_and_writes_none(self):
        worker = self.worker(output_action="summary_only")
        done = worker.run(["a.csv", "b.csv"])
        self.assertEqual((done["rows"], done["files"], done["bytes"], done["crc"]), (2, 2, 0, 0))
        self.assertEqual(os.path.getsize(worker.segment_path), 0)

    def test_times_are_told_apart(self):
        worker = self.worker(script("""
with runtime.reading():
    sum(range(100000))
return ["row"]
"""))
        seconds = worker.run(["a.csv"])["seconds"]
        self.assertEqual(sorted(seconds), ["read", "run", "write"])
        self.assertGreater(seconds["read"], 0)

    def test_a_scripts_warnings_are_passed_on(self):
        done = self.worker(script("runtime.warn('too dark'); return ['row']")).run(["a.csv"])
        self.assertEqual(done["warnings"], ["too dark"])

    def test_names_with_odd_characters(self):
        names = ["tab\there", "line\nbreak", "back\\slash", "ü", "sub folder/d", os.fsdecode(b"\xff")]
        worker = self.worker(script("return [[open(path, 'rb').read().hex()] for path in mini_batch]"), files=names)
        contents = [os.fsencode("content of " + name).hex() for name in names]
        self.assertEqual(worker.rows(worker.run(names)).split(), contents)


class CountingTests(RuntimeTestCase):
    def test_fewer_rows_than_files_count_as_failed_files(self):
        done = self.worker(script("return ['one', 'two']")).run(["a.csv", "b.csv", "c.csv"])
        self.assertEqual((done["rows"], done["failed_count"]), (2, 1))
        (failed,) = done["failed"]
        self.assertEqual(failed["file"], "")
        self.assertEqual(failed["message"], "run() returned 2 rows for 3 files: 1 of them counts as failed")

    def test_no_rows_at_all_are_a_failure_of_each_file(self):
        done = self.worker(script("return []")).run(["a.csv", "b.csv"])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["a.csv", "b.csv"])
        self.assertEqual(done["failed_count"], 2)

    def test_more_rows_than_files_are_no_failure(self):
        worker = self.worker(script("return list(range(100))"))
        done = worker.run(["a.csv"])
        self.assertEqual((done["rows"], done["failed_count"]), (100, 0))
        self.assertEqual(done["warnings"], ["run() returned 100 rows: all are kept, and the file counts as one item"])
        self.assertEqual(worker.run(["b.csv"])["warnings"], [])

    def test_more_rows_than_files_hide_no_reported_failure(self):
        done = self.worker(script("runtime.file_failed(mini_batch[0], 'no'); return range(5) and [1, 2, 3]")).run(
            ["a.csv", "b.csv"])
        self.assertEqual((done["rows"], done["failed_count"]), (3, 1))

    def test_reported_files_fail_with_their_reasons(self):
        worker = self.worker(script("""
runtime.file_failed(mini_batch[0], "too dark")
try:
    int("x")
except ValueError as error:
    runtime.file_failed(mini_batch[1], error)
return ["one row"]
"""))
        done = worker.run(["a.csv", "b.csv", "c.csv"])
        self.assertEqual(done["failed_count"], 2)
        self.assertEqual(
            [(failed["file"], failed["type"], failed["message"]) for failed in done["failed"]],
            [("a.csv", "FileFailed", "too dark"),
             ("b.csv", "ValueError", "invalid literal for int() with base 10: 'x'")],
        )
        self.assertIn("score.py", done["failed"][1]["traceback"])

    def test_a_script_that_reports_successes_does_the_counting(self):
        done = self.worker(script("""
runtime.file_succeeded(mini_batch[0])
runtime.file_failed(mini_batch[1], "broken")
return []
""")).run(["a.csv", "b.csv", "c.csv"])
        self.assertEqual([(failed["file"], failed["type"]) for failed in done["failed"]],
                         [("b.csv", "FileFailed"), ("c.csv", "Unreported")])
        self.assertEqual(done["failed_count"], 2)

    def test_a_file_of_another_mini_batch_cannot_be_reported(self):
        error = self.worker(script("runtime.file_failed('/elsewhere/x.csv', 'no')")).run(["a.csv"], expect="error")
        self.assertEqual(error["message"], "'/elsewhere/x.csv' is not a file of this mini-batch")

    def test_files_that_changed_or_are_gone_fail_and_are_kept_from_the_script(self):
        worker = self.worker(RETURN_NAMES)
        lines = worker.lines(["a.csv", "b.csv", "c.csv"])
        self.executor.write("input/a.csv", "longer than it was before")
        os.remove(self.executor.path("input", "b.csv"))
        worker.send_run(lines)
        done = worker.connection.expect("done")
        self.assertEqual([(failed["file"], failed["type"]) for failed in done["failed"]],
                         [("a.csv", "FileChanged"), ("b.csv", "FileGone")])
        self.assertEqual(worker.rows(done), "c.csv\n")

    def test_a_file_that_changes_while_it_is_scored_fails_and_the_others_are_scored_again(self):
        worker = self.worker(script(
            "if len(mini_batch) == 3:\n"
            "    with open(mini_batch[1], 'a') as file:\n"
            "        file.write('more')\n"
            "return [os.path.basename(path) for path in mini_batch]"
        ))
        done = worker.run(["a.csv", "b.csv", "c.csv"])
        self.assertEqual([(failed["file"], failed["type"]) for failed in done["failed"]], [("b.csv", "FileChanged")])
        self.assertEqual(worker.rows(done), "a.csv\nc.csv\n")

    def test_a_run_that_raises_since_files_have_changed_or_are_gone_is_no_failed_attempt(self):
        worker = self.worker(script(
            "if len(mini_batch) == 4:\n"
            "    os.truncate(mini_batch[1], 0)\n"
            "    os.remove(mini_batch[2])\n"
            "    open(mini_batch[2])\n"
            "return [os.path.basename(path) for path in mini_batch]"
        ))
        self.executor.write("input/d.csv", "d")
        done = worker.run(["a.csv", "b.csv", "c.csv", "d.csv"])
        self.assertEqual([(failed["file"], failed["type"]) for failed in done["failed"]],
                         [("b.csv", "FileChanged"), ("c.csv", "FileGone")])
        self.assertEqual(worker.rows(done), "a.csv\nd.csv\n")

    def test_run_is_not_called_without_files(self):
        worker = self.worker(script("raise AssertionError('called')"))
        lines = worker.lines(["a.csv"])
        os.remove(self.executor.path("input", "a.csv"))
        worker.send_run(lines)
        done = worker.connection.expect("done")
        self.assertEqual((done["rows"], done["failed_count"]), (0, 1))


class ErrorTests(RuntimeTestCase):
    def error(self, run):
        """Return the error of one run(), having seen that the worker scores on."""
        worker = self.worker(script(f"""
if mini_batch[0].endswith("a.csv"):
    {run}
return ["row"]
"""))
        error = worker.run(["a.csv"], expect="error")
        self.assertEqual(worker.rows(worker.run(["b.csv"])), "row\n")
        return error

    def test_an_exception_fails_the_try(self):
        error = self.error("1 / 0")
        self.assertEqual((error["type"], error["message"]), ("ZeroDivisionError", "division by zero"))
        self.assertIn("score.py", error["traceback"])
        self.assertNotIn("worker.py", error["traceback"])
        self.assertIn("run", error["seconds"])

    def test_sys_exit_and_interrupts_do_not_end_the_worker(self):
        self.assertEqual(self.error("sys.exit(5)")["type"], "SystemExit")
        self.assertEqual(self.error("raise KeyboardInterrupt")["type"], "KeyboardInterrupt")

    def test_a_result_that_is_no_rows_is_an_error_in_azures_words(self):
        self.assertEqual(
            self.error("return None")["message"],
            "The run() method in the entry script should return a list or a pandas DataFrame; it returned NoneType.",
        )

    def test_giant_texts_are_cut_to_a_message(self):
        for character in ("x", "\\x01", "\\U0001f600", "\\udcff"):
            with self.subTest(character):
                error = self.error(f"raise ValueError('{character}' * 1000000)")
                self.assertEqual(len(error["message"]) <= 2000, True)

    def test_each_of_very_many_failures_is_told(self):
        names = [f"{number:04}.csv" for number in range(2000)]
        worker = self.worker(script("""
for path in mini_batch:
    runtime.file_failed(path, ValueError(path[-8:] + "\\u00e9" * 5000))
for _ in range(1000):
    runtime.warn("\\U0001f600" * 1000)
return []
"""), files=names)
        done = worker.run(names)
        self.assertEqual(done["failed_count"], 2000)
        self.assertEqual([failed["file"] for failed in done["failed"]], names)
        self.assertEqual([failed["message"][:8] for failed in done["failed"]], names)
        self.assertLess(max(map(len, worker.connection.lines)), 64 * 1024)

    def test_an_error_in_init_is_fatal(self):
        host = self.executor.host("def init():\n    raise OSError('no licence')\ndef run(mini_batch):\n    pass\n")
        worker = host.worker(expect="fatal")
        self.assertEqual((worker.ready["type"], worker.ready["message"]), ("OSError", "no licence"))
        self.assertEqual(host.connection.expect("exited")["status"], 1)

    def test_an_unknown_output_format_is_fatal(self):
        worker = self.executor.host(RETURN_NAMES).worker(output_format="xlsx", expect="fatal")
        self.assertEqual(worker.ready["message"], "the output format 'xlsx' is unknown to this worker")


class BisectionTests(RuntimeTestCase):
    """Mini-batches that come with `parts` are split down to their bad files."""

    RUN = """
names = [os.path.basename(path) for path in mini_batch]
for name in names:
    if name.startswith("bad"):
        raise ValueError("no good: " + name)
return {}
"""

    def bisected(self, names, returned="names", parts=None, **start):
        worker = self.worker(script(self.RUN.format(returned)), files=names, **start)
        return worker, worker.run(names, parts=parts or [[0, len(names)]])

    def test_good_files_keep_their_rows_in_order_and_bad_ones_have_their_own_reason(self):
        names = ["a", "b", "bad1", "c", "d", "e", "bad2", "f", "g"]
        worker, done = self.bisected(names)
        self.assertEqual(worker.rows(done).split(), ["a", "b", "c", "d", "e", "f", "g"])
        self.assertEqual([(failed["file"], failed["message"]) for failed in done["failed"]],
                         [("bad1", "no good: bad1"), ("bad2", "no good: bad2")])
        self.assertEqual((done["rows"], done["files"], done["failed_count"]), (7, 9, 2))
        self.assertEqual(done["bisected"]["message"], "no good: bad1")

    def test_a_mini_batch_that_does_not_fail_is_scored_in_one_piece(self):
        worker, done = self.bisected(["a", "b", "c"])
        self.assertEqual((worker.rows(done), worker.parts), ("a\nb\nc\n", []))
        self.assertNotIn("bisected", done)

    def test_the_part_in_work_is_told(self):
        worker, done = self.bisected(["a", "bad", "b"], parts=[[0, 2], [2, 3]])
        self.assertEqual(worker.parts, [(0, 2), (0, 1), (1, 1), (2, 1)])
        self.assertEqual(worker.rows(done), "a\nb\n")

    def test_files_outside_the_parts_are_left_out(self):
        worker, done = self.bisected(["a", "killer", "b"], parts=[[0, 1], [2, 3]])
        self.assertEqual((worker.rows(done), done["files"], done["failed_count"]), ("a\nb\n", 2, 0))

    def test_all_bad(self):
        worker, done = self.bisected(["bad1", "bad2"])
        self.assertEqual((worker.rows(done), done["failed_count"], len(done["failed"])), ("", 2, 2))

    def test_dicts_of_all_parts_have_the_same_columns(self):
        returned = "[{'name': n} if n == 'a' else {'other': n} for n in names]"
        worker, done = self.bisected(["a", "bad", "b"], returned)
        self.assertEqual(worker.rows(done), "a,\n,b\n")

    def test_a_result_that_is_no_rows_fails_the_files_it_is_for(self):
        worker, done = self.bisected(["a", "b"], "None if 'b' in names else names")
        self.assertEqual(worker.rows(done), "a\n")
        self.assertIn("it returned NoneType", done["failed"][0]["message"])

    def test_what_a_failed_call_reported_is_forgotten(self):
        worker = self.worker(script("""
for path in mini_batch:
    runtime.file_failed(path, "reported too early")
if len(mini_batch) > 1:
    raise ValueError("together")
runtime.file_failed(mini_batch[0], "alone")
return []
"""))
        done = worker.run(["a.csv", "b.csv"], parts=[[0, 2]])
        self.assertEqual([failed["message"] for failed in done["failed"]], ["alone", "alone"])


class DiskFullTests(RuntimeTestCase):
    @unittest.skipUnless(os.path.exists("/dev/full"), "there is no /dev/full")
    def test_a_segment_that_cannot_grow_pauses_the_job(self):
        worker = self.worker(segment="/dev/full")
        answer = worker.run(["a.csv"], expect="disk_full")
        self.assertIn(os.strerror(errno.ENOSPC), answer["message"])

    def test_a_script_that_cannot_write_pauses_the_job(self):
        worker = self.worker(script(f"raise OSError({errno.ENOSPC}, 'No space left on device')"))
        self.assertEqual(worker.run(["a.csv"], expect="disk_full")["id"], 0)


class LogTests(RuntimeTestCase):
    def test_all_that_is_printed_goes_to_the_workers_files(self):
        worker = self.worker(script("""
print("printed")
print("to stderr", file=sys.stderr)
os.write(1, b"written to the descriptor\\n")
os.system("echo by a child; echo child error >&2")
print('{"op":"done","id":0}')
print("a line that does not end", end="")
return ["row"]
"""))
        worker.run(["a.csv"])
        for text in ("printed\n", "written to the descriptor\n", "by a child\n", '{"op":"done","id":0}\n', "not end"):
            self.assertIn(text, worker.stdout())
        self.assertIn("to stderr\n", worker.stderr())
        self.assertIn("child error\n", worker.stderr())
        self.assertEqual(self.executor.hosts[0].log(), "")

    def test_the_time_of_each_print_is_recorded(self):
        self.inputs("a.csv")
        worker = self.worker(script("""
print("first")
time.sleep(0.3)
print("second", file=sys.stderr)
os.system("echo from a child")
time.sleep(0.3)
print("third")
return ["row"]
""", "import time"))
        began = time.time() * 1000
        worker.run(["a.csv"])
        ended = time.time() * 1000
        printed = {text: max(at for at, *sizes in worker.times() if sizes[stream] <= content.index(text))
                   for text, stream, content in (("first", 0, worker.stdout()), ("second", 1, worker.stderr()),
                                                 ("child", 0, worker.stdout()), ("third", 0, worker.stdout()))}
        self.assertLessEqual(began - 1, printed["first"])
        self.assertLessEqual(printed["first"] + 290, printed["second"])
        self.assertLessEqual(printed["second"], printed["child"])
        self.assertLessEqual(printed["child"] + 290, printed["third"])
        self.assertLessEqual(printed["third"], ended)

    def test_many_prints_in_a_moment_share_a_record(self):
        self.inputs("a.csv")
        worker = self.worker(script("for number in range(10000): print(number)\nreturn ['row']"))
        began = time.monotonic()
        worker.run(["a.csv"])
        self.assertLess(len(worker.times()), 10 + (time.monotonic() - began) / 0.02)

    def test_any_character_can_be_printed_in_any_locale(self):
        self.inputs("a.csv")
        host = self.executor.host(script("print('\\u00fc \\u65e5 \\udcff'); return ['row']"),
                                  environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
        worker = host.worker()
        worker.run(["a.csv"])
        self.assertEqual(worker.stdout(), "ü 日 \\udcff\n")

    def test_a_script_may_close_its_streams(self):
        worker = self.worker(script("sys.stdout.close(); sys.stderr = None; return ['row']"))
        worker.run(["a.csv"])
        self.assertEqual(worker.run(["b.csv"])["rows"], 1)

    def test_log_records_of_forked_workers_go_to_their_files(self):
        worker = self.worker(script("logging.getLogger('mine').warning('careful'); return ['row']", "import logging"))
        worker.run(["a.csv"])
        self.assertIn("WARNING mine: careful", worker.stderr())


    def test_log_records_below_the_deployments_level_are_left_out(self):
        run = "logging.getLogger('mine').info('at info'); logging.info('root'); logging.debug('fine'); return ['row']"
        for level, seen in (("debug", 3), ("info", 2), ("warning", 0)):
            with self.subTest(level):
                self.inputs("a.csv")
                host = self.executor.host(script(run, "import logging"), arguments=["--logging_level", level])
                worker = host.worker()
                worker.run(["a.csv"])
                self.assertEqual(sum(text in worker.stderr() for text in ("at info", "root", "fine")), seen)


class ScriptFolderTests(RuntimeTestCase):
    def test_a_script_imports_what_lies_beside_it(self):
        self.executor.write("code/rows.py", "def name(path): return 'sibling'\n")
        self.executor.write("code/tools/__init__.py", "from tools.more import WORD\n")
        self.executor.write("code/tools/more.py", "WORD = 'package'\n")
        worker = self.worker(script("return [rows.name(path) + ' ' + tools.WORD for path in mini_batch]",
                                    "import rows, tools"))
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "sibling package\n")

    def test_the_level_is_on_the_command_line(self):
        worker = self.worker(script("return [LEVEL]", """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--logging_level")
LEVEL = parser.parse_known_args()[0].logging_level
"""))
        self.assertEqual(worker.rows(worker.run(["a.csv"])), "info\n")


class ChannelTests(RuntimeTestCase):
    def test_a_busy_worker_sends_heartbeats(self):
        fifo = self.executor.path("go")
        os.mkfifo(fifo)
        run = f"runtime.file_started(mini_batch[0]); open({fifo!r}).read(); return ['row']"
        worker = self.worker(script(run))
        worker.send_run(worker.lines(["a.csv"]))
        heartbeat = worker.connection.expect("heartbeat")
        with open(fifo, "w"):
            pass
        self.assertEqual((heartbeat["id"], heartbeat["file"]), (0, "a.csv"))
        self.assertGreater(heartbeat["rss"], 1000000)
        self.assertGreaterEqual(heartbeat["cpu"], 0)
        worker.connection.expect("done")

    def test_children_of_the_script_do_not_get_the_channel(self):
        worker = self.worker(script("""
return [subprocess.check_output(["ls", "-l", "/proc/self/fd"], close_fds=False).decode()]
""", "import subprocess"))
        open_files = worker.rows(worker.run(["a.csv"]))
        self.assertIn("stderr-", open_files)
        self.assertNotIn("socket:", open_files)

    def test_stop_calls_shutdown_and_says_goodbye(self):
        worker = self.worker(RETURN_NAMES + "def shutdown():\n    print('closed')\n")
        self.assertTrue(worker.stop())
        self.assertEqual(worker.stdout(), "closed\n")
        self.assertEqual(self.executor.hosts[0].connection.expect("exited")["status"], 0)

    def test_an_error_in_shutdown_is_logged(self):
        worker = self.worker(RETURN_NAMES + "def shutdown():\n    1 / 0\n")
        self.assertTrue(worker.stop())
        self.assertIn("ZeroDivisionError", worker.stderr())

    def test_the_runtime_leaves_no_exit_handler_of_the_host_to_run_in_workers(self):
        worker = self.worker("import atexit\natexit.register(print, 'exit handler')\n" + RETURN_NAMES)
        worker.stop()
        self.assertEqual(worker.stdout(), "")


class CheckTests(RuntimeTestCase):
    def test_a_script_without_check_finds_nothing(self):
        checked = self.worker().check(["a.csv", "b.csv"])
        self.assertEqual((checked["files"], checked["problems"]), (0, []))

    def test_problems_are_told_by_file(self):
        worker = self.worker(RETURN_NAMES + """
def check(files, seconds):
    assert seconds == 0.5
    return {files[0]: None, files[1]: ValueError("no column 'x'")}
""")
        checked = worker.check(["a.csv", "b.csv", "c.csv"], seconds=0.5)
        self.assertEqual(checked["files"], 2)
        self.assertEqual([(problem["file"], problem["message"]) for problem in checked["problems"]],
                         [("b.csv", "no column 'x'")])

    def test_a_broken_check_stops_nothing(self):
        worker = self.worker(RETURN_NAMES + "def check(files, seconds):\n    1 / 0\n")
        self.assertEqual(worker.check(["a.csv"])["problems"], [])
        self.assertEqual(worker.run(["a.csv"])["rows"], 1)


if __name__ == "__main__":
    unittest.main()
