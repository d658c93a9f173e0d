"""Columns of NumPy, pandas and Arrow in profiles: whole arrays at once."""
import sys
from typing import Any, Dict, Optional, Sequence

from batchstudio_runtime.profiles import objects
from batchstudio_runtime.profiles.column_profile import ColumnProfile

SAMPLE = 4096  # values that tell whether there are too many different ones


def add_column(profile: ColumnProfile, column: Any) -> None:
    """Adds a column: of an array, a series, an Arrow table, or a list."""
    if type(column).__module__ == "pyarrow.lib":
        _add_arrow(profile, column)
    elif hasattr(column, "iloc"):
        _add_series(profile, column)
    elif hasattr(column, "dtype") and column.ndim == 1:
        _add_array(profile, column)
    else:
        _add_list(profile, column)


def _add_list(profile: ColumnProfile, column: Sequence[Any]) -> None:
    kinds = set(map(type, column))
    if kinds == {str}:
        return profile.add_texts(list(column))
    if "numpy" in sys.modules and kinds in ({float}, {int}):
        import numpy

        array = numpy.array(column)
        if array.dtype.kind in "if":
            return _add_array(profile, array)
    objects.add_cells(profile, objects.cells(column))


def _add_array(profile: ColumnProfile, array: Any) -> None:
    import numpy

    kind = array.dtype.kind
    if kind == "f":
        is_missing = numpy.isnan(array)
        missing = int(numpy.count_nonzero(is_missing))
        if missing:
            profile.missing += missing
            array = array[~is_missing]
        if len(array):
            profile.add_array(array, counted(array, profile))
    elif kind in "iu":
        if len(array):
            profile.add_array(array, counted(array, profile))
    elif kind == "b":
        true = int(numpy.count_nonzero(array))
        profile.add_booleans(len(array) - true, true)
    elif kind == "M":
        is_missing = numpy.isnat(array)
        profile.missing += int(numpy.count_nonzero(is_missing))
        _add_times(profile, array[~is_missing].astype("datetime64[us]").astype(numpy.int64))
    elif kind in "USO":
        _add_list(profile, array.tolist())
    else:
        objects.add_cells(profile, objects.cells(list(array)))


def _add_times(profile: ColumnProfile, microseconds: Any) -> None:
    if len(microseconds):
        counts = unique_counts(microseconds, profile)
        texts = None if counts is None else {objects.text_of_time(value): count for value, count in counts.items()}
        profile.add_time_array(microseconds, texts)


def _add_series(profile: ColumnProfile, series: Any) -> None:
    dtype = series.dtype
    name = str(dtype)
    if name == "category":
        present = series.cat.codes[series.cat.codes >= 0]
        profile.missing += len(series) - len(present)
        categories = series.cat.categories
        if len(present) and all(type(category) is str for category in categories):
            counts = present.value_counts(sort=False)
            profile.add_counted_texts({categories[code]: int(count) for code, count in counts.items()})
        elif len(present):
            add_column(profile, categories.take(present.to_numpy()).to_series())
    elif hasattr(dtype, "pyarrow_dtype"):
        import pyarrow

        _add_arrow(profile, pyarrow.array(series))
    elif name in ("string", "str") or name.startswith("string["):
        _add_texts(profile, series)
    elif hasattr(dtype, "tz"):
        _add_array(profile, series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy())
    elif hasattr(dtype, "numpy_dtype") and dtype.numpy_dtype.kind in "iufb" and name[:1].isupper() or name == "boolean":
        present = series.dropna()
        profile.missing += len(series) - len(present)
        _add_array(profile, present.to_numpy(dtype=dtype.numpy_dtype))
    elif hasattr(dtype, "kind") and type(dtype).__module__.startswith("numpy"):
        _add_array(profile, series.to_numpy())
    else:
        _add_list(profile, series.astype(object).tolist())


def _add_texts(profile: ColumnProfile, series: Any) -> None:
    if sys.modules.get("pyarrow") is not None:
        import pyarrow

        try:
            array = pyarrow.array(series, from_pandas=True)
        except UnicodeEncodeError:  # a text of undecodable bytes
            pass
        else:
            return _add_arrow(profile, array)
    present = series.dropna()
    profile.missing += len(series) - len(present)
    profile.add_texts(list(map(str, present)))


def _add_arrow(profile: ColumnProfile, column: Any) -> None:
    import pyarrow
    import pyarrow.compute as compute

    if pyarrow.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    kind = pyarrow.types
    if not hasattr(column, "drop_null"):  # an old pyarrow
        return objects.add_cells(profile, objects.cells(column.to_pylist()))
    present = column.drop_null()
    profile.missing += len(column) - len(present)
    if not len(present):
        return
    if kind.is_integer(column.type) or kind.is_floating(column.type):
        _add_array(profile, present.to_numpy() if hasattr(present, "chunks") else present.to_numpy(zero_copy_only=False))
    elif kind.is_boolean(column.type):
        true = int(compute.sum(present).as_py())
        profile.add_booleans(len(present) - true, true)
    elif kind.is_string(column.type) or kind.is_large_string(column.type):
        profile.add_counted_texts({found["values"]: found["counts"] for found in compute.value_counts(present).to_pylist()})
    elif kind.is_timestamp(column.type):
        times = present.cast(pyarrow.timestamp("us", column.type.tz), safe=False).cast(pyarrow.int64())
        _add_times(profile, times.to_numpy() if hasattr(times, "chunks") else times.to_numpy(zero_copy_only=False))
    elif kind.is_nested(column.type):
        profile.add_nested(len(present))
    else:
        objects.add_cells(profile, objects.cells(present.to_pylist()))


# Different values


def counted(array: Any, profile: ColumnProfile) -> Optional[Dict[str, int]]:
    """Returns how many there are of each number, by its text; None for too many."""
    counts = unique_counts(array, profile)
    if counts is None:
        return None
    if array.dtype.kind != "f" or array.dtype.itemsize == 8:
        return {repr(value): count for value, count in counts.items()}
    # NumPy's own text: the shortest that names the value in the column's precision.
    return {str(array.dtype.type(value)): count for value, count in counts.items()}


def unique_counts(array: Any, profile: ColumnProfile) -> Optional[Dict[Any, int]]:
    """Returns how many there are of each value; None where there are more than a profile keeps."""
    limit = profile.limits.values
    if profile.values is None or len(array) > SAMPLE and len(_unique(array[:SAMPLE])[0]) > limit:
        return None
    unique, counts = _unique(array)
    if len(unique) > limit:
        return None
    if unique.dtype.kind == "f":
        unique = unique + unique.dtype.type(0)  # one zero
    return dict(zip(unique.tolist(), counts.tolist()))


def _unique(array: Any) -> Any:
    """Returns the different values and their counts; pandas counts without sorting."""
    pandas = sys.modules.get("pandas")
    if pandas is None or array.dtype.itemsize < 4 or len(array) <= SAMPLE:
        import numpy

        return numpy.unique(array, return_counts=True)
    counts = pandas.Series(array, copy=False).value_counts(sort=False)
    return counts.index.to_numpy(), counts.to_numpy()
