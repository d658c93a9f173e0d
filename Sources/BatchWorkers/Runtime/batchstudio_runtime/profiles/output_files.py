"""Profiles of output files, read in a stream: for jobs whose workers have made none."""
import csv
import json
from typing import Any, Iterator, List, Optional, Sequence, Tuple

from batchstudio_runtime.outputs import columns
from batchstudio_runtime.profiles.table_profile import TableProfile, columns_of_records

ROWS_AT_ONCE = 64 * 1024


def profile_of(path: str, output_format: str, names: Optional[Sequence[str]], has_labels: bool) -> TableProfile:
    """Returns the profile of a file's rows.

    `names` are those of its columns where the file has none; with `has_labels` the first and the last column are not the model's.
    """
    tables = {"csv": csv_tables, "csv_with_header": csv_tables, "jsonl": json_tables, "parquet": parquet_tables}[output_format]
    labels = (1, 1) if has_labels else (0, 0)
    header = output_format == "csv_with_header"
    profile = TableProfile()
    for found, series in tables(path, names, header):
        profile.merge(TableProfile.of_columns(found, series, labels))
    return profile


Table = Tuple[Sequence[str], Sequence[Any]]


def csv_tables(path: str, names: Optional[Sequence[str]], has_header: bool) -> Iterator[Table]:
    csv.field_size_limit(2 ** 31 - 1)
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, None) if has_header else names
        for records in pieces(reader):
            most = max(max(map(len, records)), len(header or ()))
            yield header if header and len(header) == most else columns.numbered(most), columns_of_records(records, most)


def json_tables(path: str, _names: Optional[Sequence[str]], _has_header: bool) -> Iterator[Table]:
    with open(path, encoding="utf-8") as file:
        for lines in pieces(file):
            records = [json.loads(line) for line in lines]
            found = list(dict.fromkeys(key for record in records for key in record))
            yield found, [[record.get(name) for record in records] for name in found]


def parquet_tables(path: str, _names: Optional[Sequence[str]], _has_header: bool) -> Iterator[Table]:
    import pyarrow.parquet

    for batch in pyarrow.parquet.ParquetFile(path).iter_batches(ROWS_AT_ONCE):
        yield list(batch.schema.names), list(batch.columns)


def pieces(items: Iterator[Any]) -> Iterator[List[Any]]:
    piece: List[Any] = []
    for item in items:
        piece.append(item)
        if len(piece) == ROWS_AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece
