"""Joins the Arrow streams of a job's segments, in input order, into one Parquet file.

`python -I parquet_join.py LIST OUTPUT`: LIST has a line a mini-batch, `ID \\t OFFSET \\t BYTES \\t CRC32 \\t PATH`.
One mini-batch is held in memory at a time, and what of its rows gathers for a row group. Its last line is
`damaged mini-batches: ID ID …` when bytes are not what their checksums say.
"""
import os
import sys
import zlib

try:
    import pyarrow
    import pyarrow.parquet
except ImportError as error:
    sys.exit("pyarrow is missing in the deployment's environment: {}".format(error))

ROWS_OF_A_GROUP = 64 * 1024


class Segments:
    def __init__(self, path):
        with open(path, "rb") as file:
            lines = [line.split(b"\t", 4) for line in file.read().splitlines()]
        self._entries = [tuple(map(int, line[:4])) + (line[4],) for line in lines]
        self._open = (None, None)

    def __iter__(self):
        """Yield the number and the tables of each mini-batch; exit when some are damaged, after all were looked at."""
        damaged = []
        for number, offset, size, crc, path in self._entries:
            data = self._bytes(offset, size, path)
            if len(data) != size or zlib.crc32(data) != crc:
                damaged.append(number)
            elif not damaged:
                yield number, self._tables(data)
        if damaged:
            sys.exit("damaged mini-batches: " + " ".join(map(str, damaged)))

    def _bytes(self, offset, size, path):
        if self._open[0] != path:
            if self._open[1] is not None:
                os.close(self._open[1])
            self._open = (path, os.open(path, os.O_RDONLY))
        return os.pread(self._open[1], size, offset)

    def _tables(self, data):
        source = pyarrow.BufferReader(data)
        # A mini-batch that was scored in parts is several streams.
        while source.tell() < len(data):
            yield pyarrow.ipc.open_stream(source).read_all()


def common_schema(segments):
    """Return the schema that takes the rows of all mini-batches: numbers widened, nulls allowed."""
    schema = None
    for number, tables in segments:
        for table in tables:
            try:
                schema = table.schema if schema is None else unified(schema, table.schema)
            except (pyarrow.ArrowException, TypeError) as error:
                sys.exit("The rows of mini-batch {} do not go into one table with those before it: {}. Columns so far: {}; "
                         "of this mini-batch: {}.".format(number, error, described(schema), described(table.schema)))
    return schema if schema is not None else pyarrow.schema([])


def unified(schema, other):
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


def alike(kind, other):
    return kind.equals(other) or pyarrow.types.is_null(kind) or pyarrow.types.is_null(other)


def wider(kind, other):
    return other if pyarrow.types.is_null(kind) else kind


def described(schema):
    return ", ".join("{} {}".format(field.name, field.type) for field in schema)


def fitted(table, schema):
    """Return the table with the schema's columns; one that it has not is null."""
    columns = []
    for field in schema:
        if field.name in table.column_names:
            columns.append(table.column(field.name).cast(field.type))
        else:
            columns.append(pyarrow.nulls(table.num_rows, field.type))
    return pyarrow.table(columns, schema=schema)


def join(segments, output):
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
