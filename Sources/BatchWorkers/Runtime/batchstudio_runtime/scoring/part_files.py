"""Parts of large files as files of their own, for scripts: with the header of the whole file, in a temporary folder.

    with PartFiles("/job/work") as files:
        files.path_of("/in/big.csv")                    # "/in/big.csv"
        files.path_of(PartPath("/in/big.csv", part))    # "/job/work/batchstudio-part-4712-x1/big.csv"
"""
import os
import re
import shutil
import tempfile
from typing import List, Optional

from batchstudio_runtime.inputs.part import opened, part_of
from batchstudio_runtime.inputs.regular_files import open_input

COPIED = 1024 * 1024  # bytes at a time
PREFIX = "batchstudio-part-"
OF_WORKER = re.compile(PREFIX + r"(\d+)-")  # the worker's process


class NotWritable(OSError):
    """The folder of temporary files can't be written to, as when the workspace is read-only: no fault of a file."""


class PartFiles:
    """The temporary files of a mini-batch in this folder, the system's where that is None; they are removed after it."""

    def __init__(self, folder: Optional[str]) -> None:
        self._folder = folder
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
        try:
            folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=self._folder)
            self._folders.append(folder)
            made = os.path.join(folder, os.path.basename(path))
            copy = open(made, "wb")
        except OSError as error:
            raise NotWritable(error.errno, error.strerror, error.filename)
        with copy, open_input(path) as file:
            shutil.copyfileobj(opened(file, path), copy, COPIED)
        return made


def remove_left_over(folder: str) -> None:
    """Removes the temporary files of workers that were killed."""
    for name in os.listdir(folder):
        found = OF_WORKER.match(name)
        if found is not None and not is_of_another_process(int(found.group(1))):
            shutil.rmtree(os.path.join(folder, name), ignore_errors=True)


def is_of_another_process(number: int) -> bool:
    """Returns whether a process other than this one has this number."""
    if number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # of another user
        pass
    return True
