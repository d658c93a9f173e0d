"""Arrays, objects and maps of a signature: what fits is converted, and MLflow hands it on as it is."""
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas
from input_test_case import InputTestCase, columns_of_inputs

from batchstudio_runtime.inputs import json_values, nested
from batchstudio_runtime.inputs.columns import AnyValue, Array, Map, Object, Property
from batchstudio_runtime.inputs.values import Misfit


class NestedTests(unittest.TestCase):
    def misfit(self, value, type_):
        with self.assertRaises(Misfit) as raised:
            nested.convert(value, type_)
        return str(raised.exception)

    def test_whole_numbers_become_doubles(self):
        converted = nested.convert([1, 2.5], Array("double"))
        self.assertEqual((converted, [type(item) for item in converted]), ([1.0, 2.5], [float, float]))

    def test_narrow_numbers_and_times_are_arrays_of_their_type(self):
        for type_, dtype in (("float", "float32"), ("integer", "int32")):
            converted = nested.convert([1, 2], Array(type_))
            self.assertEqual((converted.dtype, converted.tolist()), (numpy.dtype(dtype), [1, 2]))
        times = nested.convert([pandas.Timestamp("2024-05-01T10:00+02:00")], Array("datetime"))
        self.assertEqual(times[0], numpy.datetime64("2024-05-01T08:00"))

    def test_lists_in_lists(self):
        self.assertEqual(nested.convert([[1], [], [2, 3]], Array(Array("long"))), [[1], [], [2, 3]])

    def test_no_digit_of_a_number_in_a_text_is_lost(self):
        value = json_values.parse("[9007199254740993.0, 9007199254740993]")
        self.assertEqual(nested.convert(value, Array("long")), [9007199254740993, 9007199254740993])

    def test_values_that_do_not_fit(self):
        cases = (
            ([1, 2.5], Array("long"), "at [1]: 2.5 is not a whole number"),
            (["1"], Array("double"), "at [0]: '1' is not a number"),
            ([True], Array("double"), "at [0]: true is not a number"),
            ([2 ** 53 + 1], Array("double"), "at [0]: 9007199254740993 does not fit into double without rounding"),
            ([2 ** 31], Array("integer"), "at [0]: 2147483648 is not within the range of integer"),
            ([1, None], Array("long"), "at [1]: the value is missing"),
            (["a", None], Array("string"), "at [1]: the value is missing"),
            (["a\0"], Array("string"), "at [0]: text or bytes in a list can't end with a zero byte"),
            ({"a": 1}, Array("long"), "an object is not a list"),
            ([[1], 2], Array(Array("long")), "at [1]: 2 is not a list"),
            ({"a": "x"}, Map("long"), "at a: 'x' is not a whole number"),
            ([1], Map("long"), "a list is not a map"),
            (None, Array("double"), "the value is missing"),
        )
        for value, type_, expected in cases:
            with self.subTest(value=value):
                self.assertEqual(self.misfit(value, type_), expected)

    def test_objects_have_the_members_of_the_signature(self):
        type_ = Object((Property("a", "double", True), Property("b", Array("long"), False)))
        self.assertEqual(nested.convert({"b": [1], "a": 2}, type_), {"a": 2.0, "b": [1]})
        self.assertEqual(nested.convert({"a": 2, "b": None}, type_), {"a": 2.0, "b": None})
        self.assertEqual(nested.convert({"a": 2}, type_), {"a": 2.0})
        self.assertEqual(self.misfit({"b": [1]}, type_), "at a: the value is missing")
        self.assertEqual(
            self.misfit({"a": 1, "c": 1}, type_), "the object has a member 'c', which the signature does not know"
        )
        self.assertEqual(self.misfit({"a": 1, "b": ["x"]}, type_), "at b[0]: 'x' is not a whole number")

    def test_a_key_that_stands_twice_is_refused(self):
        value = json_values.parse('{"a": 1, "a": 2}')
        for type_ in (Object((Property("a", "long", True),)), Map("long")):
            self.assertIn("has the key 'a' twice", self.misfit(value, type_))

    def test_maps_of_arrow_are_lists_of_pairs(self):
        self.assertEqual(nested.convert([("k", 1), ("l", 2)], Map("double")), {"k": 1.0, "l": 2.0})
        self.assertEqual(self.misfit([("k", 1), ("k", 2)], Map("long")), "the map has the key 'k' twice")

    def test_any_takes_all(self):
        value = {"a": [1, None, {"b": 1.5}]}
        self.assertEqual(nested.convert(value, AnyValue()), value)


class MLflowTests(InputTestCase):
    def test_converted_values_are_handed_on_unchanged(self):
        from mlflow.types import ColSpec
        from mlflow.types.schema import AnyType
        from mlflow.types.schema import Array as MLflowArray
        from mlflow.types.schema import Map as MLflowMap
        from mlflow.types.schema import Object as MLflowObject
        from mlflow.types.schema import Property as MLflowProperty

        members = [MLflowProperty("f", "float"), MLflowProperty("t", "datetime"), MLflowProperty("l", "long", required=False)]
        inputs = [
            ColSpec(MLflowArray(type_), type_) for type_ in ("double", "float", "long", "integer", "boolean", "string")
        ]
        inputs += [
            ColSpec(MLflowArray(MLflowArray("float")), "deep"), ColSpec(MLflowObject(members), "object"),
            ColSpec(MLflowMap("integer"), "map"), ColSpec(AnyType(), "any"),
            ColSpec(MLflowArray("double"), "optional", required=False),
        ]
        values = {
            "double": [1, 2.5], "float": [1, 0.1], "long": [2 ** 60], "integer": [7], "boolean": [True], "string": ["x"],
            "deep": [[0.1], [1, 2]], "object": {"f": 0.5, "t": pandas.Timestamp("2024-05-01"), "l": None}, "map": {"k": 1},
            "any": {"x": [1, "y"]}, "optional": None,
        }
        frame = pandas.DataFrame({
            column.name: pandas.Series(
                [nested.convert_member(values[column.name], column.type, column.is_required, "")], dtype=object
            )
            for column in columns_of_inputs(inputs)
        })
        self.assert_handed_on(inputs, frame)


if __name__ == "__main__":
    unittest.main()
