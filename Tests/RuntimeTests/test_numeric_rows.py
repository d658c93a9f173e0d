"""Rows of numbers as a table of Arrow: the same text as that of the frame with the same rows."""
import random
import unittest

import installed_runtime  # noqa: F401
import numpy
import pandas

from batchstudio_runtime.mlflow.output import OutputTable, Part
from batchstudio_runtime.outputs import numeric_rows, rows
from batchstudio_runtime.scoring.job import Job

try:
    import pyarrow
except ImportError:
    pyarrow = None

LABELS = ["a.csv", "b, c.csv", 'a "quoted" name.csv', "ä.csv", ""]


def random_column(source, dtype, length):
    if dtype == "bool":
        return numpy.array([source.random() < 0.5 for _ in range(length)])
    if dtype.startswith("float"):
        values = [source.choice([0.0, -0.0, 1e-7, 1e16, 1 / 3, numpy.nan, numpy.inf, -numpy.inf, source.gauss(0, 1e3)])
                  for _ in range(length)]
        return numpy.array(values, dtype)
    bounds = numpy.iinfo(dtype)
    return numpy.array([source.randint(int(bounds.min), int(bounds.max)) for _ in range(length)], dtype)


def frame_of_rows(labels, numbers, frames):
    """Returns the rows as a frame, as they are where there are other values than numbers."""
    table = pandas.concat(frames, ignore_index=True)
    table.insert(0, "row", numpy.concatenate(numbers), allow_duplicates=True)
    files = numpy.repeat(numpy.array(labels, dtype=object), [len(frame) for frame in frames])
    table.insert(len(table.columns), "file", files, allow_duplicates=True)
    return table


@unittest.skipIf(pyarrow is None, "pyarrow is not installed")
class NumericRowsTests(unittest.TestCase):
    def test_text_is_that_of_the_frame(self):
        source = random.Random(7)
        for seed in range(200):
            dtypes = [source.choice(sorted(numeric_rows.KINDS)) for _ in range(source.randint(1, 3))]
            names = source.sample(["prediction", "score", "0", "ä"], len(dtypes))
            lengths = [source.randint(1, 5) for _ in range(source.randint(1, 3))]
            frames = [pandas.concat([pandas.Series(random_column(source, dtype, length)) for dtype in dtypes], axis=1)
                      for length in lengths]
            for frame in frames:
                frame.columns = names
            labels = [source.choice(LABELS) for _ in lengths]
            numbers = [numpy.arange(length) + source.randint(0, 9) for length in lengths]
            with self.subTest(seed=seed, dtypes=dtypes, labels=labels):
                self.assertTrue(numeric_rows.are_numbers([list(frame.dtypes) for frame in frames]))
                table = numeric_rows.table_of(labels, lengths, numbers, frames)
                self.assertEqual(table.column_names, ["row"] + names + ["file"])
                self.assertEqual(rows.to_csv(table), rows.to_csv(frame_of_rows(labels, numbers, frames)))

    def test_other_types_are_left_to_frames(self):
        number, text = numpy.dtype("int64"), numpy.dtype(object)
        for types in ([[text]], [[number, text]], [[number], [numpy.dtype("int32")]], [[pandas.Int64Dtype()]]):
            with self.subTest(types):
                self.assertFalse(numeric_rows.are_numbers(types))

    def test_a_name_that_is_no_text_is_left_to_the_frame(self):
        frame = pandas.DataFrame({"prediction": [1]})
        self.assertIsNone(numeric_rows.table_of(["bad \udcff.csv"], [1], [numpy.arange(1)], [frame]))

    def test_repeated_names_are_left_to_the_frame(self):
        frame = pandas.DataFrame([[1e-7, 0.0]])
        for names in (["file", "score"], ["row", "score"], ["score", "score"], [1, "1"]):
            with self.subTest(names):
                frame.columns = names
                self.assertIsNone(numeric_rows.table_of(["a.csv"], [1], [numpy.arange(1)], [frame]))

    def test_text_takes_this_way_and_other_formats_do_not(self):
        for output_format, is_arrow in (("csv", True), ("csv_with_header", True), ("jsonl", False), ("parquet", False)):
            with self.subTest(output_format):
                output = OutputTable(Job({"output_format": output_format}))
                predictions = pandas.DataFrame({"prediction": [1, 0]})
                output._parts = [Part(["a.csv"], [2], numpy.arange(2), predictions, [numpy.dtype("int64")])]
                self.assertEqual(isinstance(output.rows(), pyarrow.Table), is_arrow)


if __name__ == "__main__":
    unittest.main()
