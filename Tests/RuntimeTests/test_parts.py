"""Parts of files, read as they were split: what only a part has is no fault of the file."""
import unittest

import pandas
from input_test_case import InputTestCase

from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.files import FileReader
from batchstudio_runtime.inputs.part import Part, PartPath, WholeFileNeeded
from batchstudio_runtime.inputs.records import BadRows

ENTRIES = [{"type": "string", "name": name, "required": True} for name in "ab"]
HEADER = "a,b\n"


class PartTests(InputTestCase):
    def frame(self, before, text, rows, after=""):
        """Returns the frame of the part that this text is, between other text, with so many rows by its split."""
        path = self.write("a.csv", HEADER + before + text + after)
        start = len(HEADER + before)
        lines = before.count("\n")
        part = Part(1, 3, start, start + len(text), lines, rows, len(HEADER), lines + 1)
        return pandas.concat(FileReader(ENTRIES, block=BlockSize(2)).read_or_blocks(PartPath(path, part)))

    def test_rows_of_a_part(self):
        frame = self.frame("1,2\n", '3,"4\n4"\n5,6\n7,8\n', 3, "9,0\n")
        self.assertEqual(frame.values.tolist(), [["3", "4\n4"], ["5", "6"], ["7", "8"]])

    def test_a_part_that_ends_within_quotes_needs_the_whole_file(self):
        with self.assertRaisesRegex(WholeFileNeeded, "part 2 has a quote that is never closed"):
            self.frame("1,2\n", '3,4\n5,"6\n', 2, '7"\n')

    def test_a_part_that_begins_within_a_row_needs_the_whole_file(self):
        for text, rows in (("2\n3,4\n", 1), ('b"\n3,4\n5,6\n', 2)):
            with self.assertRaisesRegex(WholeFileNeeded, f"part 2 has {rows + 1} rows, but {rows} were counted"):
                self.frame('1,"', text, rows)

    def test_a_row_of_another_width_fails_its_part(self):
        with self.assertRaisesRegex(BadRows, "line 4: 3 fields, the header has 2"):
            self.frame("1,2\n", "3,4\n5,6,7\n", 2)


if __name__ == "__main__":
    unittest.main()
