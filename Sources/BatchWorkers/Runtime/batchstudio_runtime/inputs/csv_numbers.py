"""Plain CSV files of nothing but floating-point numbers, read by pyarrow from the mapped file: the fastest way.

pyarrow's numbers are exact, as Python's are. What it refuses, and all but finite numbers and the usual missing texts, is
for the other readers.
"""
from typing import Any, List, Optional

import numpy
import pandas

from batchstudio_runtime.inputs.cells import MISSING
from batchstudio_runtime.inputs.regular_files import open_input, path_of

try:
    import pyarrow
    import pyarrow.csv
except ImportError:  # mlflow-skinny comes without
    pyarrow = None


class NumberReader:
    def __init__(self) -> None:
        # Without quotes and missing values it takes a seventh less time; it is so until the first file that has some.
        self._is_plain = True

    def read(self, path: str, names: List[str], delimiter: str, dtype: str) -> Optional[pandas.DataFrame]:
        """Returns the frame of all columns in `dtype`, or None if another reader should read this file.

        `names` are those of the header, each once.
        """
        try:
            # Mapped it need not be copied. A file that is truncated meanwhile ends the worker: the executor retries the others.
            with open_input(path) as opened, pyarrow.memory_map(path_of(opened)) as file:
                return self._frame(file, names, delimiter, dtype)
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
            return None

    def _frame(self, file: Any, names: List[str], delimiter: str, dtype: str) -> Optional[pandas.DataFrame]:
        if self._is_plain:
            try:
                frame = frame_of(parsed(file, names, delimiter, quote_char=False, null_values=[]), names, dtype)
                if frame is not None:
                    return frame
            except pyarrow.ArrowInvalid:
                pass
            file.seek(0)
        table = parsed(file, names, delimiter, quote_char='"', null_values=sorted(MISSING))
        frame = frame_of(table, names, dtype)
        if frame is not None:
            self._is_plain = False
        return frame


def parsed(file: Any, names: List[str], delimiter: str, quote_char: Any, null_values: List[str]) -> "pyarrow.Table":
    return pyarrow.csv.read_csv(
        file,
        read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=block_size(len(names))),
        parse_options=pyarrow.csv.ParseOptions(
            delimiter=delimiter, quote_char=quote_char, ignore_empty_lines=len(names) > 1
        ),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types={name: pyarrow.float64() for name in names}, null_values=null_values
        ),
    )


def block_size(width: int) -> int:
    """Returns the bytes that pyarrow parses at once: many columns have a cost a block each."""
    return min(16, max(1, width // 64)) * 1024 * 1024


def frame_of(table: "pyarrow.Table", names: List[str], dtype: str) -> Optional[pandas.DataFrame]:
    """Returns an Arrow table of 64-bit floats as a frame, in memory a column after the other as pandas would have it.

    None where a number is not finite: another reader decides whether `NAN` or 1e400 is allowed.
    """
    if table.column_names != names:
        return None
    values = numpy.empty((len(names), table.num_rows), dtype)
    columns = table.columns
    with numpy.errstate(over="ignore"):
        for row, column in zip(values, columns):
            row[:] = column.to_numpy()
    finite = numpy.count_nonzero(numpy.isfinite(values))
    if finite < values.size and finite < values.size - sum(column.null_count for column in columns):
        return None
    return pandas.DataFrame(values.T, columns=names, copy=False)
