"""The formats of an output: what run() returned as the bytes of a segment."""
import csv
import io
import json

from batchstudio_runtime.outputs import rows


class Scored:
    """What run() returned, as bytes, with the number of its rows and the names of its columns where they are asked for."""

    def __init__(self, result, data, count, columns=None):
        self.result = result
        self.data = data
        self.rows = count
        self.columns = columns


class Format:
    def joined(self, scored):
        """Return the results of the parts of a mini-batch as one; lists as if run() had returned one list."""
        if len(scored) == 1:
            return scored[0]
        if all(isinstance(part.result, (list, tuple)) for part in scored):
            return self.encode([item for part in scored for item in part.result])
        with_rows = [part for part in scored if part.rows]
        columns = with_rows[0].columns if with_rows else None
        for part in with_rows:
            if part.columns != columns:
                raise ValueError("run() returned the columns {} for some files and {} for others".format(
                    columns, part.columns))
        return Scored(None, b"".join(part.data for part in scored), sum(part.rows for part in scored), columns)


class CSV(Format):
    def encode(self, result):
        data, count = rows.to_csv(result)
        return Scored(result, data, count)


class CSVWithHeader(CSV):
    """The rows as CSV; the executor writes the header, once for the whole output."""

    def encode(self, result):
        scored = super().encode(result)
        if scored.rows:
            scored.columns = column_names(result)
        return scored


class JSONLines(Format):
    """A JSON object a row; a text that is a JSON object already is a line as it is."""

    def encode(self, result):
        if isinstance(result, (list, tuple)) and all(isinstance(item, str) and is_json_object(item) for item in result):
            lines = [item.strip() for item in result]
        else:
            names, values = table_of(result)
            refuse_duplicates(names)
            lines = [json.dumps(dict(zip(names, map(rows.jsonable, row))), ensure_ascii=False) for row in values]
        return Scored(result, rows.encode("".join([line + "\n" for line in lines])), len(lines))


class Arrow(Format):
    """An Arrow stream a mini-batch; the executor has them joined into Parquet."""

    def encode(self, result):
        import pyarrow

        table = self._table(result, pyarrow)
        if table.num_rows == 0:
            return Scored(result, b"", 0)
        sink = pyarrow.BufferOutputStream()
        stream = pyarrow.RecordBatchStreamWriter(sink, table.schema)
        stream.write_table(table)
        stream.close()
        return Scored(result, sink.getvalue().to_pybytes(), table.num_rows)

    @staticmethod
    def _table(result, pyarrow):
        result = as_arrow(result)
        if type(result).__module__ == "pyarrow.lib":
            return result
        if hasattr(result, "iloc"):
            frame = result.to_frame() if hasattr(result, "to_frame") else result
            frame = frame.rename(columns=str)
            refuse_duplicates(list(frame.columns))
            return pyarrow.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        names, values = table_of(result)
        columns = list(zip(*values)) or [()] * len(names)
        return pyarrow.table([pyarrow.array([native(value) for value in column]) for column in columns], names=names)


FORMATS = {"csv": CSV, "csv_with_header": CSVWithHeader, "jsonl": JSONLines, "parquet": Arrow}


def named(name):
    if name not in FORMATS:
        raise ValueError("the output format {!r} is not known to this worker".format(name))
    return FORMATS[name]()


def is_json_object(text):
    try:
        return text.lstrip().startswith("{") and isinstance(json.loads(text), dict) and "\n" not in text.strip()
    except ValueError:
        return False


def refuse_duplicates(names):
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError("two columns of the rows are named {!r}; the output's format needs each once".format(twice[0]))


def column_names(result):
    """Return the names of the columns of what run() returned; those without a name are column_0, column_1 and so on."""
    result = as_arrow(result)
    if hasattr(result, "column_names"):
        return [str(name) for name in result.column_names]
    if hasattr(result, "iloc"):
        return frame_names(result)
    if not isinstance(result, (list, tuple)):
        return numbered(1 if result.ndim == 1 else result.shape[1])
    keys = rows.columns_of_dicts(result)
    if keys is not None:
        return [str(key) for key in keys]
    return numbered(max(width(item) for item in result))


def width(item):
    """Return the number of columns of a list's item; a text is a line of CSV as it is."""
    if isinstance(item, str):
        return max((len(line) for line in csv.reader(io.StringIO(item))), default=1)
    return len(list(rows.columns_of(item)))


def numbered(count):
    return ["column_{}".format(index) for index in range(count)]


def frame_names(frame):
    if not hasattr(frame, "columns"):
        return ["column_0" if frame.name is None else str(frame.name)]
    return [str(name) for name in frame.columns]


def as_arrow(result):
    """Return a Polars table as an Arrow table, all else as it is."""
    if type(result).__module__.partition(".")[0] == "polars":
        if not hasattr(result, "to_arrow") or not hasattr(result, "columns"):
            result = result.to_frame()
        result = result.to_arrow()
    return result


def table_of(result):
    """Return names and rows of what run() returned, or raise what says that it is none of the kinds it may be."""
    result = as_arrow(result)
    if type(result).__module__ == "pyarrow.lib" and hasattr(result, "column_names"):
        return column_names(result), zip(*[column.to_pylist() for column in result.columns])
    if type(result).__module__.partition(".")[0] == "numpy" and getattr(result, "ndim", 0) > 0:
        return column_names(result), [[item] if result.ndim == 1 else list(item) for item in result]
    if hasattr(result, "iloc"):
        columns = [result] if not hasattr(result, "columns") else [
            result.iloc[:, index] for index in range(result.shape[1])]
        return frame_names(result), zip(*[list(column) for column in columns])
    if not isinstance(result, (list, tuple)):
        raise TypeError(rows.NOTHING_TO_WRITE.format(type(result).__name__))
    if not result:
        return [], []
    keys = rows.columns_of_dicts(result)
    if keys is not None:
        return [str(key) for key in keys], [[item.get(key) for key in keys] for item in result]
    # A text is one value here, unlike in CSV, where it is a line.
    items = [[item] if isinstance(item, str) else list(rows.columns_of(item)) for item in result]
    most = max(map(len, items))
    return numbered(most), [item + [None] * (most - len(item)) for item in items]


def native(value):
    """Return a NumPy value as Python's, for Arrow."""
    if rows.is_array(value):
        return value.tolist() if value.ndim else value.item()
    return value
