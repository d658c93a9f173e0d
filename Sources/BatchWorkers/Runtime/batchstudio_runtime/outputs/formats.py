"""The formats of an output: the result of run() as the bytes of a segment."""
import json
from typing import Any, Iterable, List, Optional

from batchstudio_runtime.outputs import arrow_tables, columns, rows, values


class Scored:
    """The result of run() as bytes, with the number of its rows and, where wanted, the names of its columns."""

    def __init__(
        self, result: Any, data: bytes, count: int, columns: Optional[List[str]] = None, results: Optional[List[Any]] = None
    ) -> None:
        self.result = result
        self.results = [result] if results is None else results  # whose rows the bytes are
        self.data = data
        self.rows = count
        self.columns = columns


class Format:
    """A format of the output; `columns` are the names that all its rows have, None while no file has fixed them."""

    def __init__(self, reports_columns: bool = False) -> None:
        self.columns: Optional[List[str]] = None
        self._reports_columns = reports_columns

    def encode(self, result: Any) -> Scored:
        """Returns what run() returned as bytes."""
        if self.columns is not None:
            result = columns.fitted(result, self.columns)
        scored = self._encoded(result)
        if self._reports_columns and scored.rows:
            scored.columns = columns.reported(columns.names_of(result))
        return scored

    def _encoded(self, result: Any) -> Scored:
        raise NotImplementedError

    def joined(self, scored: List[Scored]) -> Scored:
        """Returns the results of the parts of a mini-batch as one; lists as if run() had returned one list."""
        if len(scored) == 1:
            return scored[0]
        if all(isinstance(part.result, (list, tuple)) for part in scored):
            return self.encode([item for part in scored for item in part.result])
        with_rows = [part for part in scored if part.rows]
        names = with_rows[0].columns if with_rows else None
        for part in with_rows:
            if part.columns != names:
                raise ValueError(f"run() returned the columns {names} for some files and {part.columns} for others")
        written = [part for part in scored if part.data]
        return Scored(
            None, b"".join(part.data for part in written), sum(part.rows for part in scored), names,
            [result for part in written for result in part.results],
        )


class CSV(Format):
    """The rows as CSV; the executor writes the header, if there is to be one, once for the whole output."""

    def _encoded(self, result: Any) -> Scored:
        data, count = rows.to_csv(result)
        return Scored(result, data, count)


class CSVWithHeader(CSV):
    def __init__(self, reports_columns: bool = True) -> None:
        super().__init__(True)

    def encode(self, result: Any) -> Scored:
        scored = super().encode(result)
        if scored.columns is not None and scored.columns != columns.names_of(result):
            raise ValueError(
                f"the header of {scored.columns[0]} is too long: its names take more than {columns.MAX_REPORT_LENGTH} bytes"
            )
        return scored


class JSONLines(Format):
    """A JSON object a row; a text that is a JSON object already is a line as it is."""

    def _encoded(self, result: Any) -> Scored:
        if isinstance(result, (list, tuple)) and all(isinstance(item, str) and is_json_object(item) for item in result):
            lines = [item.strip() for item in result]
        else:
            names, lists = columns.rows_of(result)
            columns.refuse_duplicates(names)
            lines = [self._line(names, row, number) for number, row in enumerate(lists, 1)]
        return Scored(result, rows.encode("".join([line + "\n" for line in lines])), len(lines))

    @staticmethod
    def _line(names: List[str], row: Iterable[Any], number: int) -> str:
        try:
            return json.dumps(dict(zip(names, map(values.jsonable, row))), ensure_ascii=False)
        except values.BadValue as error:
            raise values.BadValue(f"row {number}: {error}") from None


class Arrow(Format):
    """An Arrow stream a mini-batch; the executor has them joined into Parquet."""

    def _encoded(self, result: Any) -> Scored:
        import pyarrow

        table = arrow_tables.table_of(columns.as_arrow(result))
        if table.num_rows == 0:
            return Scored(result, b"", 0)
        sink = pyarrow.BufferOutputStream()
        stream = pyarrow.RecordBatchStreamWriter(sink, table.schema)
        stream.write_table(table)
        stream.close()
        return Scored(result, sink.getvalue().to_pybytes(), table.num_rows)


FORMATS = {"csv": CSV, "csv_with_header": CSVWithHeader, "jsonl": JSONLines, "parquet": Arrow}


def named(name: str, reports_columns: bool = False) -> Format:
    if name not in FORMATS:
        raise ValueError(f"the output format {name!r} is unknown to this worker")
    return FORMATS[name](reports_columns)


def is_json_object(text: str) -> bool:
    try:
        return text.lstrip().startswith("{") and isinstance(json.loads(text), dict) and "\n" not in text.strip()
    except ValueError:
        return False
