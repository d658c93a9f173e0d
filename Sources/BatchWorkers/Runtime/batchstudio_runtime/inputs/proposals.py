"""Delimiters that a file's header proposes: those with which it has the signature's columns."""
import io
from typing import List, Optional, Sequence, Set, Tuple

from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.dialect import Dialect
from batchstudio_runtime.inputs.headers import kept, names_of
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.records import BadRows, Records

CANDIDATES = ("\t", ";", "|", ",")
NAMES = {"\t": "tab"}


def fitting_delimiter(head: bytes, dialect: Dialect, columns: Sequence[Column], options: ReadOptions) -> Optional[str]:
    """Returns the delimiter with which the header has all columns that the signature needs, None if there is no such.

    A header that has several fields with the delimiter of its file's name is read with that.
    """
    needed = names_needed(columns)
    if not needed:
        return None
    if dialect.delimiter:
        fields = header_fields(head, dialect)
        if fields is None or len(fields) != 1:
            return None
        if needed <= {name for _, name in kept_names(fields, options)}:
            return None
    for candidate in CANDIDATES:
        if candidate == dialect.delimiter:
            continue
        fields = header_fields(head, dialect._replace(delimiter=candidate))
        if fields is not None and len(fields) > 1 and needed <= {name for _, name in kept_names(fields, options)}:
            return candidate
    return None


def is_open(head: bytes, dialect: Dialect, columns: Sequence[Column]) -> bool:
    """Returns True where the lines have to decide: no column is needed, and the header is a single field."""
    fields = header_fields(head, dialect)
    return not names_needed(columns) and fields is not None and len(fields) == 1


def names_needed(columns: Optional[Sequence[Column]]) -> Set[str]:
    return {str(column.name) for column in columns or () if column.is_required and column.name is not None}


def header_fields(head: bytes, dialect: Dialect) -> Optional[List[str]]:
    from batchstudio_runtime.inputs.delimited import whole_characters

    try:
        header = Records(io.BytesIO(whole_characters(head)), dialect).first()
    except BadRows:
        return None
    return header[1] if header is not None else None


def kept_names(fields: List[str], options: ReadOptions) -> List[Tuple[int, str]]:
    try:
        return kept(names_of(fields, options), options)
    except ValueError:
        return []


def shown(delimiter: str) -> str:
    return NAMES.get(delimiter, f"'{delimiter}'")
