"""Profiles against NumPy and pandas, and that they do not depend on how rows are divided."""
import datetime
import decimal
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import tracemalloc
import unittest
from typing import Any, List

import installed_runtime
import numpy
import pandas
import pyarrow

from batchstudio_runtime.profiles import records
from batchstudio_runtime.profiles.column_profile import ColumnProfile, Limits
from batchstudio_runtime.profiles.profiler import Profiler
from batchstudio_runtime.profiles.table_profile import TableProfile, merged

RANDOM = numpy.random.RandomState(7)


def summary(*results, **options):
    profile = merged([TableProfile.of(result, **options) for result in results])
    return {column["name"]: column for column in profile.summary()["columns"]}


def one(*results, **options):
    return next(iter(summary(*results, **options).values()))


def without_moments(columns):
    for column in columns.values():
        numbers = column.get("numbers")
        if numbers:
            numbers.pop("mean"), numbers.pop("deviation")
    return columns


def number_columns():
    return {
        "uniform": RANDOM.uniform(size=50_000),
        "normal": RANDOM.normal(size=50_000),
        "skewed": RANDOM.lognormal(sigma=4, size=50_000),
        "far from zero": 1e9 + RANDOM.uniform(size=50_000),
        "float32": RANDOM.normal(size=50_000).astype("float32"),
        "whole": RANDOM.randint(-1000, 1000, size=50_000),
        "64 bits": RANDOM.randint(-2 ** 63, 2 ** 63 - 1, size=50_000),
        "unsigned": RANDOM.randint(0, 2 ** 64 - 1, size=50_000, dtype="uint64"),
        "zeros": numpy.where(RANDOM.uniform(size=50_000) < 0.5, 0.0, RANDOM.uniform(size=50_000)),
        "one value": numpy.full(50_000, -7.25),
        "tiny": RANDOM.uniform(size=50_000) * 5e-324 * 1e6,
        "huge": RANDOM.uniform(-1, 1, size=50_000) * 1e308,
    }


class NumberTests(unittest.TestCase):
    def test_numbers_are_those_of_numpy(self):
        for name, values in number_columns().items():
            with self.subTest(name):
                found = one(numpy.asarray(values))["numbers"]
                self.assertEqual((found["min"], found["max"]), (values.min().item(), values.max().item()))
                self.assertEqual(found["zeros"], int((values == 0).sum()))
                floats = values.astype("float64")
                with numpy.errstate(over="ignore", invalid="ignore"):
                    mean, deviation = floats.mean(), floats.std()
                if math.isfinite(mean):
                    self.assertAlmostEqual(found["mean"], mean, delta=abs(mean) * 1e-9 + 1e-300)
                if math.isfinite(deviation):
                    self.assertAlmostEqual(found["deviation"], deviation, delta=deviation * 1e-6 + 1e-300)
                for part, quantile in found["quantiles"]:
                    place = int(part * (len(floats) - 1))
                    exact = numpy.sort(floats)[place]
                    # Of the place itself, or of a neighbour within the bin.
                    self.assertLessEqual(abs(quantile - exact), abs(exact) * found["error"] + 1e-320, (part, quantile, exact))

    def test_the_bound_of_quantiles_is_small(self):
        for name in ("uniform", "normal", "skewed", "far from zero"):
            self.assertLessEqual(one(number_columns()[name])["numbers"]["error"], 0.02, name)

    def test_the_histogram_counts_all_numbers(self):
        for name, values in number_columns().items():
            with self.subTest(name):
                histogram = one(numpy.asarray(values))["numbers"]["histogram"]
                self.assertEqual(sum(histogram["counts"]), len(values))
                if name in ("uniform", "normal"):
                    exact, _ = numpy.histogram(values, bins=64)
                    # A bin of the profile lies in one cell.
                    self.assertLess(numpy.abs(numpy.array(histogram["counts"]) - exact).sum() / len(values), 0.1)

    def test_missing_and_infinite_numbers_are_counted_apart(self):
        values = numpy.array([1.0, numpy.nan, numpy.inf, -numpy.inf, numpy.inf, 2.5] * 100)
        found = one(values)
        self.assertEqual((found["count"], found["missing"], found["numbers"]["infinite"]), (500, 100, [100, 200]))
        self.assertEqual((found["numbers"]["min"], found["numbers"]["max"], found["numbers"]["mean"]), (1.0, 2.5, 1.75))
        self.assertEqual(one([1.0, math.nan, math.inf, -math.inf, math.inf, 2.5] * 100)["numbers"]["infinite"], [100, 200])

    def test_all_missing(self):
        for values in (numpy.full(500, numpy.nan), [None] * 500, pandas.Series([None] * 500, dtype="Int64")):
            found = one(values)
            self.assertEqual((found["count"], found["missing"], found["distinct"]), (0, 500, 0))

    def test_values_beyond_doubles(self):
        found = one([10 ** 400, -10 ** 400, 2 ** 70])["numbers"]
        self.assertEqual((found["infinite"], found["max"]), ([1, 1], 2 ** 70))

    def test_extreme_numbers_merge(self):
        parts = [numpy.array([1e-308] * 100), numpy.array([-1e308] * 100), numpy.array([0.0] * 100)]
        found = one(*parts)["numbers"]
        self.assertEqual((found["min"], found["max"], found["zeros"]), (-1e308, 1e-308, 100))
        self.assertEqual(sum(found["histogram"]["counts"]), 300)


class KindTests(unittest.TestCase):
    def test_classes_are_counted_exactly(self):
        classes = RANDOM.choice(["setosa", "versicolor", "virginica"], p=[0.5, 0.3, 0.2], size=20_000)
        expected = sorted(((str(text), int(count)) for text, count in zip(*numpy.unique(classes, return_counts=True))),
                          key=lambda value: -value[1])
        as_series = pandas.Series(classes)
        for column in (classes, list(map(str, classes)), as_series, as_series.astype("category"), as_series.astype("string"),
                       as_series.astype(object)):
            found = one(column)
            self.assertEqual((found["values"], found["distinct"], found["kinds"]), (expected, 3, {"text": 20_000}))
            self.assertEqual((found["lengths"]["min"], found["lengths"]["max"]), (6, 10))
        table = pyarrow.table({"a": classes, "b": pyarrow.array(classes).dictionary_encode()})
        for found in summary(table).values():
            self.assertEqual(found["values"], expected)

    def test_numbers_with_few_values_are_counted_exactly(self):
        for values, expected in (
            (RANDOM.randint(0, 3, size=20_000), {"0", "1", "2"}),
            (RANDOM.choice([0.5, -0.0, 0.0, 1e22], size=20_000), {"0.5", "0.0", "1e+22"}),
            (RANDOM.choice([0.1, 0.3], size=20_000).astype("float32"), {"0.1", "0.3"}),
            (pandas.Series(RANDOM.randint(0, 2, size=20_000), dtype="Int64"), {"0", "1"}),
        ):
            found = one(values)
            self.assertEqual({text for text, _ in found["values"]}, expected)
            self.assertEqual(sum(count for _, count in found["values"]), 20_000)

    def test_truth_values(self):
        values = RANDOM.uniform(size=20_000) < 0.25
        expected = {"True": int(values.sum()), "False": 20_000 - int(values.sum())}
        for column in (values, values.tolist(), pandas.Series(values).astype("boolean"), pyarrow.table({"a": values})):
            found = one(column)
            self.assertEqual((dict(found["values"]), found["kinds"]), (expected, {"boolean": 20_000}))

    def test_times(self):
        times = pandas.Series(pandas.date_range("2024-02-28 12:00", periods=3, freq="D")).repeat(1000).reset_index(drop=True)
        low = int(datetime.datetime(2024, 2, 28, 12, tzinfo=datetime.timezone.utc).timestamp()) * 1_000_000
        for column in (times, times.dt.tz_localize("UTC"), times.dt.tz_localize("UTC").dt.tz_convert("Asia/Tokyo"),
                       times.dt.to_pydatetime().tolist() if hasattr(times.dt, "to_pydatetime") else list(times),
                       pyarrow.table({"a": pyarrow.array(times)})):
            found = one(column)
            self.assertEqual((found["numbers"]["min"], found["kinds"]), (low, {"time": 3000}))
            self.assertEqual(found["values"][0], ("2024-02-28 12:00:00", 1000))
        self.assertEqual(one(pandas.Series([pandas.NaT] * 70 + [times[0]] * 30))["missing"], 70)

    def test_nested_and_mixed_values(self):
        found = one(pandas.Series([[1, 2], {"a": 1}, None, "text", 3, 2.5, True] * 50))
        self.assertEqual((found["kinds"], found["missing"], found["distinct"]),
                         ({"nested": 100, "text": 50, "number": 100, "boolean": 50}, 50, None))
        self.assertEqual(one(pyarrow.table({"a": [[1], [2, 3], None] * 100}))["kinds"], {"nested": 200})
        self.assertEqual(one([decimal.Decimal("1.5"), decimal.Decimal("NaN")] * 100)["numbers"]["max"], 1.5)

    def test_many_different_values_are_not_counted(self):
        for column in (RANDOM.uniform(size=1_000_000), [f"id-{number}" for number in range(100_000)], numpy.arange(1_000_000)):
            found = one(column)
            self.assertEqual((found["distinct"], found["values"]), (None, []))
        self.assertEqual(one(numpy.arange(1000))["distinct"], 1000)
        self.assertIsNone(one(numpy.arange(1001))["distinct"])
        self.assertIsNone(one(*numpy.array_split(numpy.arange(1001), 7))["distinct"])

    def test_long_texts_are_not_counted(self):
        found = one(["short"] * 100 + ["long " * 50])
        self.assertEqual((found["distinct"], found["lengths"]["max"]), (None, 250))

    def test_long_texts_are_not_kept(self):
        columns: List[List[Any]] = [["x" * 100_000] * 10 + ["short"], [["x" * 100_000, 1.5]] * 10]
        for texts in columns:
            profile = TableProfile.of(texts)
            self.assertLess(len(records.line_of(profile, TableProfile())), 1000)
            again, _ = records.profiles_of(records.line_of(profile, TableProfile()))
            column = again.summary()["columns"][0]
            self.assertEqual((column["lengths"]["max"], column["distinct"]), (100_000, None))
            self.assertEqual(column["count"], len(texts))

    def test_undecodable_texts_are_written_as_in_the_output(self):
        texts = ["a\udcff"] * 2000
        for column in (texts, pandas.Series(texts, dtype=object), pandas.Series(texts, dtype=pandas.StringDtype("python"))):
            found = json.dumps(one(column)["values"], ensure_ascii=False)
            self.assertEqual(found.encode("utf-8"), b'[["a\\\\udcff", 2000]]')
        self.assertEqual(one(texts[:3])["values"], [("a\\udcff", 3)])

    def test_lines_of_scripts(self):
        lines = [f'a{number % 2}.csv,{number},"x, y",{number / 4}' for number in range(200)]
        found = summary(lines, lines="csv")
        self.assertEqual([column["kinds"] for column in found.values()],
                         [{"text": 200}, {"number": 200}, {"text": 200}, {"number": 200}])
        self.assertEqual(found["column_3"]["numbers"]["max"], 49.75)
        self.assertEqual(one(["1", "2.5", "", "x"], lines="csv")["kinds"], {"number": 2, "text": 1})
        found = summary(['{"label": "a", "score": 0.5}'] * 100, lines="jsonl")
        self.assertEqual((found["label"]["values"], found["score"]["numbers"]["mean"]), ([("a", 100)], 0.5))

    def test_labels_are_left_out(self):
        frame = pandas.DataFrame({"row": range(100), "file": 0.5, "file ": "a.csv"})
        self.assertEqual(list(summary(frame, labels=(1, 1))), ["file"])

    def test_columns_of_one_name(self):
        frame = pandas.DataFrame([[1, "a"]] * 100, columns=["x", "x"])
        kinds = [column["kinds"] for column in merged([TableProfile.of(frame)] * 2).summary()["columns"]]
        self.assertEqual(kinds, [{"number": 200}, {"text": 200}])

    def test_tables_with_other_columns_are_merged_by_name(self):
        found = summary(pandas.DataFrame({"a": [1.0] * 100}), pandas.DataFrame({"b": [2.0] * 100, "a": [3.0] * 100}))
        self.assertEqual((found["a"]["count"], found["b"]["count"], found["a"]["numbers"]["max"]), (200, 100, 3.0))


class MergeTests(unittest.TestCase):
    def frame(self, rows):
        numbers = {name: values[:rows] for name, values in number_columns().items()}
        frame = pandas.DataFrame(numbers)
        frame["gaps"] = frame["normal"].where(frame["uniform"] < 0.9)
        frame["class"] = RANDOM.choice(["a", "b", "ü"], size=rows)
        frame["id"] = [f"id-{number}" for number in range(rows)]
        frame["time"] = pandas.Timestamp("2024-01-01") + pandas.to_timedelta(RANDOM.randint(0, 10 ** 6, size=rows), unit="s")
        return frame

    def test_it_does_not_depend_on_how_rows_are_divided(self):
        frame = self.frame(20_000)
        whole = summary(frame)
        for seed in range(4):
            chance = random.Random(seed)
            cuts = [0] + sorted(chance.sample(range(1, len(frame)), chance.choice([1, 5, 40]))) + [len(frame)]
            parts = [frame.iloc[start:end] for start, end in zip(cuts, cuts[1:])]
            chance.shuffle(parts)
            found = summary(*parts)
            for name, column in found.items():
                if "numbers" in column and column["numbers"]["deviation"] is not None:
                    self.assertAlmostEqual(column["numbers"]["mean"], whole[name]["numbers"]["mean"],
                                           delta=1e-12 * abs(whole[name]["numbers"]["max"]) + 1e-300)
            self.assertEqual(without_moments(found), without_moments(summary(frame)))

    def test_mini_batches_of_few_rows_are_as_exact(self):
        frame = self.frame(6_000)
        parts = [frame.iloc[start:start + 10] for start in range(0, len(frame), 10)]
        self.assertEqual(without_moments(summary(*parts)), without_moments(summary(frame)))

    def test_what_a_worker_has_seen_changes_nothing(self):
        frame = self.frame(20_000)
        parts = [frame.iloc[start:start + 500] for start in range(0, len(frame), 500)]
        profiler, profiles, sizes = Profiler((0, 0), None), [], []
        for part in parts:
            profile = profiler.profile(part)
            profiler.keep(profile)
            profiles.append(profile)
            sizes.append(len(records.line_of(profile, TableProfile())))
        found = {column["name"]: column for column in merged(profiles[::-1]).summary()["columns"]}
        self.assertEqual(without_moments(found), without_moments(summary(frame)))
        self.assertLess(sizes[-1], sizes[0] / 2)

    def test_records_keep_everything(self):
        frame = self.frame(5_000)
        for rows in (5_000, 20):
            profile = TableProfile.of(frame.head(rows))
            again, inputs = records.profiles_of(records.line_of(profile, profile))
            self.assertEqual(again.summary(), TableProfile.of(frame.head(rows)).summary())
            self.assertEqual(inputs.summary(), again.summary())

    def test_merging_leaves_the_parts_as_they_are(self):
        part = TableProfile.of(self.frame(5_000))
        before = records.line_of(part, TableProfile())
        merged([part, TableProfile.of(self.frame(3_000)), part])
        self.assertEqual(records.line_of(part, TableProfile()), before)

    def test_a_damaged_record_is_refused(self):
        line = bytearray(records.line_of(TableProfile.of(numpy.arange(1000)), TableProfile()))
        line[40] ^= 1
        with self.assertRaises(records.DamagedRecord):
            records.profiles_of(bytes(line))

    def test_limits_do_not_depend_on_the_order(self):
        wide, narrow = ColumnProfile(Limits(20, 128)), ColumnProfile(Limits(1000, 2048))
        narrow.add_numbers(list(range(500)))
        wide.add_numbers([1, 2])
        first, second = merged_columns(wide, narrow), merged_columns(narrow, wide)
        self.assertEqual(first, second)
        self.assertIsNone(first["distinct"])


def merged_columns(*profiles):
    all_ = ColumnProfile(profiles[0].limits)
    for profile in profiles:
        all_.merge(profile)
    found = all_.summary("a")
    found["numbers"].pop("mean"), found["numbers"].pop("deviation")
    return found


class SizeTests(unittest.TestCase):
    def test_wide_tables_stay_small(self):
        parts = [pandas.DataFrame(RANDOM.normal(size=(500, 2000))) for _ in range(3)]
        profiles = [TableProfile.of(part) for part in parts]
        tracemalloc.start()
        all_ = merged(profiles)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertLess(size, 50_000_000)
        self.assertLess(len(json.dumps(all_.summary())), 50_000_000)


    def test_ever_new_names_are_bounded_whatever_the_division(self):
        names = [f"{number * 7919 % 5000:04}" for number in range(5000)]
        parts = [pandas.DataFrame({name: [number] * 600, "always": [1.0] * 600}) for number, name in enumerate(names)]
        whole = merged(map(TableProfile.of, parts)).summary()
        self.assertEqual(sorted(column["name"] for column in whole["columns"]), [f"{number:04}" for number in range(2000)])
        self.assertEqual(whole["omitted"], (3000 + 5000) * 600)
        workers = [merged(map(TableProfile.of, parts[worker::3])) for worker in range(3)]
        found = merged(records.profiles_of(records.line_of(profile, TableProfile()))[0] for profile in workers).summary()
        self.assertEqual(found["omitted"], whole["omitted"])
        self.assertEqual(in_order_of_names(found), in_order_of_names(whole))
        self.assertLess(len(json.dumps(found)), 5_000_000)

    def test_new_names_in_tables_of_few_rows_are_bounded(self):
        profile = TableProfile()
        for number in range(6000):
            profile.merge(TableProfile.of([{f"{number:04}": 1}]))
        found = profile.summary()
        self.assertEqual((len(found["columns"]), found["omitted"]), (2000, 4000))

    def test_a_wide_table_keeps_the_first_names(self):
        names = [f"{number:04}" for number in range(2500)]
        found = TableProfile.of(pandas.DataFrame(RANDOM.normal(size=(10, 2500)), columns=names)).summary()
        self.assertEqual((len(found["columns"]), found["columns"][-1]["name"], found["omitted"]), (2000, "1999", 5000))


def in_order_of_names(found):
    return sorted(without_moments({column["name"]: column for column in found["columns"]}).items())


class ScriptTests(unittest.TestCase):
    """`profile_rows.py` as the executor runs it."""

    def run_script(self, *arguments):
        script = os.path.join(installed_runtime.RUNTIME, "profile_rows.py")
        return subprocess.run([sys.executable, "-I", script] + list(arguments), stderr=subprocess.PIPE, text=True)

    def test_join(self):
        frame = pandas.DataFrame({"score": RANDOM.uniform(size=1000), "label": ["a", "b"] * 500})
        with tempfile.TemporaryDirectory() as folder:
            segment, lines = os.path.join(folder, "0001"), []
            with open(segment, "wb") as file:
                for start in range(0, 1000, 250):
                    part = TableProfile.of(frame.iloc[start:start + 250])
                    record = records.line_of(part, TableProfile() if start else part)
                    file.write(b"rows\n")
                    lines.append(f"{file.tell()}\t{len(record)}\t{segment}\n")
                    file.write(record)
            listing, to = os.path.join(folder, "list"), os.path.join(folder, "profile.json")
            with open(listing, "w") as file:
                file.writelines(lines)
            self.assertEqual(self.run_script("join", listing, to).returncode, 0)
            with open(to) as file:
                found = json.load(file)
            self.assertEqual((found["rows"], found["mini_batches"], found["made"], os.stat(to).st_mode & 0o777),
                             (1000, 4, "scoring", 0o600))
            self.assertEqual(found["columns"][1]["values"], [["a", 500], ["b", 500]])
            self.assertEqual(found["inputs"][1]["values"], [["a", 125], ["b", 125]])
            with open(segment, "r+b") as file:
                file.seek(60)
                file.write(b"!!")
            failed = self.run_script("join", listing, to + "2")
            self.assertEqual((failed.returncode, os.path.exists(to + "2")), (1, False))
            self.assertIn("the profile of a mini-batch is not what was written", failed.stderr)

    def test_read_finds_what_workers_have_made(self):
        frame = pandas.DataFrame({
            "row": range(3000), "score": RANDOM.uniform(size=3000), "label": RANDOM.choice(["a", "b, c", ""], size=3000),
            "count": RANDOM.randint(0, 9, size=3000), "file": "a.csv",
        })
        frame["label"] = frame["label"].where(frame["label"] != "", None)
        expected = without_moments(summary(frame, labels=(1, 1)))
        names = json.dumps(list(frame.columns))
        with tempfile.TemporaryDirectory() as folder:
            paths = {name: os.path.join(folder, name) for name in ("csv", "csv_with_header", "jsonl", "parquet")}
            frame.to_csv(paths["csv"], header=False, index=False)
            frame.to_csv(paths["csv_with_header"], index=False)
            frame.to_json(paths["jsonl"], orient="records", lines=True, double_precision=15)
            frame.to_parquet(paths["parquet"])
            for output_format, path in paths.items():
                with self.subTest(output_format):
                    to = os.path.join(folder, "profile.json")
                    run = self.run_script("read", path, output_format, names if output_format == "csv" else "null", "1", to)
                    self.assertEqual(run.returncode, 0, run.stderr)
                    with open(to) as file:
                        found = {column["name"]: column for column in json.load(file)["columns"]}
                    for column in found.values():
                        column["values"] = list(map(tuple, column["values"]))
                    found = without_moments(found)
                    if output_format == "jsonl":  # pandas has rounded
                        found["score"]["numbers"] = expected["score"]["numbers"]
                    self.assertEqual(found, json.loads(json.dumps(expected), object_hook=with_tuples))


def with_tuples(found):
    if "values" in found:
        found["values"] = list(map(tuple, found["values"]))
    return found


if __name__ == "__main__":
    unittest.main()
