"""Read options that change nothing, which a user should know of before the job: a column that is misspelt is not left out."""
from typing import Callable, List, Optional, Sequence, Tuple

from batchstudio_runtime.inputs.columns import Column, is_nested
from batchstudio_runtime.inputs.delimited import DelimitedReader
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE
from batchstudio_runtime.inputs.limits import listing
from batchstudio_runtime.inputs.path_columns import PathColumns
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.typed_tables import TypedReader

TYPES = "read_options.types has no effect: the model's signature says the types of the columns."
DATES = (
    "read_options.date_formats has no effect: without a signature no column holds times."
    " Say which do with read_options.types: {COLUMN: datetime}."
)
ABSENT = "read_options.{} names what no checked file has: {}."


def notes_of(options: ReadOptions, columns: Sequence[Column], has_signature: bool) -> List[str]:
    """Returns sentences about options that have no effect on these columns."""
    notes = []
    if has_signature and options.types:
        notes.append(TYPES)
    has_times = any(not is_nested(column.type) and column.type == "datetime" for column in columns)
    if not has_signature and options.date_formats and not has_times:
        notes.append(DATES)
    return notes


def notes_of_absent_names(options: ReadOptions, files: Sequence[Tuple[str, str]], kind_of: Callable[[str], str]) -> List[str]:
    """Returns sentences about names in the options that none of these (path, name) files has, whose headers can be read."""
    absent = {"rename": set(options.rename or ()), "drop_columns": set(options.drop_columns or ())}
    plain = without_choice(options)
    has_table = False
    for path, name in files:
        if not any(absent.values()):
            return []
        try:
            found = names_in(path, name, plain, kind_of(path))
        except (OSError, ValueError):
            return []  # it could be read before: nothing is known of it now
        has_table = has_table or found is not None
        for names in absent.values():
            names.difference_update(found or ())
    return [ABSENT.format(option, listing(sorted(names))) for option, names in absent.items() if names and has_table]


def without_choice(options: ReadOptions) -> ReadOptions:
    """Returns the options under which a file has all its columns, each with its own name."""
    return ReadOptions({
        key: value for key, value in options.as_dict().items() if key not in ("columns", "drop_columns", "rename")
    })


def names_in(path: str, name: str, options: ReadOptions, kind: str) -> Optional[List[str]]:
    """Returns the names of the columns that a file and its path have, None for a file that is no table."""
    if kind == IMAGE:
        return None
    if kind == DELIMITED:
        names = DelimitedReader([], options).layout(path, name).names
    else:
        names = TypedReader(kind, [], options).names(path)
    return names + list(PathColumns(options).values_of(name))
