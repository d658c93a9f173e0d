"""Text cells as the types of a signature: what is taken, what is missing, what is a bad cell."""
import base64
import io
import math
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas

from batchstudio_runtime.inputs import times
from batchstudio_runtime.inputs.cells import MISSING, CellRules, Cells, series_of
from batchstudio_runtime.inputs.columns import Array, Column
from batchstudio_runtime.inputs.read_options import ReadOptions


class CellTestCase(unittest.TestCase):
    maxDiff = None

    def cells(self, type_, is_required=True, **options):
        return Cells(Column("a", type_, is_required), CellRules(ReadOptions(options)))

    def values(self, type_, *texts, is_required=True, **options):
        cells = self.cells(type_, is_required, **options)
        values = cells.convert(list(texts))
        self.assertIsNone(cells.error())
        return values

    def assert_bad(self, type_, text, problem, is_required=True, **options):
        cells = self.cells(type_, is_required, **options)
        cells.convert([text])
        self.assertIsNotNone(cells.error(), text)
        self.assertIn(problem, str(cells.error()))


class NumberTests(CellTestCase):
    def test_decimal_notation(self):
        texts = ["1", "-1.5", "+2.", ".5", "1e3", "1E-3", " 7", "8\t", "5e-324", "1.7976931348623157e308", "0.1", "007"]
        found = self.values("double", *texts)
        self.assertEqual(found.dtype, numpy.dtype("float64"))
        self.assertEqual(found.tolist(), [float(text) for text in texts])

    def test_infinity_in_any_case(self):
        texts = ["inf", "-Infinity", "+INF", "iNf"]
        self.assertEqual(self.values("double", *texts).tolist(), [math.inf, -math.inf, math.inf, math.inf])

    def test_missing_texts_are_those_of_pandas(self):
        known = pandas.read_csv(io.StringIO("a,b\n" + "".join(f"{text},1\n" for text in sorted(MISSING))))
        self.assertTrue(known["a"].isna().all())
        self.assertTrue(numpy.isnan(self.values("double", *MISSING)).all())
        self.assertTrue(numpy.isnan(self.values("double", " ", " NA ")).all())

    def test_what_is_no_number(self):
        for text in ("0x10", "1_000", "1,5", "1.5.", "e5", ".", "--1", "NAN", "nan(1)", "1 000", "\uff11", "\u00a01", "1d5", "x"):
            self.assert_bad("double", text, "is not a number; the model's signature says double")

    def test_numbers_that_are_too_large(self):
        self.assert_bad("double", "1e400", "is too large for double")
        self.assert_bad("float", "1e39", "is too large for float")
        self.assert_bad("float", "-3.5e38", "is too large for float")
        self.assertEqual(self.values("float", "3.4028234e38", "0.1", "inf").tolist(),
                         numpy.array([3.4028234e38, 0.1, math.inf], "float32").tolist())

    def test_separators_of_the_options(self):
        options = {"decimal": ",", "thousands": "."}
        self.assertEqual(self.values("double", "1.234.567,5", "1234,5", "-,5", "1.000", **options).tolist(),
                         [1234567.5, 1234.5, -0.5, 1000.0])
        self.assertEqual(self.values("long", "1.234.567", "1,0", **options).tolist(), [1234567, 1])
        for text in ("1.5", "12.34,5", "1,2,3", "1,234.5"):
            self.assert_bad("double", text, "is not a number", **options)
        self.assert_bad("double", "1,000.5", "is not a number")


class WholeNumberTests(CellTestCase):
    def test_large_numbers_never_pass_through_floats(self):
        texts = ["9007199254740993", "5.0", "1e3", "-0", "+7", "9223372036854775807", "-9223372036854775808", "12.50e1"]
        self.assertEqual(self.values("long", *texts).tolist(), [
            9007199254740993, 5, 1000, 0, 7, 9223372036854775807, -9223372036854775808, 125,
        ])
        self.assertEqual(self.values("long", "9007199254740993.0").tolist(), [9007199254740993])

    def test_the_types_ranges(self):
        self.assertEqual(self.values("integer", "2147483647", "-2147483648").tolist(), [2 ** 31 - 1, -2 ** 31])
        self.assert_bad("integer", "2147483648", "is not a whole number of 32 bits")
        self.assert_bad("long", "9223372036854775808", "is not a whole number of 64 bits")
        self.assert_bad("long", "9223372036854775807.5", "is not a whole number")
        # Its digits would fill the memory.
        self.assert_bad("long", "1e999999999", "is not a whole number of 64 bits")
        self.assertEqual(self.values("long", "0e999999999").tolist(), [0])

    def test_what_is_no_whole_number(self):
        for text in ("5.5", "0x10", "1_0", "", "NA", "inf", "1e-1", "x"):
            self.assert_bad("long", text, "the value is missing" if text in MISSING else "is not a whole number")

    def test_missing_ones_do_not_fit_even_when_the_column_is_optional(self):
        self.assert_bad("long", "", "row 1: the value is missing; the model's signature says long", is_required=False)


class OtherTypeTests(CellTestCase):
    def test_booleans(self):
        found = self.values("boolean", "true", "False", "TRUE", "1", "0", " tRuE ")
        self.assertEqual((found.dtype.kind, found.tolist()), ("b", [True, False, True, True, False, True]))
        for text in ("yes", "2", "t", "1.0"):
            self.assert_bad("boolean", text, "is not true or false")

    def test_missing_booleans(self):
        self.assert_bad("boolean", "", "the value is missing")
        self.assertEqual(self.values("boolean", "true", "", is_required=False).tolist(), [True, None])

    def test_texts_that_look_missing_are_texts(self):
        texts = ["NA", "null", "None", "nan", "", " a ", "007"]
        self.assertEqual(self.values("string", *texts), texts)
        self.assertEqual(self.values("string", *texts, is_required=False), ["NA", "null", "None", "nan", None, " a ", "007"])

    def test_missing_values_of_the_options_replace_the_list_everywhere(self):
        options = {"missing_values": ["-"]}
        self.assertEqual(self.values("string", "-", "NA", "", is_required=False, **options), [None, "NA", ""])
        self.assertTrue(math.isnan(self.values("double", "-", **options)[0]))
        self.assert_bad("double", "NA", "is not a number", **options)

    def test_missing_values_that_look_like_numbers(self):
        for sentinel, other in (("-999", "-999.0"), ("0", "0.0"), ("inf", "-inf"), ("1e3", "1000")):
            found = self.values("double", sentinel, other, f" {sentinel} ", "5", missing_values=[sentinel])
            self.assertEqual(list(map(repr, found.tolist())), ["nan", repr(float(other)), "nan", "5.0"])
        for type_ in ("long", "integer"):
            cells = self.cells(type_, missing_values=["-999"])
            cells.convert(["1", "-999", " -999"])
            self.assertEqual(str(cells.error()), f"column 'a', row 2: the value is missing; the model's signature says {type_};"
                             " 2 cells of this column do not fit")
        self.assert_bad("boolean", "0", "the value is missing", missing_values=["0"])
        self.assertEqual(self.values("boolean", "0", "1", is_required=False, missing_values=["0"]).tolist(), [None, True])

    def test_bytes_are_base64(self):
        data = bytes(range(256))
        self.assertEqual(self.values("binary", base64.b64encode(data).decode(), ""), [data, b""])
        self.assertEqual(self.values("binary", "", is_required=False), [None])
        for text in ("QQ=", "Q!Q=", "not base64"):
            self.assert_bad("binary", text, "is not base64")

    def test_nested_values_are_json(self):
        self.assertEqual(self.values(Array("double"), "[1, 2.5]"), [[1.0, 2.5]])
        self.assertEqual(self.values(Array("double"), "", "null", is_required=False), [None, None])
        self.assert_bad(Array("double"), "[1, 2", "is not JSON")
        self.assert_bad(Array("double"), '["x"]', "does not fit")

    def test_texts_have_the_dtype_that_pandas_gives_them(self):
        expected = pandas.read_csv(io.StringIO("a,b\nx,1\n,2\n"), dtype={"a": str})["a"]
        pandas.testing.assert_series_equal(pandas.Series(series_of(["x", None], "string"), name="a"), expected)


class TimeTests(CellTestCase):
    def test_iso_8601(self):
        for text in ("2024-05-01", "2024-05-01 10:00", "2024-05-01T10:00:59", "2024-02-29T23:59:59.123456789", "1677-09-22",
                     "2262-04-11T23:47:16.854775807", "2024-05-01T10:00:00.5"):
            self.assertEqual(times.nanoseconds_of(text), pandas.Timestamp(text).value, text)

    def test_zones_are_converted_to_utc(self):
        for text in ("2024-05-01T10:00Z", "2024-05-01T10:00:00+02:00", "2024-05-01 10:00:00.25-0930", "2024-05-01T10:00+02",
                     "2024-01-01T00:30+05:45"):
            expected = pandas.Timestamp(text).tz_convert("UTC").tz_localize(None)
            self.assertEqual(self.values("datetime", text).tolist(), [expected.value], text)

    def test_what_is_no_time(self):
        for text in ("10:30", "03/04/2024", "20240501", "2024-5-1", "2024-02-30", "2024-05-01T24:00", "2024-05-01T10:00:60",
                     "2024-05-01 10", "2024-05-01T10:00+25:00", "2024-05-01T10:00 +02:00", "1677-09-21", "2262-04-12",
                     "0001-01-01", "2024-05-01Z", "2024-05-01T10:00:00.1234567890", "1714557600", "now", "2024-05"):
            self.assert_bad("datetime", text, "is not a time in ISO 8601")

    def test_missing_times(self):
        self.assertTrue(pandas.isna(self.values("datetime", "", "NaN", "None")).all())

    def test_formats_of_the_options_alone(self):
        found = self.values("datetime", "03/04/2024", "25/12/2023", date_formats="%d/%m/%Y")
        self.assertEqual(found.tolist(), [pandas.Timestamp("2024-04-03").value, pandas.Timestamp("2023-12-25").value])
        self.assert_bad("datetime", "2024-05-01", "is not a time in the format %d/%m/%Y", date_formats="%d/%m/%Y")
        self.assert_bad("datetime", "03/04/2024x", "is not a time", date_formats="%d/%m/%Y")
        self.assertEqual(
            self.values("datetime", "2024", "05.2024", date_formats={"a": ["%Y", "%m.%Y"]}).tolist(),
            [pandas.Timestamp("2024-01-01").value, pandas.Timestamp("2024-05-01").value],
        )
        self.assertEqual(self.values("datetime", "1.5.2024 10:00 +0200", date_formats="%d.%m.%Y %H:%M %z").tolist(),
                         [pandas.Timestamp("2024-05-01 08:00").value])
        # Formats of other columns are no formats of this one.
        self.assertEqual(len(self.values("datetime", "2024-05-01", date_formats={"b": "%Y"})), 1)


class MessageTests(CellTestCase):
    def test_the_first_bad_cell_of_several_batches(self):
        cells = self.cells("double")
        cells.convert(["1", "2"])
        cells.convert(["3", "abc", "x"])
        self.assertEqual(
            str(cells.error(line=5)),
            "column 'a', row 4 (line 5): 'abc' is not a number; the model's signature says double; 2 cells of this column"
            " do not fit",
        )

    def test_the_first_of_bad_cells_of_several_kinds(self):
        cells = self.cells("float")
        cells.convert(["1", "1e39", "x", "1e400"])
        self.assertEqual(str(cells.error()), "column 'a', row 2: '1e39' is too large for float; the model's signature says float;"
                         " 3 cells of this column do not fit")

    def test_a_long_cell_is_cut(self):
        self.assert_bad("double", "x" * 1000, "'" + "x" * 79 + "…' is not a number")
        self.assert_bad("float", "9" * 1000, "9…'")


if __name__ == "__main__":
    unittest.main()
