"""How fast input files are read, against pyarrow and pandas alone: `python reading.py [--rows N]`.

Each line is a kind of file, the seconds that our reader takes for it, and how many times as long the other takes, in turn.
"""
import argparse
import pathlib
import statistics
import sys
import tempfile
import time

import numpy
import pandas
import pyarrow
import pyarrow.csv
import pyarrow.parquet

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Sources" / "BatchWorkers" / "Runtime"))
from batchstudio_runtime.inputs.columns import columns_in, columns_of  # noqa: E402
from batchstudio_runtime.inputs.delimited import DelimitedReader  # noqa: E402
from batchstudio_runtime.inputs.read_options import ReadOptions  # noqa: E402
from batchstudio_runtime.inputs.typed_tables import TypedReader  # noqa: E402

DTYPES = {"double": "float64", "long": "int64", "string": "str"}


def numbers(rows):
    """Return 20 columns of numbers, as `works.py` has them."""
    random = numpy.random.RandomState(7)
    return pandas.DataFrame({f"f{number:02d}": random.normal(0, 3, rows).round(6) for number in range(20)})


def mixed(rows):
    """Return 10 columns of numbers, 4 of texts, 2 of whole numbers and 2 of times, as most tables have them."""
    random = numpy.random.RandomState(7)
    table = {f"f{number:02d}": random.normal(0, 3, rows).round(6) for number in range(10)}
    table.update((f"s{number}", random.choice(["red", "white", "a longer text", "007"], rows)) for number in range(4))
    table.update((f"l{number}", random.randint(0, 10 ** 9, rows)) for number in range(2))
    start = pandas.Timestamp("2024-01-01")
    table.update((f"t{number}", start + pandas.to_timedelta(random.randint(0, 10 ** 7, rows), "s")) for number in range(2))
    return pandas.DataFrame(table)


def signature(table):
    """Return the entries of a signature that has the table's columns."""
    kinds = {"f": "double", "i": "long", "M": "datetime"}
    return [{"name": name, "type": kinds.get(table[name].dtype.kind, "string"), "required": True} for name in table]


def by_arrow(path):
    """Read a CSV file as pyarrow alone does, on one thread, into a frame."""
    with pyarrow.input_stream(str(path), compression="detect") as stream:
        options = pyarrow.csv.ReadOptions(use_threads=False)
        return pyarrow.csv.read_csv(stream, read_options=options).to_pandas()


def by_pandas(path, entries):
    types = {entry["name"]: DTYPES[entry["type"]] for entry in entries if entry["type"] in DTYPES}
    times = [entry["name"] for entry in entries if entry["type"] == "datetime"]
    return pandas.read_csv(path, dtype=types, parse_dates=times)


def seconds(call):
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def compare(name, ours, other, call, rounds):
    """Print the median seconds of our reader, and of the other's over ours, measured in turn."""
    ours(), call()
    pairs = [(seconds(ours), seconds(call)) for _ in range(rounds)]
    ratio = statistics.median(theirs / own for own, theirs in pairs)
    print(f"| {name} | {statistics.median(own for own, _ in pairs):.3f} | {other} | {ratio:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    print("| file | s | against | its time over ours |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind, make in (("numbers", numbers), ("mixed columns", mixed)):
            table = make(arguments.rows)
            entries = signature(table)
            columns = columns_in(columns_of(entries))
            plain, packed = pathlib.Path(folder, "a.csv"), pathlib.Path(folder, "a.csv.gz")
            table.to_csv(plain, index=False)
            table.to_csv(packed, index=False, compression={"method": "gzip", "compresslevel": 6})
            columnar = pathlib.Path(folder, "a.parquet")
            table.to_parquet(columnar)
            csv = DelimitedReader(columns, ReadOptions({}))
            parquet = TypedReader("parquet", columns, ReadOptions({}))
            for label, path in (("CSV", plain), ("gzip CSV", packed)):
                for other, call in (("pyarrow", lambda path=path: by_arrow(path)),
                                    ("pandas", lambda path=path, entries=entries: by_pandas(path, entries))):
                    compare(f"{label}, {kind}", lambda path=path, csv=csv: csv.read(str(path)), other, call, arguments.rounds)
            compare(f"Parquet, {kind}", lambda parquet=parquet, columnar=columnar: parquet.read(str(columnar)), "pyarrow",
                    lambda columnar=columnar: pyarrow.parquet.read_table(columnar, use_threads=False).to_pandas(),
                    arguments.rounds)


main()
