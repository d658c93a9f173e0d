"""ORC files."""
from typing import List

import pyarrow

from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.system_errors import unreadable


class OrcTable(ArrowTable):
    """An ORC file; only the columns that are wanted are read."""

    def __init__(self, path: str) -> None:
        try:
            from pyarrow import orc
        except ImportError:
            raise ImportError("ORC files are read by a pyarrow with ORC: add a newer 'pyarrow' to the model's environment")
        with open(path, "rb") as file:  # fails as other files do where it can't be opened
            if file.read(3) != b"ORC":
                raise ValueError("the file can't be read as ORC: it does not begin with ORC")
        try:
            self._file = orc.ORCFile(path)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error, "ORC")
        super().__init__(self._file.schema)

    def row_count(self) -> int:
        return self._file.nrows

    def _read(self, names: List[str]) -> pyarrow.Table:
        try:
            return self._file.read(columns=names)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error, "ORC")
