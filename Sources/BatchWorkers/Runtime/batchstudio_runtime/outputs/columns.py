"""The names of an output's columns: one list for the whole output, fixed by its first rows."""
import csv
import hashlib
import io
import json
from typing import Any, Iterable, List, Sequence, Tuple

from batchstudio_runtime.inputs.limits import listing
from batchstudio_runtime.outputs import rows
from batchstudio_runtime.scoring.errors import clean

MAX_REPORT_LENGTH = 16 * 1024  # bytes of the names in a message


def reported(names: List[str]) -> List[str]:
    """Returns the names as a message has them: a digest where they are too long for one.

    A header needs the names themselves; a format without one only compares them.
    """
    text = json.dumps(names, ensure_ascii=False).encode("utf-8")
    if len(text) <= MAX_REPORT_LENGTH:
        return names
    return [f"{len(names)} columns", "sha256 " + hashlib.sha256(text).hexdigest()]


def names_of(result: Any) -> List[str]:
    """Returns the names of the columns of what run() returned; those without a name are column_0, column_1 and so on."""
    result = as_arrow(result)
    if hasattr(result, "iloc"):  # first of all: a frame has its columns as attributes too
        return frame_names(result)
    if hasattr(result, "column_names"):
        return list(map(text_of, result.column_names))
    if not isinstance(result, (list, tuple)):
        return numbered(1 if result.ndim == 1 else result.shape[1])
    keys = rows.columns_of_dicts(result)
    if keys is not None:
        return list(map(text_of, keys))
    return numbered(max(width(item) for item in result))


def width(item: Any) -> int:
    """Returns the number of columns of a list's item; a text that is a record of CSV is a line as it is."""
    if isinstance(item, str):
        return max((len(line) for line in csv.reader(io.StringIO(item))), default=1) if rows.is_record(item) else 1
    return len(list(rows.columns_of(item)))


def numbered(count: int) -> List[str]:
    return [f"column_{index}" for index in range(count)]


def frame_names(frame: Any) -> List[str]:
    if not hasattr(frame, "columns"):
        return ["column_0" if frame.name is None else text_of(frame.name)]
    return list(map(text_of, frame.columns))


def text_of(name: object) -> str:
    return clean(str(name))


def as_arrow(result: Any) -> Any:
    """Returns a Polars table as an Arrow table, all else as it is."""
    if type(result).__module__.partition(".")[0] == "polars":
        if not hasattr(result, "to_arrow") or not hasattr(result, "columns"):
            result = result.to_frame()
        result = result.to_arrow()
    return result


def rows_of(result: Any) -> Tuple[List[str], Iterable[Sequence[Any]]]:
    """Returns the names and rows of a result of run(); raises an error for an unsupported kind."""
    result = as_arrow(result)
    if type(result).__module__ == "pyarrow.lib" and hasattr(result, "column_names"):
        return names_of(result), zip(*[column.to_pylist() for column in result.columns])
    if type(result).__module__.partition(".")[0] == "numpy" and getattr(result, "ndim", 0) > 0:
        return names_of(result), [[item] if result.ndim == 1 else list(item) for item in result]
    if hasattr(result, "iloc"):
        series = [result] if not hasattr(result, "columns") else [
            result.iloc[:, index] for index in range(result.shape[1])]
        return frame_names(result), zip(*[list(column) for column in series])
    if not isinstance(result, (list, tuple)):
        raise TypeError(rows.NOTHING_TO_WRITE.format(type(result).__name__))
    if not result:
        return [], []
    keys = rows.columns_of_dicts(result)
    if keys is not None:
        return list(map(text_of, keys)), [[item.get(key) for key in keys] for item in result]
    # A text is one value here, unlike in CSV, where it is a line.
    items = [[item] if isinstance(item, str) else list(rows.columns_of(item)) for item in result]
    most = max(map(len, items))
    return numbered(most), [item + [None] * (most - len(item)) for item in items]


def refuse_duplicates(names: List[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise OtherColumns(f"two columns of the rows are named {twice[0]!r}; the output's format needs each once")


def fitted(result: Any, names: List[str]) -> Any:
    """Returns the rows with these columns in this order; raises an error when they have others."""
    result = as_arrow(result)
    if not has_rows(result):
        return result
    own = names_of(result)
    if own == names or reported(own) == names:
        return result
    if sorted(own) != sorted(names) or len(set(names)) < len(names):
        raise OtherColumns(f"run() returned the columns {listing(own)}; the output has {listing(names)}")
    places = [own.index(name) for name in names]
    if hasattr(result, "iloc"):
        return result.iloc[:, places]
    if hasattr(result, "column_names"):
        return result.select(places)
    keys = rows.columns_of_dicts(result) or []  # of dicts: the numbered names of all else have one order only
    return [{keys[place]: item.get(keys[place]) for place in places} for item in result]


def has_rows(result: Any) -> bool:
    """Returns whether this is one of the kinds that rows may be, and not empty."""
    if isinstance(result, (list, tuple)):
        return len(result) > 0
    if not (hasattr(result, "iloc") or hasattr(result, "column_names") or getattr(result, "ndim", 0) > 0):
        return False
    return len(result) > 0


class OtherColumns(ValueError):
    pass
