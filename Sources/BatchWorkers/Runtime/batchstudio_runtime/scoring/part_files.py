"""Parts of large files as files of their own, for scripts: with the header of the whole file, in a temporary folder.

    with PartFiles() as files:
        files.path_of("/in/big.csv")                    # "/in/big.csv"
        files.path_of(PartPath("/in/big.csv", part))    # "/tmp/batchstudio-part-x1/big.csv"
"""
import os
import shutil
import tempfile
from typing import List

from batchstudio_runtime.inputs.part import opened, part_of
from batchstudio_runtime.inputs.regular_files import open_input

COPIED = 1024 * 1024  # bytes at a time


class PartFiles:
    """The temporary files of a mini-batch, which are removed after it."""

    def __init__(self) -> None:
        self._folders: List[str] = []

    def __enter__(self) -> "PartFiles":
        return self

    def __exit__(self, *exception: object) -> None:
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def path_of(self, path: str) -> str:
        """Returns the path of a file that holds just the part for which this path stands; the path itself for a whole file."""
        if part_of(path) is None:
            return path
        folder = tempfile.mkdtemp(prefix="batchstudio-part-")
        self._folders.append(folder)
        made = os.path.join(folder, os.path.basename(path))
        with open_input(path) as file, open(made, "wb") as copy:
            shutil.copyfileobj(opened(file, path), copy, COPIED)
        return made
