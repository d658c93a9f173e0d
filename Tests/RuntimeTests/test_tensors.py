"""Tables as tensors: headers that are no data, exact widths, values that survive their type."""
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas
import pyarrow
import pyarrow.parquet
from input_test_case import InputTestCase, columns_of_inputs

from batchstudio_runtime.inputs.cells import BadCell
from batchstudio_runtime.inputs.columns import Tensor
from batchstudio_runtime.inputs.headers import MissingColumns
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.tensors import DEFAULT_HEADER, TensorReader


class TensorTestCase(InputTestCase):
    def setUp(self):
        super().setUp()
        self.notes = []

    def text(self, content, shape, dtype="float32", **options):
        return self.tensor(None, self.write("t.csv", content), [Tensor(None, dtype, shape)], **options)

    def parquet(self, columns, *tensors, **options):
        path = self.path("t.parquet")
        pyarrow.parquet.write_table(pyarrow.table(columns), path)
        return self.tensor("parquet", path, list(tensors), **options)

    def tensor(self, format_, path, tensors, **options):
        reader = TensorReader(format_, tensors, ReadOptions(options), self.notes.append)
        reader.check(path)
        return reader.read(path)

    def assert_tensor(self, found, expected, dtype="float32"):
        expected = numpy.array(expected, dtype)
        self.assertEqual((found.dtype, found.shape), (expected.dtype, expected.shape))
        numpy.testing.assert_array_equal(found, expected)

    def assert_refused(self, expected, read, error=ValueError):
        with self.assertRaises(error) as raised:
            read()
        self.assertIn(expected, str(raised.exception))

    def assert_text_refused(self, expected, *arguments, error=ValueError):
        self.assert_refused(expected, lambda: self.text(*arguments), error)


class HeaderTests(TensorTestCase):
    def test_the_header_of_pandas_is_no_data(self):
        text = pandas.DataFrame([[1.0, 2, 3], [4, 5, 6]]).to_csv(index=False)
        self.assertTrue(text.startswith("0,1,2\n"))
        self.assert_tensor(self.text(text, (-1, 3)), [[1, 2, 3], [4, 5, 6]])
        self.assertEqual(self.notes, [DEFAULT_HEADER])

    def test_the_option_says_that_it_is_data(self):
        self.assert_tensor(self.text("0,1,2\n4,5,6\n", (-1, 3), header=False), [[0, 1, 2], [4, 5, 6]])
        self.assert_tensor(self.text("7,8,9\n4,5,6\n", (-1, 3), header=True), [[4, 5, 6]])
        self.assertEqual(self.notes, [])

    def test_numbers_are_data(self):
        for first in ("1,2,3", "0,1,3", "0.0,1,2", "0,2,1", "nan,1,2", ",1,2", "-1e3,inf,2"):
            with self.subTest(first):
                self.assertEqual(len(self.text(first + "\n4,5,6\n", (-1, 3))), 2)
        self.assertEqual(self.notes, [])

    def test_names_are_a_header(self):
        self.assert_tensor(self.text("a,b,c\n4,5,6\n", (-1, 3)), [[4, 5, 6]])

    def test_what_could_be_both_is_refused(self):
        self.assert_refused("the first line is 0: a header that pandas writes, or data", lambda: self.text("0\n5\n", (-1, 1)))
        self.assert_tensor(self.text("0\n5\n", (-1, 1), header=False), [[0], [5]])
        self.assert_tensor(self.text("0\n5\n", (-1, 1), header=True), [[5]])
        self.assert_refused("cells that fit the model's float32 and others", lambda: self.text("1,x,3\n4,5,6\n", (-1, 3)))
        self.assert_refused("the model's str takes any text", lambda: self.text("a,b\nx,y\n", (-1, 2), "str"))
        self.assert_tensor(self.text("a,b\nx,y\n", (-1, 2), "str", header=True), [["x", "y"]], "str")

    def test_booleans_and_times_are_data(self):
        self.assert_tensor(self.text("True,False\n0,1\n", (-1, 2), "bool"), [[True, False], [False, True]], "bool")
        times = "2024-05-01,2024-05-02\n2024-05-03,2024-05-04\n"
        self.assertEqual(len(self.text(times, (-1, 2), "datetime64[ns]")), 2)
        self.assertEqual(len(self.text("a,b\n" + times, (-1, 2), "datetime64[ns]")), 2)

    def test_numbers_of_other_countries_are_data(self):
        self.assert_tensor(self.text("1,5;2,5\n", (-1, 2), delimiter=";", decimal=","), [[1.5, 2.5]])


class TextTests(TensorTestCase):
    def test_a_row_has_the_shape_of_the_signature(self):
        self.assert_tensor(self.text("1,2,3,4\n5,6,7,8\n", (-1, 2, 2)), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
        self.assert_tensor(self.text("1\n2\n", (-1,)), [1, 2])
        self.assert_tensor(self.text("1,2\n", (-1, -1)), [[1, 2]])
        self.assert_tensor(self.text("1,2\n", (1, 2)), [[1, 2]])

    def test_another_width_fails_with_both(self):
        for content in ("1,2\n", "1,2,3,4\n", "1,2,3,4,5,6\n"):
            with self.subTest(content):
                count = content.count(",") + 1
                self.assert_text_refused(
                    f"the file has {count} columns; the model's signature takes (-1, 3): 3 values a row", content, (-1, 3)
                )
        self.assert_refused("more than one length is open", lambda: self.text("1,2\n", (-1, -1, -1)))
        self.assert_refused("the file has 2 rows; the model's signature takes (1, 2)", lambda: self.text("1,2\n3,4\n", (1, 2)))

    def test_a_row_of_another_width_fails(self):
        self.assert_refused("line 2", lambda: self.text("1,2,3\n4,5\n", (-1, 3)))

    def test_values_survive_the_signatures_type(self):
        for dtype, value in (
            ("uint8", 255), ("int8", -128), ("uint16", 65535), ("int32", -5), ("int64", 2 ** 53 + 1), ("float64", 0.1),
            ("float16", 0.5), ("bool", True),
        ):
            with self.subTest(dtype):
                self.assert_tensor(self.text(f"{value},1\n", (-1, 2), dtype), [[value, 1]], dtype)
        for dtype, bad in (
            ("uint8", 300), ("uint8", -1), ("int64", 1.5), ("int32", 2 ** 31), ("float16", 70000), ("float32", "1e39"),
            ("bool", 2),
        ):
            with self.subTest(dtype, value=bad):
                self.assert_text_refused("row 2", f"1,1\n{bad},1\n", (-1, 2), dtype, error=BadCell)

    def test_missing_values(self):
        self.assert_tensor(self.text("1,\n,4\n", (-1, 2)), [[1, numpy.nan], [numpy.nan, 4]])
        self.assert_refused("the value is missing", lambda: self.text("1,\n", (-1, 2), "int64"), BadCell)

    def test_tables_do_not_fit_objects(self):
        self.assert_refused("a table does not fit it", lambda: self.text("1,2\n", (-1, 2), "object"), TypeError)

    def test_options_leave_columns_out(self):
        self.assert_tensor(self.text("id,a,b\n7,1,2\n", (-1, 2), drop_columns=["id"]), [[1, 2]])
        self.assert_tensor(self.text("a,b,id\n1,2,x\n", (-1, 2), columns=["a", "b"]), [[1, 2]])
        self.assert_tensor(self.text("a,b\n1,2\n", (-1, 2), rename={"a": "c"}), [[1, 2]])
        # Numbers as names are those of a table without a header.
        self.assert_tensor(self.text("7.5,1,2\n7,3,4\n", (-1, 2), drop_columns=["0"]), [[1, 2], [3, 4]])
        # A name among numbers is a header all the same.
        self.assert_tensor(self.text("id,1,2\n7,3,4\n", (-1, 2), drop_columns=["id"]), [[3, 4]])

    def test_mlflow_hands_on_what_is_read(self):
        from mlflow.types import TensorSpec

        inputs = [TensorSpec(numpy.dtype("uint8"), (-1, 2, 2))]
        path = self.write("t.csv", "1,2,3,4\n")
        self.assert_handed_on(inputs, self.tensor(None, path, columns_of_inputs(inputs)))


class TypedFileTests(TensorTestCase):
    def test_columns_by_position(self):
        found = self.parquet({"b": [1.5, 2], "a": [3.0, 4]}, Tensor(None, "float32", (-1, 2)))
        self.assert_tensor(found, [[1.5, 3], [2, 4]])
        self.assert_refused("the file has 1 column;", lambda: self.parquet({"b": [1]}, Tensor(None, "float32", (-1, 2))))

    def test_the_row_labels_of_pandas_are_no_column(self):
        path = self.path("t.parquet")
        pandas.DataFrame({"a": [1, 2], "b": [3, 4]}, index=[7, 9]).to_parquet(path)
        self.assert_tensor(self.tensor("parquet", path, [Tensor(None, "int64", (-1, 2))]), [[1, 3], [2, 4]], "int64")

    def test_one_column_of_lists(self):
        self.assert_tensor(self.parquet({"v": [[1, 2], [3, 4]]}, Tensor(None, "float32", (-1, 2))), [[1, 2], [3, 4]])
        found = self.parquet({"v": [[1, 2, 3, 4]]}, Tensor(None, "float64", (-1, 2, 2)))
        self.assert_tensor(found, [[[1, 2], [3, 4]]], "float64")
        self.assert_refused(
            "column 'v', row 2: the list has the shape (1,); the model's signature takes (-1, 2)",
            lambda: self.parquet({"v": [[1, 2], [3]]}, Tensor(None, "float32", (-1, 2))), BadCell,
        )

    def test_named_tensors(self):
        found = self.parquet(
            {"v": [[1, 2], [3, 4]], "n": [5, 6], "x": [0.5, 1], "m": [[[1, 2]], [[3, 4]]], "other": ["a", "b"]},
            Tensor("n", "int64", (-1,)), Tensor("x", "float32", (-1, 1)), Tensor("v", "float32", (-1, 2)),
            Tensor("m", "int32", (-1, 1, 2)),
        )
        self.assertEqual(list(found), ["n", "x", "v", "m"])
        self.assert_tensor(found["n"], [5, 6], "int64")
        self.assert_tensor(found["x"], [[0.5], [1]])
        self.assert_tensor(found["v"], [[1, 2], [3, 4]])
        self.assert_tensor(found["m"], [[[1, 2]], [[3, 4]]], "int32")

    def test_named_tensors_that_do_not_fit(self):
        self.assert_refused(
            "column 'w' is missing", lambda: self.parquet({"v": [1]}, Tensor("w", "float32", (-1,))), MissingColumns
        )
        self.assert_refused(
            "row 1: the list has the shape (2,)", lambda: self.parquet({"v": [[1, 2]]}, Tensor("v", "int64", (-1, 3))), BadCell
        )
        self.assert_refused("v", lambda: self.parquet({"v": [1.5]}, Tensor("v", "int64", (-1,))), BadCell)

    def test_lists_in_text(self):
        path = self.write("t.csv", 'v,n\n"[1, 2]",3\n')
        found = self.tensor(None, path, [Tensor("v", "float32", (-1, 2)), Tensor("n", "int64", (-1,))])
        self.assert_tensor(found["v"], [[1, 2]])
        self.assert_tensor(found["n"], [3], "int64")

    def test_mlflow_takes_named_tensors(self):
        import mlflow.models.utils
        from mlflow.types import Schema, TensorSpec

        inputs = [TensorSpec(numpy.dtype("float32"), (-1, 2), "v"), TensorSpec(numpy.dtype("int64"), (-1,), "n")]
        found = self.parquet({"v": [[1, 2]], "n": [3]}, *columns_of_inputs(inputs))
        checked = mlflow.models.utils._enforce_schema(found, Schema(inputs))
        for name in found:
            self.assertIs(checked[name], found[name])


if __name__ == "__main__":
    unittest.main()
