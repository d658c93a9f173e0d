"""The generated MLflow script with real models: its rows are what the model itself predicts for the same files."""
import os
import tempfile
import unittest
from typing import Dict, List

import mlflow_test_case as bench
from executor import MLFLOW_DRIVER
from mlflow_test_case import MLflowTestCase, setUpModule  # noqa: F401


class NumericModelTests(MLflowTestCase):
    """A scikit-learn model whose columns are all doubles."""

    def tables(self, *lengths):
        import make_models

        return [
            self.write(f"{index:02}.csv", make_models.wine_table(length, seed=index).to_csv(index=False))
            for index, length in enumerate(lengths)
        ]

    def test_rows_are_the_models_predictions(self):
        for model in ("wine", "wine_price", "two_columns"):
            with self.subTest(model):
                worker = self.worker(model)
                names = self.tables(10, 1, 2000, 7, 30, 999)
                done = worker.run(names)
                self.assertEqual(worker.rows(done), self.expected_rows(model, names))
                self.assertEqual((done["rows"], done["failed_count"]), (3047, 0))

    def test_whole_numbers_are_no_reason_to_fail(self):
        worker = self.worker("wine_price")
        names = [self.write("whole.csv", "alcohol,acidity,sugar\n5,4,3\n2,2,2\n")]
        self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("wine_price", names, dtype="float64"))

    def test_other_columns_and_another_order_do_not_matter(self):
        worker = self.worker("wine_price")
        self.write("plain.csv", "alcohol,acidity,sugar\n5.5,4.5,3.5\n")
        self.write("other.csv", 'id,sugar,note,acidity,alcohol\n7,3.5,"a, ""b""\nc",4.5,5.5\n')
        plain, other = [worker.rows(worker.run([name])) for name in ("plain.csv", "other.csv")]
        self.assertEqual(plain.replace("plain", "other"), other)

    def test_missing_numbers_reach_the_model(self):
        worker = self.worker("two_columns")
        self.write("gaps.csv", "alcohol,acidity,sugar\n,4.5,3.5\nNA,1,2\nNone,1,2\n5,1,2\n")
        self.assertEqual(worker.rows(worker.run(["gaps.csv"])),
                         "0,,,gaps.csv\n1,,,gaps.csv\n2,,,gaps.csv\n3,4.0,6.0,gaps.csv\n")

    def test_a_field_more_than_the_header_has_fails_the_file(self):
        worker = self.worker("two_columns")
        self.write("good.csv", "alcohol,acidity,sugar\n5,4,3\n")
        self.write("named.csv", "alcohol,acidity,sugar\nr1,5,4,3\nr2,6,4,3\n")
        self.assertEqual(self.failure(worker, "named.csv"), "line 2: 4 fields, the header has 3; 2 rows differ."
                         " Fix the row, or give the file's read_options.delimiter or read_options.quote.")

    def test_a_byte_order_mark_and_windows_line_ends(self):
        worker = self.worker("two_columns")
        self.write("windows.csv", b"\xef\xbb\xbfalcohol,acidity,sugar\r\n5,4,3\r\n")
        self.assertEqual(worker.rows(worker.run(["windows.csv"])), "0,4.0,6.0,windows.csv\n")

    def test_a_header_without_rows_succeeds_without_rows(self):
        worker = self.worker("wine")
        self.write("empty.csv", "alcohol,acidity,sugar\n")
        done = worker.run(["empty.csv"])
        self.assertEqual((done["rows"], done["files"], done["failed_count"]), (0, 1, 0))

    def test_a_model_that_looks_at_all_rows_is_asked_file_by_file(self):
        worker = self.worker("centred")
        names = self.tables(5, 6, 7)
        self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("centred", names))

    def test_grouped_labels_are_the_same_under_every_row_contract(self):
        for contract in ("one_per_row", "by_index", "none"):
            with self.subTest(contract):
                worker = self.worker("wine", {"row_contract": contract, "file_column": "path"})
                names = self.tables(5, 6, 7)
                self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("wine", names))

    def test_predictions_of_some_rows_are_matched_in_each_file(self):
        import pandas

        environments: List[Dict[str, str]] = [{}, {"BATCHSTUDIO_PREDICT_EACH_FILE": "true"}]
        for environment in environments:
            worker = self.worker("strong", {"row_contract": "by_index"}, **environment)
            names = self.tables(5, 6, 7)
            expected = ""
            for name in names:
                alcohol = pandas.read_csv(os.path.join(self.folder, name))["alcohol"]
                expected += "".join(f"{row},{int(value > 7)},{name}\n" for row, value in alcohol.items() if value > 5)
            done = worker.run(names)
            self.assertEqual((worker.rows(done), done["failed_count"]), (expected, 0))
            self.assertIn("the model returned no prediction for {} rows".format(18 - expected.count("\n")), done["warnings"][0])

    def test_predictions_of_some_rows_fail_where_each_row_has_one(self):
        worker = self.worker("strong")
        done = worker.run(self.tables(5, 6, 7))
        self.assertEqual((done["failed_count"], done["rows"]), (3, 0))
        hint = "Set row_contract: by_index in the deployment to match them by their index."
        self.assertEqual([failed["message"] for failed in done["failed"]], [
            "the model returned its predictions in another order than the rows. " + hint,
            "the model returned 2 predictions for 6 rows. " + hint, "the model returned 3 predictions for 7 rows. " + hint])

    def test_grouping_can_be_switched_off(self):
        worker = self.worker("wine_price", BATCHSTUDIO_PREDICT_EACH_FILE="true")
        names = self.tables(5, 6, 7)
        self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("wine_price", names))


class BadFileTests(MLflowTestCase):
    """One file's failure is that file's failure, and says what is wrong."""

    def setUp(self):
        self.wine = self.worker("wine")
        self.write("good.csv", "alcohol,acidity,sugar\n5,4,3\n")

    def test_missing_columns_are_named_all_at_once(self):
        self.write("b.csv", "sugar,colour\n1,red\n")
        self.assertEqual(
            self.failure(self.wine, "b.csv"),
            "columns 'alcohol', 'acidity' are missing; the model's signature needs: alcohol, acidity, sugar; "
            "the file has: sugar, colour",
        )

    def test_one_missing_column_reads_as_one(self):
        self.write("b.csv", "sugar,acidity\n1,2\n")
        self.assertTrue(self.failure(self.wine, "b.csv").startswith("column 'alcohol' is missing; "))

    def test_a_bad_cell_is_named_with_row_and_column(self):
        for rows in (3, 10000):
            with self.subTest(rows=rows):
                self.write("b.csv", "alcohol,acidity,sugar\n" + "1,2,3\n" * rows + "1,oops,3\n" * 2)
                self.assertEqual(
                    self.failure(self.wine, "b.csv"),
                    f"column 'acidity', row {rows + 1} (line {rows + 2}): 'oops' is not a number; the model's signature says "
                    "double; 2 cells of this column do not fit",
                )

    def test_a_file_of_no_bytes(self):
        self.write("b.csv", "")
        self.assertEqual(self.failure(self.wine, "b.csv"), "the file is empty: 0 bytes, not even a header")

    def test_an_unknown_extension(self):
        self.write("b.doc", "text")
        self.assertTrue(self.failure(self.wine, "b.doc").startswith(
            "File type '.doc' is not supported. Current accepted filetypes are: ['.arrow', "
        ))

    def test_a_file_that_is_no_csv(self):
        self.write("b.csv", bytes(range(256)))
        self.failure(self.wine, "b.csv")

    def test_what_the_model_refuses(self):
        self.write("b.csv", "alcohol,acidity,sugar\n1,,3\n")
        self.assertIn("NaN", self.failure(self.wine, "b.csv"))

    def test_all_files_bad(self):
        self.write("b.csv", "x\n1\n")
        self.write("c.csv", "")
        done = self.wine.run(["b.csv", "c.csv"])
        self.assertEqual((done["rows"], done["failed_count"], done["bytes"]), (0, 2, 0))


class TypedColumnTests(MLflowTestCase):
    """Strings, integers, floats and truth, as the signature says."""

    def test_values_are_read_as_the_signature_says(self):
        import make_models

        worker = self.worker("bottle")
        names = []
        for seed in range(3):
            table = make_models.bottle_table(20, seed)
            names.append(self.write(f"{seed}.csv", table.to_csv(index=False)))
        types = {"colour": "str", "weight": "float64", "rating": "float32", "year": "int64", "grade": "int32",
                 "organic": "bool"}
        self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("bottle", names, types))

    def test_the_same_table_as_parquet_gives_the_same_predictions(self):
        import make_models

        worker = self.worker("bottle")
        table = make_models.bottle_table(20)
        self.write("t.csv", table.to_csv(index=False))
        # Other types of the same values: what a database or another tool would write.
        table = table.astype({"weight": "int16", "year": "int32", "grade": "int64"})
        table.to_parquet(os.path.join(self.folder, "t.parquet"))
        csv, parquet = [worker.rows(worker.run([name])) for name in ("t.csv", "t.parquet")]
        self.assertEqual(csv.replace("t.csv", "t.parquet"), parquet)

    def test_cells_that_do_not_fit_are_explained(self):
        worker = self.worker("bottle")
        header = "colour,weight,rating,year,grade,organic\n"
        good = "red,1,2.5,2000,3,True\n"
        self.write("good.csv", header + good)
        for bad, message in (
            ("red,1,2.5,2000.5,3,True", "'2000.5' is not a whole number; the model's signature says long"),
            ("red,1,2.5,,3,True", "column 'year', row 2 (line 3): the value is missing"),
            ("red,1,2.5,2000,3000000000,True", "'3000000000' is not a whole number of 32 bits"),
            ("red,1,2.5,2000,3,perhaps", "'perhaps' is not true or false; the model's signature says boolean"),
        ):
            with self.subTest(bad):
                self.write("b.csv", header + good + bad + "\n")
                self.assertIn(message, self.failure(worker, "b.csv"))

    def test_parquet_columns_that_do_not_fit_are_explained(self):
        import pandas

        worker = self.worker("wine")
        self.write("good.csv", "alcohol,acidity,sugar\n5,4,3\n")
        path = os.path.join(self.folder, "b.parquet")
        pandas.DataFrame({"alcohol": ["1"], "acidity": [1.0], "sugar": [1.0]}).to_parquet(path)
        self.assertRegex(self.failure(worker, "b.parquet"),
                         "column 'alcohol' is (large_)?string in the file; the model's signature says double")
        pandas.DataFrame({"alcohol": [2 ** 53 + 1], "acidity": [1.0], "sugar": [1.0]}).to_parquet(path)
        self.assertIn("column 'alcohol', row 1: 9007199254740993 does not fit into double", self.failure(worker, "b.parquet"))

    def test_the_same_table_in_every_format_gives_the_same_predictions(self):
        import make_models
        import pandas

        worker = self.worker("bottle")
        table = make_models.bottle_table(20)
        self.write("t.csv", table.to_csv(index=False))
        exact = table.assign(rating=table["rating"].astype(str).astype("float64"))
        self.write("t.jsonl", exact.to_json(orient="records", lines=True))
        self.write("t.json", exact.to_json(orient="split"))
        exact.to_excel(os.path.join(self.folder, "t.xlsx"), index=False)
        table.to_feather(os.path.join(self.folder, "t.feather"))
        table.to_orc(os.path.join(self.folder, "t.orc"))
        pandas.DataFrame(table.astype({"colour": "category"})).to_parquet(os.path.join(self.folder, "t.parquet"))
        expected = worker.rows(worker.run(["t.csv"]))
        for name in ("t.jsonl", "t.json", "t.xlsx", "t.feather", "t.orc", "t.parquet"):
            with self.subTest(name):
                done = worker.run([name])
                self.assertEqual(worker.rows(done).replace(name, "t.csv"), expected, done["failed"])

    def test_partitions_are_columns(self):
        import make_models

        worker = self.worker("bottle")
        table = make_models.bottle_table(20).assign(colour="red", year=2001)
        self.write("t.csv", table.to_csv(index=False))
        table.to_parquet(self.folder, partition_cols=["colour", "year"])
        name = next(
            os.path.relpath(os.path.join(folder, file), self.folder)
            for folder, _, files in os.walk(self.folder) for file in files if file.endswith(".parquet")
        )
        self.assertTrue(name.startswith("colour=red/year=2001/"), name)
        csv, parquet = [worker.rows(worker.run([file])) for file in ("t.csv", name)]
        self.assertEqual(csv.replace("t.csv", os.path.basename(name)), parquet)

    def test_times_and_optional_columns(self):
        worker = self.worker("visit")
        self.write("without.csv", "time\n2024-01-01\n2023-06-01 10:00:00\n")
        self.write("with.csv", "bonus,time\n1,2024-01-01\n")
        self.assertEqual(worker.rows(worker.run(["without.csv", "with.csv"])),
                         "0,2024,without.csv\n1,2023,without.csv\n0,2025,with.csv\n")


class ModelWithoutSignatureTests(MLflowTestCase):
    def test_files_are_read_as_pandas_reads_them(self):
        import make_models

        worker = self.worker("wine_without_signature")
        names = [
            self.write(f"{seed}.csv", make_models.wine_table(10, seed).to_csv(index=False)) for seed in (1, 2)
        ]
        self.assertEqual(worker.rows(worker.run(names)), self.expected_rows("wine_without_signature", names))

    def test_the_host_warns(self):
        self.worker("wine_without_signature")
        log = next(host for (model, _), host in bench.hosts.items() if model == "wine_without_signature").log()
        self.assertIn("the model has no signature", log)


class CheckTests(MLflowTestCase):
    def test_columns_are_compared_before_the_job(self):
        import pandas

        worker = self.worker("wine")
        self.write("a.csv", "alcohol,acidity,sugar\n1,2,3\n")
        self.write("b.csv", "alcohol,sugar\n1,2\n")
        self.write("c.csv", "")
        self.write("d.doc", "text")
        pandas.DataFrame({"sugar": [1.0]}).to_parquet(os.path.join(self.folder, "e.parquet"))
        checked = worker.check(["a.csv", "b.csv", "c.csv", "d.doc", "e.parquet"])
        self.assertEqual(checked["files"], 5)
        self.assertEqual([(problem["file"], problem["type"]) for problem in checked["problems"]], [
            ("b.csv", "MissingColumns"), ("c.csv", "EmptyFile"), ("d.doc", "UnsupportedFileType"),
            ("e.parquet", "MissingColumns"),
        ])

    def test_no_more_files_are_looked_at_than_time_allows(self):
        worker = self.worker("wine")
        names = [self.write(f"{number}.csv", "alcohol,acidity,sugar\n") for number in range(10)]
        self.assertLess(worker.check(names, seconds=0)["files"], 10)


class SchemaMessageTests(MLflowTestCase):
    """MLflow's own words for a table that does not fit the signature hold the table; ours do not."""

    def message(self, model, table):
        from batchstudio_runtime.mlflow.messages import without_data
        from batchstudio_runtime.scoring.errors import describe

        try:
            self.load(model).predict(table)
        except Exception as error:
            self.assertIn("2.25", str(error))
            entry = describe(without_data(error, table, {"alcohol": "double"}))
        self.assertNotIn("2.25", entry["message"] + entry["traceback"])
        return entry["message"]

    def test_a_type_that_does_not_fit(self):
        import pandas

        table = pandas.DataFrame({"alcohol": [1, 2], "acidity": [1.5, 2.25], "sugar": [1.125, 2.5]})
        self.assertEqual(self.message("wine", table),
                         "column 'alcohol' is int64 in the file; the model's signature says double")

    def test_missing_columns(self):
        import pandas

        self.assertEqual(self.message("wine", pandas.DataFrame({"alcohol": [2.25, 2.25], "sugar": [1.0, 2.0]})),
                         "Model is missing inputs ['acidity'].")


class HostTests(MLflowTestCase):
    def test_a_host_with_a_scikit_learn_model_can_be_forked(self):
        for threads in ("1", "2"):
            with self.subTest(threads=threads):
                self.worker("wine", OMP_NUM_THREADS=threads, OPENBLAS_NUM_THREADS=threads)
                ready = next(reversed(list(bench.hosts.values()))).ready
                self.assertTrue(ready["forkable"], ready)
                self.assertIn("mlflow", ready["versions"])

    def test_nothing_is_left_where_the_host_stands(self):
        folder = tempfile.mkdtemp(dir=bench.executor.folder)
        host = bench.executor.host(MLFLOW_DRIVER, model_dir=os.path.join(bench.models, "wine"), folder=folder)
        self.assertTrue(host.ready)
        self.assertEqual(os.listdir(folder), [])

    def test_a_folder_without_a_model_is_fatal(self):
        folder = tempfile.mkdtemp(dir=bench.executor.folder)
        host = bench.executor.host(MLFLOW_DRIVER, load=False)
        fatal = host.load(model_dir=folder, expect="fatal")
        self.assertEqual(fatal["message"], f"there is no MLmodel file in {folder} or one level below")


if __name__ == "__main__":
    unittest.main()
