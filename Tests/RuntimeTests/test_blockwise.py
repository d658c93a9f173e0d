"""Predictions of a file block by block, and of all of it where that is needed."""
import gzip
import unittest
from unittest import mock

import numpy
import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.mlflow import blockwise
from batchstudio_runtime.mlflow.blockwise import Blockwise, NeedsWholeFile, TooLarge, probed_rows
from batchstudio_runtime.mlflow.contract import Matched
from batchstudio_runtime.scoring.mini_batch import MiniBatch

ENTRIES = [{"type": "double", "name": "a", "required": True}]
ROWS = 20000


def halved(frame):
    return Matched(frame / 2, numpy.arange(len(frame)))


class WholeFileTests(InputTestCase):
    def blocks(self, path):
        return FileReader(ENTRIES, block=BlockSize(1000)).read_or_blocks(path)

    def whole(self, blocks, limit):
        """Returns the predictions of a file read whole, where that may have so many bytes."""
        with MiniBatch(0, []), mock.patch.object(blockwise, "LARGEST_WHOLE", limit):
            return Blockwise(blocks, halved, halved).whole(NeedsWholeFile("the model ranks rows"))

    def compare_around(self, path, size):
        """Asserts that a file is read whole within so many bytes, and not within one less."""
        self.assertEqual(len(self.whole(self.blocks(path), size)), ROWS)
        error = self.whole(self.blocks(path), size - 1)
        self.assertIsInstance(error, TooLarge)
        self.assertIn("the model ranks rows: it needs the whole file, which is larger than", str(error))

    def test_the_bytes_of_a_compressed_file_are_those_of_its_text(self):
        text = b"a\n" + b"1.5\n" * ROWS
        self.compare_around(self.write("a.csv", text), len(text))
        data = gzip.compress(text)
        self.assertLess(len(data), len(text) // 100)
        self.compare_around(self.write("a.csv.gz", data), len(text))

    def test_the_bytes_of_a_parquet_file_are_those_of_its_rows(self):
        path = self.path("a.parquet")
        pandas.DataFrame({"a": [1.5] * ROWS}).to_parquet(path)
        self.compare_around(path, sum(int(frame.memory_usage().sum()) for frame in self.blocks(path)))

    def test_a_damaged_file_has_its_own_reason(self):
        data = gzip.compress(b"a\n" + b"1.5\n" * ROWS)
        blocks = self.blocks(self.write("a.csv.gz", data))
        self.write("a.csv.gz", data[:-10])
        self.assertIn("cut off", str(self.whole(blocks, 10 ** 9)))


class ProbedRowTests(unittest.TestCase):
    def test_rows_with_missing_values_of_each_column_are_probed(self):
        frame = pandas.DataFrame({"a": numpy.arange(32768.0), "b": "x", "c": True}, index=range(32768))
        self.assertEqual(probed_rows(frame).tolist(), list(range(16384, 17408)))
        frame["b"] = frame["b"].astype(object)
        frame.loc[30000, "b"] = None
        frame.loc[:9999, "a"] = numpy.nan
        places = probed_rows(frame).tolist()
        self.assertEqual(len(places), 1024 + 64)
        self.assertLessEqual({0, 30000, 16384}, set(places))
        self.assertEqual(places, sorted(places))

    def test_a_table_without_columns(self):
        self.assertEqual(probed_rows(pandas.DataFrame(index=range(64))).tolist(), [32, 33, 34, 35])


if __name__ == "__main__":
    unittest.main()
