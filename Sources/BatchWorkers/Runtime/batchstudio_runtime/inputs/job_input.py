"""The input of the current job, for readers; a test or a preview may read files outside of any job."""
import os
from typing import List

import batchstudio_runtime as runtime


def sample(limit: int) -> List[str]:
    """Returns the paths of up to `limit` files of the whole input, none where no job is known."""
    try:
        return runtime.sample_of_input(limit)
    except RuntimeError:
        return []


def all_files() -> List[str]:
    """Returns the paths of all files in input order, none where no job is known."""
    try:
        return runtime.job().files_of_input()
    except RuntimeError:
        return []


def is_remote() -> bool:
    """Returns whether files are fetched one after the other while the job runs."""
    try:
        return runtime.job().is_remote
    except RuntimeError:
        return False


def name_of(path: str) -> str:
    """Returns the name of a file below the input, its base name where no job is known."""
    try:
        return runtime.name_of(path)
    except RuntimeError:
        return os.path.basename(path)
