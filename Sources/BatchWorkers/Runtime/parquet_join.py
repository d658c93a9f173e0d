"""Joins the Arrow streams of a job's segments, in input order, into one Parquet file.

`python -I parquet_join.py LIST OUTPUT`: LIST has a line a mini-batch, `ID \\t OFFSET \\t BYTES \\t CRC32 \\t PATH`.
One mini-batch is held in memory at a time, and the rows that wait for a row group. Its last line is
`damaged mini-batches: ID ID …` when bytes differ from their checksums.
"""
import os
import sys
import zlib
from typing import Iterator, NamedTuple, Optional, Tuple

try:
    import pyarrow
    import pyarrow.parquet
except ImportError as error:
    sys.exit(f"pyarrow is missing in the deployment's environment: {error}")

ROWS_OF_A_GROUP = 64 * 1024


class Entry(NamedTuple):
    """Where the rows of a mini-batch are: the bytes of a segment file, and their checksum."""

    number: int
    offset: int
    size: int
    checksum: int
    path: bytes


class Segments:
    """The segments of a job, mini-batch by mini-batch."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            self._entries = [entry_of(line) for line in file.read().splitlines()]
        self._path: Optional[bytes] = None  # of the file that is open
        self._descriptor = -1

    def __iter__(self) -> Iterator[Tuple[int, Iterator[pyarrow.Table]]]:
        """Yields the number and the tables of each mini-batch; exits when some are damaged, after all were inspected."""
        damaged = []
        for entry in self._entries:
            data, checksum = self._bytes(entry)
            if len(data) != entry.size or checksum != entry.checksum:
                damaged.append(entry.number)
            elif not damaged:
                yield entry.number, self._tables(data)
        if damaged:
            sys.exit("damaged mini-batches: " + " ".join(map(str, damaged)))

    def _bytes(self, entry: Entry) -> Tuple[bytes, int]:
        """Returns the bytes that are there of a mini-batch, and their checksum."""
        if self._path != entry.path:
            if self._path is not None:
                os.close(self._descriptor)
            self._path, self._descriptor = entry.path, os.open(entry.path, os.O_RDONLY)
        parts, size, checksum = [], 0, 0
        # One read returns less than 2 GiB, however much it is asked for.
        while size < entry.size:
            part = os.pread(self._descriptor, entry.size - size, entry.offset + size)
            if not part:
                break
            parts.append(part)
            size += len(part)
            checksum = zlib.crc32(part, checksum)
        return parts[0] if len(parts) == 1 else b"".join(parts), checksum

    def _tables(self, data: bytes) -> Iterator[pyarrow.Table]:
        source = pyarrow.BufferReader(data)
        # A mini-batch that was scored in parts is several streams.
        while source.tell() < len(data):
            yield pyarrow.ipc.open_stream(source).read_all()


def entry_of(line: bytes) -> Entry:
    """Returns the entry of a line of the list."""
    number, offset, size, checksum, path = line.split(b"\t", 4)
    return Entry(int(number), int(offset), int(size), int(checksum), path)


def common_schema(segments: Segments) -> pyarrow.Schema:
    """Returns the schema that fits the rows of all mini-batches: numbers widened, nulls allowed."""
    schema = None
    for number, tables in segments:
        for table in tables:
            try:
                schema = table.schema if schema is None else unified(schema, table.schema)
            except (pyarrow.ArrowException, TypeError) as error:
                sys.exit(f"The rows of mini-batch {number} do not go into one table with those before it: {error}. "
                         f"Columns so far: {described(schema)}; of this mini-batch: {described(table.schema)}.")
    return schema if schema is not None else pyarrow.schema([])


def unified(schema: pyarrow.Schema, other: pyarrow.Schema) -> pyarrow.Schema:
    if schema.equals(other):
        return schema
    if set(schema.names) == set(other.names) and all(alike(schema.field(name).type, other.field(name).type)
                                                     for name in schema.names):
        return pyarrow.schema([pyarrow.field(name, wider(schema.field(name).type, other.field(name).type))
                               for name in schema.names])
    try:
        return pyarrow.unify_schemas([schema, other], promote_options="permissive")
    except TypeError:  # an old pyarrow promotes null only
        return pyarrow.unify_schemas([schema, other])


def alike(kind: pyarrow.DataType, other: pyarrow.DataType) -> bool:
    return kind.equals(other) or pyarrow.types.is_null(kind) or pyarrow.types.is_null(other)


def wider(kind: pyarrow.DataType, other: pyarrow.DataType) -> pyarrow.DataType:
    return other if pyarrow.types.is_null(kind) else kind


def described(schema: pyarrow.Schema) -> str:
    return ", ".join(f"{field.name} {field.type}" for field in schema)


def fitted(table: pyarrow.Table, schema: pyarrow.Schema) -> pyarrow.Table:
    """Returns the table with the schema's columns; one that it lacks is null."""
    columns = []
    for field in schema:
        if field.name in table.column_names:
            columns.append(table.column(field.name).cast(field.type))
        else:
            columns.append(pyarrow.nulls(table.num_rows, field.type))
    return pyarrow.table(columns, schema=schema)


def join(segments: Segments, output: str) -> None:
    schema = common_schema(segments)
    waiting, rows = [], 0
    with pyarrow.parquet.ParquetWriter(output, schema) as writer:
        for _, tables in segments:
            for table in tables:
                waiting.append(fitted(table, schema))
                rows += table.num_rows
            if rows >= ROWS_OF_A_GROUP:
                writer.write_table(pyarrow.concat_tables(waiting))
                waiting, rows = [], 0
        if waiting:
            writer.write_table(pyarrow.concat_tables(waiting))


if __name__ == "__main__" and sys.argv[1:] != ["--check"]:
    join(Segments(sys.argv[1]), sys.argv[2])
