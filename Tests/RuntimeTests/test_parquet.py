"""Parquet columns in the types of a signature: the values of the file, or the reason with row and column."""
import datetime
import decimal
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas
import pyarrow
import pyarrow.parquet
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.arrow_table import to_frame
from batchstudio_runtime.inputs.cells import BadCell
from batchstudio_runtime.inputs.columns import Array, Column, Map, Object, Property
from batchstudio_runtime.inputs.headers import DuplicateColumns, MissingColumns
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

D = decimal.Decimal
MORNING = datetime.datetime(2024, 5, 1, 8, 0, 0, 123456)


class ParquetTestCase(InputTestCase):
    def column(self, values, type_, is_required=True, **write):
        """Returns the values of one column of a Parquet file, read as this type."""
        path = self.path("column.parquet")
        pyarrow.parquet.write_table(pyarrow.table({"c": values}), path, **write)
        return self.read("parquet", path, [Column("c", type_, is_required)])["c"]

    def problem(self, values, type_, error=BadCell, **write):
        with self.assertRaises(error) as raised:
            self.column(values, type_, **write)
        return str(raised.exception)


class ConversionTests(ParquetTestCase):
    def test_texts_of_every_arrow_type_are_texts(self):
        texts = ["u", "v", "u"]
        arrays = [pyarrow.array(texts).dictionary_encode(), pyarrow.array(texts, pyarrow.large_string())]
        if hasattr(pyarrow, "string_view"):
            arrays.append(pyarrow.array(texts, pyarrow.string_view()))
        for array in arrays:
            with self.subTest(str(array.type)):
                self.assertEqual(self.column(array, "string").tolist(), texts)

    def test_categories_of_pandas(self):
        path = self.path("t.parquet")
        frame = pandas.DataFrame({"x": [1.5, 2.5], "s": pandas.Categorical(["u", "v"]), "n": pandas.Categorical([3, 4])})
        frame.to_parquet(path)
        read = self.read("parquet", path, [("x", "double"), ("s", "string"), ("n", "long")])
        self.assertEqual(read.to_dict("list"), {"x": [1.5, 2.5], "s": ["u", "v"], "n": [3, 4]})

    def test_numbers_of_every_width(self):
        for type_ in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32", "float64"):
            for wanted, dtype in (("double", "float64"), ("float", "float32"), ("long", "int64"), ("integer", "int32")):
                with self.subTest(type_, wanted=wanted):
                    values = self.column(pyarrow.array([0, 100], type_), wanted)
                    self.assertEqual((values.dtype, values.tolist()), (numpy.dtype(dtype), [0, 100]))

    def test_doubles_are_those_that_pyarrow_makes(self):
        for chunks in (
            [[0.1, 1e300, -0.0, float("inf"), float("nan")]], [[0.1, None]], [[0.1], [None, 2.0], [float("nan")]], [[]], [],
        ):
            with self.subTest(chunks):
                columns = [pyarrow.chunked_array(chunks, pyarrow.float64()) for _ in range(3)]
                expected = pyarrow.table(columns, names=["a", "b", "c"]).to_pandas()
                frame = to_frame(["a", "b", "c"], columns)
                pandas.testing.assert_frame_equal(frame, expected)
                self.assertEqual(frame.to_numpy().tobytes(), expected.to_numpy().tobytes())
                self.assertEqual(frame.to_numpy().strides, expected.to_numpy().strides)
                frame.iloc[:1, 0] = 7.0  # a model may write into what it gets
                self.assertEqual(frame["a"].tolist()[:1], [7.0][:len(frame)])

    def test_half_floats(self):
        halves = pyarrow.array(numpy.array([1.5, 2], "float16"))
        self.assertEqual(self.column(halves, "double").tolist(), [1.5, 2])
        self.assertEqual(self.problem(halves, "long").split(";")[0], "column 'c', row 1: 1.5 is not a whole number")

    def test_decimals_are_what_python_makes_of_them(self):
        decimals = [D("0.1"), D("123456.789"), None, D("-2.675")]
        values = self.column(pyarrow.array(decimals), "double")
        expected = [float(value) if value is not None else numpy.nan for value in decimals]
        numpy.testing.assert_array_equal(values, expected)
        self.assertEqual(self.column(pyarrow.array([D("12.00"), D("-3")]), "long").tolist(), [12, -3])

    def test_whole_floats_are_whole_numbers(self):
        self.assertEqual(self.column([5.0, -3.0, 2.0 ** 62], "long").tolist(), [5, -3, 2 ** 62])

    def test_large_whole_numbers_keep_their_digits(self):
        values = self.column(pyarrow.array([2 ** 53 + 1, -2 ** 63, 2 ** 63 - 1]), "long")
        self.assertEqual(values.tolist(), [2 ** 53 + 1, -2 ** 63, 2 ** 63 - 1])

    def test_doubles_are_rounded_to_floats(self):
        values = self.column([0.1, None, float("inf")], "float")
        numpy.testing.assert_array_equal(values, numpy.array([0.1, numpy.nan, numpy.inf], "float32"))

    def test_times_of_every_unit_and_zone(self):
        expected = pandas.Timestamp(MORNING)
        for unit in ("ms", "us", "ns"):
            for zone in (None, "UTC", "Europe/Berlin"):
                with self.subTest(unit, zone=zone):
                    time = pyarrow.array([MORNING.replace(microsecond=0), None], pyarrow.timestamp(unit, tz=zone))
                    values = self.column(time, "datetime")
                    self.assertEqual(str(values.dtype), "datetime64[ns]")
                    self.assertEqual(values[0], expected.floor("s"))
                    self.assertTrue(pandas.isna(values[1]))

    def test_a_time_zone_of_pandas_is_utc(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"t": pandas.to_datetime(["2024-05-01T10:00:00+02:00"])}).to_parquet(path)
        read = self.read("parquet", path, [("t", "datetime")])
        self.assertEqual(read["t"].tolist(), [pandas.Timestamp("2024-05-01 08:00:00")])

    def test_times_of_96_bits(self):
        values = self.column(pyarrow.array([MORNING]), "datetime", use_deprecated_int96_timestamps=True)
        self.assertEqual(values[0], pandas.Timestamp(MORNING))
        late = pyarrow.array([MORNING, MORNING.replace(year=3024)])
        problem = self.problem(late, "datetime", ValueError, use_deprecated_int96_timestamps=True)
        self.assertIn("column 'c', row 2: the time is outside the years", problem)

    def test_dates(self):
        dates = [datetime.date(2024, 2, 29), datetime.date(1800, 1, 1)]
        for type_ in (pyarrow.date32(), pyarrow.date64()):
            values = self.column(pyarrow.array(dates, type_), "datetime")
            self.assertEqual(values.tolist(), [pandas.Timestamp(date) for date in dates])

    def test_bytes_of_every_arrow_type(self):
        for type_ in (pyarrow.binary(), pyarrow.large_binary(), pyarrow.binary(2)):
            self.assertEqual(self.column(pyarrow.array([b"a\0", b"\xff\xfe"], type_), "binary").tolist(), [b"a\0", b"\xff\xfe"])

    def test_columns_of_nulls(self):
        nulls = pyarrow.nulls(2)
        for type_ in ("double", "float", "string", "datetime", "binary"):
            self.assertEqual(self.column(nulls, type_).isna().tolist(), [True, True])
        self.assertEqual(self.column(nulls, "boolean", is_required=False).tolist(), [None, None])
        self.assertEqual(
            self.problem(nulls, "long"),
            "column 'c', row 1: the value is missing; the model's signature says long; 2 cells of this column do not fit",
        )

    def test_lists_become_arrays_of_the_signatures_type(self):
        for array in (
            pyarrow.array([[1, 2], [3, 4]]), pyarrow.array([[1, 2], [3, 4]], pyarrow.large_list(pyarrow.int8())),
            pyarrow.array([[1, 2], [3, 4]], pyarrow.list_(pyarrow.float32(), 2)),
        ):
            with self.subTest(str(array.type)):
                values = self.column(array, Array("double"))
                self.assertEqual([value.dtype for value in values], [numpy.dtype("float64")] * 2)
                self.assertEqual([value.tolist() for value in values], [[1.0, 2.0], [3.0, 4.0]])

    def test_lists_of_any_length_in_several_row_groups(self):
        lists = [[float(item) for item in range(length)] for length in (0, 3, 1, 0, 5, 0)]
        values = self.column(pyarrow.array(lists), Array("double"), row_group_size=2)
        self.assertEqual([value.tolist() for value in values], lists)
        values[1][0] = 7  # as a model may
        self.assertEqual(values[1].tolist(), [7.0, 1.0, 2.0])

    def test_structs_and_maps(self):
        type_ = Object((Property("a", "double", True), Property("b", "string", False)))
        values = self.column([{"a": 1, "b": "x"}, {"a": 2, "b": None}], type_)
        self.assertEqual(values.tolist(), [{"a": 1.0, "b": "x"}, {"a": 2.0, "b": None}])
        maps = pyarrow.array([[("k", 1)], []], pyarrow.map_(pyarrow.string(), pyarrow.int32()))
        self.assertEqual(self.column(maps, Map("double")).tolist(), [{"k": 1.0}, {}])

    def test_every_codec(self):
        for codec in ("none", "snappy", "gzip", "brotli", "zstd", "lz4"):
            with self.subTest(codec):
                self.assertEqual(self.column(["x"] * 3, "string", compression=codec).tolist(), ["x"] * 3)

    def test_random_numbers_are_those_of_numpy(self):
        random = numpy.random.RandomState(7)
        for dtype in ("int64", "uint64", "float64", "float32"):
            bits = random.randint(0, 256, 8 * 200, dtype="uint8").view(dtype)
            for number in bits:
                with self.subTest(dtype, number=number):
                    self.compare_with_python(number)

    def compare_with_python(self, number):
        """Compares what becomes of one number as a long with what Python says of it."""
        value = number.item()
        is_whole = isinstance(value, int) or value == value and abs(value) != float("inf") and value == int(value)
        array = pyarrow.array(numpy.array([number]))
        if is_whole and -2 ** 63 <= int(value) < 2 ** 63:
            self.assertEqual(self.column(array, "long").tolist(), [int(value)])
        else:
            self.problem(array, "long")


class ProblemTests(ParquetTestCase):
    def test_values_that_do_not_fit(self):
        cases = (
            ([1, None], "long", "row 2: the value is missing"),
            ([1.0, None], "integer", "row 2: the value is missing"),
            ([True, None], "boolean", "row 2: the value is missing"),
            ([1.0, 2.5, 3.5], "long", "row 2: 2.5 is not a whole number"),
            ([2.0 ** 63], "long", "row 1: 9.223372036854776e+18 is not within the range of long"),
            ([2 ** 31], "integer", "row 1: 2147483648 is not within the range of integer"),
            (pyarrow.array([2 ** 63], "uint64"), "long", "row 1: 9223372036854775808 is not within the range of long"),
            ([0, 2 ** 53 + 1], "double", "row 2: 9007199254740993 does not fit into double without rounding"),
            ([2 ** 24 + 1], "float", "row 1: 16777217 does not fit into float without rounding"),
            ([1e39], "float", "row 1: 1e+39 is too large for float"),
            ([D("1.50")], "long", "row 1: 1.50 is not a whole number"),
            ([D(2 ** 64 + 1)], "double", "row 1: 18446744073709551617 does not fit into double without rounding"),
            (
                pyarrow.array([MORNING.replace(year=2300)], pyarrow.timestamp("us")), "datetime",
                "row 1: 2300-05-01 08:00:00.123456 is outside the years that a datetime can hold (1677 to 2262)",
            ),
            ([[1, 2], [None]], Array("long"), "row 2: at [0]: the value is missing"),
            ([[1.5], None], Array("double"), "row 2: the value is missing"),
            ([[2 ** 53 + 1]], Array("double"), "row 1: at [0]: 9007199254740993 does not fit into double without rounding"),
        )
        for values, type_, expected in cases:
            with self.subTest(expected):
                problem = self.problem(values, type_)
                self.assertTrue(problem.startswith(f"column 'c', {expected}; the model's signature says {type_}"), problem)

    def test_times_that_python_does_not_know(self):
        problem = self.problem(pyarrow.array([10 ** 15], pyarrow.timestamp("ms")), "datetime")
        self.assertIn("1000000000000000 ms since 1970 is outside the years", problem)

    def test_all_values_that_do_not_fit_are_counted(self):
        self.assertTrue(self.problem([0.5, 1, 2.5, 1e30], "long").endswith("; 3 cells of this column do not fit"))

    def test_types_that_never_fit(self):
        time = pyarrow.array([1], pyarrow.time64("us"))
        cases = (
            (["1"], "double", "string"), ([1], "string", "int64"), ([True], "double", "bool"), ([1], "boolean", "int64"),
            (time, "datetime", "time64[us]"), ([1], "datetime", "int64"), (["2024-01-01"], "datetime", "string"),
            (pyarrow.array([1], pyarrow.duration("us")), "datetime", "duration[us]"), (["x"], "binary", "string"),
            ([1.0], Array("double"), "double"), (pyarrow.array(["a"]).dictionary_encode(), "long", "string"),
        )
        for values, type_, found in cases:
            with self.subTest(found, wanted=str(type_)):
                self.assertEqual(
                    self.problem(values, type_, TypeError),
                    f"column 'c' is {found} in the file; the model's signature says {type_}",
                )

    def test_a_long_text_is_not_shown(self):
        self.assertEqual(
            self.problem([["x" * 500]], Array("long")).split(": ")[2].split(" is")[0], "'" + "x" * 79 + "…'"
        )


class FileTests(ParquetTestCase):
    COLUMNS = [("a", "double"), ("b", "string")]

    def test_columns_are_those_of_the_signature_in_its_order(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"x": [1], "b": ["u"], "a": [2]}).to_parquet(path)
        read = self.read("parquet", path, self.COLUMNS)
        self.assert_columns(read, {"a": [2.0], "b": ["u"]})

    def test_missing_columns(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"A": [1.0], "b": ["u"]}).to_parquet(path)
        with self.assertRaises(MissingColumns) as raised:
            self.read("parquet", path, self.COLUMNS)
        self.assertIn("column 'a' is missing; the model's signature needs: a, b; the file has: A, b", str(raised.exception))
        self.assertIn("read_options.rename: {A: a}", str(raised.exception))
        self.assert_columns(self.read("parquet", path, self.COLUMNS, rename={"A": "a"}), {"a": [1.0], "b": ["u"]})

    def test_names_that_stand_twice(self):
        path = self.path("t.parquet")
        table = pyarrow.table([pyarrow.array([1.0]), pyarrow.array([2.0]), pyarrow.array(["u"])], names=["a", "a", "b"])
        pyarrow.parquet.write_table(table, path)
        with self.assertRaises(DuplicateColumns):
            self.read("parquet", path, self.COLUMNS)
        self.assert_columns(self.read("parquet", path, [("b", "string")]), {"b": ["u"]})

    def test_names_with_dots(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"a.b": [1.0], "a": [2.0]}).to_parquet(path)
        self.assert_columns(self.read("parquet", path, [("a", "double")]), {"a": [2.0]})
        self.assert_columns(self.read("parquet", path, [("a.b", "double")]), {"a.b": [1.0]})

    def test_optional_columns_may_be_absent(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"a": [1.0, 2.0]}).to_parquet(path)
        self.assert_columns(self.read("parquet", path, [("a", "double"), Column("b", "long", False)]), {"a": [1.0, 2.0]})
        self.assertEqual(self.error("parquet", path, [Column("b", "long", False)]),
                         "column 'b' is missing; the model's signature needs: b; the file has: a")

    def test_a_signature_without_names_goes_by_position(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"x": [1], "y": ["u"]}).to_parquet(path)
        self.assert_columns(self.read("parquet", path, [(None, "double"), (None, "string")]), {"x": [1.0], "y": ["u"]})

    def test_the_first_rows(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"a": [1.0, 2.0, 3.0]}).to_parquet(path)
        reader = TypedReader("parquet", [Column("a", "double", True)], ReadOptions())
        self.assertEqual(reader.read(path, limit=2)["a"].tolist(), [1.0, 2.0])
        self.assertEqual(reader.row_count(path), 3)

    def test_files_that_are_no_parquet(self):
        good = self.path("good.parquet")
        pandas.DataFrame({"a": range(1000), "b": "u"}).to_parquet(good)
        with open(good, "rb") as file:
            content = file.read()
        hole = content[:300] + b"\0" * 400 + content[700:]
        for name, damaged in (("text", b"a,b\n1,2\n"), ("cut", content[:-20]), ("hole", hole)):
            with self.subTest(name):
                self.assertIn("can't be read as Parquet", self.error("parquet", self.write(name, damaged), self.COLUMNS))

    def test_encrypted_files(self):
        encrypted = self.write("e.parquet", b"PARE" + b"\0" * 100 + b"\x10\0\0\0PARE")
        self.assertIn("encrypted", self.error("parquet", encrypted, self.COLUMNS))

    def test_without_a_signature_columns_keep_their_types(self):
        path = self.path("t.parquet")
        frame = pandas.DataFrame({
            "zip": ["01234"], "n": [7], "x": [1.5], "t": [pandas.Timestamp("2024-01-01")], "ok": [True],
            "v": [numpy.array([1.0])],
        }, index=pandas.Index([9], name="label"))
        frame.to_parquet(path)
        types = TypedReader("parquet", [], ReadOptions()).inferred_types(path)
        expected = [
            ("zip", "string"), ("n", "long"), ("x", "double"), ("t", "datetime"), ("ok", "boolean"), ("v", Array("double")),
        ]
        self.assertEqual(types, expected)

    def test_whole_numbers_with_missing_ones_are_doubles_without_a_signature(self):
        path = self.path("t.parquet")
        pyarrow.parquet.write_table(pyarrow.table({"n": [1, None]}), path)
        self.assertEqual(TypedReader("parquet", [], ReadOptions()).inferred_types(path), [("n", "double")])

    def test_mlflow_hands_on_what_is_read(self):
        from mlflow.types import ColSpec
        from mlflow.types.schema import Array as MLflowArray

        path = self.path("t.parquet")
        pyarrow.parquet.write_table(pyarrow.table({
            "d": [1, 2], "f": [0.1, None], "l": [2.0 ** 60, 1.0], "i": pyarrow.array([1, 2], "uint8"), "s": ["x", None],
            "b": [True, False], "t": pyarrow.array([MORNING, None], pyarrow.timestamp("us", "UTC")), "y": [b"\0", b"x"],
            "v": [[1, 2], [3]],
        }), path)
        types = {
            "d": "double", "f": "float", "l": "long", "i": "integer", "s": "string", "b": "boolean", "t": "datetime",
            "y": "binary",
        }
        read = self.read("parquet", path, list(types.items()) + [("v", Array("double"))])
        inputs = [ColSpec(type_, name) for name, type_ in types.items()] + [ColSpec(MLflowArray("double"), "v")]
        self.assert_handed_on(inputs, read)


if __name__ == "__main__":
    unittest.main()
