"""Reads the rows of Parquet files as texts, as outputs in CSV have them.

    python -I parquet_rows.py rows REQUEST               the last line that is printed is a JSON list with an answer each
    python -I parquet_rows.py find FILE TEXT ROW STEP    the last line is the number of the row, or null
    python -I parquet_rows.py csv FILE TO                writes all rows, with the names of the columns

REQUEST is a JSON list of `[file, [[first row, count], …]]`; an answer has `columns`, `total` and `rows`, or `error`. STEP is 1
for the next row with the text after ROW, -1 for the last one before it. Rows are counted from 0. Only the row groups with the
rows are read.
"""
import csv
import io
import json
import os
import sys
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)

ROWS_AT_ONCE = 4096
Row = List[str]


class RowsFile:
    """A Parquet file that is read from any row on."""

    def __init__(self, path: str) -> None:
        import pyarrow.parquet

        self._file = pyarrow.parquet.ParquetFile(path)
        self.columns = [str(name) for name in self._file.schema_arrow.names]
        self.total = self._file.metadata.num_rows
        counts = [self._file.metadata.row_group(group).num_rows for group in range(self._file.metadata.num_row_groups)]
        self._starts = [sum(counts[:group]) for group in range(len(counts))]
        self._counts = counts

    def tables(self, group: int) -> Iterator[Tuple[int, Any]]:
        """Yields the tables of a row group, each with the number of its first row."""
        import pyarrow

        first = self._starts[group]
        for batch in self._file.iter_batches(ROWS_AT_ONCE, row_groups=[group]):
            yield first, pyarrow.Table.from_batches([batch])
            first += batch.num_rows

    def all_tables(self) -> Iterator[Tuple[int, Any]]:
        for group in range(len(self._starts)):
            yield from self.tables(group)

    def rows(self, first: int, count: int) -> List[Row]:
        found: List[Row] = []
        for group, (start, size) in enumerate(zip(self._starts, self._counts)):
            if start + size <= first or start >= first + count:
                continue
            for at, table in self.tables(group):
                if at >= first + count:
                    break
                if at + table.num_rows > first:
                    skipped = max(0, first - at)
                    found += texts_of(table.slice(skipped, first + count - at - skipped))
        return found

    def find(self, text: str, row: int, step: int) -> Optional[int]:
        wanted = lowered(text)
        groups = range(len(self._starts))
        for group in groups if step > 0 else reversed(groups):
            is_before = self._starts[group] + self._counts[group] <= row
            if is_before if step > 0 else self._starts[group] >= row:
                continue
            found = None
            for first, table in self.tables(group):
                for number, cells in enumerate(texts_of(table), first):
                    if (number > row if step > 0 else number < row) and wanted in lowered(",".join(cells)):
                        if step > 0:
                            return number
                        found = number
            if found is not None:
                return found
        return None


def lowered(text: str) -> bytes:
    """Returns a text with small ASCII letters: others are compared as they are, as in files of text."""
    return text.encode("utf-8", "surrogatepass").lower()


def texts_of(table: Any) -> List[Row]:
    """Returns the rows of a table as the cells of CSV; a value that no CSV can hold as Python writes it."""
    from batchstudio_runtime.outputs import rows, values

    if table.num_columns == 0:
        return [[] for _ in range(table.num_rows)]
    try:
        return list(csv.reader(io.StringIO(rows.to_csv(table)[0].decode("utf-8"), newline="")))
    except values.BadValue:
        return [list(map(text_of, record)) for record in zip(*[column.to_pylist() for column in table.columns])]


def text_of(value: Any) -> str:
    from batchstudio_runtime.outputs import values

    try:
        plain = values.plain(value)
    except values.BadValue:
        return repr(value)
    return "" if plain is None else str(plain)


def answer(path: str, ranges: Sequence[Sequence[int]]) -> Dict[str, Any]:
    try:
        file = RowsFile(path)
        found = [row for first, count in ranges for row in file.rows(first, count)]
        return {"columns": file.columns, "total": file.total, "rows": found}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def write_csv(path: str, to: str) -> None:
    from batchstudio_runtime.outputs import rows

    file = RowsFile(path)
    with open(to, "wb") as output:
        output.write(rows.encode(rows.items_to_text([file.columns])))
        for _, table in file.all_tables():
            output.write(rows.to_csv(table)[0])


def main(arguments: List[str]) -> None:
    csv.field_size_limit(2 ** 31 - 1)
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError:
        sys.exit(f"Parquet files need pyarrow, which is missing in {sys.executable}.")
    kind = arguments[0]
    if kind == "rows":
        result: Any = [answer(path, ranges) for path, ranges in json.loads(arguments[1])]
    elif kind == "find":
        result = RowsFile(arguments[1]).find(arguments[2], int(arguments[3]), int(arguments[4]))
    else:
        write_csv(arguments[1], arguments[2])
        return
    # ASCII, so that it does not depend on the locale; on a line of its own, whatever a library has printed.
    print("\n" + json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1:])
