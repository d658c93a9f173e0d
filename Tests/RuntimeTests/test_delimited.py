"""Delimited files by a signature: shape, headers, quotes and options, the same in both engines."""
import itertools
import unittest
from typing import List
from unittest import mock

import pandas
from input_test_case import InputTestCase, as_columns

from batchstudio_runtime.inputs import csv_arrow, csv_blocks, opening
from batchstudio_runtime.inputs.cells import MISSING
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.csv_numbers import NumberReader
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.records import FIELDS, QUOTES

ABC = [("a", "double"), ("b", "string")]


class DelimitedTestCase(InputTestCase):
    def frames(self, content, columns=ABC, name="t.csv", **options):
        """Yields the frame of each engine."""
        path = self.write(name, content)
        for engine in ("arrow", "csv"):
            with self.subTest(engine=engine, content=content[:200]):
                self.notes: List[str] = []
                yield DelimitedReader(as_columns(columns), ReadOptions(options), self.notes.append, engine=engine).read(path)

    def assert_read(self, content, expected, columns=ABC, name="t.csv", **options):
        for frame in self.frames(content, columns, name, **options):
            self.assertEqual({column: list(frame[column]) for column in frame.columns}, expected)

    def assert_refused(self, content, expected, columns=ABC, name="t.csv", **options):
        path = self.write(name, content)
        for engine in ("arrow", "csv"):
            with self.subTest(engine=engine, content=content[:200]):
                with self.assertRaises(ValueError) as raised:
                    DelimitedReader(as_columns(columns), ReadOptions(options), engine=engine).read(path)
                self.assertEqual(str(raised.exception), expected)


class ShapeTests(DelimitedTestCase):
    def test_a_field_too_many_or_too_few(self):
        self.assert_refused("a,b\n1,x,77\n2,y,78\n", "line 2: 3 fields, the header has 2; 2 rows differ. " + FIELDS)
        self.assert_refused("a,b\n1,x\n2,y,z\n", "line 3: 3 fields, the header has 2. " + FIELDS)
        self.assert_refused("a,b\n1,x\n2\n", "line 3: 1 field, the header has 2. " + FIELDS)
        self.assert_refused("a,b\n1,x\n2,y,\n", "line 3: 3 fields, the header has 2. " + FIELDS)
        self.assert_refused("a\n1,2\n", "line 2: 2 fields, the header has 1. " + FIELDS, columns=ABC[:1])

    def test_lines_are_counted_with_quoted_ones_and_blank_ones(self):
        content = 'skipped\n\n#comment\na,b\n\n1,"x\r\ny\nz"\n# comment\n2,"y"\n3\n'
        self.assert_refused(content, "line 11: 1 field, the header has 2. " + FIELDS, skip_rows=1, comment="#")
        self.assert_refused('a,b\r\n1,"x\ny"\r\n\r\nz,y\r\n',
                            "column 'a', row 2 (line 5): 'z' is not a number; the model's signature says double")

    def test_blank_lines_where_a_record_can_be_blank(self):
        for frame in self.frames("v\n1\n\n3\n", [("v", "double")]):
            pandas.testing.assert_frame_equal(frame, pandas.DataFrame({"v": [1.0, None, 3.0]}))
        self.assert_read('v\n\nx\n""\n', {"v": ["", "x", ""]}, [("v", "string")])
        self.assert_read("v\nx\n\n", {"v": ["x", ""]}, [("v", "string")])
        self.assert_read("v\nx", {"v": ["x"]}, [("v", "string")])

    def test_blank_lines_where_none_can_be(self):
        self.assert_read("\n\na,b\n\n1,x\n \n\r\n2,y\n\n", {"a": [1.0, 2.0], "b": ["x", "y"]})

    def test_a_header_without_rows(self):
        columns = [("a", "double"), ("b", "string"), ("t", "datetime"), ("i", "integer")]
        for content in ("a,b,t,i\n", "a,b,t,i", "\ufeffa,b,t,i\r\n\r\n"):
            for frame in self.frames(content, columns):
                self.assertEqual(len(frame), 0)
                self.assertEqual([frame[name].dtype for name in "ati"], ["float64", "datetime64[ns]", "int32"])

    def test_line_ends(self):
        for end in ("\n", "\r\n", "\r"):
            self.assert_read(end.join(["a,b", "1,x", "2,y", ""]), {"a": [1.0, 2.0], "b": ["x", "y"]})
        self.assert_read("a,b\r\n1,x\n2,y\r3,z", {"a": [1.0, 2.0, 3.0], "b": ["x", "y", "z"]})

    def test_files_without_a_header(self):
        self.assert_refused("", "the file is empty: 0 bytes, not even a header")
        self.assert_refused("\n \n", "the file is empty: it has no header")

    def test_records_longer_than_a_block(self):
        long = "x" * (9 * 1024 * 1024)
        self.assert_read(f'a,b\n1,y\n2,"{long}"\n3,"{long}\n,"\n', {"a": [1.0, 2.0, 3.0], "b": ["y", long, long + "\n,"]})
        self.assert_read(f"a,b\n1,y\n2,{long}\n3,z\n", {"a": [1.0, 2.0, 3.0], "b": ["y", long, "z"]})

    def test_many_blocks(self):
        count = 20000
        rows = [f'{index},"line {index}\n of ""quoted"", text"\n' for index in range(count)]
        with mock.patch.object(csv_blocks, "BLOCK", 100000), mock.patch.object(opening, "PIECE", 30001):
            for frame in self.frames("a,b\n" + "".join(rows)):
                self.assertEqual(frame["a"].tolist(), list(map(float, range(count))))
                self.assertTrue((frame["b"] == [f'line {index}\n of "quoted", text' for index in range(count)]).all())
            self.assert_refused("a,b\n" + "".join(rows) + "1\n", f"line {2 * count + 2}: 1 field, the header has 2. " + FIELDS)


class QuoteTests(DelimitedTestCase):
    def test_quotes_of_rfc_4180(self):
        self.assert_read('a,b\n"1","x, ""y""\n"\n2,""\n', {"a": [1.0, 2.0], "b": ['x, "y"\n', ""]})

    def test_a_quote_within_an_unquoted_field_is_text(self):
        self.assert_read('a,b\n1,5" pipe\n2,x""\n', {"a": [1.0, 2.0], "b": ['5" pipe', 'x""']})

    def test_text_after_a_closing_quote(self):
        self.assert_refused('a,b\n1,"x"y\n', "line 2: text after a closing quote. " + QUOTES)
        self.assert_refused('a,b\n1,x\n"2" ,y\n3,""z\n', "line 3: text after a closing quote; 2 rows differ. " + QUOTES)

    def test_a_quote_that_is_never_closed(self):
        self.assert_refused('a,b\n1,x\n2,"y\n3,z\n', "line 3: a quote begins in this record and is never closed. " + QUOTES)

    def test_other_quotes_and_escapes(self):
        self.assert_read("a,b\n1,'x,y'\n2,\"z\n", {"a": [1.0, 2.0], "b": ["x,y", '"z']}, quote="'")
        self.assert_read('a,b\n1,"x\n2,y"\n', {"a": [1.0, 2.0], "b": ['"x', 'y"']}, quote="none")
        self.assert_read('a,b\n1,"x \\"y\\""\n2,p\\,q\n', {"a": [1.0, 2.0], "b": ['x "y"', "p,q"]}, escape="\\")

    def test_spaces_belong_to_text_and_not_to_numbers(self):
        self.assert_read("a,b\n 1 , x \n", {"a": [1.0], "b": [" x "]})


class HeaderTests(DelimitedTestCase):
    def test_columns_go_by_name_and_others_are_left_out(self):
        self.assert_read('id,b,note,a\n7,x,"p,\nq",1.5\n', {"a": [1.5], "b": ["x"]})

    def test_duplicate_names_of_columns_that_are_used(self):
        self.assert_refused(
            "a,b,a\n1,x,2\n",
            "the file has more than one column with the name 'a'. Give each its own with read_options.column_names, or leave"
            " one out of the file.",
        )
        self.assert_read("a,b,c,c\n1,x,2,3\n", {"a": [1.0], "b": ["x"]})
        self.assert_read("a,b,a\n1,x,2\n", {"a": [2.0], "b": ["x"]}, column_names=["other", "b", "a"])

    def test_names_that_pandas_gives(self):
        self.assert_read(",a\n0,1\n1,2\n", {"Unnamed: 0": [0, 1]}, [("Unnamed: 0", "long")])

    def test_a_signature_without_names_goes_by_position(self):
        self.assert_read("p,q,r\n1,x,2\n", {"p": [1.0], "q": ["x"]}, [(None, "double"), (None, "string")])

    def test_optional_columns_may_be_absent(self):
        columns = [Column("a", "double", True), Column("b", "string", False)]
        self.assert_read("a\n1\n", {"a": [1.0]}, columns)
        optional = [Column("a", "double", False), Column("b", "string", False)]
        self.assert_read("a\n1\n", {"a": [1.0]}, optional)
        # With another header nothing would be scored.
        missing = "columns 'a', 'b' are missing; the model's signature needs: a, b; the file has: "
        for first in ("c", "1"):
            self.assert_refused(first + "\n2\n", missing + first, optional)

    def test_headers_that_nearly_fit_are_refused_with_the_rename(self):
        needs = "missing; the model's signature needs: alcohol, b; the file has: "
        columns = [("alcohol", "double"), ("b", "string")]
        self.assert_refused(
            " Alcohol,B\n1,x\n", f"columns 'alcohol', 'b' are {needs} Alcohol, B. If they are the same, add"
            " read_options.rename: {\" Alcohol\": alcohol, B: b}", columns,
        )
        self.assert_read(" Alcohol,B\n1,x\n", {"alcohol": [1.0], "b": ["x"]}, columns,
                         rename={" Alcohol": "alcohol", "B": "b"})
        self.assert_refused("alcohl,b\n1,x\n", f"column 'alcohol' is {needs}alcohl, b. Near: 'alcohl' for 'alcohol'", columns)
        self.assert_refused("x,y\n1,2\n", f"columns 'alcohol', 'b' are {needs}x, y", columns)

    def test_headers_that_nearly_have_an_optional_column_are_refused(self):
        columns = [Column("a", "double", True), Column("b c", "string", False), Column("d", "string", False)]
        missing = "optional column 'b c' is missing, and the file has 'B c '. If they are the same, add read_options.rename: "
        self.assert_refused(
            "a,B c \n1,x\n", missing + '{"B c ": "b c"}, else read_options.drop_columns: ["B c "]', columns)
        self.assert_read("a,B c \n1,x\n", {"a": [1.0], "b c": ["x"]}, columns, rename={"B c ": "b c"})
        self.assert_read("a,B c \n1,x\n", {"a": [1.0]}, columns, drop_columns=["B c "])
        self.assert_read("a,d,D\n1,x,y\n", {"a": [1.0], "d": ["x"]}, columns)
        self.assert_read("a,e\n1,y\n", {"a": [1.0]}, columns)

    def test_columns_and_names_of_the_options(self):
        self.assert_read("1,x\n2,y\n", {"a": [1.0, 2.0], "b": ["x", "y"]}, header=False, column_names=["a", "b"])
        self.assert_read("p,q\n2,y\n", {"a": [2.0], "b": ["y"]}, header=True, column_names=["a", "b"])
        self.assert_refused("1,x,2\n", "read_options.column_names has 2 names; the file has 3 columns",
                            header=False, column_names=["a", "b"])
        self.assert_read("\n1\n", {"a": ["", "1"]}, [("a", "string")], header=False, column_names=["a"])
        self.assert_read("a,a,b\n1,2,x\n", {"a": [2.0], "b": ["x"]}, column_names=["p", "a", "b"], drop_columns=["p"])
        with self.assertRaisesRegex(ValueError, r"column 'c' is missing \(read_options.columns\); the file has: a, b"):
            DelimitedReader([], ReadOptions({"columns": ["a", "c"]})).read(self.write("t.csv", "a,b\n1,x\n"))

    def test_a_header_across_lines(self):
        self.assert_read('"a\n1","b"\n1,x\n', {"a\n1": [1.0], "b": ["x"]}, [("a\n1", "double"), ("b", "string")])


class DelimiterTests(DelimitedTestCase):
    def test_the_name_tells_the_delimiter(self):
        for name, delimiter in (("t.csv", ","), ("t.tsv", "\t"), ("t.tab", "\t"), ("t.psv", "|"), ("T.CSV", ",")):
            self.assert_read(f"a{delimiter}b\n1{delimiter}x\n", {"a": [1.0], "b": ["x"]}, name=name)
        self.assert_read("a\u00a7b\n1\u00a7x\n", {"a": [1.0], "b": ["x"]}, delimiter="\u00a7")

    def test_a_header_that_fits_with_another_delimiter_is_read_so_with_a_note(self):
        for delimiter, shown in ((";", "';'"), ("\t", "tab"), ("|", "'|'")):
            for frame in self.frames(f"b{delimiter}a\nx, y{delimiter}1\n"):
                self.assertEqual(frame["b"].tolist(), ["x, y"])
                self.assertEqual(self.notes[:1], [
                    f"Files are read with delimiter {shown}: their header fits the signature so."
                    " Give read_options.delimiter to fix it."
                ])

    def test_no_delimiter_is_proposed_where_the_header_fits_or_the_option_is_given(self):
        self.assert_read("a;b\n1\n", {"a;b": [1.0]}, [("a;b", "double")])
        self.assert_refused(
            "a;b\n1;x\n", "columns 'a', 'b' are missing; the model's signature needs: a, b; the file has: a;b", delimiter=",",
        )

    def test_the_delimiter_of_txt_files(self):
        for delimiter in "\t;|,":
            self.assert_read(f'a{delimiter}b\n1{delimiter}"x, y"\n', {"a": [1.0], "b": ["x, y"]}, name="t.txt")
        # By its lines, where the header does not say it.
        self.assert_read('1;"x;,"\n2;y,z\n', {"a": [1.0, 2.0], "b": ["x;,", "y,z"]}, name="t.txt", header=False,
                         column_names=["a", "b"])
        self.assert_read("b\nx y\n", {"b": ["x y"]}, ABC[1:], name="t.txt")

    def test_the_lines_of_each_file_tell_its_delimiter(self):
        for name, engine in itertools.product(("t.csv", "t.txt"), ("arrow", "csv")):
            reader = DelimitedReader([], ReadOptions(), engine=engine)
            found = [reader.sample(self.write(name, "x;y|z\n" + line), 1)[1] for line in ("1;2\n", "1|2\n", "1;2\n")]
            self.assertEqual(found, [[["1", "2"]]] * 3)

    def test_renames_of_columns_that_are_not_there_are_refused(self):
        columns = [Column("a", "double", True), Column("b", "string", False)]
        self.assert_read("a,p\n1,x\n", {"a": [1.0], "b": ["x"]}, columns, rename={"p": "b"})
        self.assert_read("a,b\n1,x\n", {"a": [1.0], "b": ["x"]}, columns, rename={"p": "b"})
        self.assert_read("a\n1\n", {"a": [1.0]}, columns, rename={"p": "unknown"})
        self.assert_refused("a,q\n1,x\n", "column 'p' is missing (read_options.rename: {p: b}); the file has: a, q", columns,
                            rename={"p": "b"})


class TypeTests(DelimitedTestCase):
    def test_words_and_large_numbers(self):
        columns = [Column("s", "string", True), Column("o", "string", False), Column("i", "long", True)]
        for frame in self.frames("s,o,i\nNA,NA,9007199254740993\n,,5.0\nnull,x,1e3\n", columns):
            pandas.testing.assert_frame_equal(frame, pandas.DataFrame({
                "s": pandas.Series(["NA", "", "null"], dtype=str), "o": pandas.Series(["NA", None, "x"], dtype="str"),
                "i": [9007199254740993, 5, 1000],
            }))

    def test_hexadecimal_texts_beside_whole_numbers(self):
        self.assert_read("i,s\n16,0x10\n", {"i": [16], "s": ["0x10"]}, [("i", "long"), ("s", "string")])
        self.assert_refused("i,s\n0x10,a\n",
                            "column 'i', row 1 (line 2): '0x10' is not a whole number; the model's signature says long",
                            [("i", "long"), ("s", "string")])

    def test_the_dtypes_that_mlflow_takes(self):
        row = "1,2,3,4,true,2024-05-01T10:00+02:00\n"
        columns = list(zip("dflibt", ("double", "float", "long", "integer", "boolean", "datetime")))
        expected = pandas.DataFrame({
            "d": [1.0], "f": pandas.Series([2], dtype="float32"), "l": [3], "i": pandas.Series([4], dtype="int32"),
            "b": [True], "t": pandas.Series([pandas.Timestamp("2024-05-01 08:00")]).astype("datetime64[ns]"),
        })
        for rows in (1, 500):
            for frame in self.frames("d,f,l,i,b,t\n" + row * rows, columns):
                pandas.testing.assert_frame_equal(frame, pandas.concat([expected] * rows, ignore_index=True))

    def test_separators_of_the_options(self):
        columns = [("a", "double"), ("i", "long")]
        self.assert_read("a;i\n1,5;7\n-2,25;8\n", {"a": [1.5, -2.25], "i": [7, 8]}, columns, delimiter=";", decimal=",")
        self.assert_read("a;i\n1.234,5;1.000\n", {"a": [1234.5], "i": [1000]}, columns, delimiter=";", decimal=",",
                         thousands=".")
        self.assert_refused("a;i\n1.5;7\n", "column 'a', row 1 (line 2): '1.5' is not a number; the model's signature says"
                            " double", columns, delimiter=";", decimal=",")

    def test_missing_values_of_the_options(self):
        for frame in self.frames("a,b\n-,-\n1,NA\n", missing_values=["-"]):
            self.assertEqual(frame.isna().values.tolist(), [[True, True], [False, False]])


class NumberFileTests(DelimitedTestCase):
    """Files of nothing but floats, which are mapped."""

    NAMES = ["alcohol", "acidity", "sugar"]
    LINE = "5.123456789012345,-4,1e-3\n"

    def read_numbers(self, content, kind="float64"):
        path = self.write("numbers.csv", ",".join(self.NAMES) + "\n" + content)
        return NumberReader().read(path, self.NAMES, ",", kind), path

    def test_numbers_are_those_of_pandas(self):
        for content in (self.LINE * 3, self.LINE * 100000, "1e308,4.9e-324,0.1\n", '"5.5",4,"3"\n' + self.LINE,
                        self.LINE + "NaN,,NULL\n" + self.LINE):
            for kind in ("float64", "float32"):
                if kind == "float32" and "e308" in content:
                    continue
                table, path = self.read_numbers(content, kind)
                expected = pandas.read_csv(path, dtype=kind)
                pandas.testing.assert_frame_equal(table, expected, check_exact=True)
                self.assertEqual(table.to_numpy().flags.f_contiguous, expected.to_numpy().flags.f_contiguous)

    def test_what_is_left_to_the_other_readers(self):
        for content in ("1,2,red\n", "1,2\n", "1,2,3,4\n", "inf,1,2\n", "1e400,1,2\n", "NAN,1,2\n", "nan(1),2,3\n", "1,2,0x1\n"):
            self.assertIsNone(self.read_numbers(content)[0], content)
        self.assertIsNone(self.read_numbers("1e39,2,3\n", "float32")[0])

    def test_large_files_are_read_this_way_and_as_the_others_read_them(self):
        lines = "".join(f"{index},{index / 7},{'' if index % 1000 else 'NA'}\n" for index in range(30000))
        columns = [("sugar", "double"), ("alcohol", "double"), ("acidity", "double")]
        found = list(self.frames(",".join(self.NAMES) + "\n" + lines, columns))
        pandas.testing.assert_frame_equal(*found, check_exact=True)
        self.assertEqual(list(found[0].columns), ["sugar", "alcohol", "acidity"])

    def test_missing_texts_are_the_same_for_all_readers(self):
        for text in sorted(MISSING):
            self.assertTrue(self.read_numbers(f"{text},1,2\n")[0]["alcohol"].isna().all(), text)


class EngineTests(DelimitedTestCase):
    def test_times_that_pyarrow_would_take(self):
        import pyarrow

        for text in ("2024-05-01 10", "2024-05-01T10Z", "0001-01-01", "2300-01-01"):
            column = pyarrow.chunked_array([["2024-05-01", text]])
            try:
                self.assertIsNone(csv_arrow.nanoseconds(column), text)
            except pyarrow.ArrowInvalid:
                pass

    def test_the_state_of_a_reader_is_no_part_of_the_result(self):
        contents = ["i,a\n1,2\n", "i,a\n5.0,x\n", "i,a\n1,0x3\n", 'i,a\n2,"y, z"\n', "i,a\n3,4\n"]
        columns = as_columns([("i", "long"), ("a", "string")])
        reader = DelimitedReader(columns, ReadOptions())
        for content in contents * 2:
            path = self.write("t.csv", content)
            pandas.testing.assert_frame_equal(reader.read(path), DelimitedReader(columns, ReadOptions()).read(path))


if __name__ == "__main__":
    unittest.main()
