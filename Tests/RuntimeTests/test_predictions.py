"""The results that a model may return for the rows of a file, and the errors of others."""
import unittest

from predictions_test_case import IS_REQUIRED, PredictionsTestCase, setUpModule, tearDownModule  # noqa: F401


class ContainerTests(PredictionsTestCase):
    """Containers of every kind become one prediction a row."""

    def test_containers_of_one_value_a_row(self):
        expected = [["10.0"], ["20.0"], ["30.0"]]
        for answer in (
            "list(v)", "tuple(v)", "(x for x in v)", "map(float, v)", "filter(None, v)", "collections.deque(v)", "iter(list(v))",
            "{x: None for x in v}.keys()", "dict(enumerate(v)).values()", "v", "v.to_numpy()", "v.array", "pandas.Index(v)",
            "pandas.Categorical(v)", "v.to_frame()", "v.astype('Float64')", "pyarrow.array(v)",
            "pyarrow.chunked_array([[10.0], [20.0, 30.0]])", "pyarrow.table({'x': v})",
            "pyarrow.record_batch([pyarrow.array(v)], names=['x'])", "pyarrow.table({'x': v}).to_reader()",
            "v.to_numpy().reshape(-1, 1)", "numpy.ma.masked_array(v.to_numpy())", "numpy.matrix(v.to_numpy()).T",
            "v.to_numpy().astype('>f8')", "Tensor(v.to_numpy())", "[Tensor(numpy.array(x)) for x in v]", "Foreign(v.to_numpy())",
            "{'x': list(v)}", "{'x': v}", "{'x': v.to_numpy()}", "{'x': map(float, v)}", "{'x': Tensor(v.to_numpy())}",
            "[numpy.array(x) for x in v]", "[{'x': x} for x in v]", "[[x] for x in v]", "[(x,) for x in v]",
            "pandas.Series(v.to_numpy(), index=list('cab'))", "pandas.Series(v.to_numpy(), index=[7, 3, 5])",
            "itertools.islice(v, 3)", "collections.UserList(v)", "v.items() and (x for _, x in v.items())",
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), expected)

    def test_polars_and_scipy(self):
        for package, answers in (
            ("polars", ("polars.Series(v.to_list())", "polars.DataFrame({'x': v.to_list()})",
                        "polars.LazyFrame({'x': v.to_list()})", "{'x': polars.Series(v.to_list())}")),
            ("scipy", ("scipy.sparse.csr_matrix(v.to_numpy().reshape(-1, 1))",
                       "scipy.sparse.csr_array(v.to_numpy().reshape(-1, 1))")),
        ):
            try:
                __import__(package)
            except ImportError:
                if IS_REQUIRED:
                    raise
                continue
            for answer in answers:
                with self.subTest(answer):
                    self.assertEqual(self.score(answer), [["10.0"], ["20.0"], ["30.0"]])

    def test_ranges_and_integers(self):
        for answer in ("range(3)", "numpy.arange(3)", "pandas.RangeIndex(3)", "[0, 1, 2]", "{0: 0, 1: 0, 2: 0}.keys()"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), [["0"], ["1"], ["2"]])

    def test_missing_values(self):
        for answer in ("[1, None, 3]", "numpy.ma.masked_array([1, 2, 3], mask=[0, 1, 0])", "pandas.array([1, None, 3], 'Int64')",
                       "pyarrow.array([1, None, 3])", "pandas.Series([1, None, 3], dtype=object)"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), [["1"], [""], ["3"]])

    def test_columns_keep_their_names(self):
        expected = [["1", "10.0"], ["2", "20.0"], ["3", "30.0"]]
        for answer in (
            "pandas.DataFrame({'x': [1, 2, 3], 'y': v})", "{'x': [1, 2, 3], 'y': v}", "pyarrow.table({'x': [1, 2, 3], 'y': v})",
            "[{'x': i, 'y': 10.0 * i} for i in (1, 2, 3)]", "[Point(i, 10.0 * i) for i in (1, 2, 3)]",
            "numpy.array([(1, 10.0), (2, 20.0), (3, 30.0)], dtype=[('x', 'int64'), ('y', 'float64')])",
            "numpy.rec.fromarrays([[1, 2, 3], v.to_numpy()], names='x,y')",
            "[pandas.Series({'x': i, 'y': 10.0 * i}, dtype=object) for i in (1, 2, 3)]",
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), expected)
                self.assertEqual(self.columns, ["row", "x", "y", "file"])
        self.assertEqual(self.score("[Pair(1, 2) for _ in v]"), [["1", "2"]] * 3)
        self.assertEqual(self.columns, ["row", "low", "high", "file"])

    def test_rows_of_several_values_without_names(self):
        for answer in ("numpy.array([[1, 2]] * 3)", "[[1, 2]] * 3", "[(1, 2)] * 3"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), [["1", "2"]] * 3)
        # As many arrays as each has values are rows as well, each with one value.
        self.assertEqual(self.score("[numpy.array([1, 2, 3])] * 3"), [["[1, 2, 3]"]] * 3)

    def test_nested_values_are_json(self):
        for answer, cell in (
            ("[[1], [2, 3], []]", ["[1]", "[2, 3]", "[]"]),
            ("numpy.arange(6).reshape(3, 1, 2)", ["[[0, 1]]", "[[2, 3]]", "[[4, 5]]"]),
            ("{'x': numpy.arange(6).reshape(3, 2)}", ["[0, 1]", "[2, 3]", "[4, 5]"]),
            ("{'x': [[1], [2], [3]]}", ["[1]", "[2]", "[3]"]), ("{'x': [{'k': 1}] * 3}", ['{"k": 1}'] * 3),
            ("[numpy.array([1, 2])] * 3", ["[1, 2]"] * 3),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), [[text] for text in cell])

    def test_single_values_are_the_prediction_of_a_single_row(self):
        for answer, expected in (
            ("5", ["5"]), ("numpy.float64(0.5)", ["0.5"]), ("numpy.array(7)", ["7"]), ("'a, b'", ["a, b"]), ("b'x'", ["x"]),
            ("{'x': 1, 'y': 'text'}", ["1", "text"]), ("Point(1, 2.5)", ["1", "2.5"]), ("decimal.Decimal('1.50')", ["1.50"]),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer, rows=1), [expected])
                self.assertRegex(self.score(answer), "the model returned 1 prediction for 3 rows")

    def test_whole_numbers_of_any_size(self):
        for output_format in ("csv", "csv_with_header"):
            self.assertEqual(self.score("[2 ** 53 + 1, 2 ** 64, -1]", output_format=output_format),
                             [["9007199254740993"], ["18446744073709551616"], ["-1"]])
        self.assertEqual(self.score("numpy.array([2 ** 64 - 1, 0, 1], dtype='uint64')"),
                         [["18446744073709551615"], ["0"], ["1"]])

    def test_an_endless_iterator_is_not_read_to_its_end(self):
        self.assertEqual(self.score("itertools.count()"), "the model returned 4 predictions for 3 rows")


class RefusalTests(PredictionsTestCase):
    """A result without predictions in order fails its file, and is named."""

    def test_kinds_that_are_refused(self):
        for answer, name in (
            ("(None)", "None"), ("{1.0, 2.0, 3.0}", "a set"), ("frozenset([1, 2, 3])", "a frozenset"),
            ("io.StringIO('a\\nb\\nc')", "a StringIO"), ("object()", "an object"), ("asyncio.sleep(0)", "a coroutine"),
            ("datetime.datetime(2024, 1, 1)", "a datetime"), ("len", "a builtin_function_or_method"),
            ("Exception('x')", "an Exception"),
        ):
            for rows in (1, 3):
                with self.subTest(answer, rows=rows):
                    self.assertEqual(
                        self.score(answer, rows),
                        f"the model returned {name}, which holds no predictions in order. Return a list, an array or a DataFrame."
                        )

    def test_what_may_be_rows_or_columns_is_refused(self):
        for answer in ("(v, v)", "(numpy.zeros(3), numpy.zeros((3, 2)))", "[numpy.zeros((3, 2))] * 3", "[v, v, v]",
                       "([1, 2, 3], [4, 5, 6], [7, 8, 9])", "(list(v), v, [0.5] * 3)"):
            with self.subTest(answer):
                self.assertIn("which may be rows or columns", self.score(answer))

    def test_dicts_that_are_no_table(self):
        for answer, reason in (
            ("{}", "the model returned an empty dict"),
            ("{'x': list(v), 'version': '1'}", "the model returned a dict of columns in which 'version' is a single value"),
            ("{'x': [1, 2, 3], 'y': [1, 2]}", "the model returned columns of different lengths: x has 3, y has 2"),
            ("{'x': v, 'y': v.sort_index(ascending=False)}", "the model returned a dict of Series with different indexes"),
            ("{'x': v.to_frame()}", "the model returned a dict in which 'x' is a DataFrame"),
            ("table[[]]", "the model returned a table without columns"),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), reason)

    def test_values_that_cannot_be_written(self):
        for answer, reason in (
            ("[1, {2}, 3]", "row 2: a set has no order; return a list"),
            ("[1, 2, object()]", "row 3: a value of type object has"),
            ("[b'\\xff'] * 3", "row 1: bytes that are not UTF-8 text"),
            ("[table, table]", "a list of DataFrames"), ("[table] * 3", "which may be rows or columns"),
        ):
            with self.subTest(answer):
                self.assertIn(reason, self.score(answer))


class MessageTests(PredictionsTestCase):
    """Reasons hold no rows of the input."""

    def failed(self, answer, rows=3):
        worker = self.worker()
        done = worker.run([self.write("t.csv", answer, rows)])
        return done["failed"][0]

    def test_a_model_that_quotes_its_input(self):
        left_out = "(rows of the input are left out of this message)"
        for answer, message in (
            ("raise ValueError(str(table))", left_out),
            ("raise ValueError('no good: ' + str(table))", "no good " + left_out),
            ("raise ValueError('no good: ' + repr(table.head(2)) + ' and more')", "no good " + left_out),
            ("raise ValueError('no good: ' + str(table.iloc[1].tolist()))", "no good " + left_out),
            ("raise ValueError('no good: ' + str(table.to_dict('records')[2]))", "no good " + left_out),
            ("raise ValueError('could not convert 10.0')", "could not convert 10.0"),
        ):
            with self.subTest(answer):
                failed = self.failed(answer)
                self.assertEqual((failed["type"], failed["message"]), ("ValueError", message))
                self.assertNotIn("20.0", failed["traceback"])

    def test_a_cause_that_quotes_its_input(self):
        failed = self.failed("raise ValueError('no good') from KeyError(str(table))")
        self.assertEqual(failed["message"], "no good")
        self.assertNotIn("20.0", failed["traceback"])

    def test_a_long_message_is_shortened_to_its_first_line(self):
        message = self.failed("raise ValueError('first line' + chr(10) + 'x' * 600)")["message"]
        self.assertEqual(message.split(" (")[0], "first line")

    def test_exceptions_that_are_no_errors_have_a_reason(self):
        for answer, kind in (("raise KeyboardInterrupt", "KeyboardInterrupt"), ("raise SystemExit(3)", "SystemExit"),
                             ("raise ValueError", "ValueError"), ("raise StopIteration", "StopIteration")):
            with self.subTest(answer):
                failed = self.failed(answer)
                self.assertEqual(failed["type"], kind)
                self.assertTrue(failed["message"].strip())

    def test_control_characters_do_not_cut_a_reason(self):
        self.assertEqual(self.failed("raise ValueError('a' + chr(0) + 'b' + chr(27) + '[31mc' + chr(13) + 'd')")["message"],
                         "a\\x00b\\x1b[31mc\\rd")


if __name__ == "__main__":
    unittest.main()
