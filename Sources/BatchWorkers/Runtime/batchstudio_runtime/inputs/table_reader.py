"""A reader of tables, whatever their format."""
from typing import Iterator

import pandas

from batchstudio_runtime.inputs.blocks import BlockSize


class TableReader:
    """Reads files as frames with the columns of a signature."""

    def read(self, path: str) -> pandas.DataFrame:
        """Returns the frame of a file."""
        raise NotImplementedError

    def blocks(self, path: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        """Yields the rows of a file as frames of one block each, at least one; some formats have to be read as one block."""
        yield self.read(path)

    def check(self, path: str) -> None:
        """Raises an error when the file's columns can't feed the signature's."""
        raise NotImplementedError

    def row_count(self, path: str, limit: int) -> int:
        """Returns the number of a file's rows, which need not be counted further than the limit."""
        raise NotImplementedError
