"""Small CSV files of numbers, read by pyarrow in a third of the time that pandas needs to get going.

pyarrow is asked for 64-bit floats only: there both parsers are exact, and what pyarrow takes for a missing value
pandas does too. It is stricter than pandas; what it refuses, pandas reads.
"""
import numpy
import pandas

LARGEST = 128 * 1024  # bytes; pandas reads more numbers a second
# Earlier versions of pandas are off by the last digit now and then.
PANDAS_IS_EXACT = int(pandas.__version__.split(".")[0]) >= 3


def read(path, names, dtype):
    """Return the frame, all columns in `dtype`, or None if pandas should read this file."""
    if not PANDAS_IS_EXACT:
        return None
    try:
        import pyarrow
        import pyarrow.csv
    except ImportError:
        return None
    doubles = pyarrow.csv.ConvertOptions(column_types={name: pyarrow.float64() for name in names})
    in_this_thread = pyarrow.csv.ReadOptions(use_threads=False)
    try:
        table = pyarrow.csv.read_csv(path, read_options=in_this_thread, convert_options=doubles)
    except (pyarrow.ArrowException, OSError):
        return None
    if table.column_names != names:
        return None
    values = numpy.column_stack([column.to_numpy() for column in table.columns])
    return pandas.DataFrame(values.astype(dtype, copy=False), columns=names)
