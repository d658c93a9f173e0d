"""The first rows of a whole input: which files they are in, counted once and kept beside the job's other files.

    take = Take(1000, "/job/take.json")
    take.plan(names, count_rows)   # a.csv has 600 rows, b.csv more
    take.rows_of("b.csv")          # 400
"""
from typing import Any, Callable, Dict, List, Optional, Tuple

from batchstudio_runtime.inputs.job_file import JobFile

FILE_NAME = "take.json"


class RowsUnknown(ValueError):
    """A file that comes after one whose rows can't be counted: which of its rows are taken is unknown."""

    def __init__(self, name: str, error: BaseException) -> None:
        super().__init__(
            f"read_options.take: the rows of {name} before it can't be counted: {str(error).rstrip('.')}."
            " Fix that file, or leave it out of the input."
        )


class Take:
    """The number of rows that are taken of each file; `path` is the file that keeps it for all workers, if any."""

    def __init__(self, limit: int, path: Optional[str] = None) -> None:
        self._limit = limit
        self._file = None if path is None else JobFile(path)
        self._rows: Optional[Dict[str, int]] = None
        self._uncounted: Optional[Tuple[str, Exception]] = None  # the name of the file that ended the count, and its error

    @property
    def is_planned(self) -> bool:
        """True when it is known which rows are taken."""
        if self._rows is None and self._file is not None:
            self._keep(self._file.read())
        return self._rows is not None

    def plan(self, names: List[str], count_rows: Callable[[str, int], int]) -> None:
        """Counts the rows of files in input order until there are enough, or until one can't be counted.

        `count_rows(name, limit)` need not count further than the limit; it raises an error for a file that is no table.
        Then nothing is kept: when the file is fixed the rows are counted again.
        """
        plan: Dict[str, List[Any]] = {"files": [], "rows": []}
        left = self._limit
        for name in names:
            try:
                count = min(count_rows(name, left), left)
            except (MemoryError, OSError):
                raise
            except Exception as error:
                self._uncounted = name, error
                break
            plan["files"].append(name)
            plan["rows"].append(count)
            left -= count
            if not left:
                break
        self._keep(plan if self._file is None or self._uncounted is not None else self._file.publish(plan))

    def rows_of(self, name: str) -> int:
        """Returns how many rows of a file are taken."""
        rows = self._rows or {}
        if name in rows or self._uncounted is None:
            return rows.get(name, 0)
        uncounted, error = self._uncounted
        raise error if name == uncounted else RowsUnknown(uncounted, error)

    def _keep(self, plan: Optional[Dict[str, Any]]) -> None:
        if plan is not None:
            self._rows = dict(zip(plan["files"], plan["rows"]))
