"""Random files through a real worker and an MLflow model that returns what it was given, against MLflow on pandas' tables."""
import csv
import io
import os
import random
import shutil
import tempfile
import unittest
from typing import Any, Dict, List

import mlflow.pyfunc
import numpy
import pyarrow
import pyarrow.feather
import pyarrow.orc
import pyarrow.parquet
import random_tables
from executor import MLFLOW_DRIVER, Executor, Host
from mlflow.models import ModelSignature
from mlflow.types import ColSpec, Schema

SEED = int(os.environ.get("BATCHSTUDIO_TEST_SEED") or random.randrange(10 ** 9))
FILES = int(os.environ.get("BATCHSTUDIO_TEST_FILES") or 12)


def save_echo(folder):
    columns = [ColSpec(kind, name, required) for name, (kind, required) in random_tables.TYPES.items()]
    code = os.path.join(os.path.dirname(os.path.abspath(__file__)), "echo_model.py")
    mlflow.pyfunc.save_model(folder, python_model=code, signature=ModelSignature(Schema(columns)), pip_requirements=["mlflow"])


class RandomScoringTests(unittest.TestCase):
    maxDiff = None
    folder: str
    model: Any
    executor: Executor
    host: Host

    @classmethod
    def setUpClass(cls):
        print(f"BATCHSTUDIO_TEST_SEED={SEED}")
        cls.folder = tempfile.mkdtemp(prefix="batchstudio-random-")
        save_echo(os.path.join(cls.folder, "echo", "model"))
        cls.model = mlflow.pyfunc.load_model(os.path.join(cls.folder, "echo", "model"))
        cls.executor = Executor()
        cls.host = cls.executor.host(MLFLOW_DRIVER, model_dir=os.path.join(cls.folder, "echo"))

    @classmethod
    def tearDownClass(cls):
        cls.executor.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def setUp(self):
        self.random = random.Random(SEED)
        self.input = tempfile.mkdtemp(dir=self.folder)

    def compare(self, files, **start):
        """Score files of bytes with the tables that pandas makes of them; compare every cell."""
        for name, (data, _) in files.items():
            with open(os.path.join(self.input, name), "wb") as file:
                file.write(data)
        worker = self.host.worker(input_root=self.input, **start)
        done = worker.run(sorted(files))
        self.assertEqual(done["failed"], [])
        found: Dict[str, List[str]] = {name: [] for name in files}
        for row, prediction, name in csv.reader(io.StringIO(worker.rows(done), newline="")):
            self.assertEqual(int(row), len(found[name]))
            found[name].append(prediction)
        for name, (_, table) in files.items():
            self.assertEqual(found[name], list(self.model.predict(table)) if len(table) else [], name)

    def test_delimited_text(self):
        for delimiter, extension in ((",", ".csv"), ("\t", ".tsv"), ("|", ".psv"), (";", ".csv"), (",", ".txt")):
            files = {}
            for number in range(FILES):
                rows = self.random.randrange(40)
                encoding = self.random.choice(("utf-8", "utf-8-sig", "utf-16"))
                line_end = self.random.choice(("\n", "\r\n"))
                records = random_tables.texts(random_tables.frame(self.random, rows), self.random)
                data = random_tables.delimited(records, self.random, delimiter, line_end, encoding)
                kind = self.random.choice(("", "", "gz", "bz2", "xz", "zst", "zip"))
                packed, name = random_tables.compressed(data, kind, f"f{number}{extension}")
                files[name] = packed, random_tables.read_by_pandas(data, delimiter, encoding)
            with self.subTest(delimiter=delimiter, seed=SEED):
                self.compare(files, **({"read_options": {"delimiter": ";"}} if delimiter == ";" else {}))

    def test_json_lines(self):
        files = {}
        for number in range(FILES):
            table = random_tables.frame(self.random, 1 + self.random.randrange(40))
            for name in ("d", "od"):  # JSON has no infinities
                table[name] = table[name].where(~numpy.isinf(table[name]), 0.0)
            packed, name = random_tables.compressed(
                random_tables.json_lines(table, self.random), self.random.choice(("", "gz")), f"f{number}.jsonl")
            files[name] = packed, table
        self.compare(files)

    def test_columnar_files(self):
        files = {}
        for number in range(FILES):
            table = random_tables.frame(self.random, 1 + self.random.randrange(40))
            arrow = pyarrow.Table.from_pandas(table, preserve_index=False)
            if self.random.random() < 0.5:  # a categorical column of pandas
                arrow = arrow.set_column(arrow.column_names.index("s"), "s", arrow["s"].combine_chunks().dictionary_encode())
            if self.random.random() < 0.5:
                zoned = arrow["t"].cast(pyarrow.timestamp("ns", "UTC"))
                zoned = zoned.cast(pyarrow.timestamp("ns", self.random.choice(("Europe/Berlin", "Asia/Tokyo"))))
                arrow = arrow.set_column(arrow.column_names.index("t"), "t", zoned)
            name, data = self.columnar(arrow, number)
            files[name] = data, table
        self.compare(files)

    def columnar(self, arrow, number):
        sink = pyarrow.BufferOutputStream()
        kind = self.random.choice(("parquet", "parquet", "feather", "arrow", "arrows"))
        if kind == "parquet":
            codec = self.random.choice(("snappy", "zstd", "gzip", "lz4", "brotli", "none"))
            pyarrow.parquet.write_table(arrow, sink, compression=codec, row_group_size=1 + self.random.randrange(20))
        elif kind == "feather":
            pyarrow.feather.write_feather(arrow, sink)
        else:
            make = pyarrow.ipc.new_file if kind == "arrow" else pyarrow.ipc.new_stream
            with make(sink, arrow.schema) as writer:
                writer.write_table(arrow)
        return "f{}.{}".format(number, kind.rstrip("s") if kind == "arrows" else kind), sink.getvalue().to_pybytes()


if __name__ == "__main__":
    unittest.main()
