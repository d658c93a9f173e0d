"""ORC files."""
import pyarrow

from batchstudio_runtime.inputs.arrow_table import ArrowTable
from batchstudio_runtime.inputs.regular_files import open_input
from batchstudio_runtime.inputs.system_errors import is_of_system


class OrcTable(ArrowTable):
    """An ORC file; only the columns that are wanted are read."""

    def __init__(self, path):
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
            raise unreadable(error)
        except BaseException:
            self._source.close()
            raise
        super().__init__(self._file.schema)

    def close(self):
        self._source.close()

    def row_count(self):
        return self._file.nrows

    def _read(self, names):
        try:
            return self._file.read(columns=names)
        except (pyarrow.ArrowException, OSError) as error:
            raise unreadable(error)


def unreadable(error):
    if is_of_system(error):
        return error
    return ValueError(f"the file can't be read as ORC: {' '.join(str(error).split())}")
