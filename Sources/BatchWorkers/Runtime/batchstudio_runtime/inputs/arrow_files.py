"""Arrow IPC files and streams, and Feather files of both versions."""
from typing import List

import pyarrow
import pyarrow.feather
import pyarrow.ipc

from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import unreadable

FILE_MAGIC = b"ARROW1"
FEATHER_1_MAGIC = b"FEA1"


class ArrowFile(ArrowTable):
    """A file of Arrow record batches: an IPC file (Feather version 2 is one), a stream, or Feather version 1."""

    def __init__(self, path: str) -> None:
        try:
            self._table = read(path)
        except (pyarrow.ArrowException, OSError, EOFError) as error:
            raise unreadable(error, "Arrow or Feather")
        super().__init__(self._table.schema)

    def row_count(self) -> int:
        return self._table.num_rows

    def _read(self, names: List[str]) -> pyarrow.Table:
        return self._table


def read(path: str) -> pyarrow.Table:
    """Returns the file's table, read and not mapped: a mapped file that changes would end the process."""
    with open_input(path) as file:
        start = file.read(len(FILE_MAGIC))
        file.seek(0)
        if start.startswith(FEATHER_1_MAGIC):
            return pyarrow.feather.read_table(file, memory_map=False, use_threads=False)
        if start == FILE_MAGIC:
            with pyarrow.ipc.open_file(file) as reader:
                return reader.read_all()
        with pyarrow.ipc.open_stream(file) as reader:
            return reader.read_all()
