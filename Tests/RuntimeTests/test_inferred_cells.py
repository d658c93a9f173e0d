"""Cells of inferred columns that a number would change: they fail, where they would have been text had the sample had them."""
import unittest

import installed_runtime  # noqa: F401
import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.cells import MADE_OF_SAMPLE
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

LOSES = "loses its zeros or plus as a number. Give the column's type with read_options.types: {a: string}"
ROUNDS = "is a whole number beyond 2^53, which double may round. Give the column's type with read_options.types: {a: string}"


class DelimitedTests(InputTestCase):
    def read(self, type_, *texts, engine, says=MADE_OF_SAMPLE, **options):
        path = self.write("a.csv", "a,b\n" + "".join(f"{text},x\n" for text in texts))
        columns = [Column("a", type_, False), Column("b", "string", False)]
        return DelimitedReader(columns, ReadOptions(options), says=says, engine=engine).read(path)["a"].tolist()

    def assert_refused(self, type_, text, problem, *others):
        for engine in ("arrow", "csv"):
            for quote in ("", '"'):
                with self.subTest(engine=engine, text=text), self.assertRaises(ValueError) as raised:
                    self.read(type_, *others, f"{quote}{text}{quote}", engine=engine)
                place = f"row {len(others) + 1} (line {len(others) + 2})"
                self.assertIn(f"{place}: '{text}' {problem}; the types", str(raised.exception))

    def test_labels_of_digits(self):
        for type_ in ("long", "integer", "double"):
            for text in ("007", "+1", "-01", " 007", "+1.0"):
                self.assert_refused(type_, text, LOSES, "5", "7")
            self.assert_refused(type_, "007", LOSES)
        self.assert_refused("double", "00.5", LOSES, "5")

    def test_whole_numbers_that_no_double_holds(self):
        for text in ("9007199254740993", "-9007199254740993"):
            self.assert_refused("double", text, ROUNDS, "5", "1.5")

    def test_numbers_that_lose_nothing(self):
        texts = ["0", "-0.5", "0.05", "1e+05", "1e20", "9007199254740992", "-0", "100"]
        for engine in ("arrow", "csv"):
            self.assertEqual(self.read("double", *texts, engine=engine), [float(text) for text in texts])
            self.assertEqual(self.read("long", "9007199254740993", "0", "-10", engine=engine), [9007199254740993, 0, -10])

    def test_types_that_a_user_has_given(self):
        for engine in ("arrow", "csv"):
            self.assertEqual(self.read("long", "007", "+1", engine=engine, types={"a": "long"}), [7, 1])
            self.assertEqual(self.read("double", "9007199254740993", engine=engine, types={"a": "double"}), [2.0 ** 53])

    def test_large_files_of_numbers(self):
        numbers = [index + 0.5 for index in range(60000)]
        table = pandas.DataFrame({"a": numbers, "b": numbers})
        table.to_csv(self.path("n.csv"), index=False)
        columns = [Column("a", "double", False), Column("b", "double", False)]
        reader = DelimitedReader(columns, ReadOptions(), says=MADE_OF_SAMPLE)
        pandas.testing.assert_frame_equal(reader.read(self.path("n.csv")), table)
        with open(self.path("n.csv"), "a") as file:
            file.write("1.5,007\n")
        with self.assertRaisesRegex(ValueError, "row 60001 .*'007' loses its zeros"):
            reader.read(self.path("n.csv"))


class JsonTests(InputTestCase):
    def assert_refused(self, value, problem):
        path = self.write("a.jsonl", f'{{"a": 1.5}}\n{{"a": {value}}}\n')
        with self.assertRaises(ValueError) as raised:
            TypedReader("json_lines", [Column("a", "double", False)], ReadOptions(), says=MADE_OF_SAMPLE).read(path)
        self.assertIn(problem, str(raised.exception))

    def test_values_that_a_double_changes(self):
        self.assert_refused("9007199254740993", "does not fit into double without rounding")
        self.assert_refused('"007"', LOSES)

    def test_a_signature_says_that_numbers_are_wanted(self):
        path = self.write("a.jsonl", '{"a": 9007199254740993}\n')
        frame = TypedReader("json_lines", [Column("a", "double", True)], ReadOptions()).read(path)
        self.assertEqual(frame["a"].tolist(), [2.0 ** 53])


if __name__ == "__main__":
    unittest.main()
