"""Files as text: compressions by content, encodings by mark or option, and what is damaged or no text."""
import bz2
import gzip
import lzma
import os
import random
import subprocess
import sys
import unittest
import zipfile

import zstandard
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import compression
from batchstudio_runtime.inputs.compression import DamagedFile
from batchstudio_runtime.inputs.opening import UndecodableText, open_text
from batchstudio_runtime.inputs.read_options import ReadOptions

TEXT = ("a,b\n" + "1,\u00e9\u6f22\n" * 50000).encode("utf-8")
COMPRESSIONS = {
    "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.ZstdCompressor().compress,
}


class OpeningTestCase(InputTestCase):
    def text(self, name, content, **options):
        """Returns the inner name and the bytes that a file is read as."""
        path = content if name is None else self.write(name, content)
        with open_text(path, ReadOptions(options)) as text:
            return text.name, b"".join(text.pieces)

    def zip(self, *members, name="t.zip"):
        path = self.path(name)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, data in members:
                archive.writestr(member, data)
        return path

    def assert_refused(self, expected, name, content, error=ValueError, **options):
        with self.assertRaises(error) as raised:
            self.text(name, content, **options)
        self.assertIn(expected, str(raised.exception))


class CompressionTests(OpeningTestCase):
    def test_the_content_tells_the_compression_and_the_inner_name_the_type(self):
        for suffix, compress in COMPRESSIONS.items():
            self.assertEqual(self.text(f"t.csv.{suffix}", compress(TEXT)), ("t.csv", TEXT))
            self.assertEqual(self.text("t.csv", compress(TEXT)), ("t.csv", TEXT))
            self.assertEqual(self.text(f"t.tsv.{suffix}", TEXT), ("t.tsv", TEXT))

    def test_several_members_are_one_text(self):
        for suffix, compress in COMPRESSIONS.items():
            parts = compress(TEXT[:100001]) + compress(TEXT[100001:])
            self.assertEqual(self.text(f"t.csv.{suffix}", parts)[1], TEXT, suffix)
        self.assertEqual(self.text("t.csv.gz", gzip.compress(TEXT) + b"\0" * 512)[1], TEXT)

    def test_what_is_cut_off_is_damaged(self):
        for suffix, compress in COMPRESSIONS.items():
            data = compress(TEXT)
            for length in (len(data) // 2, len(data) - 1, 7):
                self.assert_refused("cut off", f"t.csv.{suffix}", data[:length], DamagedFile)

    def test_what_is_overwritten_is_damaged(self):
        for suffix, compress in COMPRESSIONS.items():
            data = bytearray(compress(TEXT))
            data[len(data) // 2:len(data) // 2 + 20] = b"x" * 20
            self.assert_refused("damaged", f"t.csv.{suffix}", bytes(data), (DamagedFile, UndecodableText))
            self.assert_refused("damaged", f"t.csv.{suffix}", compress(TEXT) + b"more bytes than that", DamagedFile)

    def test_pieces_are_small_whatever_the_file_was_made_of(self):
        text = b"0" * (30 * 1024 * 1024)
        for suffix, compress in COMPRESSIONS.items():
            with self.subTest(suffix=suffix), open(self.write(f"t.{suffix}", compress(text) * 2), "rb") as file:
                kind = compression.compression_of(file.read(compression.MAGIC_LENGTH))
                file.seek(0)
                lengths = list(map(len, compression.decompressed(file, str(kind))))
                self.assertEqual((sum(lengths), max(lengths)), (2 * len(text), 1024 * 1024))

    def test_zstd_frames_of_every_kind(self):
        source = random.Random(7)
        frames = [b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc"]
        texts = [b""]
        for length in (0, 1, 255, 256, 70000, 3 * 1024 * 1024):
            for has_size in (True, False):
                for has_checksum in (True, False):
                    texts.append(bytes(source.choice(b"ab") for _ in range(min(length, 1000))).ljust(length, b"c"))
                    compressor = zstandard.ZstdCompressor(write_checksum=has_checksum, write_content_size=has_size)
                    frames.append(compressor.compress(texts[-1]))
        with open(self.write("t.zst", b"".join(frames)), "rb") as file:
            self.assertEqual(b"".join(compression.decompressed(file, "zstd")), b"".join(texts))
        whole = frames[-1]
        for length in source.sample(range(5, len(whole)), 20):
            with open(self.write("t.zst", frames[1] + whole[:length]), "rb") as file, self.assertRaises(DamagedFile):
                list(compression.decompressed(file, "zstd"))

    def test_zstd_by_pyarrow_alone(self):
        path = self.write("t.csv.zst", COMPRESSIONS["zst"](TEXT[:1000]) + COMPRESSIONS["zst"](TEXT[1000:]))
        with open(path, "rb") as file:
            self.assertEqual(b"".join(compression.decompressed_by_arrow(file)), TEXT)
        with open(self.write("t.zst", COMPRESSIONS["zst"](TEXT)[:-5]), "rb") as file:
            with self.assertRaisesRegex(DamagedFile, "damaged"):
                list(compression.decompressed_by_arrow(file))

    def test_a_missing_library_is_named(self):
        path = self.write("t.csv.zst", COMPRESSIONS["zst"](TEXT))
        script = (
            "import sys; sys.modules.update({'pyarrow': None, 'zstandard': None, 'compression.zstd': None})\n"
            "from batchstudio_runtime.inputs.opening import open_text\n"
            "from batchstudio_runtime.inputs.read_options import ReadOptions\n"
            "with open_text(sys.argv[1], ReadOptions()) as text: list(text.pieces)"
        )
        import installed_runtime

        environment = dict(os.environ, PYTHONPATH=installed_runtime.RUNTIME)
        run = subprocess.run([sys.executable, "-c", script, path], stderr=subprocess.PIPE, env=environment)
        self.assertIn(b"compressed with zstd: add 'zstandard' to the model's environment", run.stderr)

    def test_a_zip_file_with_one_member(self):
        self.assertEqual(self.text(None, self.zip(("in/x.tsv", TEXT))), ("x.tsv", TEXT))
        self.assertEqual(self.text(None, self.zip(("data", TEXT), name="t.csv.zip")), ("t.csv", TEXT))
        self.assertEqual(self.text(None, self.zip(("a/", b""), ("a/x.csv", TEXT), ("__MACOSX/x.csv", b"y")))[1], TEXT)

    def test_zip_files_that_are_no_table(self):
        self.assert_refused("the zip file has 2 members", None, self.zip(("a.csv", TEXT), ("b.csv", TEXT)))
        self.assert_refused("the zip file has 0 members", None, self.zip())
        with open(self.zip(("a.csv", TEXT)), "rb") as file:
            data = file.read()
        self.assert_refused("damaged", "cut.zip", data[:-30], DamagedFile)
        damaged = data[:100] + b"xxxx" + data[104:]
        self.assert_refused("damaged", "damaged.zip", damaged, DamagedFile)


class EncodingTests(OpeningTestCase):
    def test_marks_tell_the_encoding(self):
        text = TEXT.decode("utf-8")
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
            self.assertEqual(self.text("t.csv", text.encode(encoding))[1], TEXT, encoding)
        for encoding, mark in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
            self.assertEqual(self.text("t.csv", mark + text.encode(encoding))[1], TEXT, encoding)

    def test_the_option_tells_the_encoding_where_no_mark_does(self):
        self.assertEqual(self.text("t.csv", "a\n\u20ac\n".encode("cp1252"), encoding="cp1252")[1], "a\n\u20ac\n".encode())
        self.assertEqual(self.text("t.csv", "a\n\u00e9\n".encode("utf-8-sig"), encoding="cp1252")[1], "a\n\u00e9\n".encode())
        self.assertEqual(self.text("t.csv", "a\n1\n".encode("utf-16-le"), encoding="utf-16-le")[1], b"a\n1\n")

    def test_bytes_of_another_encoding_are_named(self):
        content = b"a,b\n" + b"1,x\n" * 30000 + "2,\u00e9\n".encode("cp1252")
        self.assert_refused(
            "the file is not utf-8: byte 0xe9 at position 120006 (line 30002). Give the encoding with"
            " read_options.encoding (it looks like cp1252).", "t.csv", content, UndecodableText,
        )
        self.assert_refused("byte 0x81 at position 2 (line 2)", "t.csv", b"a\n\x81\n", UndecodableText)
        self.assert_refused("the file is not ascii: byte 0xc3", "t.csv", "\u00e9\n".encode(), encoding="ascii")
        self.assert_refused("position 120006 (line 30002)", "t.csv.gz", gzip.compress(content), UndecodableText)

    def test_a_character_that_is_cut_off_at_the_end(self):
        self.assert_refused("the file is not utf-8: byte 0xc3 at position 2", "t.csv", b"a\n\xc3", UndecodableText)
        self.assert_refused("the file is not utf-16-le", "t.csv", "a\n1\n".encode("utf-16")[:-1], UndecodableText)

    def test_zero_bytes_are_no_text(self):
        self.assert_refused("a zero byte at position 5 (line 2)", "t.csv", b"a,b\n1\x00,2\n", UndecodableText)
        self.assert_refused("utf-16-le or utf-16-be", "t.csv", "a\n1\n".encode("utf-16-le"), UndecodableText)
        self.assert_refused("a zero byte.", "t.csv", "a\0".encode("utf-16"), UndecodableText)

    def test_an_unknown_encoding(self):
        for name in ("latin-99", "base64"):
            with self.assertRaisesRegex(ValueError, f"read_options.encoding: '{name}' is not an encoding"):
                ReadOptions({"encoding": name})

    def test_characters_across_pieces(self):
        text = "\u6f22" * (3 * 1024 * 1024)
        for shift in range(3):
            content = ("x" * shift + text).encode("utf-8")
            self.assertEqual(self.text("t.csv", content)[1], content)


if __name__ == "__main__":
    unittest.main()
