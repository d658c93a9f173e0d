"""Files with several columns of one name: the names of the options distinguish them by position."""
import datetime
import unittest

import pyarrow
import pyarrow.feather
import pyarrow.parquet
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

TIME = datetime.datetime(2024, 5, 1)


class RepeatedNameTests(InputTestCase):
    def files(self, *columns):
        """Yields a file of each format with columns that are all called a, but for the second."""
        names = ["b" if index == 1 else "a" for index in range(len(columns))]
        table = pyarrow.Table.from_arrays([pyarrow.array(values) for values in columns], names=names)
        pyarrow.parquet.write_table(table, self.path("x.parquet"), use_deprecated_int96_timestamps=True)
        yield "parquet", self.path("x.parquet")
        with pyarrow.OSFile(self.path("x.arrow"), "wb") as sink, pyarrow.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        yield "arrow", self.path("x.arrow")

    def test_names_of_the_options_go_by_position(self):
        for format_, path in self.files([1.5], ["text"], [2.5], [TIME], [3]):
            wanted = [("third", "double"), ("first", "double"), ("time", "datetime"), ("last", "long")]
            frame = self.read(format_, path, wanted, column_names=["first", "text", "third", "time", "last"])
            self.assertEqual(frame.to_dict("list"), {"third": [2.5], "first": [1.5], "time": [TIME], "last": [3]})

    def test_types_are_those_of_each_column(self):
        for format_, path in self.files([1.5], ["text"], ["x"]):
            options = ReadOptions({"column_names": ["p", "q", "r"]})
            found = TypedReader(format_, [], options).inferred_types(path)
            self.assertEqual(found, [("p", "double"), ("q", "string"), ("r", "string")])
            message = self.error(format_, path, [Column("r", "double", True)], column_names=["p", "q", "r"])
            self.assertEqual(message, "column 'r' is string in the file; the model's signature says double")

    def test_a_name_that_is_needed_stands_once(self):
        for format_, path in self.files([1.5], ["text"], [2.5]):
            self.assertIn("more than one column with the name 'a'", self.error(format_, path, [("a", "double")]))
            self.assertEqual(self.read(format_, path, [("b", "string")])["b"].tolist(), ["text"])


if __name__ == "__main__":
    unittest.main()
