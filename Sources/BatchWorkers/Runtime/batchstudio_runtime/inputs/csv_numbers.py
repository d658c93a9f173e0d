"""CSV files of nothing but numbers, read by pyarrow: quicker than pandas, small files in a third of its time.

pyarrow is asked for 64-bit floats only: there both parsers are exact, and what pyarrow takes for a missing value
pandas does too. It is stricter than pandas; what it refuses, pandas reads.
"""
import os

import numpy
import pandas

LARGEST = 64 * 1024 * 1024  # bytes: for a moment the numbers are held twice
# Earlier versions of pandas are off by the last digit now and then.
PANDAS_IS_EXACT = int(pandas.__version__.split(".")[0]) >= 3


class NumberReader:
    def __init__(self):
        # Neither to look for quotes nor for missing values saves a seventh of the time, until the first file that has some.
        self._is_plain = True

    def read(self, path, names, dtype):
        """Return the frame, all columns in `dtype`, or None if pandas should read this file."""
        if not PANDAS_IS_EXACT or os.path.getsize(path) > LARGEST:
            return None
        try:
            import pyarrow
            import pyarrow.csv
        except ImportError:
            return None
        try:
            # Mapped it need not be copied. One that is cut short meanwhile ends the worker, and the next try finds it changed.
            with pyarrow.memory_map(path) as file:
                table = self._table(file, names)
        except (pyarrow.ArrowException, OSError):
            return None
        return None if table is None else frame_of(table, names, dtype)

    def _table(self, file, names):
        import pyarrow

        if self._is_plain:
            try:
                table = parsed(file, names, quote_char=False, null_values=[])
                if table.column_names == names:
                    return table
            except pyarrow.ArrowInvalid:
                pass
            file.seek(0)
        table = parsed(file, names, quote_char='"', null_values=None)
        if table.column_names != names:
            return None
        self._is_plain = False
        return table


def parsed(file, names, quote_char, null_values):
    """Return the Arrow table of a CSV file; without null values those that pyarrow knows count."""
    import pyarrow
    import pyarrow.csv

    doubles = {name: pyarrow.float64() for name in names}
    return pyarrow.csv.read_csv(
        file,
        read_options=pyarrow.csv.ReadOptions(use_threads=False),
        parse_options=pyarrow.csv.ParseOptions(quote_char=quote_char),
        convert_options=pyarrow.csv.ConvertOptions(column_types=doubles, null_values=null_values),
    )


def frame_of(table, names, dtype):
    """Return an Arrow table of 64-bit floats as a frame, in memory a column after the other as pandas would have it."""
    values = numpy.empty((len(names), table.num_rows), dtype)
    for row, column in zip(values, table.columns):
        end = 0
        for chunk in column.chunks:
            row[end:end + len(chunk)] = chunk.to_numpy(zero_copy_only=False)
            end += len(chunk)
    return pandas.DataFrame(values.T, columns=names, copy=False)
