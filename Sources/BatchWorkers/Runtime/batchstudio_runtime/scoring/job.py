"""The job whose mini-batches this worker scores, as far as the scoring script may see it."""
import os
from typing import Any, Dict, List, Optional, Sequence

from batchstudio_runtime.inputs.manifest import InputFiles

ROW_CONTRACTS = ("one_per_row", "by_index", "none")
FILE_COLUMNS = ("name", "path")


class Job:
    """The parameters of a job that decide how its files are read and its rows are written.

    `columns` are the names of the output's columns once a file has fixed them, None until then.
    """

    def __init__(self, start: Dict[str, Any], manifest: Optional[InputFiles] = None) -> None:
        self._manifest = manifest
        self.name = start.get("job")
        self.input_root = start.get("input_root") or ""
        self.read_options = start.get("read_options") or {}
        self.row_contract = one_of(ROW_CONTRACTS, "row contract", start.get("row_contract"))
        self.file_column = one_of(FILE_COLUMNS, "file column", start.get("file_column"))
        self.input_types = start.get("input_types")
        self.block_rows: Optional[int] = start.get("block_rows")
        self.reads_whole_files = start.get("split_files") == "never"
        self.output_format = start.get("output_format", "csv")
        self.columns: Optional[List[str]] = None
        self.is_remote = start.get("reasons") is not None
        self._profiles_inputs = start.get("profile") == "inputs"

    def inputs_to_profile(self, contents: Sequence[Any]) -> Sequence[Any]:
        """Returns the tables among what a model has predicted, none where inputs are not profiled."""
        return [content for content in contents if hasattr(content, "iloc")] if self._profiles_inputs else ()

    def sample_of_input(self, limit: int) -> List[str]:
        """Returns the paths of up to `limit` files, evenly spread over the input; the first on this machine of a remote one."""
        return [] if self._manifest is None else [file.path for file in self._manifest.sample(limit)]

    def files_of_input(self) -> List[str]:
        """Returns the paths of all files in input order, including those that are not on this machine yet."""
        return [] if self._manifest is None else [file.path for file in self._manifest.all_files()]

    def name_of(self, path: str) -> str:
        """Returns the path of an input file relative to the input root."""
        root = self.input_root.rstrip(os.sep) + os.sep
        return path[len(root):] if path.startswith(root) else path

    def label_of(self, path: str) -> str:
        """Returns the text of the output's file column for an input file: its base name, or its relative path."""
        return self.name_of(path) if self.file_column == "path" else os.path.basename(path)


class CurrentJob:
    """The one job of this process; there is none in a host, which imports a script for all its jobs."""

    job: Optional[Job] = None

    @classmethod
    def get(cls) -> Job:
        if cls.job is None:
            raise RuntimeError("the job is not known yet: it is set in init(), run() and check(), not while a script is imported")
        return cls.job


def one_of(known: Sequence[str], what: str, value: Optional[str]) -> str:
    """Returns the value, or the first of the known ones when there is none."""
    if value is None:
        return known[0]
    if value not in known:
        raise ValueError(f"the {what} {value!r} is unknown to this worker")
    return value
