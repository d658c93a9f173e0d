"""The text of rows: pandas' own, whichever way it is made."""
import collections
import csv
import datetime
import decimal
import enum
import io
import json
import pathlib
import random
import unittest
import uuid
from typing import Any, List
from unittest import mock

import installed_runtime  # noqa: F401

from batchstudio_runtime.outputs import arrow_rows, formats, rows

try:
    import numpy
    import pandas
except ImportError:
    numpy = pandas = None
try:
    import pyarrow
except ImportError:
    pyarrow = None
try:
    import polars
except ImportError:
    polars = None

Point = collections.namedtuple("Point", "x y")

ITEMS: Any = [
    ("text is a line as it is", ["a.csv,1", 'say "hi"', ""], 'a.csv,1\nsay "hi"\n\n'),
    ("text that ends its line itself", ["a,1\n", "b,2\n"], "a,1\nb,2\n"),
    ("integers", [1, -2, 10 ** 30], "1\n-2\n" + "1" + "0" * 30 + "\n"),
    ("floats", [1.0, 0.1, 1e-07, 1e16, 123456789.123], "1.0\n0.1\n1e-07\n1e+16\n123456789.123\n"),
    ("infinity", [float("inf"), float("-inf")], "inf\n-inf\n"),
    ("truth", [True, False], "True\nFalse\n"),
    ("a missing value alone in its row", [None, float("nan")], '""\n""\n'),
    ("missing values among others", [[1, None, float("nan")]], "1,,\n"),
    ("lists", [["a.csv", 3], ["b.csv", 4]], "a.csv,3\nb.csv,4\n"),
    ("tuples", [("a.csv", 0.5)], "a.csv,0.5\n"),
    ("named tuples", [Point(1, 2)], "1,2\n"),
    ("texts that need quotes", [["a,b", 'c"d', "e\nf", "g h"]], '"a,b","c""d","e\nf",g h\n'),
    ("dicts", [{"a": 1, "b": 2}, {"a": 3, "b": 4}], "1,2\n3,4\n"),
    ("dicts of other keys", [{"a": 1}, {"b": 2}], "1,\n,2\n"),
    ("carriage returns", [["r\rr", 1], ["x", 2], "as it is"], '"r\rr",1\nx,2\nas it is\n'),
    ("nested lists", [["a", [0.1, 0.9]]], 'a,"[0.1, 0.9]"\n'),
    ("nested dicts", [["a", {"k": [None, True]}]], 'a,"{""k"": [null, true]}"\n'),
    ("nested missing and infinite values", [[[float("nan"), float("inf")]]], '"[null, ""inf""]"\n'),
    ("a tuple of items", (1, 2), "1\n2\n"),
    ("texts and lists together", ["as it is,1", ["b", 2]], "as it is,1\nb,2\n"),
    ("umlauts", [["ä", "日本"]], "ä,日本\n"),
    ("undecodable file names", [["\udcff.csv", 1]], "\\udcff.csv,1\n"),
    ("decimals", [[decimal.Decimal("1.50"), decimal.Decimal("NaN")]], "1.50,\n"),
    ("dates", [[datetime.date(2024, 2, 29), datetime.datetime(2024, 2, 29, 1, 2, 3)]],
     "2024-02-29,2024-02-29 01:02:03\n"),
    ("nothing", [], ""),
]


class Colour(enum.Enum):
    RED = 1


class Size(enum.IntEnum):
    SMALL = 1


class Word(str, enum.Enum):
    YES = "yes"


class Thing:
    pass


def values():
    """Yield values that a library or a script gives, the text in CSV and the value in JSON."""
    yield 2 ** 63, "9223372036854775808", 2 ** 63
    yield -2 ** 70, str(-2 ** 70), -2 ** 70
    yield decimal.Decimal("1.50"), "1.50", "1.50"
    yield "Zürich".encode(), "Zürich", "Zürich"
    yield bytearray(b"x"), "x", "x"
    yield uuid.UUID(int=5), str(uuid.UUID(int=5)), str(uuid.UUID(int=5))
    yield pathlib.PurePosixPath("/a/b"), "/a/b", "/a/b"
    yield Colour.RED, "Colour.RED", "Colour.RED"
    yield Size.SMALL, "1", 1
    yield Word.YES, "yes", "yes"
    yield datetime.datetime(2024, 1, 1, tzinfo=datetime.timezone.utc), "2024-01-01 00:00:00+00:00", "2024-01-01 00:00:00+00:00"
    yield datetime.timedelta(hours=30), "1 day, 6:00:00", "1 day, 6:00:00"
    yield datetime.time(10, 30), "10:30:00", "10:30:00"
    if numpy is not None:
        yield numpy.bytes_(b"x"), "x", "x"
        yield numpy.uint64(2 ** 64 - 1), str(2 ** 64 - 1), 2 ** 64 - 1
        yield numpy.str_("text"), "text", "text"
        yield numpy.ma.masked, "", None
    if pandas is not None:
        yield pandas.NaT, "", None
        yield pandas.NA, "", None
        yield pandas.Timedelta(hours=30), "1 days 06:00:00", "1 days 06:00:00"
        yield pandas.Timestamp("2024-01-01 10:00", tz="Europe/Zurich"), "2024-01-01 10:00:00+01:00", "2024-01-01 10:00:00+01:00"


def refused():
    """Yield values that can't be written so that two runs give the same bytes, with their errors."""
    yield b"\xff", "bytes that are not UTF-8 text"
    yield {"b", "a"}, "a set has no order; return a list"
    yield frozenset(), "a frozenset has no order; return a list"
    yield Thing(), "a value of type Thing has no text of its own"
    yield len.__class__.__call__.__get__(print), "a value of type method-wrapper has no text of its own"
    yield (number for number in range(3)), "a value of type generator has no text of its own"
    if pandas is not None:
        yield pandas.DataFrame({"a": [1]}), "a DataFrame is not a single value"


class ValueTests(unittest.TestCase):
    """A value is written alike in every container."""

    def line(self, value):
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(["x", value])
        return text.getvalue()

    def test_values_in_lists(self):
        for value, text, _ in values():
            with self.subTest(repr(value)):
                self.assertEqual(rows.to_csv([["x", value]])[0].decode("utf-8"), self.line(text))

    def test_values_in_nested_lists_and_dicts(self):
        for value, _, expected in values():
            with self.subTest(repr(value)):
                data = rows.to_csv([["x", {"k": [value]}]])[0].decode("utf-8")
                self.assertEqual(data, self.line(json.dumps({"k": [expected]}, ensure_ascii=False)))

    def test_values_in_json_lines(self):
        for value, _, expected in values():
            with self.subTest(repr(value)):
                line = json.loads(formats.named("jsonl").encode([{"v": value, "n": [value]}]).data.decode("utf-8"))
                self.assertEqual(line, {"v": expected, "n": [expected]})

    @unittest.skipIf(pandas is None, "pandas is not installed")
    def test_values_in_frames(self):
        for value, text, _ in values():
            # pandas writes a span of days and hours otherwise than Python.
            with self.subTest(repr(value)):
                frame = pandas.DataFrame({"x": ["x"], "v": pandas.Series([value], dtype=object)})
                self.assertEqual(rows.to_csv(frame)[0].decode("utf-8"), self.line(text))

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_values_in_parquet(self):
        for value, _, expected in values():
            for result in ([["x", value]], pandas.DataFrame({"x": ["x"], "v": pandas.Series([value], dtype=object)})):
                with self.subTest(repr(value), kind=type(result).__name__):
                    data = formats.named("parquet").encode(result).data
                    (found,) = pyarrow.ipc.open_stream(data).read_all().column(1).to_pylist()
                    if not isinstance(value, (datetime.datetime, datetime.timedelta, datetime.time, decimal.Decimal)):
                        self.assertEqual(found, expected)

    def test_refused_values_are_named_with_their_row(self):
        for value, reason in refused():
            results = [[["x", 1], ["x", value]], [["x", 1], ["x", [value]]], [{"x": 1}, {"x": {"k": value}}]]
            if pandas is not None:
                results.append(pandas.DataFrame({"x": [1, 2], "v": pandas.Series([1, value], dtype=object)}))
            for result in results:
                for name in ("csv", "jsonl") if pyarrow is None else ("csv", "jsonl", "parquet"):
                    with self.subTest(reason, result=repr(result)[:40], format=name):
                        with self.assertRaises(ValueError) as raised:
                            formats.named(name).encode(result)
                        self.assertEqual(str(raised.exception), "row 2: " + reason)


class TextItemTests(unittest.TestCase):
    """A text is a line as it is where a CSV reader takes it for one record, and one quoted value otherwise."""

    def test_texts_that_are_one_record_stay(self):
        for text in ("a,1", '"a,b",1', '"a""b"', '"two\nlines",1', 'say "hi"', 'a "b" c,"d"', "", "a,1\n", "a,1\r\n", '""',
                     '"a"b', ",", '"x"\n'):
            with self.subTest(text):
                line = text if text.endswith("\n") else text + "\n"
                self.assertEqual(rows.to_csv([text, "next"])[0].decode(), line + "next\n")
                self.assertEqual(len(list(csv.reader(io.StringIO(line + "next\n", newline="")))), 2)

    def test_other_texts_are_one_value(self):
        for text in ("two\nlines", "a,b\nc", '"open', 'a,"open', "\n\n", "a\rb", '"a"\n"b"', 'a\n"'):
            with self.subTest(text):
                data = rows.to_csv([text, "next"])[0].decode()
                self.assertEqual(list(csv.reader(io.StringIO(data, newline=""))), [[text], ["next"]])

    def test_random_texts_are_always_one_record(self):
        random_texts = random.Random(13)
        for _ in range(20000):
            text = "".join(random_texts.choice('ab,"\n\r') for _ in range(random_texts.randrange(9)))
            records = list(csv.reader(io.StringIO(rows.to_csv([text, "next"])[0].decode(), newline="")))
            self.assertEqual((len(records), records[-1]), (2, ["next"]), repr(text))


class ItemTests(unittest.TestCase):
    def test_items(self):
        for name, items, expected in ITEMS:
            with self.subTest(name):
                data, count = rows.to_csv(items)
                self.assertEqual(data.decode("utf-8"), expected)
                self.assertEqual(count, len(items))

    def test_what_is_no_list_and_no_frame_is_refused_in_azures_words(self):
        results: List[Any] = [None, 5, "text", {"a": 1}, iter([])]
        for result in results:
            with self.subTest(repr(result)), self.assertRaises(TypeError) as raised:
                rows.to_csv(result)
            self.assertEqual(
                str(raised.exception),
                "The run() method in the entry script should return a list or a pandas DataFrame; it returned "
                f"{type(result).__name__}.",
            )


@unittest.skipIf(numpy is None, "NumPy is not installed")
class NumpyTests(unittest.TestCase):
    def text(self, result):
        return rows.to_csv(result)[0].decode("utf-8")

    def test_scalars_in_lists_are_python_values(self):
        items = [[numpy.float64(0.5), numpy.int64(3), numpy.bool_(True), numpy.str_("a"), numpy.float64("nan")]]
        self.assertEqual(self.text(items), "0.5,3,True,a,\n")

    def test_a_scalar_item_is_one_value(self):
        self.assertEqual(self.text([numpy.float64(0.5), numpy.int32(7)]), "0.5\n7\n")

    def test_arrays_in_lists_are_columns_and_nested_ones_json(self):
        self.assertEqual(self.text([numpy.array([1, 2]), numpy.array([3, 4])]), "1,2\n3,4\n")
        self.assertEqual(self.text([["a", numpy.array([0.1, numpy.nan])]]), 'a,"[0.1, null]"\n')

    def test_times_have_no_letter_in_them(self):
        self.assertEqual(self.text([[numpy.datetime64("2024-01-01T10:00"), numpy.datetime64("NaT")]]),
                         "2024-01-01 10:00,\n")

    def test_an_array_is_a_column_or_columns(self):
        for array in ([1, 2, 3], [1.5, numpy.nan, numpy.inf], [[1, 2], [3, 4]], [[0.1, 1e-7], [1e9, 2.0]],
                      [True, False], ["a", "b,c"], numpy.array([0.1, 7e-5, 3.0], "float32")):
            array = numpy.array(array)
            with self.subTest(str(array)):
                self.assertEqual(self.text(array), pandas.DataFrame(array).to_csv(header=False, index=False))

    def test_an_array_of_three_dimensions_has_json_in_its_columns(self):
        self.assertEqual(self.text(numpy.arange(4).reshape(1, 2, 2)), '"[0, 1]","[2, 3]"\n')


def frames():
    """Yield frames of all kinds of columns, each with its name."""
    generator = numpy.random.default_rng(7)
    bits = generator.integers(0, 2 ** 64, 20000, dtype="uint64")
    with numpy.errstate(all="ignore"):
        doubles = bits.view("float64")
        singles = bits.astype("uint32").view("float32")
        spread = 10.0 ** generator.uniform(-8, 20, 20000)
    yield "random doubles", pandas.DataFrame({"a": doubles, "b": spread})
    yield "random singles", pandas.DataFrame({"a": singles, "b": spread.astype("float32")})
    yield "whole floats", pandas.DataFrame({"a": numpy.floor(spread), "b": numpy.floor(spread).astype("float32")})
    yield "rounded floats", pandas.DataFrame({"a": spread.round(3), "b": generator.uniform(0, 1, 20000).round(6)})
    yield "floats at the limits", pandas.DataFrame({"a": [
        0.0, -0.0, 1.0, -1.0, 1e-4, 9.999e-5, 1e-7, 999999999.5, 1e9, 1e15, 1e16, 1e22, 5e-324, 1.8e308, numpy.nan,
        numpy.inf, -numpy.inf,
    ]})
    yield "halves", pandas.DataFrame({"a": numpy.array([0.1, 1.0, 1e-5], "float16")})
    yield "integers", pandas.DataFrame({"a": [1, -2], "b": numpy.array([2 ** 64 - 1, 0], "uint64")})
    yield "truth", pandas.DataFrame({"a": [True, False], "b": [1, 2]})
    yield "texts", pandas.DataFrame({"a": ["x", "y z"], "b": [1, 2]})
    yield "texts that need quotes", pandas.DataFrame({"a": ["x,y", 'q"q', "n\nn", " s "]})
    yield "texts with missing ones", pandas.DataFrame({"a": ["x", None, numpy.nan, ""], "b": [1, 2, 3, 4]})
    yield "one column with an empty text", pandas.DataFrame({"a": ["x", ""]})
    yield "one column with a missing number", pandas.DataFrame({"a": [1.0, numpy.nan]})
    yield "objects", pandas.DataFrame({"a": [1, "x", None, 2.5, True, pandas.NA]})
    yield "integers as objects", pandas.DataFrame({"a": pandas.Series([1, None, 3], dtype=object), "b": [1, 2, 3]})
    yield "decimals", pandas.DataFrame({"a": [decimal.Decimal("1E+2"), decimal.Decimal("0.10")]})
    yield "numbers of two kinds", pandas.DataFrame({"a": pandas.Series([1, 2.5, 2 ** 53 + 1], dtype=object)})
    yield "whole numbers beyond 64 bits", pandas.DataFrame({"a": pandas.Series([2 ** 64, 2 ** 53 + 1, -1, None], dtype=object)})
    yield "nullable integers", pandas.DataFrame({"a": pandas.array([1, None], "Int64")})
    yield "nullable truth", pandas.DataFrame({"a": pandas.array([True, None], "boolean")})
    yield "string type", pandas.DataFrame({"a": pandas.array(["x", None], "string"), "b": [1, 2]})
    yield "categories", pandas.DataFrame({"a": pandas.Categorical(["x", "y", None, "x"]), "b": [1, 2, 3, 4]})
    yield "categories of numbers", pandas.DataFrame({"a": pandas.Categorical([1, 2, 1])})
    yield "days", pandas.DataFrame({"a": pandas.to_datetime(["2024-01-01", "2024-02-29"])})
    yield "times", pandas.DataFrame({"a": pandas.to_datetime(["2024-01-01 00:00:00.5", "2024-02-29 10:11:12.0", None])})
    yield "times of a zone", pandas.DataFrame({"a": pandas.to_datetime(["2024-01-01 10:00"]).tz_localize("UTC")})
    yield "spans", pandas.DataFrame({"a": pandas.to_timedelta(["1 day", "2 hours"])})
    yield "an index and names that repeat", pandas.DataFrame([[1, 2], [3, 4]], columns=["a", "a"], index=[7, 7])
    yield "no rows", pandas.DataFrame({"a": numpy.array([], "float64"), "b": []})
    yield "umlauts", pandas.DataFrame({"a": ["ä", "日本"], "b": [1, 2]})


@unittest.skipIf(pandas is None, "pandas is not installed")
class FrameTests(unittest.TestCase):
    def assert_same_text(self, frame):
        data, count = rows.to_csv(frame)
        self.assertEqual(data.decode("utf-8"), frame.to_csv(header=False, index=False))
        self.assertEqual(count, len(frame))

    def test_frames_without_pyarrow(self):
        for name, frame in frames():
            with self.subTest(name), mock.patch.object(arrow_rows, "to_csv", lambda columns: None):
                self.assert_same_text(frame)

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_frames_with_pyarrow(self):
        for name, frame in frames():
            with self.subTest(name):
                self.assert_same_text(frame)

    @unittest.skipIf(pyarrow is None, "pyarrow is not installed")
    def test_the_usual_columns_take_the_fast_way(self):
        frame = pandas.DataFrame({"row": [0, 1], "prediction": [0.25, 1e-7], "file": pandas.Categorical(["a", "a"])})
        self.assertIsNotNone(arrow_rows.to_csv([frame[name] for name in frame]))

    def test_a_series_is_one_column(self):
        self.assertEqual(rows.to_csv(pandas.Series([1, 2], name="x")), (b"1\n2\n", 2))

    def test_nested_cells_are_json(self):
        frame = pandas.DataFrame({"a": [[0.1, numpy.float32(0.5)], {"k": numpy.array([1, 2])}], "b": [1, 2]})
        before = frame.copy()
        self.assertEqual(rows.to_csv(frame)[0].decode("utf-8"), '"[0.1, 0.5]",1\n"{""k"": [1, 2]}",2\n')
        self.assertTrue(frame.equals(before), "the script's frame has been changed")

    def test_carriage_returns_are_quoted(self):
        frame = pandas.DataFrame({"a": ["r\rr", "x"], "b": [1, 2], "c": pandas.Categorical(["c\r", "n\n"])})
        text = rows.to_csv(frame)[0].decode("utf-8")
        self.assertEqual(text, '"r\rr",1,"c\r"\nx,2,"n\n"\n')
        pandas.testing.assert_frame_equal(pandas.read_csv(io.StringIO(text, newline=""), header=None, names=["a", "b", "c"]),
                                          frame.astype({"c": frame["a"].dtype}))

    def test_floats_of_other_lengths_among_other_values(self):
        values = [numpy.float16(0.1), numpy.longdouble(0.1), numpy.float32(0.1), "x"]
        text = "".join(pandas.DataFrame({"a": [value]}, dtype=object).to_csv(header=False, index=False) for value in values)
        self.assertEqual(rows.to_csv(pandas.DataFrame({"a": pandas.Series(values, dtype=object)}))[0].decode("utf-8"), text)

    def test_long_doubles(self):
        items = [numpy.longdouble(0.5), numpy.clongdouble(1 + 2j), [1, [numpy.longdouble(0.5)]]]
        self.assertEqual(rows.to_csv(items)[0], b'0.5\n(1+2j)\n1,[0.5]\n')

    def test_undecodable_file_names(self):
        frame = pandas.DataFrame({"a": pandas.Series(["\udcff"], dtype=object), "b": [1]})
        self.assertEqual(rows.to_csv(frame)[0], b"\\udcff,1\n")


@unittest.skipIf(pyarrow is None or pandas is None, "pyarrow and pandas are not installed")
class ArrowTableTests(unittest.TestCase):
    def test_a_table_has_the_text_of_its_frame(self):
        table = pyarrow.table({"a": [1, None], "b": [0.5, None], "c": ["x", None], "d": [True, None]})
        self.assertEqual(rows.to_csv(table), (b"1,0.5,x,True\n,,,\n", 2))

    def test_types_that_pandas_has_to_write(self):
        table = pyarrow.table({"a": [datetime.date(2024, 2, 29), None], "b": [[1, 2], [3]], "c": [7, None]})
        self.assertEqual(rows.to_csv(table)[0], b'2024-02-29,"[1, 2]",7\n,[3],\n')

    def test_columns_of_one_name_have_their_own_types(self):
        for text in ("x", 'x,"y'):
            table = pyarrow.table([pyarrow.array([1e-7, 2.0]), pyarrow.array([text, "z"])], names=["a", "a"])
            written = rows.to_csv(table)[0].decode().splitlines()
            self.assertEqual([line.partition(",")[0] for line in written], ["1e-07", "2.0"])

    def test_a_column_that_was_an_index_is_written(self):
        for text in ("x", 'x,"y'):
            frame = pandas.DataFrame({"b": [text]}, index=pandas.Index([7], name="a"))
            table = pyarrow.Table.from_pandas(frame)
            self.assertIn(b",7\n", rows.to_csv(table)[0])


@unittest.skipIf(polars is None, "polars is not installed")
class PolarsTests(unittest.TestCase):
    def test_a_frame_and_a_series(self):
        frame = polars.DataFrame({"a": [1, None], "b": [0.5, 1e-7], "c": ["x", "y,z"]})
        self.assertEqual(rows.to_csv(frame), (b'1,0.5,x\n,1e-07,"y,z"\n', 2))
        self.assertEqual(rows.to_csv(polars.Series("a", [1, 2])), (b"1\n2\n", 2))


if __name__ == "__main__":
    unittest.main()
