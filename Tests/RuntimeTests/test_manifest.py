import os
import shutil
import tempfile
import unittest
from unittest import mock

import installed_runtime  # noqa: F401
from executor import escape

from batchstudio_runtime.inputs import manifest


class ManifestTests(unittest.TestCase):
    def manifest_of(self, *lines, root="/input"):
        file = tempfile.NamedTemporaryFile()
        self.addCleanup(file.close)
        file.write(b"".join(lines))
        file.flush()
        return manifest.Manifest(file.name, root)

    def test_a_line_is_size_time_and_path(self):
        (file,) = self.manifest_of(b"12\t1700000000123456789\ta/b.csv\n").files(0, 31)
        self.assertEqual(file, ("a/b.csv", "/input/a/b.csv", 12, 1700000000123456789, None, None))

    def test_a_mini_batch_is_a_run_of_lines(self):
        lines = [b"1\t1\ta\n", b"2\t2\tb\n", b"3\t3\tc\n"]
        files = self.manifest_of(*lines).files(len(lines[0]), len(lines[1]) + len(lines[2]))
        self.assertEqual([file.name for file in files], ["b", "c"])

    def test_a_file_in_parts_is_one_of_the_sample_and_of_all_files(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        lines = []
        for name in ("1.jsonl", "2.csv", "3.csv"):
            open(os.path.join(folder, name), "w").close()
            for part in range(3):
                numbers = [part, 3, 30 * part, 30 * part + 30, 10 * part, 10, 0, part]
                lines.append(f"90\t5\t{name}".encode() + b"".join(b"\t%d" % number for number in numbers) + b"\n")
        lines.append(b"1\t1\tmissing.csv\n")
        files = self.manifest_of(*lines, root=folder)
        self.assertEqual([file.name for file in files.sample(10)], ["1.jsonl", "2.csv", "3.csv"])
        self.assertEqual([file.path for file in files.sample(2)], [os.path.join(folder, name) for name in ("1.jsonl", "3.csv")])
        self.assertEqual([file.name for file in files.all_files()], ["1.jsonl", "2.csv", "3.csv", "missing.csv"])
        self.assertEqual({file.part for file in files.sample(3)}, {None})

    def test_a_manifest_of_more_bytes_than_one_read_returns(self):
        names, read = [f"{number}.csv" for number in range(50)], os.pread
        files = self.manifest_of(*(manifest.line_of(name, 1, 1000) for name in names))
        size = sum(len(manifest.line_of(name, 1, 1000)) for name in names)
        with mock.patch.object(os, "pread", lambda file, count, offset: read(file, min(count, 30), offset)):
            self.assertEqual([file.name for file in files.all_files()], names)
            self.assertEqual([file.name for file in files.files(0, size)], names)

    def test_bytes_that_are_no_whole_lines_are_refused(self):
        for offset, length in ((0, 5), (0, 7), (3, 9)):
            with self.subTest(offset=offset, length=length), self.assertRaises(ValueError):
                self.manifest_of(b"1\t1\ta\n").files(offset, length)

    def test_special_characters_come_back_from_their_escapes(self):
        for name in (b"tab\there", b"line\nbreak", b"carriage\rreturn", b"back\\slash", b"\\t", b"\\\\n", b"\xff\xfe"):
            with self.subTest(name=name):
                line = b"1\t1\t" + escape(name) + b"\n"
                (file,) = self.manifest_of(line).files(0, len(line))
                self.assertEqual(os.fsencode(file.name), name)

    def test_the_lines_of_the_fetcher_are_those_of_the_executor(self):
        for name in (b"tab\there", b"line\nbreak", b"carriage\rreturn", b"back\\slash", b"\\t", "ä.csv".encode(), b"\xff\xfe"):
            with self.subTest(name=name):
                line = manifest.line_of(os.fsdecode(name), 12, 1700000000123456000)
                self.assertEqual(line, b"12\t1700000000123456000\t" + escape(name) + b"\n")
        self.assertEqual(manifest.line_of("a", None, None), b"-1\t-1\ta\n")


    def test_a_line_that_is_not_one_is_refused(self):
        for line in (b"1\ta", b"1\t1\t", b"x\t1\ta", b"1\t1.5\ta", b"1\t1\ta\tb", b"1\t1\ta\\x", b"1\t1\ta\\", b"", b"1\t1\ta\r"):
            with self.subTest(line=line), self.assertRaisesRegex(ValueError, "size, time and path"):
                self.manifest_of(b"1\t1\tb\n" + line + b"\n").all_files()

    def test_a_manifest_that_is_cut_is_refused(self):
        with self.assertRaisesRegex(ValueError, "ends within a line"):
            self.manifest_of(b"1\t1\ta\n1\t1\tb").sample(2)

    def test_a_line_is_read_as_it_was_written(self):
        for name in ("a/b.csv", "tab\there", "line\nbreak", "carriage\rreturn", "back\\slash", "\\t", "ünï"):
            with self.subTest(name=name):
                line = manifest.line_of(name, 12, -5)
                (file,) = self.manifest_of(line).files(0, len(line))
                self.assertEqual((file.name, file.size, file.mtime_ns), (name, 12, -5))


class ChangedFileTests(unittest.TestCase):
    def setUp(self):
        self.file = tempfile.NamedTemporaryFile()
        self.addCleanup(self.file.close)
        self.file.write(b"12345")
        self.file.flush()
        status = os.stat(self.file.name)
        self.listed = manifest.InputFile("f", self.file.name, status.st_size, status.st_mtime_ns)

    def test_nothing_is_said_against_an_unchanged_file(self):
        self.assertIsNone(manifest.reason_against(self.listed))

    def test_another_size_is_told(self):
        reason = manifest.reason_against(self.listed._replace(size=4))
        self.assertEqual(str(reason), "the file has 5 bytes; it had 4 when the job listed its input")

    def test_another_time_is_told(self):
        reason = manifest.reason_against(self.listed._replace(mtime_ns=1))
        self.assertEqual(str(reason), "the file was written to after the job listed its input")

    def test_a_file_that_is_gone_is_told(self):
        reason = manifest.reason_against(self.listed._replace(path=self.file.name + ".gone"))
        self.assertEqual(type(reason).__name__, "FileGone")


if __name__ == "__main__":
    unittest.main()
