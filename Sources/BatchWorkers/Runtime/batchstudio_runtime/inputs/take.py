"""The first rows of a whole input: which files they are in, counted once and kept beside the job's other files.

    take = Take(1000, "/job/take.json")
    take.plan(names, count_rows)   # a.csv has 600 rows, b.csv more
    take.rows_of("b.csv")          # 400
"""
import json
import os
import tempfile

FILE_NAME = "take.json"


class Take:
    """How many rows of each file are taken; `path` is the file that keeps it for all workers, None for this worker alone."""

    def __init__(self, limit, path=None):
        self._limit = limit
        self._path = path
        self._rows = None

    @property
    def is_planned(self):
        """Whether it is known which rows are taken."""
        if self._rows is None and self._path is not None and os.path.exists(self._path):
            with open(self._path, encoding="utf-8") as file:
                self._keep(json.load(file))
        return self._rows is not None

    def plan(self, names, count_rows):
        """Counts the rows of files in input order until there are enough.

        `count_rows(name, limit)` need not count further than the limit; it returns None for a file that can't be read, which
        is to fail with its own reason and gives no rows.
        """
        files, left = [], self._limit
        for name in names:
            count = count_rows(name, left)
            files.append([name, left if count is None else min(count, left)])
            left -= 0 if count is None else min(count, left)
            if not left:
                break
        plan = {"files": [name for name, _ in files], "rows": [count for _, count in files]}
        if self._path is not None:
            self._write(plan)
        self._keep(plan)

    def rows_of(self, name):
        """Returns how many rows of a file are taken."""
        return self._rows.get(name, 0)

    def _keep(self, plan):
        self._rows = dict(zip(plan["files"], plan["rows"]))

    def _write(self, plan):
        folder = os.path.dirname(self._path)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=FILE_NAME)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(plan, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._path)
