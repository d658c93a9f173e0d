"""ORC files."""
from typing import List

import pyarrow

from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import unreadable


class OrcTable(ArrowTable):
    """An ORC file; only the columns that are wanted are read."""

    def __init__(self, path: str) -> None:
        try:
            from pyarrow import orc
        except ImportError:
            raise ImportError("ORC files are read by a pyarrow with ORC: add a newer 'pyarrow' to the model's environment")
        self._source = open_input(path)
        try:
            if self._source.read(3) != b"ORC":
                raise ValueError("the file can't be read as ORC: it does not begin with ORC")
            self._file = orc.ORCFile(self._source)
        except (pyarrow.ArrowException, OSError) as error:
            self._source.close()
            raise unreadable(error, "ORC")
        except BaseException:
            self._source.close()
            raise
        super().__init__(self._file.schema)

    def close(self) -> None:
        self._source.close()

    def row_count(self) -> int:
        return self._file.nrows

    def _read(self, names: List[str]) -> pyarrow.Table:
        try:
            return self._file.read(columns=names)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error, "ORC")
