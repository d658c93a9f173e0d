"""Which row of a file a prediction is for, by the row contract."""
import unittest

from predictions_test_case import PredictionsTestCase, setUpModule, tearDownModule  # noqa: F401


class RowContractTests(PredictionsTestCase):
    def test_another_number_of_predictions_than_rows_fails(self):
        for answer, count in (
            ("[1.0] * (rows - 1)", "2 predictions"), ("[1.0] * (rows + 2)", "5 predictions"), ("[]", "0 predictions"),
            ("pandas.DataFrame()", "0 predictions"), ("pandas.DataFrame({'x': []})", "0 predictions"),
            ("numpy.zeros((1, 3))", "1 prediction"), ("'text'", "1 prediction"), ("(x for x in [])", "0 predictions"),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), f"the model returned {count} for 3 rows")

    def test_a_file_without_rows_is_not_asked_about(self):
        self.assertEqual(self.score("1 / 0", rows=0), [])

    HINT = " Set row_contract: by_index in the deployment to match them by their index."

    def test_lost_rows_name_the_way_to_match_them(self):
        for answer in ("v[v > 10]", "v.drop(1)", "v.drop(1).to_frame()", "{'x': v.drop(1)}"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), "the model returned 2 predictions for 3 rows." + self.HINT)

    def test_another_order_fails(self):
        for answer in ("v.sort_values(ascending=False)", "table[['v']].sort_values('v', ascending=False)",
                       "v.set_axis([2.0, 1.0, 0.0])", "v.set_axis(pandas.Index([1, 0, 2], dtype=object))",
                       "v.set_axis(pandas.Index([1.0, 0, 2], dtype=object))", "v.set_axis(pandas.array([1, 0, 2], 'Int64'))",
                       "pyarrow.Table.from_pandas(v.to_frame().iloc[::-1])"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer),
                                 "the model returned its predictions in another order than the rows." + self.HINT)

    def test_pieces_that_count_from_0_stand_at_their_places(self):
        for labels in ([0, 1, 0], [0, 0, 0], [0.0, 1.0, 0.0], [7, 7, 8], [0, 3, 3], list("aab"), [-1, -1, 0]):
            with self.subTest(labels):
                self.assertEqual(self.score(f"v.set_axis({labels})"), [["10.0"], ["20.0"], ["30.0"]])
        self.assertEqual(self.score("v.set_axis(pandas.MultiIndex.from_tuples([(0, 'a'), (0, 'b'), (1, 'a')]))"),
                         [["10.0"], ["20.0"], ["30.0"]])
        self.assertEqual(self.score("pandas.concat([v[:2].reset_index(drop=True), v[2:].reset_index(drop=True)])"),
                         [["10.0"], ["20.0"], ["30.0"]])

    def test_rows_that_a_join_repeats_fail(self):
        for labels, row in (([0, 0, 1], 0), ([1, 0, 1], 1), ([2, 2, 2], 2), ([1.0, 1.0, 2.0], 1), ([0, 2, 0], 0)):
            with self.subTest(labels):
                self.assertRegex(self.score(f"v.set_axis({labels})"), f"has row {row}(.0)? more than once")

    def test_by_index_each_prediction_goes_to_its_row(self):
        for answer, expected, numbers in (
            ("v.sort_values(ascending=False)", ["10.0", "20.0", "30.0"], [0, 1, 2]), ("v.drop(1)", ["10.0", "30.0"], [0, 2]),
            ("v.drop(0).sort_values(ascending=False).to_frame()", ["20.0", "30.0"], [1, 2]),
            ("list(v)", ["10.0", "20.0", "30.0"], [0, 1, 2]),
            ("{'x': v.drop(0)}", ["20.0", "30.0"], [1, 2]), ("v.drop(1).set_axis([2.0, 0.0])", ["30.0", "10.0"], [0, 2]),
            ("pyarrow.Table.from_pandas(v.drop(1).to_frame().iloc[::-1])", ["10.0", "30.0"], [0, 2]),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer, row_contract="by_index"), [[text] for text in expected])
                self.assertEqual(self.numbers, numbers)

    def test_by_index_an_index_that_names_no_rows_fails(self):
        words = "the index of the predictions does not name rows of the input, each once: "
        for answer, reason in (
            ("v.set_axis([0, 1, 1])", "1 comes more than once"),
            ("v.set_axis([0, 1, 3])", "there is no row 3; the rows are 0 to 2"),
            ("v.set_axis(list('abc'))", "it is of type "), ("v.set_axis([0, 1, -1])", "there is no row -1"),
        ):
            with self.subTest(answer):
                self.assertIn(words + reason, self.score(answer, row_contract="by_index"))
        self.assertEqual(self.score("[1, 2]", row_contract="by_index"), "the model returned 2 predictions for 3 rows")

    def test_by_index_rows_without_a_prediction_are_counted(self):
        worker = self.worker(row_contract="by_index")
        answers = {"a.csv": "v.drop(1)", "b.csv": "v.iloc[:0]", "c.csv": "v"}
        done = worker.run([self.write(name, answer) for name, answer in answers.items()])
        self.assertEqual((done["rows"], done["failed_count"]), (5, 0))
        self.assertEqual(done["warnings"], ["the model returned no prediction for 4 rows of the input: a.csv 1, b.csv 3"])

    def test_without_a_contract_rows_are_what_the_model_returns(self):
        for answer, expected in (("[1.5]", [["1.5"]]), ("[1, 2, 3, 4]", [["1"], ["2"], ["3"], ["4"]]),
                                 ("v.sort_values(ascending=False)", [["30.0"], ["20.0"], ["10.0"]])):
            with self.subTest(answer):
                self.assertEqual(self.score(answer, row_contract="none"), expected)
                self.assertEqual(self.numbers, list(range(len(expected))))


if __name__ == "__main__":
    unittest.main()
