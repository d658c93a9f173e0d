"""The formats of an output: what run() returned as the bytes of a segment."""
import json

from batchstudio_runtime.outputs import columns, rows


class Scored:
    """What run() returned, as bytes, with the number of its rows and the names of its columns where they are asked for."""

    def __init__(self, result, data, count, columns=None):
        self.result = result
        self.data = data
        self.rows = count
        self.columns = columns


class Format:
    """A format of the output; `columns` are the names that all its rows have, None while no file has fixed them."""

    def __init__(self, reports_columns=False):
        self.columns = None
        self._reports_columns = reports_columns

    def encode(self, result):
        """Return what run() returned as bytes."""
        if self.columns is not None:
            result = columns.fitted(result, self.columns)
        scored = self._encoded(result)
        if self._reports_columns and scored.rows:
            scored.columns = columns.names_of(result)
        return scored

    def joined(self, scored):
        """Return the results of the parts of a mini-batch as one; lists as if run() had returned one list."""
        if len(scored) == 1:
            return scored[0]
        if all(isinstance(part.result, (list, tuple)) for part in scored):
            return self.encode([item for part in scored for item in part.result])
        with_rows = [part for part in scored if part.rows]
        names = with_rows[0].columns if with_rows else None
        for part in with_rows:
            if part.columns != names:
                raise ValueError("run() returned the columns {} for some files and {} for others".format(
                    names, part.columns))
        return Scored(None, b"".join(part.data for part in scored), sum(part.rows for part in scored), names)


class CSV(Format):
    """The rows as CSV; the executor writes the header, if there is to be one, once for the whole output."""

    def _encoded(self, result):
        data, count = rows.to_csv(result)
        return Scored(result, data, count)


class JSONLines(Format):
    """A JSON object a row; a text that is a JSON object already is a line as it is."""

    def _encoded(self, result):
        if isinstance(result, (list, tuple)) and all(isinstance(item, str) and is_json_object(item) for item in result):
            lines = [item.strip() for item in result]
        else:
            names, values = table_of(result)
            refuse_duplicates(names)
            lines = [json.dumps(dict(zip(names, map(rows.jsonable, row))), ensure_ascii=False) for row in values]
        return Scored(result, rows.encode("".join([line + "\n" for line in lines])), len(lines))


class Arrow(Format):
    """An Arrow stream a mini-batch; the executor has them joined into Parquet."""

    def _encoded(self, result):
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
        result = columns.as_arrow(result)
        if type(result).__module__ == "pyarrow.lib":
            return result
        if hasattr(result, "iloc"):
            frame = result.to_frame() if hasattr(result, "to_frame") else result
            frame = frame.rename(columns=str)
            refuse_duplicates(list(frame.columns))
            return pyarrow.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        names, values = table_of(result)
        series = list(zip(*values)) or [()] * len(names)
        return pyarrow.table([pyarrow.array([native(value) for value in column]) for column in series], names=names)


FORMATS = {"csv": CSV, "csv_with_header": CSV, "jsonl": JSONLines, "parquet": Arrow}


def named(name, reports_columns=False):
    if name not in FORMATS:
        raise ValueError("the output format {!r} is not known to this worker".format(name))
    return FORMATS[name](reports_columns or name == "csv_with_header")


def is_json_object(text):
    try:
        return text.lstrip().startswith("{") and isinstance(json.loads(text), dict) and "\n" not in text.strip()
    except ValueError:
        return False


def refuse_duplicates(names):
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError("two columns of the rows are named {!r}; the output's format needs each once".format(twice[0]))


def table_of(result):
    """Return names and rows of what run() returned, or raise what says that it is none of the kinds it may be."""
    result = columns.as_arrow(result)
    if type(result).__module__ == "pyarrow.lib" and hasattr(result, "column_names"):
        return columns.names_of(result), zip(*[column.to_pylist() for column in result.columns])
    if type(result).__module__.partition(".")[0] == "numpy" and getattr(result, "ndim", 0) > 0:
        return columns.names_of(result), [[item] if result.ndim == 1 else list(item) for item in result]
    if hasattr(result, "iloc"):
        series = [result] if not hasattr(result, "columns") else [
            result.iloc[:, index] for index in range(result.shape[1])]
        return columns.frame_names(result), zip(*[list(column) for column in series])
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
    return columns.numbered(most), [item + [None] * (most - len(item)) for item in items]


def native(value):
    """Return a NumPy value as Python's, for Arrow."""
    if rows.is_array(value):
        return value.tolist() if value.ndim else value.item()
    return value
