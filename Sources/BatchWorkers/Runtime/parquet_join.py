"""Joins the Arrow streams of a job's segments, in input order, into one Parquet file.

`python -I parquet_join.py LIST OUTPUT`: LIST has a line a mini-batch, `ID \\t OFFSET \\t BYTES \\t CRC32 \\t PATH`.
One table of a mini-batch is held in memory at a time, and the rows that wait for a row group, which all have the same number
of rows however these are divided into mini-batches. Its last line is `damaged mini-batches: ID ID …` when bytes differ from
their checksums.
"""
import io
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
PIECE = 4 * 1024 * 1024  # bytes


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
        self._is_checked = False
        self._descriptor = -1

    def __iter__(self) -> Iterator[Tuple[int, Iterator[pyarrow.Table]]]:
        """Yields the number and the tables of each mini-batch; exits when some are damaged, after all were inspected."""
        damaged = []
        for entry in self._entries:
            self._open(entry.path)
            if not self._is_checked and checksum_of(Bytes(self._descriptor, entry)) != (entry.size, entry.checksum):
                damaged.append(entry.number)
            elif not damaged:
                yield entry.number, self._tables(entry)
        self._is_checked = True
        if damaged:
            sys.exit("damaged mini-batches: " + " ".join(map(str, damaged)))

    def _open(self, path: bytes) -> None:
        if self._path != path:
            if self._path is not None:
                os.close(self._descriptor)
            self._path, self._descriptor = path, os.open(path, os.O_RDONLY)

    def _tables(self, entry: Entry) -> Iterator[pyarrow.Table]:
        source = pyarrow.PythonFile(Bytes(self._descriptor, entry), mode="r")
        # A mini-batch that was scored in parts, or has a large file, is several streams.
        while source.tell() < entry.size:
            yield pyarrow.ipc.open_stream(source).read_all()


class Bytes(io.RawIOBase):
    """The bytes of a mini-batch as a file."""

    def __init__(self, descriptor: int, entry: Entry) -> None:
        self._descriptor = descriptor
        self._entry = entry
        self._position = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def read(self, size: int = -1) -> bytes:
        left = self._entry.size - self._position
        end = self._position + (left if size < 0 else min(size, left))
        pieces = []
        # One read of the system returns less than 2 GiB, however much it is asked for.
        while self._position < end:
            piece = os.pread(self._descriptor, end - self._position, self._entry.offset + self._position)
            if not piece:
                break
            pieces.append(piece)
            self._position += len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def checksum_of(file: Bytes) -> Tuple[int, int]:
    """Returns how many bytes a file has, and their checksum."""
    size = checksum = 0
    while True:
        piece = file.read(PIECE)
        if not piece:
            return size, checksum & 0xFFFFFFFF
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)


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
    if schema is None:
        return pyarrow.schema([])
    return pyarrow.schema([
        field.with_type(pyarrow.dictionary(pyarrow.int32(), field.type.value_type))
        if pyarrow.types.is_dictionary(field.type) else field for field in schema
    ])


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
    """Returns the table with the schema's columns, without dictionaries; a column that it lacks is null."""
    columns = []
    for field in schema:
        kind = field.type.value_type if pyarrow.types.is_dictionary(field.type) else field.type
        if field.name in table.column_names:
            columns.append(table.column(field.name).cast(kind))
        else:
            columns.append(pyarrow.nulls(table.num_rows, kind))
    return pyarrow.table(columns, names=schema.names)


def join(segments: Segments, output: str) -> None:
    schema = common_schema(segments)
    waiting, rows = [], 0
    with pyarrow.parquet.ParquetWriter(output, schema) as writer:
        for _, tables in segments:
            for table in tables:
                waiting.append(fitted(table, schema))
                rows += table.num_rows
                if rows < ROWS_OF_A_GROUP:
                    continue
                together = pyarrow.concat_tables(waiting)
                for start in range(0, rows - rows % ROWS_OF_A_GROUP, ROWS_OF_A_GROUP):
                    write(writer, together.slice(start, ROWS_OF_A_GROUP))
                rows %= ROWS_OF_A_GROUP
                waiting = [together.slice(together.num_rows - rows)] if rows else []
        if waiting:
            write(writer, pyarrow.concat_tables(waiting))


def write(writer: pyarrow.parquet.ParquetWriter, table: pyarrow.Table) -> None:
    """Writes one row group, whose bytes depend on its rows alone: so do its dictionaries."""
    columns = [
        column.dictionary_encode() if pyarrow.types.is_dictionary(field.type) else column
        for column, field in zip(table.combine_chunks().columns, writer.schema)
    ]
    writer.write_table(pyarrow.table(columns, schema=writer.schema), row_group_size=ROWS_OF_A_GROUP)


if __name__ == "__main__" and sys.argv[1:] != ["--check"]:
    join(Segments(sys.argv[1]), sys.argv[2])
