"""JSON files of every shape: their values, or the reason with row and line."""
import json
import unittest
from typing import Callable, Dict, List

import installed_runtime  # noqa: F401
import numpy
import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs import json_tables
from batchstudio_runtime.inputs.columns import AnyValue, Array, Column, Map
from batchstudio_runtime.inputs.read_options import ReadOptions

COLUMNS = [("a", "double"), ("b", "string")]
FRAME = pandas.DataFrame({"a": [1.5, 2.0], "b": ["u", "v"]})


class DocumentTests(InputTestCase):
    def document(self, content, columns=COLUMNS, **options):
        text = content if isinstance(content, str) else json.dumps(content)
        return self.read("json", self.write("t.json", text), columns, **options)

    def problem(self, content, columns=COLUMNS):
        text = content if isinstance(content, str) else json.dumps(content)
        return self.error("json", self.write("t.json", text), columns)

    def test_what_pandas_writes(self):
        for orient in ("records", "split", "columns"):
            with self.subTest(orient):
                self.assert_columns(self.document(FRAME.to_json(orient=orient)), FRAME)

    def test_what_mlflow_takes(self):
        split = {"columns": ["b", "a"], "data": [["u", 1.5], ["v", 2]]}
        self.assert_columns(self.document({"dataframe_split": split}), FRAME)
        self.assert_columns(self.document({"dataframe_records": FRAME.to_dict("records")}), FRAME)

    def test_columns_of_lists_and_a_single_object(self):
        self.assert_columns(self.document({"a": [1.5, 2], "b": ["u", "v"]}), FRAME)
        self.assert_columns(self.document({"a": 1.5, "b": "u"}), FRAME[:1])

    def test_rows_of_labels_are_in_the_order_of_the_file(self):
        read = self.document('{"a": {"9": 1.5, "10": 2}, "b": {"10": "v", "9": "u"}}')
        self.assert_columns(read, FRAME)

    def test_no_rows(self):
        self.assertEqual(len(self.document("[]")), 0)
        self.assertEqual(list(self.document("[]").columns), ["a", "b"])

    def test_other_shapes_are_refused_with_those_that_are_read(self):
        for content in ([1, 2], 3, [[1, "u"]], {"dataframe_split": [1]}):
            with self.subTest(content=content):
                self.assertIn("These are read: a list of objects", self.problem(content))

    def test_shapes_that_do_not_agree(self):
        self.assertEqual(self.problem({"columns": ["a", "b"], "data": [[1, "u"], [2]]}), "row 2: 1 values for 2 columns")
        self.assertIn("'a' has 1 values, 'b' 2", self.problem({"a": [1], "b": ["u", "v"]}))
        self.assertIn("different row labels", self.problem({"a": {"0": 1}, "b": {"1": "u"}}))
        self.assertIn("has the key 'a' twice", self.problem('{"a": [1], "b": ["u"], "a": [2]}'))
        self.assertIn("has the key 'a' twice", self.problem({"columns": ["a", "a", "b"], "data": [[1, 2, "u"]]}))

    def test_what_is_no_json(self):
        self.assertEqual(
            self.problem('[{"a": 1,\n "b": }]'), "the file is not JSON: Expecting value at line 2, column 7"
        )
        self.assertIn("nested too deeply", self.problem("[" * 100000))

    def test_an_object_a_line_under_the_name_of_a_document(self):
        text = FRAME.to_json(orient="records", lines=True)
        self.assert_columns(self.document(text), FRAME)
        self.assert_columns(self.document(text.split("\n")[0]), FRAME[:1])
        self.assertIn("line 2: not JSON", self.problem('{"a": 1, "b": "u"}\n{"a": 2,\n'))

    def test_an_object_of_lists_is_columns_or_a_row_by_the_signature(self):
        lists, objects = [("v", Array("double"))], [("m", Map("long"))]
        for content, columns, expected in (
            ({"v": [1, 2]}, lists, [[1.0, 2.0]]), ({"v": [[1, 2], [3]]}, lists, [[1.0, 2.0], [3.0]]),
            ({"v": {"0": [1, 2]}}, lists, [[1.0, 2.0]]), ({"v": [[[1]], [[2]]]}, [("v", Array(Array("long")))], [[[1]], [[2]]]),
            ({"m": {"k": 1}}, objects, [{"k": 1}]), ({"m": [{"k": 1}, {}]}, objects, [{"k": 1}, {}]),
            ({"m": {"0": {"k": 1}}}, objects, [{"k": 1}]),
        ):
            with self.subTest(content=content):
                self.assertEqual(self.document(content, columns).iloc[:, 0].tolist(), expected)
        self.assertIn("can be a column or the value of one row", self.problem({"v": []}, lists))
        self.assertIn("can be a column or the value of one row", self.problem({"v": [1]}, [("v", AnyValue())]))


class LinesTests(InputTestCase):
    def lines(self, text, columns=COLUMNS, **options):
        return self.read("json_lines", self.write("t.jsonl", text), columns, **options)

    def problem(self, text, columns=COLUMNS, **options):
        return self.error("json_lines", self.write("t.jsonl", text), columns, **options)

    def column(self, values, type_, is_required=True):
        text = "".join(f'{{"c": {value}}}\n' for value in values)
        return self.lines(text, [Column("c", type_, is_required)])["c"]

    def test_lines_are_rows(self):
        text = '{"a": 1.5, "b": "u"}\n\n  {"b": "v", "x": [], "a": 2}\r\n'
        self.assert_columns(self.lines(text), FRAME)

    def test_what_pandas_and_polars_write(self):
        import polars

        pandas_lines = FRAME.to_json(orient="records", lines=True)
        self.assert_columns(self.lines(pandas_lines), FRAME)
        self.assert_columns(self.lines(polars.DataFrame(FRAME.to_dict("list")).write_ndjson()), FRAME)

    def test_values_are_those_of_pandas(self):
        random = numpy.random.RandomState(3)
        frame = pandas.DataFrame({
            "a": random.normal(size=500) * 10.0 ** random.randint(-300, 300, 500),
            "b": [chr(random.randint(32, 0xD000)) + '"\\\n\u2028' for _ in range(500)],
        })
        text = "".join(json.dumps(record) + "\n" for record in frame.to_dict("records"))
        self.assert_columns(self.lines(text), frame)

    def test_large_numbers_keep_their_digits(self):
        values = ["9007199254740993", "9007199254740993.0", "-9223372036854775808", "9.223372036854775807e18", "1e3"]
        self.assertEqual(
            self.column(values, "long").tolist(), [2 ** 53 + 1, 2 ** 53 + 1, -2 ** 63, 2 ** 63 - 1, 1000]
        )

    def test_doubles_are_the_nearest_of_their_text(self):
        values = ["9007199254740993", "0.1", "1e300", "123456789012345678901234567890", "-0.0"]
        self.assertEqual(list(map(repr, self.column(values, "double"))), [repr(float(value)) for value in values])

    def test_texts_are_read_as_cells(self):
        self.assertEqual(self.column(['"12.5"', "3", '" 4 "'], "double").tolist(), [12.5, 3.0, 4.0])
        self.assertEqual(self.column(['"9007199254740993"', "1"], "long").tolist(), [2 ** 53 + 1, 1])
        self.assertEqual(self.column(['"true"', "false"], "boolean").tolist(), [True, False])
        times = self.column(['"2024-05-01T10:00:00+02:00"', '"2024-05-01 08:00"', "null"], "datetime")
        self.assertEqual(times[:2].tolist(), [pandas.Timestamp("2024-05-01 08:00")] * 2)
        self.assertTrue(pandas.isna(times[2]))
        self.assertEqual(self.column(['"aGk="', '""'], "binary").tolist(), [b"hi", b""])

    def test_missing_values(self):
        text = '{"a": null, "b": "u"}\n{"b": null}\n{"a": NaN, "b": ""}\n'
        read = self.lines(text)
        self.assertEqual(read["a"].isna().tolist(), [True] * 3)
        self.assertEqual(read["b"].isna().tolist(), [False, True, False])
        self.assertEqual(self.column(["true", "null"], "boolean", is_required=False).tolist(), [True, None])

    def test_texts_that_look_missing_are_texts(self):
        self.assertEqual(self.column(['"NA"', '"null"', '""'], "string").tolist(), ["NA", "null", ""])

    def test_nested_values(self):
        text = '{"v": [1, 2.5], "m": {"k": 1}, "any": {"x": [1.5, null]}}\n'
        read = self.lines(text, [("v", Array("double")), ("m", Map("long")), ("any", AnyValue())])
        self.assertEqual(read.iloc[0].tolist(), [[1.0, 2.5], {"k": 1}, {"x": [1.5, None]}])

    def test_values_that_do_not_fit_are_named_with_row_and_line(self):
        cases = (
            ("double", '"abc"', "'abc' is not a number"), ("double", "true", "true is not a number"),
            ("double", "1e999", "1e999 is too large for double"), ("long", "2.5", "2.5 is not a whole number"),
            ("long", "null", "the value is missing"), ("long", "9223372036854775808", "9223372036854775808 is not within"),
            ("integer", "2147483648", "2147483648 is not within the range of integer"), ("string", "5", "5 is not text"),
            ("boolean", "1", "1 is not true or false"), ("datetime", '"10:30"', "'10:30' is not a time"),
            ("datetime", "1714550400000", "1714550400000 is not a time"), ("double", "[1]", "a list is not a number"),
            (Array("long"), '[1, "x"]', "at [1]: 'x' is not a whole number"), (Array("double"), "1", "1 is not a list"),
        )
        for type_, value, expected in cases:
            with self.subTest(value, type=str(type_)):
                scalars = {"string": '"x"', "boolean": "true", "datetime": "null"}
                fine = scalars.get(type_, "1") if isinstance(type_, str) else "[]"
                problem = self.problem(f'{{"c": {fine}}}\n\n{{"c": {value}}}\n', [("c", type_)])
                self.assertTrue(problem.startswith(f"column 'c', row 2 (line 3): {expected}"), problem)

    def test_a_key_that_stands_twice_is_refused_where_it_is_used(self):
        text = '{"a": 1, "b": "u"}\n{"a": 1, "b": "v", "a": 2, "x": 1, "x": 2}\n'
        self.assertEqual(self.problem(text), "row 2 (line 2): the object has the key 'a' twice")
        self.assert_columns(self.lines(text, [("b", "string")]), {"b": ["u", "v"]})

    def test_lines_that_are_no_objects(self):
        good = '{"a": 1.5, "b": "u"}\n'
        for line, problem in (
            ('{"a": 1,', "not JSON: Expecting property name"), ("[1]", "not a JSON object"), ("a,b", "not JSON"),
            ('{"a": 1} {"a": 2}', "not JSON: Extra data"),
        ):
            with self.subTest(line):
                self.assertIn(f"line 2: {problem}", self.problem(good + line + "\n" + good))

    def test_lines_may_be_left_out(self):
        warnings: List[str] = []
        path = self.write("t.jsonl", '{"a": 1}\n{"a": \n[1]\n{"a": 2}\n')
        table = json_tables.read_lines(path, ReadOptions({"invalid_lines": "drop"}), warnings.append)
        self.assertEqual(table.values("a"), [1, 2])
        self.assertEqual(
            warnings,
            ["2 lines of t.jsonl are not JSON objects and were left out (read_options.invalid_lines: drop)"],
        )

    def test_compressed_lines(self):
        import bz2
        import gzip
        import lzma

        text = FRAME.to_json(orient="records", lines=True).encode()
        compressions: Dict[str, Callable[[bytes], bytes]] = {
            ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
        }
        for suffix, compress in compressions.items():
            path = self.write("t.jsonl" + suffix, compress(text))
            self.assert_columns(self.read("json_lines", path, COLUMNS), FRAME)

    def test_missing_columns(self):
        self.assertIn("column 'b' is missing", self.problem('{"a": 1}\n{"a": 2}\n'))

    def test_missing_texts_of_the_options(self):
        read = self.lines('{"a": "-", "b": "-"}\n{"a": 2, "b": "v"}\n', missing_values=["-"])
        self.assertEqual(read.isna().values.tolist(), [[True, True], [False, False]])

    def test_mlflow_hands_on_what_is_read(self):
        from mlflow.types import ColSpec
        from mlflow.types.schema import Array as MLflowArray

        text = '{"a": 1, "b": "u", "t": "2024-05-01", "v": [1, 2], "l": 1}\n{"a": null, "b": null, "t": null, "v": [], "l": 2}\n'
        read = self.lines(text, COLUMNS + [("t", "datetime"), ("v", Array("double")), ("l", "long")])
        inputs = [
            ColSpec("double", "a"), ColSpec("string", "b"), ColSpec("datetime", "t"), ColSpec(MLflowArray("double"), "v"),
            ColSpec("long", "l"),
        ]
        self.assert_handed_on(inputs, read)


class ArrowTests(InputTestCase):
    """Whatever pyarrow reads is what Python's parser reads."""

    TYPES = {"d": "double", "f": "float", "l": "long", "i": "integer", "b": "boolean", "s": "string", "t": "datetime"}
    VALUES = (
        "1", "-0", "-0.0", "0.1", "1e3", "1e-400", "1e308", "1e309", "9007199254740993", "9223372036854775808", "5.0",
        "2147483648",
        "null", "true", "false", '"1"', '"abc"', '""', '"\\u00e4\\n\\ud83d\\ude00"', '"\\ud800"',
        '"2024-05-01"', '"2024-05-01T10:00:00+02:00"',
        '"10:30"', "[]", "{}", "NaN", "Infinity", "-Infinity", '"NaN"', "3.4e38", "3.5e38", "16777217",
    )

    def test_random_lines(self):
        import random
        from unittest import mock

        from batchstudio_runtime.inputs import json_arrow

        seed = random.randrange(2 ** 32)
        chance = random.Random(seed)
        read_by_arrow = 0
        for _ in range(400):
            name, type_ = chance.choice(list(self.TYPES.items()))
            columns = [Column(name, type_, chance.random() < 0.5)]
            values = chance.choices(self.VALUES, k=chance.choice([1, 1, 2, 3]))
            lines = [f'{{"{name}": {value}, "x": 1}}' for value in values]
            text = chance.choice(["\n", "\r\n", "\n\n"]).join(lines) + chance.choice(["", "\n", "{}\n", " \n"])
            path = self.write("t.jsonl", text)
            with self.subTest(text, type=type_, seed=seed):
                quick = json_arrow.read(path, columns, ReadOptions())
                if quick is None:
                    continue
                read_by_arrow += 1
                with mock.patch.object(json_arrow, "read", return_value=None):
                    self.assert_columns(quick, dict(self.read("json_lines", path, columns)))
                    self.assertEqual(repr(quick[name].tolist()), repr(self.read("json_lines", path, columns)[name].tolist()))
        self.assertGreater(read_by_arrow, 20)


if __name__ == "__main__":
    unittest.main()
