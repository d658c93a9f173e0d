import json
import unittest

import installed_runtime  # noqa: F401

from batchstudio_runtime.scoring import errors


def raised(function):
    try:
        function()
    except BaseException as error:
        return error


class DescribeTests(unittest.TestCase):
    def test_an_exception_has_type_message_and_traceback(self):
        entry = errors.describe(raised(lambda: 1 / 0))
        self.assertEqual((entry["type"], entry["message"]), ("ZeroDivisionError", "division by zero"))
        self.assertIn("test_errors.py", entry["traceback"])

    def test_a_text_is_a_reason_too(self):
        self.assertEqual(errors.describe("too dark"), {"type": "FileFailed", "message": "too dark"})

    def test_a_missing_key_reads_as_a_sentence(self):
        self.assertEqual(errors.describe(KeyError("alcohol"))["message"], "key 'alcohol' is missing")

    def test_an_exit_says_what_it_was(self):
        self.assertEqual(errors.describe(SystemExit(5))["message"], "the script called sys.exit(5)")

    def test_an_exception_that_cannot_print_itself_is_reported_all_the_same(self):
        class Broken(Exception):
            def __str__(self):
                raise RuntimeError("no text")

        self.assertIn("no text", errors.describe(Broken())["message"])

    def test_long_texts_are_cut(self):
        def fail():
            raise ValueError("x" * 100000)

        entry = errors.describe(raised(fail))
        self.assertEqual(len(entry["message"]), errors.MESSAGE_LIMIT)
        self.assertLessEqual(len(entry["traceback"]), errors.TRACEBACK_LIMIT)

    def test_undecodable_file_names_become_valid_text(self):
        entry = errors.describe(ValueError("bad \udcff name"))
        self.assertEqual(entry["message"], "bad \\udcff name")

    def test_no_description_is_longer_than_a_message_may_be(self):
        for character in ("\x01", "\U0001f600", "\udcff", "\n"):
            with self.subTest(character=character):
                def fail(character=character):
                    raise type("E" * 10000, (Exception,), {})(character * 100000)

                size = len(json.dumps(errors.describe(raised(fail)), ensure_ascii=False).encode("utf-8"))
                self.assertLess(size, 64 * 1024 - 500)


class FittingTests(unittest.TestCase):
    def test_all_entries_stay_when_they_fit(self):
        entries = [{"file": "a", "traceback": "t"}, {"file": "b"}]
        self.assertEqual(errors.fitting(entries, 1000), entries)

    def test_tracebacks_go_before_entries_do(self):
        entries = [{"file": str(number), "traceback": "t" * 100} for number in range(10)]
        kept = errors.fitting(entries, 400)
        self.assertEqual([entry["file"] for entry in kept], [str(number) for number in range(10)])
        self.assertIn("traceback", kept[0])
        self.assertNotIn("traceback", kept[-1])

    def test_what_does_not_fit_is_left_out(self):
        entries = [{"message": "m" * 100} for _ in range(100)]
        self.assertLess(len(errors.fitting(entries, 1000)), 10)


if __name__ == "__main__":
    unittest.main()
