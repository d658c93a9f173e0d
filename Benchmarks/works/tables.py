"""The tables: files of rows, the same for the same number of rows."""
import gzip

import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet
from sklearn.datasets import make_classification

from works.models import save_model, save_untyped

FILES = 100
BLOCKS = 10


def numbers(rows, columns=20):
    """Return columns of numbers with labels."""
    features, labels = make_classification(n_samples=rows, n_features=columns, n_informative=10, random_state=7)
    return pandas.DataFrame(numpy.round(features, 6), columns=names(columns)), labels


def names(columns):
    return [f"f{number:02d}" for number in range(columns)]


def mixed(rows):
    """Return 10 columns of numbers, 4 of categories, 2 of whole numbers with missing values, 2 of times, with labels."""
    random = numpy.random.default_rng(7)
    table, labels = numbers(rows)
    table = table.iloc[:, :10].copy()
    for number, count in enumerate((3, 8, 20, 50)):
        kinds = numpy.array([f"category {kind}" for kind in range(count)])
        table[f"s{number}"] = kinds[(random.integers(0, count, rows) + labels) % count]
    for number in range(2):
        column = pandas.array(random.integers(0, 10_000, rows), dtype="Int64")
        column[random.random(rows) < 0.1] = pandas.NA
        table[f"l{number}"] = column
    start = pandas.Timestamp("2024-01-01")
    for number in range(2):
        table[f"t{number}"] = start + pandas.to_timedelta(random.integers(0, 10_000_000, rows), "s")
    return table, labels


def write_csv(frame, file, header=True):
    polars.from_pandas(frame).write_csv(file, include_header=header, datetime_format="%Y-%m-%d %H:%M:%S")


def write_file(frame, path):
    if path.name.endswith(".parquet"):
        frame.to_parquet(path, index=False)
    elif path.name.endswith(".gz"):
        with gzip.open(path, "wb", compresslevel=6) as file:
            write_csv(frame, file)
    else:
        write_csv(frame, path)


def write_files(folder, frame, files, extension):
    folder.mkdir()
    step = len(frame) // files
    for number in range(files):
        write_file(frame[number * step:(number + 1) * step], folder / f"part-{number:05d}.{extension}")


def make_files(folder, estimator, rows, files=FILES, extension="csv", columns=20):
    frame, labels = numbers(rows, columns)
    save_model(folder, estimator, frame, labels)
    write_files(folder / "input", frame, files, extension)


def make_mixed_files(folder, estimator, rows, extension):
    frame, labels = mixed(rows)
    # Whole numbers with missing values are floats to pandas, as to most models.
    model = save_model(folder, estimator, frame.astype({"l0": float, "l1": float}), labels)
    save_untyped(folder, model)
    write_files(folder / "input", frame, FILES, extension)


def blocks(rows):
    """Return a table in blocks of rows, none of which is like another."""
    random = numpy.random.default_rng(7)
    for _ in range(BLOCKS):
        yield pandas.DataFrame(random.normal(0, 2, (rows // BLOCKS, 20)).round(6), columns=names(20))


def make_one_csv(folder, estimator, rows):
    save_model(folder, estimator, *numbers(20_000))
    (folder / "input").mkdir()
    with open(folder / "input/table.csv", "wb") as file:
        for number, block in enumerate(blocks(rows)):
            write_csv(block, file, header=number == 0)


def make_one_parquet(folder, estimator, rows):
    save_model(folder, estimator, *numbers(20_000))
    (folder / "input").mkdir()
    schema = pyarrow.schema([(name, pyarrow.float64()) for name in names(20)])
    with pyarrow.parquet.ParquetWriter(folder / "input/table.parquet", schema) as writer:
        for block in blocks(rows):
            writer.write_table(pyarrow.Table.from_pandas(block, schema, preserve_index=False))


def make(kind, folder, estimator, rows):
    """Write the input of a kind, and the model."""
    if kind == "one csv":
        make_one_csv(folder, estimator, rows)
    elif kind == "one parquet":
        make_one_parquet(folder, estimator, rows)
    elif kind.startswith("mixed "):
        make_mixed_files(folder, estimator, rows, kind.split()[1])
    elif kind == "small csv":
        make_files(folder, estimator, rows, files=rows // 100)
    elif kind == "gzip csv":
        make_files(folder, estimator, rows, extension="csv.gz")
    elif kind == "wide csv":
        make_files(folder, estimator, rows, columns=1000)
    else:
        make_files(folder, estimator, rows, extension=kind)
