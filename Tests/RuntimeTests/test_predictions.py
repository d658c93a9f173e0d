"""What a model may return for the rows of a file: real models of MLflow, in real workers.

The model of these tests evaluates the expression in the first cell of its `answer` column, with `table` and `rows` as names.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from executor import MLFLOW_DRIVER, Executor

try:
    import mlflow
    import pandas
except ImportError:
    mlflow = None
IS_REQUIRED = os.environ.get("BATCHSTUDIO_REQUIRE_MLFLOW") == "1"

MAKE = """
import sys
import mlflow.pyfunc
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

signature = ModelSignature(Schema([ColSpec("string", "answer"), ColSpec("double", "v")]))
mlflow.pyfunc.save_model(sys.argv[1], python_model=sys.argv[2], signature=signature, pip_requirements=["mlflow"])
"""
MODEL = """
import asyncio, collections, dataclasses, datetime, decimal, enum, io, itertools, uuid
import mlflow, numpy, pandas, pyarrow
from mlflow.pyfunc import PythonModel

try:
    import polars
except ImportError:
    polars = None
try:
    import scipy.sparse
except ImportError:
    scipy = None

@dataclasses.dataclass
class Point:
    x: int
    y: float

Pair = collections.namedtuple("Pair", "low high")

class Tensor:
    "As PyTorch's, whose package is too large for a test."
    def __init__(self, array):
        self.array, self.ndim = array, array.ndim
    def detach(self):
        return self
    cpu = detach
    def numpy(self):
        return self.array

class Foreign:
    def __init__(self, array):
        self.array = array
    def __array__(self, dtype=None, copy=None):
        return self.array

class Model(PythonModel):
    def predict(self, context, model_input, params=None):
        table, rows = model_input, len(model_input)
        names = dict(globals(), table=table, rows=rows, v=table["v"])
        text = table["answer"].iloc[0]
        if text.startswith("raise "):
            exec(text, names)
        return eval(text, names)

mlflow.models.set_model(Model())
"""

folder = None
executor = None
host = None


def setUpModule():
    global folder, executor, host
    if mlflow is None and not IS_REQUIRED:
        raise unittest.SkipTest("mlflow is not installed in {}".format(sys.executable))
    folder = tempfile.mkdtemp(prefix="batchstudio-models-")
    script = os.path.join(folder, "model.py")
    with open(script, "w") as file:
        file.write(MODEL)
    made = subprocess.run([sys.executable, "-W", "ignore", "-c", MAKE, os.path.join(folder, "model"), script],
                          stderr=subprocess.PIPE, cwd=folder, env=dict(os.environ, MLFLOW_DISABLE_TELEMETRY="true"))
    if made.returncode != 0:
        raise AssertionError(made.stderr.decode())
    executor = Executor()
    host = executor.host(MLFLOW_DRIVER, model_dir=folder)


def tearDownModule():
    if executor is not None:
        executor.close()
    shutil.rmtree(folder, ignore_errors=True)


class PredictionsTestCase(unittest.TestCase):
    maxDiff = None

    def worker(self, **start):
        self.folder = tempfile.mkdtemp(dir=executor.folder)
        start.setdefault("report_columns", True)
        return host.worker(input_root=self.folder, **start)

    def write(self, name, answer, rows=3):
        """Write a file of which the model will answer this expression."""
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        table = pandas.DataFrame({"answer": [answer] * rows, "v": [10.0 * (row + 1) for row in range(rows)]})
        with open(path, "w", encoding="utf-8") as file:
            file.write(table.to_csv(index=False))
        return name

    def score(self, answer, rows=3, **start):
        """Return the predictions of one file as lists of texts, or the reason why it failed."""
        worker = self.worker(**start)
        done = worker.run([self.write("t.csv", answer, rows)])
        self.columns = done.get("columns")
        if done["failed"]:
            self.assertEqual((done["rows"], done["failed_count"]), (0, 1))
            return done["failed"][0]["message"]
        import csv
        import io

        lines = list(csv.reader(io.StringIO(worker.rows(done), newline="")))
        self.assertEqual([line[-1] for line in lines], ["t.csv"] * len(lines))
        self.numbers = [int(line[0]) for line in lines]
        return [line[1:-1] for line in lines]


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
    """What holds no predictions in order fails its file, by its name."""

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
                        "the model returned {}, which holds no predictions in order. Return a list, an array or a DataFrame."
                        .format(name))

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


class RowContractTests(PredictionsTestCase):
    def test_another_number_of_predictions_than_rows_fails(self):
        for answer, count in (
            ("[1.0] * (rows - 1)", "2 predictions"), ("[1.0] * (rows + 2)", "5 predictions"), ("[]", "0 predictions"),
            ("pandas.DataFrame()", "0 predictions"), ("pandas.DataFrame({'x': []})", "0 predictions"),
            ("numpy.zeros((1, 3))", "1 prediction"), ("'text'", "1 prediction"), ("(x for x in [])", "0 predictions"),
        ):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), "the model returned {} for 3 rows".format(count))

    def test_a_file_without_rows_is_not_asked_about(self):
        self.assertEqual(self.score("1 / 0", rows=0), [])

    HINT = " Set row_contract: by_index in the deployment to match them by their index."

    def test_lost_rows_name_the_way_to_match_them(self):
        for answer in ("v[v > 10]", "v.drop(1)", "v.drop(1).to_frame()", "{'x': v.drop(1)}"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer), "the model returned 2 predictions for 3 rows." + self.HINT)

    def test_another_order_fails(self):
        for answer in ("v.sort_values(ascending=False)", "table[['v']].sort_values('v', ascending=False)",
                       "v.set_axis([2.0, 1.0, 0.0])", "v.set_axis(pandas.Index([1, 0, 2], dtype=object))"):
            with self.subTest(answer):
                self.assertEqual(self.score(answer),
                                 "the model returned its predictions in another order than the rows." + self.HINT)

    def test_by_index_each_prediction_goes_to_its_row(self):
        for answer, expected, numbers in (
            ("v.sort_values(ascending=False)", ["10.0", "20.0", "30.0"], [0, 1, 2]), ("v.drop(1)", ["10.0", "30.0"], [0, 2]),
            ("v.drop(0).sort_values(ascending=False).to_frame()", ["20.0", "30.0"], [1, 2]),
            ("list(v)", ["10.0", "20.0", "30.0"], [0, 1, 2]),
            ("{'x': v.drop(0)}", ["20.0", "30.0"], [1, 2]), ("v.drop(1).set_axis([2.0, 0.0])", ["30.0", "10.0"], [0, 2]),
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

    def test_a_job_without_a_contract_says_so(self):
        worker = self.worker(row_contract="none")
        checked = worker.check([self.write("a.csv", "v")])
        self.assertIn("row_contract is none", checked["notes"][0])
        self.assertNotIn("notes", self.worker().check([self.write("a.csv", "v")]))


class OneSchemaTests(PredictionsTestCase):
    """All rows of an output have the columns of its first file."""

    X = "pandas.DataFrame({'x': [1.0] * rows})"
    YZ = "pandas.DataFrame({'y': [2.0] * rows, 'z': [3.0] * rows})"

    def scored(self, answers, **start):
        worker = self.worker(**start)
        names = [self.write("{}.csv".format(name), answer, 1) for name, answer in zip("abcdef", answers)]
        return worker, names

    def test_a_file_of_other_columns_fails(self):
        for output_format in ("csv", "csv_with_header", "jsonl", "parquet"):
            with self.subTest(output_format):
                worker, names = self.scored([self.X, self.YZ, self.X], output_format=output_format)
                done = worker.run(names)
                self.assertEqual([(failed["file"], failed["message"]) for failed in done["failed"]], [
                    ("b.csv", "the model returned the columns y, z for this file; the output has x, as a.csv, the first "
                              "file, has")])
                self.assertEqual((done["rows"], done["columns"]), (2, ["row", "x", "file"]))

    def test_columns_fixed_by_the_executor(self):
        worker, names = self.scored([self.YZ, self.X])
        worker.columns(["row", "x", "file"])
        done = worker.run(names)
        self.assertEqual([(failed["file"], failed["message"]) for failed in done["failed"]], [
            ("a.csv", "the model returned the columns y, z for this file; the output has x, as its first file has")])
        self.assertEqual(worker.rows(done), "0,1.0,b.csv\n")

    def test_the_same_columns_in_another_order_are_put_in_order(self):
        worker, names = self.scored(["[{'x': 1, 'y': 2}]", "[{'y': 4, 'x': 3}]"])
        self.assertEqual(worker.rows(worker.run(names)), "0,1,2,a.csv\n0,3,4,b.csv\n")

    def test_the_first_file_with_rows_decides_when_others_fail(self):
        worker, names = self.scored(["(None)", self.YZ, self.X])
        self.write("a0.csv", "1", rows=0)
        done = worker.run(["a0.csv"] + names)
        self.assertEqual([failed["file"] for failed in done["failed"]], ["a.csv", "c.csv"])
        self.assertEqual(done["columns"], ["row", "y", "z", "file"])

    def test_parts_of_a_mini_batch_have_the_columns_of_the_first(self):
        worker, names = self.scored([self.X, self.YZ, self.X])
        done = worker.run(names, parts=[[0, 1], [1, 2], [2, 3]])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual(worker.rows(done), "0,1.0,a.csv\n0,1.0,c.csv\n")

    def test_very_many_columns_are_compared_without_their_names(self):
        answers = ["numpy.zeros((1, 9000), dtype='int8')", "numpy.zeros((1, 9001), dtype='int8')",
                   "numpy.ones((1, 9000), dtype='int8')"]
        worker, names = self.scored(answers)
        done = worker.run(names)
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual((done["rows"], done["columns"][0]), (2, "9002 columns"))
        worker.columns(done["columns"])
        done = worker.run(names[1:])
        self.assertEqual([failed["file"] for failed in done["failed"]], ["b.csv"])
        self.assertEqual(worker.rows(done), "0," + "1," * 9000 + "c.csv\n")

    def test_failures_and_many_columns_do_not_share_a_message(self):
        worker = self.worker()
        names = [self.write("{:04}.csv".format(number), "(None)", 1) for number in range(150)]
        done = worker.run([self.write("a.csv", "numpy.zeros((1, 2000))", 1)] + names)
        self.assertEqual((len(done["failed"]), len(done["columns"])), (150, 2002))

    def test_a_prediction_named_as_a_column_of_ours(self):
        answer = "[{'row': 7, 'column_names': 8}]"
        worker, names = self.scored([answer])
        self.assertEqual(worker.rows(worker.run(names)), "0,7,8,a.csv\n")
        worker, names = self.scored([answer, "[{'x': 1}]"], output_format="jsonl")
        self.assertEqual([failed["message"] for failed in worker.run(names)["failed"]],
                         ["two columns of the rows are named 'row'; the output's format needs each once"])

    def test_a_files_lines_do_not_depend_on_its_neighbours(self):
        answers = ["[1]", "[1.5]", "numpy.array([0.1], dtype='float32')", "numpy.array([0.1])",
                   "pandas.to_datetime(['2024-01-01'])",
                   "pandas.to_datetime(['2024-01-01 10:00:00.5'])", "pandas.to_timedelta(['1 day'])",
                   "pandas.to_timedelta(['1 hour'])",
                   "[None]", "['text']", "[True]", "pandas.Categorical(['x'])", "pandas.array([1], 'Int64')", "[2 ** 64]",
                   "numpy.array([2 ** 64 - 1], dtype='uint64')", "[[1, [2]]] and [{'x': [1]}] and [[[1]]] and [numpy.zeros(2)]",
                   "pandas.to_datetime(['2024-01-01']).tz_localize('UTC')", "numpy.array([1], dtype='int8')"]
        for output_format in ("csv", "jsonl"):
            worker = self.worker(output_format=output_format)
            names = [self.write("{:02}.csv".format(number), answer, 1) for number, answer in enumerate(answers)]
            alone = [worker.rows(worker.run([name])) for name in names]
            worker = host.worker(input_root=self.folder, output_format=output_format, report_columns=True)
            done = worker.run(names)
            self.assertEqual(done["failed"], [])
            self.assertEqual(worker.rows(done).splitlines(), "".join(alone).splitlines())


class FileColumnTests(PredictionsTestCase):
    def test_the_file_column_has_names_or_paths(self):
        names = ["d=1/part-0.csv", "d=2/part-0.csv"]
        for column, expected in (("name", ["part-0.csv"] * 2), ("path", names)):
            worker = self.worker(file_column=column)
            for name in names:
                self.write(name, "[1]", 1)
            self.assertEqual(worker.rows(worker.run(names)), "".join("0,1,{}\n".format(name) for name in expected))

    def test_names_that_need_quotes_or_escapes(self):
        names = ["a,b.csv", 'a"b.csv', "a\nb.csv", "Zürich.csv", os.fsdecode(b"bad\xff.csv")]
        expected = ['"a,b.csv"', '"a""b.csv"', '"a\nb.csv"', "Zürich.csv", "bad\\udcff.csv"]
        worker = self.worker()
        for name in names:
            self.write(name, "[1.5]", 1)
        self.assertEqual(worker.rows(worker.run(names)), "".join("0,1.5,{}\n".format(name) for name in expected))
        for name, text in zip(names, expected):
            self.assertEqual(worker.rows(worker.run([name])), "0,1.5,{}\n".format(text))

    def test_names_of_undecodable_bytes_in_other_formats(self):
        name = os.fsdecode(b"bad\xff.csv")
        worker = self.worker(output_format="jsonl")
        self.write(name, "[1.5]", 1)
        self.assertEqual(json.loads(worker.rows(worker.run([name])))["file"], "bad\\udcff.csv")
        worker = self.worker(output_format="parquet")
        self.write(name, "[1.5]", 1)
        done = worker.run([name])
        import pyarrow

        with open(worker.segment_path, "rb") as segment:
            table = pyarrow.ipc.open_stream(segment.read()).read_all()
        self.assertEqual(table.column("file").to_pylist(), ["bad\\udcff.csv"])
        self.assertEqual(done["failed"], [])

    def test_a_failed_file_of_undecodable_bytes(self):
        worker = self.worker()
        done = worker.run([self.write(os.fsdecode(b"bad\xff.csv"), "(None)")])
        self.assertEqual(done["failed"][0]["file"], "bad\\udcff.csv")


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
