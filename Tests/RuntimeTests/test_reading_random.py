"""Delimited files of random shape: both engines read what was written, and refuse the same in the same words.

A failure prints the seed: BATCHSTUDIO_TEST_SEED=… runs the same files again.
"""
import bz2
import datetime
import gzip
import json
import lzma
import math
import os
import random
import time
import unittest
import zipfile
from typing import Any, List

import numpy
import pandas
import zstandard
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.columns import Array, Column
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.read_options import ReadOptions

SEED = int(os.environ.get("BATCHSTUDIO_TEST_SEED", random.randrange(2 ** 32)))
SECONDS = 5  # of each test
TYPES = ("double", "float", "long", "integer", "boolean", "string", "datetime", "binary", Array("double"))
SUFFIXES = {",": ".csv", "\t": ".tsv", "|": ".psv", ";": ".csv"}
TEXT = str(pandas.Series(["a"], dtype=str).dtype)  # object before pandas 3
EPOCH = datetime.datetime(1970, 1, 1)
LETTERS = "abcXYZ019 .-_\u00e9\u00df'"
WORDS = ("NA", "null", "None", "nan", "true", "0x10", "007", "1e5", "inf", " x ", "\u20ac")

ODD_CELLS = (
    "0x1F", "0X1f", "NAN", "nan(1)", "1e400", "-1e400", "1_0", "5.0", "5.5", "1e3", "+7", "--7", "1e", ".", "", " ", "NA ",
    "9223372036854775808", "-9223372036854775808", "2147483648", "1e39", "00012", "1,5", "\uff11", "tRuE", "yes", "1.0",
    "2024-05-01 10", "20240501", "2024-02-30", "2024-05-01T24:00", "2024-05-01 10:00:60", "2262-04-11T23:47:16.854775807",
    "2262-04-11T23:47:16.854775808", "1677-09-21T00:12:43.145224193", "2024-05-01T10:00+25:00", "[1, 2", "[1, null]", "{}",
    "QQ=", "QQ==", "\u00a05",
)

SENTINELS = ["-999", "0", "1", "-1.#IND", "99999999", "9.5", "inf", "true", "-"]
# A value of each type that is valid anywhere, with its text.
SPARE = {
    "double": (2.5, "2.5"), "float": (2.5, "2.5"), "long": (25, "25"), "integer": (25, "25"), "boolean": (False, "False"),
    "string": ("ab", "ab"), "binary": (b"A", "QQ=="), Array("double"): ([2.5], "[2.5]"),
    "datetime": (numpy.datetime64("2024-05-01", "ns"), "2024-05-01"),
}


class Truth:
    """A random table: for each column its values, and the texts in which a file has them."""

    def __init__(self, source, rows, encoding):
        self.random = source
        self.columns = [self.column(index) for index in range(source.randint(1, 6))]
        self.has_wide_texts = encoding.startswith("utf")
        pairs = [[self.cell(column) for _ in range(rows)] for column in self.columns]
        self.values = [[value for value, _ in cells] for cells in pairs]
        self.texts = [[text for _, text in cells] for cells in pairs]

    def column(self, index):
        return Column(f"c{index}", self.random.choice(TYPES), self.random.random() < 0.5)

    def cell(self, column):
        """Returns a value of this column and a text that means it."""
        can_miss = column.type in ("double", "float", "datetime") or (
            not column.is_required and column.type not in ("long", "integer")
        )
        if can_miss and self.random.random() < 0.15:
            has_words = column.type in ("double", "float", "datetime", "boolean")
            return None, self.random.choice(["", "NA", "null", "nan", "None", "<NA>"] if has_words else [""])
        value, text = getattr(self, column.type if isinstance(column.type, str) else "array")()
        if column.type not in ("string", "binary") and self.random.random() < 0.05:
            text = self.random.choice([" ", "", "\t"]) + text + " "
        return value, text

    def double(self):
        value = self.random.choice([
            self.random.gauss(0, 1e3), self.random.uniform(-1, 1) * 10.0 ** self.random.randint(-300, 300),
            float(self.random.randint(-10 ** 6, 10 ** 6)), 0.0, 5e-324, 1.7976931348623157e308, math.inf, -math.inf,
        ])
        if math.isinf(value):
            return value, ("-" if value < 0 else self.random.choice(["", "+"])) + self.random.choice(["inf", "Infinity", "INF"])
        text = self.random.choice([repr(value), f"{value:.17e}", f"{value:+.17E}"])
        return value, text

    def float(self):
        value = float(numpy.float32(self.random.gauss(0, 1e3)))
        return value, repr(value)

    def long(self):
        return self.whole(2 ** 63)

    def integer(self):
        return self.whole(2 ** 31)

    def whole(self, limit):
        value = self.random.choice([self.random.randint(-9, 9), self.random.randint(-limit, limit - 1), -limit, limit - 1])
        text = str(value)
        if self.random.random() < 0.05:
            text = self.random.choice([text + ".0", text + ".", f"+{abs(value)}" if 0 <= value else text, text + "e0"])
        return value, text

    def boolean(self):
        value = self.random.random() < 0.5
        return value, self.random.choice(["true", "True", "TRUE", "tRue", "1"] if value else ["false", "False", "FALSE", "0"])

    def string(self):
        value = self.random.choice([*WORDS[:-1], *([WORDS[-1]] if self.has_wide_texts else [])]) \
            if self.random.random() < 0.2 else self.letters()
        return value, value

    def letters(self):
        letters = LETTERS + "\",;|\t\n\r" + ("\u6f22\U0001f600" if self.has_wide_texts else "")
        return "".join(self.random.choice(letters) for _ in range(self.random.randint(1, 12)))

    def datetime(self):
        microseconds = self.random.randint(-9 * 10 ** 15, 9 * 10 ** 15)
        value = EPOCH + datetime.timedelta(microseconds=microseconds)
        shape = self.random.randrange(4)
        if shape == 0:
            value = datetime.datetime(value.year, value.month, value.day)
            return numpy.datetime64(value, "ns"), value.strftime("%Y-%m-%d").zfill(10)
        if shape == 1:
            minutes = self.random.randint(-14 * 60, 14 * 60)
            zone = datetime.timezone(datetime.timedelta(minutes=minutes))
            text = value.replace(tzinfo=datetime.timezone.utc).astimezone(zone).isoformat()
            return numpy.datetime64(value, "ns"), text if self.random.random() < 0.5 else text.replace("+00:00", "Z")
        if shape == 2:
            value = value.replace(second=0, microsecond=0)
            return numpy.datetime64(value, "ns"), value.isoformat(" ", "minutes")
        nanoseconds = microseconds * 1000 + self.random.randrange(1000)
        seconds, fraction = divmod(nanoseconds, 10 ** 9)
        text = (EPOCH + datetime.timedelta(seconds=seconds)).isoformat(" ") + f".{fraction:09}"
        return numpy.datetime64(nanoseconds, "ns"), text

    def binary(self):
        import base64

        value = bytes(self.random.randrange(256) for _ in range(self.random.randint(1, 9)))
        return value, base64.b64encode(value).decode()

    def array(self):
        value = [self.random.gauss(0, 1) for _ in range(self.random.randint(0, 3))]
        return value, json.dumps(value)

    def assert_is(self, test, frame):
        test.assertEqual(list(frame.columns), [column.name for column in self.columns])
        for column, values in zip(self.columns, self.values):
            found = frame[column.name]
            test.assertEqual(len(found), len(values))
            for row, (expected, value) in enumerate(zip(values, found)):
                test.assertTrue(is_same(expected, value), f"{column} row {row}: {value!r} is not {expected!r}")
            test.assertIn(found.dtype, dtypes_of(column), column)


def dtypes_of(column):
    types = {"double": "float64", "float": "float32", "long": "int64", "integer": "int32", "boolean": "bool",
             "datetime": "datetime64[ns]", "string": TEXT}
    wanted = [types.get(column.type, object) if isinstance(column.type, str) else object]
    return wanted + [object] if column.type == "boolean" and not column.is_required else wanted


def is_same(expected, value):
    if expected is None:
        return value is None or value != value
    if isinstance(expected, numpy.datetime64):
        return value.value == expected.view("int64")
    if isinstance(expected, list):
        return list(value) == expected
    if isinstance(expected, float):
        return float(value) == expected and math.copysign(1, value) == math.copysign(1, expected)
    return value == expected and isinstance(value, (bool, numpy.bool_)) == isinstance(expected, bool)


class Writing:
    """A random dialect, encoding and compression, and the table's file in them."""

    def __init__(self, source):
        self.random = source
        self.delimiter = source.choice(list(SUFFIXES))
        self.line_ends = source.choice([["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"]])
        self.encoding = source.choice(["utf-8"] * 4 + ["utf-8-sig", "utf-16", "cp1252", "latin-1"])
        self.compression = source.choice([None] * 4 + ["gz", "bz2", "xz", "zst", "zip"])
        self.quotes = source.choice([0, 0.2, 1])
        self.options = {}
        if self.delimiter == ";":
            self.options["delimiter"] = ";"
        if self.encoding in ("cp1252", "latin-1"):
            self.options["encoding"] = self.encoding

    def text(self, truth):
        names = [column.name for column in truth.columns]
        columns = list(zip(names, truth.texts))
        if len(columns) > 1 and self.random.random() < 0.3:
            columns.append(("other", ["x"] * len(truth.texts[0])))
            self.random.shuffle(columns)
        lines = [[name for name, _ in columns], *map(list, zip(*(texts for _, texts in columns)))]
        text = ""
        for fields in lines:
            text += self.delimiter.join(self.field(field) for field in fields) + self.random.choice(self.line_ends)
        is_open = len(columns) > 1 and self.random.random() < 0.2
        return text.rstrip("\r\n") if is_open and not lines[-1][-1].endswith(("\r", "\n")) else text

    def field(self, text):
        needs_quotes = any(mark in text for mark in (self.delimiter, '"', "\r", "\n"))
        if needs_quotes or self.random.random() < self.quotes:
            return '"' + text.replace('"', '""') + '"'
        return text

    def file(self, text):
        """Returns a name and the content of the file."""
        name, data = "t" + SUFFIXES[self.delimiter], text.encode(self.encoding, "replace")
        if self.compression is None:
            return name, data
        middle = self.random.randrange(len(data) + 1)
        parts = [data[:middle], data[middle:]]
        if self.compression == "zip":
            return name + ".zip", (name, data)
        one = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": zstandard.ZstdCompressor().compress}
        return f"{name}.{self.compression}", b"".join(map(one[self.compression], parts))


class RandomFileTests(InputTestCase):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.ends = time.monotonic() + SECONDS

    def files(self):
        """Yields random tables with the path of their file, until the time is over."""
        count = 0
        while count < 20 or time.monotonic() < self.ends:
            count += 1
            writing = Writing(self.random)
            rows = self.random.choice([0, 1, 2, 5, 20, 20, 300])
            truth = Truth(self.random, rows, writing.encoding)
            yield count, writing, truth, writing.text(truth)

    def store(self, writing, text):
        name, content = writing.file(text)
        if isinstance(content, tuple):
            path = self.path(name)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(*content)
            return path
        return self.write(name, content)

    def test_both_engines_read_what_was_written(self):
        for count, writing, truth, text in self.files():
            path = self.store(writing, text)
            for engine in ("arrow", "csv"):
                with self.subTest(seed=SEED, count=count, engine=engine, text=text[:300], options=writing.options):
                    reader = DelimitedReader(truth.columns, ReadOptions(writing.options), engine=engine)
                    truth.assert_is(self, reader.read(path))

    def test_both_engines_refuse_the_same(self):
        for count, writing, truth, text in self.files():
            writing.compression = None
            text = self.damaged(text, writing) if self.random.random() < 0.5 else writing.text(self.with_odd_cells(truth))
            path = self.store(writing, text)
            found: List[Any] = []
            for engine in ("arrow", "csv"):
                reader = DelimitedReader(truth.columns, ReadOptions(writing.options), engine=engine)
                try:
                    frame = reader.read(path)
                    found.append([(name, str(frame[name].dtype), list(map(repr, frame[name]))) for name in frame.columns])
                except ValueError as error:
                    found.append(f"{type(error).__name__}: {error}")
            with self.subTest(seed=SEED, count=count, text=text[:300], options=writing.options):
                self.assertEqual(found[0], found[1])

    def test_both_engines_find_the_same_missing_numbers(self):
        for count, writing, truth, text in self.files():
            sentinels = self.random.sample(SENTINELS, 2)
            options = ReadOptions(dict(writing.options, missing_values=sentinels))
            for column, values, texts in zip(truth.columns, truth.values, truth.texts):
                can_miss = column.type in ("double", "float", "datetime") or column.type == "boolean" and not column.is_required
                for row, found in enumerate(texts):
                    if can_miss and (values[row] is None or self.random.random() < 0.2):
                        values[row], texts[row] = None, self.random.choice(["", " "]) + self.random.choice(sentinels)
                    elif found.strip(" \t") in sentinels or values[row] is None:
                        values[row], texts[row] = SPARE[column.type]
            path = self.store(writing, writing.text(truth))
            for engine in ("arrow", "csv"):
                with self.subTest(seed=SEED, count=count, engine=engine, text=text[:300], missing=sentinels):
                    truth.assert_is(self, DelimitedReader(truth.columns, options, engine=engine).read(path))

    def with_odd_cells(self, truth):
        """Returns the table with a few cells that their type takes or not, and that parsers see in their own ways."""
        for _ in range(self.random.randint(1, 2)):
            texts = self.random.choice(truth.texts)
            if texts:
                texts[self.random.randrange(len(texts))] = self.random.choice(ODD_CELLS)
        return truth

    def damaged(self, text, writing):
        """Returns the text with a few characters put in, replaced or left out."""
        letters = list(text)
        for _ in range(self.random.randint(1, 3)):
            place = self.random.randrange(text.find("c") + 1, len(letters)) if len(letters) > 3 else 0
            mark = self.random.choice([writing.delimiter, '"', '""', "\n", "\r", " ", "x", "0x1", "+", "-", ".", "e", "NA", "9"])
            letters[place:place + self.random.randint(0, 1)] = [mark]
        return "".join(letters)


if __name__ == "__main__":
    unittest.main()
