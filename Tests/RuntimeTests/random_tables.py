"""Random tables of every type of a signature, written in many ways, and read by pandas for comparison."""
import base64
import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from typing import Any, Dict, List

import numpy
import pandas

TYPES = {
    "d": ("double", True), "od": ("double", False), "f": ("float", True), "l": ("long", True), "i": ("integer", True),
    "z": ("boolean", True), "s": ("string", True), "os": ("string", False), "t": ("datetime", True),
    "ot": ("datetime", False), "b": ("binary", True),
}
WORDS = (
    "", "NA", "null", "None", "nan", "true", "1", "007", "a,b", "a;b", "a\tb", "a|b", 'say "yes"', "two\nlines", " spaced ",
    "Zürich", "東京", "-", "1e5", "#N/A", "'", "\\", "0x10", "2024-01-02",
)
MISSING_NUMBERS = ("", "NA", "nan", "NULL", "None", "<NA>", "#N/A", "n/a")
DOUBLES = (0.0, -0.0, 1.0, 0.1, 1e300, -1e-300, 1 / 3, 123456789.123, float("inf"), float("-inf"), 5e-324)
LONGS = (0, 1, -1, 2 ** 53 + 1, 2 ** 63 - 1, -2 ** 63, 7)


def frame(random, rows):
    """Return a table of every type with values that are hard to read."""
    def pick(values):
        return [values[random.randrange(len(values))] for _ in range(rows)]

    def sometimes(values, other):
        return [other if random.random() < 0.2 else value for value in values]

    times = [pandas.Timestamp("1990-01-01") + pandas.Timedelta(random.randrange(2 ** 60), "ns") for _ in range(rows)]
    doubles = pick(DOUBLES + tuple(random.gauss(0, 1e3) for _ in range(5)))
    return pandas.DataFrame({
        "d": doubles,
        "od": sometimes(doubles, numpy.nan),
        "f": numpy.array([random.gauss(0, 10) for _ in range(rows)], "float32"),
        "l": numpy.array(pick(LONGS), "int64"),
        "i": numpy.array(pick((0, 1, -2 ** 31, 2 ** 31 - 1)), "int32"),
        "z": pick((True, False)),
        "s": pick(WORDS),
        "os": [None if word == "" else word for word in pick(WORDS)],
        "t": times,
        "ot": sometimes(times, pandas.NaT),
        "b": [bytes(random.randrange(256) for _ in range(random.randrange(5))) for _ in range(rows)],
    })[list(TYPES)]


def texts(table, random):
    """Return the table's cells as the texts of a delimited file."""
    columns = {}
    for name, (kind, _) in TYPES.items():
        columns[name] = [text_of(value, kind, random) for value in table[name]]
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def text_of(value, kind, random):
    if kind in ("double", "float"):
        if value != value:
            return random.choice(MISSING_NUMBERS)
        return repr(float(value)) if kind == "double" else str(value)
    if kind == "datetime":
        return random.choice(MISSING_NUMBERS) if value is pandas.NaT else time_text(value, random)
    if kind == "boolean":
        return random.choice(("true", "True", "TRUE", "1") if value else ("false", "False", "FALSE", "0"))
    if kind == "binary":
        return base64.b64encode(value).decode()
    return "" if value is None else str(value)


def time_text(value, random):
    """Return an ISO 8601 time, sometimes in another zone."""
    form = random.randrange(4)
    if form == 0:
        return value.isoformat()
    if form == 1:
        return value.isoformat(sep=" ")
    if form == 2:
        return value.isoformat() + "Z"
    hours = random.choice((-8, -3, 2, 5))
    return (value + pandas.Timedelta(hours, "h")).isoformat() + "{:+03d}:{}".format(hours, random.choice(("00",)))


def delimited(records, random, delimiter, line_end, encoding):
    """Return the records as the bytes of a delimited file, its columns shuffled and one of no use among them."""
    names = list(TYPES) + ["unused"]
    random.shuffle(names)
    text = io.StringIO(newline="")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerow(names)
    for record in records:
        writer.writerow([record.get(name, "x,y;z") for name in names])
        if quoting == csv.QUOTE_MINIMAL and random.random() < 0.1:
            text.write(line_end)  # a blank line is no row of several columns
    return text.getvalue().encode(encoding)


def compressed(data, kind, name):
    """Return the bytes compressed, and the file's name with the usual extension."""
    if kind == "gz":
        middle = len(data) // 2  # two members, as `cat a.gz b.gz` makes them
        return gzip.compress(data[:middle]) + gzip.compress(data[middle:]), name + ".gz"
    if kind == "bz2":
        return bz2.compress(data), name + ".bz2"
    if kind == "xz":
        return lzma.compress(data), name + ".xz"
    if kind == "zst":
        import zstandard

        return zstandard.compress(data), name + ".zst"
    if kind == "zip":
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(name, data)
        return archive.getvalue(), name + ".zip"
    return data, name


def read_by_pandas(data, delimiter, encoding):
    """Return what pandas makes of a delimited file's bytes by the stated rules."""
    table = pandas.read_csv(
        io.BytesIO(data), sep=delimiter, encoding=encoding, keep_default_na=False, dtype=str, na_filter=False,
    )
    return typed(table)


def typed(texts_table):
    """Return a table of texts with the signature's types, by pandas and NumPy."""
    columns = {}
    for name, (kind, is_required) in TYPES.items():
        column = texts_table[name]
        if kind in ("double", "float", "datetime"):
            column = column.where(~column.isin(MISSING_NUMBERS), None)
        if kind in ("double", "float"):
            column = column.astype("float64").astype("float64" if kind == "double" else "float32")
        elif kind in ("long", "integer"):
            column = column.map(int).astype("int64" if kind == "long" else "int32")
        elif kind == "boolean":
            column = column.str.lower().isin(("true", "1"))
        elif kind == "datetime":
            column = pandas.to_datetime(column, format="ISO8601", utc=True).dt.tz_localize(None).astype("datetime64[ns]")
        elif kind == "binary":
            column = pandas.Series([base64.b64decode(text) for text in column], dtype=object)
        elif not is_required:
            column = column.where(column != "", None)
        columns[name] = column
    return pandas.DataFrame(columns)


def json_lines(table, random):
    """Return the table as JSON lines; missing values are null or, after the first line, left out."""
    lines: List[str] = []
    for record in table.to_dict("records"):
        entry: Dict[str, Any] = {}
        for name, value in record.items():
            kind = TYPES[name][0]
            if kind == "binary":
                entry[name] = base64.b64encode(value).decode()
            elif kind == "datetime":
                entry[name] = None if value is pandas.NaT else time_text(value, random)
            elif kind in ("double", "float"):
                entry[name] = None if value != value else float(value)
            elif kind in ("long", "integer"):
                entry[name] = int(value)
            else:
                entry[name] = value
            if entry[name] is None and lines and random.random() < 0.5:
                del entry[name]
        lines.append(json.dumps(entry))
    return ("\n".join(lines) + "\n").encode()
