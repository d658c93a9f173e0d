"""What is no regular file fails with its reason and is never opened; one that takes a file's place does not block."""
import os
import socket
import stat
import tempfile
import unittest
from unittest import mock

import installed_runtime  # noqa: F401

from batchstudio_runtime.inputs import manifest, regular_files
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.scoring import page_cache

COLUMNS = [{"type": "double", "name": "a", "required": True}]
FORMATS = ("csv", "json", "jsonl", "parquet", "arrow", "orc", "avro", "xlsx", "csv.gz", "bin")


class RegularFileTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def fifo(self, name="fifo.csv"):
        os.mkfifo(self.path(name))
        return self.path(name)

    def reason(self, path, size=0):
        return str(manifest.reason_against(manifest.InputFile("f", path, size, -1)))

    def test_each_kind_has_its_reason(self):
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(self.path("socket"))
            self.assertEqual(self.reason(self.path("socket")), "Not a regular file: socket")
        self.assertEqual(self.reason(self.fifo()), "Not a regular file: FIFO")
        self.assertEqual(self.reason("/dev/zero"), "Not a regular file: character device")
        os.symlink("/dev/zero", self.path("zero.csv"))
        self.assertEqual(self.reason(self.path("zero.csv")), "Not a regular file: character device")
        self.assertEqual(self.reason(self.folder), "Not a regular file: folder")

    def test_a_link_to_nothing_says_so(self):
        os.symlink("/nowhere/at/all", self.path("gone.csv"))
        self.assertEqual(self.reason(self.path("gone.csv")), "the link leads to nothing: /nowhere/at/all")
        self.assertEqual(
            self.reason(self.path("none.csv")), "the file is missing; it existed when the job listed its input"
        )

    def test_a_link_to_itself_says_so(self):
        os.symlink("self.csv", self.path("self.csv"))
        self.assertIn("Too many levels of symbolic links", self.reason(self.path("self.csv")))

    def test_links_that_the_listing_refused_fail(self):
        with open(self.path("a.csv"), "w") as file:
            file.write("a\n1\n")
        self.assertIn("leads out of the input", self.reason(self.path("a.csv"), size=-2))
        self.assertIn("a folder that contains it", self.reason(self.folder, size=-3))

    def test_no_reader_opens_a_fifo(self):
        # Python's own open() would wait for a writer, and so would Arrow's.
        opened = []
        real = os.open

        def open_recorded(*arguments, **settings):
            opened.append(arguments[0])
            return real(*arguments, **settings)

        for extension in FORMATS:
            path = self.fifo("f." + extension)
            with mock.patch("os.path.getsize", lambda _: 100), mock.patch("os.open", open_recorded):
                error = FileReader(COLUMNS).read_or_error(path)
            self.assertEqual(str(error), "Not a regular file: FIFO", extension)
        self.assertEqual(opened, [])

    def test_images_that_are_fifos_fail(self):
        columns = [{"type": "binary", "name": "image", "required": True}]
        with mock.patch("os.path.getsize", lambda _: 100):
            error = FileReader(columns, ReadOptions()).read_or_error(self.fifo("a.png"))
        self.assertEqual(str(error), "Not a regular file: FIFO")

    def test_a_fifo_that_takes_the_place_of_a_file_does_not_block(self):
        # The first look still sees the file: then it is opened without waiting, and looked at again.
        with open(self.path("plain.csv"), "w") as file:
            file.write("a\n1\n")
        plain = os.stat(self.path("plain.csv"))
        path = self.fifo()
        before = set(os.listdir("/proc/self/fd"))
        with mock.patch("os.stat", lambda _: plain):
            with self.assertRaisesRegex(regular_files.NotARegularFile, "^Not a regular file: FIFO$"):
                regular_files.open_input(path)
        self.assertEqual(set(os.listdir("/proc/self/fd")), before)

    def test_fifos_are_not_prefetched(self):
        path = self.fifo()
        page_cache.prefetch([path, "/dev/zero", self.path("none")])
        # A reader that had opened it would let this writer in.
        with self.assertRaises(OSError):
            os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        self.assertTrue(stat.S_ISFIFO(os.stat(path).st_mode))

    def test_regular_files_are_read(self):
        with open(self.path("a.csv"), "w") as file:
            file.write("a\n1.5\n")
        os.symlink("a.csv", self.path("link.csv"))
        self.assertEqual(list(FileReader(COLUMNS).read(self.path("link.csv"))["a"]), [1.5])


if __name__ == "__main__":
    unittest.main()
