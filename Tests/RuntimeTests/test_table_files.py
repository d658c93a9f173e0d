"""Arrow, Feather, ORC, Avro and Excel files: the values that their own libraries wrote."""
import datetime
import decimal
import unittest
import uuid
from unittest import mock

import installed_runtime  # noqa: F401
import numpy
import pandas
import pyarrow
import pyarrow.feather
import pyarrow.orc
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import format_names, formats_shown, typed_tables
from batchstudio_runtime.inputs.columns import Array, Column, Map
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

COLUMNS = [("a", "double"), ("b", "string"), ("t", "datetime"), ("n", "long")]
TIME = datetime.datetime(2024, 5, 1, 8, 0, 0)
FRAME = pandas.DataFrame({
    "a": [1.5, 2.0], "b": ["u", "v"], "t": numpy.array([TIME, TIME], "datetime64[ns]"), "n": [2 ** 53 + 1, -3],
})
UTC = datetime.timezone.utc


class FormatTests(unittest.TestCase):
    def test_each_format_has_a_reader_and_a_name(self):
        formats = set(format_names.TYPED_EXTENSIONS.values())
        self.assertEqual(set(typed_tables.OPENERS), formats)
        self.assertEqual(set(formats_shown.NAMES), formats | {format_names.DELIMITED, format_names.IMAGE})


class ArrowTests(InputTestCase):
    TABLE = pyarrow.Table.from_pandas(FRAME)

    def write_ipc(self, name, new):
        path = self.path(name)
        with pyarrow.OSFile(path, "wb") as sink, new(sink, self.TABLE.schema) as writer:
            writer.write_table(self.TABLE)
        return path

    def test_files_and_streams(self):
        for new in (pyarrow.ipc.new_file, pyarrow.ipc.new_stream):
            with self.subTest(new.__name__):
                self.assert_columns(self.read("arrow", self.write_ipc("t.arrow", new), COLUMNS), FRAME)

    def test_feather_of_every_codec(self):
        for codec in ("uncompressed", "lz4", "zstd"):
            path = self.path("t.feather")
            pyarrow.feather.write_feather(self.TABLE, path, compression=codec)
            self.assert_columns(self.read("arrow", path, COLUMNS), FRAME)

    def test_polars(self):
        import polars

        path = self.path("t.arrow")
        polars.DataFrame(FRAME.to_dict("list")).write_ipc(path)
        self.assert_columns(self.read("arrow", path, COLUMNS), FRAME)

    def test_run_ends(self):
        path = self.path("t.arrow")
        runs = pyarrow.RunEndEncodedArray.from_arrays(pyarrow.array([2, 3], "int32"), ["u", "v"])
        table = pyarrow.table({"b": runs})
        with pyarrow.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table)
        self.assertEqual(self.read("arrow", path, [("b", "string")])["b"].tolist(), ["u", "u", "v"])

    def test_files_that_are_no_arrow(self):
        good = self.write_ipc("good.arrow", pyarrow.ipc.new_file)
        with open(good, "rb") as file:
            content = file.read()
        for name, damaged in (("text", b"a,b\n1,2\n"), ("cut", content[:-30])):
            with self.subTest(name):
                self.assertIn("can't be read as Arrow", self.error("arrow", self.write(name, damaged), COLUMNS))

    def test_mlflow_hands_on_what_is_read(self):
        read = self.read("arrow", self.write_ipc("t.arrow", pyarrow.ipc.new_file), COLUMNS)
        self.assert_handed_on(mlflow_inputs(), read)


class OrcTests(InputTestCase):
    def write_orc(self, table=None):
        path = self.path("t.orc")
        pyarrow.orc.write_table(pyarrow.Table.from_pandas(FRAME) if table is None else table, path)
        return path

    def test_columns_have_the_signatures_types(self):
        self.assert_columns(self.read("orc", self.write_orc(), COLUMNS), FRAME)
        self.assert_columns(self.read("orc", self.write_orc(), COLUMNS[2:]), FRAME[["t", "n"]])

    def test_nested_columns(self):
        path = self.write_orc(pyarrow.table({"v": [[1, 2], [3]]}))
        self.assertEqual([list(value) for value in self.read("orc", path, [("v", Array("double"))])["v"]], [[1.0, 2.0], [3.0]])

    def test_files_that_are_no_orc(self):
        path = self.write_orc()
        with open(path, "rb") as file:
            content = file.read()
        for name, damaged in (("text", b"a,b\n1,2\n"), ("cut", content[:-30])):
            with self.subTest(name):
                self.assertIn("can't be read as ORC", self.error("orc", self.write(name, damaged), COLUMNS))

    def test_mlflow_hands_on_what_is_read(self):
        self.assert_handed_on(mlflow_inputs(), self.read("orc", self.write_orc(), COLUMNS))


class AvroTests(InputTestCase):
    FIELDS = [
        {"name": "a", "type": ["null", "double"]}, {"name": "b", "type": "string"},
        {"name": "t", "type": {"type": "long", "logicalType": "timestamp-micros"}}, {"name": "n", "type": "long"},
        {"name": "d", "type": {"type": "int", "logicalType": "date"}},
        {"name": "p", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
        {"name": "u", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "v", "type": {"type": "array", "items": "int"}}, {"name": "m", "type": {"type": "map", "values": "long"}},
        {"name": "e", "type": {"type": "enum", "name": "colour", "symbols": ["RED", "WHITE"]}},
        {"name": "y", "type": "bytes"},
    ]
    RECORD = {
        "a": 1.5, "b": "u", "t": TIME.replace(tzinfo=UTC), "n": 2 ** 53 + 1, "d": datetime.date(2024, 5, 1),
        "p": decimal.Decimal("12.30"), "u": uuid.UUID(int=5), "v": [1, 2], "m": {"k": 1}, "e": "RED", "y": b"\0\xff",
    }

    def write_avro(self, *records, codec="null"):
        import fastavro

        path = self.path("t.avro")
        schema = fastavro.parse_schema({"type": "record", "name": "row", "fields": self.FIELDS})
        with open(path, "wb") as file:
            fastavro.writer(file, schema, records, codec=codec)
        return path

    def test_columns_have_the_signatures_types(self):
        for codec in ("null", "deflate", "bzip2", "xz"):
            path = self.write_avro(self.RECORD, dict(self.RECORD, a=None), codec=codec)
            read = self.read("avro", path, COLUMNS)
            self.assertEqual(read.iloc[0].tolist(), [1.5, "u", pandas.Timestamp(TIME), 2 ** 53 + 1])
            self.assertTrue(pandas.isna(read["a"][1]))
            self.assertEqual([str(dtype) for dtype in read.dtypes[["a", "t", "n"]]], ["float64", "datetime64[ns]", "int64"])

    def test_logical_types(self):
        columns = [
            ("d", "datetime"), ("p", "double"), ("u", "string"), ("v", Array("long")), ("m", Map("double")), ("e", "string"),
            ("y", "binary"),
        ]
        row = self.read("avro", self.write_avro(self.RECORD), columns).iloc[0].tolist()
        self.assertEqual(
            row, [pandas.Timestamp("2024-05-01"), 12.3, str(uuid.UUID(int=5)), [1, 2], {"k": 1.0}, "RED", b"\0\xff"]
        )

    def test_values_that_do_not_fit(self):
        path = self.write_avro(self.RECORD, dict(self.RECORD, a=None))
        for column, expected in (
            (("a", "long"), "column 'a', row 1: 1.5 is not a whole number"),
            (("b", "double"), "column 'b', row 1: 'u' is not a number"),
            (("n", "string"), "column 'n', row 1: 9007199254740993 is not text"),
            (("n", "double"), "column 'n', row 1: 9007199254740993 does not fit into double without rounding"),
        ):
            with self.subTest(column=column):
                self.assertTrue(self.error("avro", path, [column]).startswith(expected))

    def test_files_that_are_no_avro(self):
        path = self.write_avro(self.RECORD)
        with open(path, "rb") as file:
            content = file.read()
        for name, damaged in (("text", b"a,b\n1,2\n"), ("cut", content[:-9])):
            with self.subTest(name):
                self.assertIn("can't be read as Avro", self.error("avro", self.write(name, damaged), COLUMNS))

    def test_the_missing_library_is_named(self):
        with mock.patch.dict("sys.modules", fastavro=None):
            self.assertIn("add 'fastavro' to the model's environment", self.error("avro", self.write("t.avro", b"x"), COLUMNS))

    def test_mlflow_hands_on_what_is_read(self):
        self.assert_handed_on(mlflow_inputs(), self.read("avro", self.write_avro(self.RECORD), COLUMNS))


class ExcelTests(InputTestCase):
    def write_rows(self, *rows, name="t.xlsx", sheets=()):
        import openpyxl

        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        for title in sheets:
            workbook.create_sheet(title).append(["x"])
        path = self.path(name)
        workbook.save(path)
        return path

    def test_what_pandas_writes(self):
        path = self.path("t.xlsx")
        frame = FRAME.assign(n=[5, -3])
        frame.to_excel(path, index=False)
        self.assert_columns(self.read("excel", path, COLUMNS), frame)
        pandas.testing.assert_frame_equal(self.read("excel", path, COLUMNS[:2]), pandas.read_excel(path)[["a", "b"]])

    def test_sheets(self):
        path = self.path("t.xlsx")
        with pandas.ExcelWriter(path) as writer:
            FRAME[["b"]].to_excel(writer, sheet_name="first", index=False)
            FRAME[["b"]][::-1].to_excel(writer, sheet_name="second", index=False)
        self.assertEqual(self.read("excel", path, [("b", "string")])["b"].tolist(), ["u", "v"])
        self.assertEqual(self.read("excel", path, [("b", "string")], sheet="second")["b"].tolist(), ["v", "u"])
        problem = self.error("excel", path, [("b", "string")], sheet="third")
        self.assertEqual(problem, "the workbook has no sheet 'third'; it has first, second")

    def test_whole_numbers_that_excel_keeps_as_floats(self):
        path = self.write_rows(["n"], [5.0], [7])
        self.assertEqual(self.read("excel", path, [("n", "long")])["n"].tolist(), [5, 7])

    def test_texts_are_read_as_cells(self):
        path = self.write_rows(["a", "t"], ["1.5", "2024-05-01"], [2, TIME], ["NA", None], ["#N/A", None])
        read = self.read("excel", path, [("a", "double"), ("t", "datetime")])
        numpy.testing.assert_array_equal(read["a"], [1.5, 2, numpy.nan, numpy.nan])
        self.assertEqual(read["t"][:2].tolist(), [pandas.Timestamp("2024-05-01"), pandas.Timestamp(TIME)])

    def test_values_that_do_not_fit_are_named_with_their_row_in_the_sheet(self):
        path = self.write_rows([], ["a", "b", "n"], [1, "u", 1], ["x", 5, 2.5], [2, "v", "#DIV/0!"])
        for name, type_, expected in (
            ("a", "double", "row 2 (line 4): 'x' is not a number"), ("b", "string", "row 2 (line 4): 5 is not text"),
            ("n", "long", "row 2 (line 4): 2.5 is not a whole number"),
            ("n", "double", "row 3 (line 5): #DIV/0! is not a number"),
        ):
            with self.subTest(name, type=type_):
                self.assertTrue(self.error("excel", path, [(name, type_)]).startswith(f"column '{name}', {expected}"))

    def test_blank_rows(self):
        path = self.write_rows(["n"], [1], [None], [2], [None], [None])
        self.assertTrue(self.error("excel", path, [("n", "long")]).startswith("column 'n', row 2 (line 3): the value is missing"))
        self.assertEqual(len(self.read("excel", path, [("n", "double")])), 3)

    def test_formulas_without_a_stored_value(self):
        path = self.write_rows(["a"], [1], ["=A2+1"])
        self.assertTrue(
            self.error("excel", path, [("a", "double")]).startswith("column 'a', row 2 (line 3): the formula has no stored value")
        )

    def test_headers_of_the_options(self):
        path = self.write_rows(["title"], [1, "u"], [2, "v"])
        read = self.read("excel", path, [("a", "double"), ("b", "string")], header=False, skip_rows=1, column_names=["a", "b"])
        self.assert_columns(read, {"a": [1.0, 2.0], "b": ["u", "v"]})

    def test_files_that_are_no_workbook(self):
        self.assertIn("can't be read as an Excel workbook", self.error("excel", self.write("t.xlsx", b"a,b\n"), COLUMNS))
        old = self.write("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
        self.assertIn("Save it as .xlsx", self.error("excel", old, COLUMNS))
        self.assertEqual(self.error("excel", self.write_rows(), COLUMNS), "the sheet is empty: not even a header")

    def test_the_missing_library_is_named(self):
        path = self.write_rows(["a"], [1])
        with mock.patch.dict("sys.modules", openpyxl=None):
            self.assertIn("add 'openpyxl' to the model's environment", self.error("excel", path, [("a", "double")]))

    def test_mlflow_hands_on_what_is_read(self):
        path = self.path("t.xlsx")
        FRAME.assign(n=[5, -3]).to_excel(path, index=False)
        self.assert_handed_on(mlflow_inputs(), self.read("excel", path, COLUMNS))


class WithoutSignatureTests(InputTestCase):
    def test_types_are_those_of_the_values(self):
        lines = self.write(
            "t.jsonl", '{"zip": "01", "n": 1, "x": 1, "m": 1, "ok": true}\n{"zip": "2", "n": 2, "x": 2.5, "ok": false}\n'
        )
        types = TypedReader("json_lines", [], ReadOptions()).inferred_types(lines)
        self.assertEqual(types, [("zip", "string"), ("n", "long"), ("x", "double"), ("m", "double"), ("ok", "boolean")])

    def test_options_keep_and_rename_columns(self):
        path = self.path("t.feather")
        pyarrow.feather.write_feather(pyarrow.Table.from_pandas(FRAME), path)
        options = ReadOptions({"columns": ["a", "n"], "rename": {"n": "id"}})
        self.assertEqual(TypedReader("arrow", [], options).inferred_types(path), [("a", "double"), ("id", "long")])
        read = TypedReader("arrow", [Column("id", "long", True)], options).read(path)
        self.assertEqual(read["id"].tolist(), FRAME["n"].tolist())


def mlflow_inputs():
    from mlflow.types import ColSpec

    return [ColSpec(type_, name) for name, type_ in COLUMNS]


if __name__ == "__main__":
    unittest.main()
