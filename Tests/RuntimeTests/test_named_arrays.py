"""A dict of arrays, as models of ONNX return it for each image: converted at once where it holds numbers."""
import unittest
from unittest import mock

import installed_runtime  # noqa: F401
import numpy
import pandas

from batchstudio_runtime.mlflow import containers


class NamedArraysTests(unittest.TestCase):
    def test_numbers_are_the_columns_that_each_array_makes(self):
        for kind in ("int64", "uint8", "float32", "float64", "bool"):
            arrays = {"label": numpy.array([1, 0, 1], kind), "score": numpy.array([0.5, 0.25, 0.125])}
            with self.subTest(kind):
                one_by_one = {name: containers.column_in(name, array, 3).frame.iloc[:, 0] for name, array in arrays.items()}
                with mock.patch.object(containers, "column_in", side_effect=AssertionError("converted one by one")):
                    frame = containers.predictions_in(arrays, 3).frame
                pandas.testing.assert_frame_equal(frame, pandas.DataFrame(one_by_one))
                arrays["label"][:] = 0  # a model may use its arrays again
                self.assertEqual(frame["label"].tolist(), [1, 0, 1])

    def test_other_arrays_are_converted_one_by_one(self):
        numbers = numpy.array([1, 2])
        others = [numpy.array(values) for values in (["a", "b"], [[1, 2], [3, 4]], [1, None])]
        for other in others + [numbers.astype(">i8"), [1, 2]]:
            with self.subTest(other):
                self.assertFalse(containers.are_plain_columns({"a": numbers, "b": other}))
        self.assertFalse(containers.are_plain_columns({0: numbers}))
        self.assertFalse(containers.are_plain_columns({"a": numbers, "b": numbers[:1]}))


if __name__ == "__main__":
    unittest.main()
