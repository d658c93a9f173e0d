"""The columns of a file and those of the signature: which field feeds which column."""
import collections
import difflib
import json
import re
from typing import Dict, List, Mapping, NamedTuple, Sequence, Tuple

from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.limits import listing
from batchstudio_runtime.inputs.read_options import ReadOptions


class Use(NamedTuple):
    """A field of the file's records, by its position, and the column that it feeds."""

    position: int
    column: Column



class MissingColumns(ValueError):
    """Columns of the signature that a file does not have."""

    def __init__(self, missing: Sequence[object], needed: Sequence[object], present: List[str]) -> None:
        super().__init__(
            f"{subject(missing)} missing; the model's signature needs: {listing(needed)}; the file has:"
            f" {listing(present)}{advice(missing, present)}"
        )


class MisspeltColumns(ValueError):
    """Columns of a file that are optional ones of the signature but for case, spaces or the like: without an error they would
    be left out of what the model gets."""

    def __init__(self, renames: Dict[str, str]) -> None:
        found = listing([f"'{name}'" for name in renames])
        pairs = ", ".join(f"{yaml_text(old)}: {yaml_text(new)}" for old, new in renames.items())
        names = ", ".join(map(yaml_text, renames))
        super().__init__(
            f"{subject(list(renames.values()), 'optional ')} missing, and the file has {found}. If they are the same, add"
            f" read_options.rename: {{{pairs}}}, else read_options.drop_columns: [{names}]"
        )


class DuplicateColumns(ValueError):
    """Names that several columns of a file have, of which one is needed."""


def names_of(fields: List[str], options: ReadOptions) -> List[str]:
    """Returns the names of a file's columns by its header; those without one are called as pandas calls them."""
    if options.column_names is not None:
        if len(options.column_names) != len(fields):
            raise ValueError(
                f"read_options.column_names has {len(options.column_names)} names; the file has {len(fields)} columns"
            )
        return [str(name) for name in options.column_names]
    return [name if name else f"Unnamed: {position}" for position, name in enumerate(fields)]


def kept(names: List[str], options: ReadOptions) -> List[Tuple[int, str]]:
    """Returns (position, name) of the columns that the read options keep, renamed."""
    dropped = set(options.drop_columns or ())
    if options.columns is not None:
        absent = [name for name in options.columns if name not in names]
        if absent:
            raise ValueError(f"{subject(absent)} missing (read_options.columns); the file has: {listing(names)}")
    renamed = options.rename or {}
    return [
        (position, str(renamed.get(name, name))) for position, name in enumerate(names)
        if name not in dropped and (options.columns is None or name in options.columns)
    ]


def uses_of(columns: Sequence[Column], pairs: List[Tuple[int, str]]) -> List[Use]:
    """Returns how (position, name) pairs feed the signature's columns; raises an error when one is missing.

    So does a file that has none of them, though all are optional: it has another header, or none.
    """
    if any(column.name is None for column in columns):
        return uses_by_position(columns, pairs)
    positions: Dict[str, List[int]] = collections.defaultdict(list)
    for position, name in pairs:
        positions[name].append(position)
    missing = [column.name for column in columns if column.is_required and str(column.name) not in positions]
    if missing:
        raise MissingColumns(missing, [column.name for column in columns], [name for _, name in pairs])
    check_optional([str(column.name) for column in columns], list(positions))
    used = [column for column in columns if str(column.name) in positions]
    if columns and not used and all(column.is_required is not None for column in columns):
        names = [str(column.name) for column in columns]
        raise MissingColumns(names, names, [name for _, name in pairs])
    check_duplicates({name: len(found) for name, found in positions.items()}, [str(column.name) for column in used])
    return [Use(positions[str(column.name)][0], column) for column in used]


def uses_by_options(columns: Sequence[Column], names: List[str], options: ReadOptions) -> List[Use]:
    """Returns how a file's columns feed the signature's by the read options; raises an error when one is missing."""
    pairs = kept(names, options)
    uses = uses_of(columns, pairs)
    present = set(names) | {name for _, name in pairs}
    known = {str(column.name) for column in columns if column.is_required is not None}
    absent = {
        source: target for source, target in (options.rename or {}).items()
        if source not in present and str(target) in known and str(target) not in present
    }
    if absent:
        what = ", ".join(f"{yaml_text(source)}: {yaml_text(str(target))}" for source, target in absent.items())
        raise ValueError(f"{subject(list(absent))} missing (read_options.rename: {{{what}}}); the file has: {listing(names)}")
    return uses


def uses_by_position(columns: Sequence[Column], pairs: List[Tuple[int, str]]) -> List[Use]:
    """Returns the signature's columns under the file's names: a signature without names goes by position."""
    if len(pairs) < len(columns):
        raise ValueError(f"the model's signature needs {len(columns)} columns; the file has {len(pairs)}")
    check_duplicates(collections.Counter(name for _, name in pairs), [name for _, name in pairs[:len(columns)]])
    return [Use(position, column._replace(name=name)) for column, (position, name) in zip(columns, pairs)]


def check_optional(names: List[str], present: List[str]) -> None:
    """Raises an error if a column of the file is named nearly as one of the signature that the file does not have."""
    absent = {normalized(name): name for name in names if name not in set(present)}
    if not absent:
        return
    known = set(names)
    renames = {other: absent[normalized(other)] for other in present if other not in known and normalized(other) in absent}
    if renames:
        raise MisspeltColumns(renames)


def check_duplicates(found: Mapping[str, int], used: List[str]) -> None:
    """Raises an error if a name that is used is in the file more than once; `found` counts the names."""
    twice = [name for name in used if found[name] > 1]
    if twice:
        what = ", ".join(f"'{name}'" for name in twice)
        raise DuplicateColumns(
            f"the file has more than one column with the name {what}. Give each its own with"
            " read_options.column_names, or leave one out of the file."
        )


def advice(missing: Sequence[object], present: List[str]) -> str:
    """Returns the rename that would make a header fit, or the names that come near."""
    renames, near = {}, []
    taken = set(present) & set(map(str, missing))
    for name in map(str, missing):
        alike = [other for other in present if normalized(other) == normalized(name) and other not in taken]
        if len(alike) == 1:
            renames[alike[0]] = name
        else:
            near += [f"'{other}' for '{name}'" for other in difflib.get_close_matches(name, present, 1, 0.75)]
    text = ""
    if renames:
        pairs = ", ".join(f"{yaml_text(old)}: {yaml_text(new)}" for old, new in renames.items())
        text += f". If they are the same, add read_options.rename: {{{pairs}}}"
    if near:
        text += f". Near: {listing(near)}"
    return text


def normalized(name: str) -> str:
    """Returns a name without what a user does not see or mean: case, spaces, a byte order mark, quotes around it."""
    return name.strip("\ufeff\"' \t\xa0").replace("\u00ef\u00bb\u00bf", "").strip("\"' \t").casefold()


def yaml_text(name: str) -> str:
    """Returns a text as YAML's flow mapping needs it."""
    return name if re.fullmatch(r"[A-Za-z_][\w.-]*", name, re.ASCII) else json.dumps(name, ensure_ascii=False)


def subject(names: Sequence[object], kind: str = "") -> str:
    quoted = listing([f"'{name}'" for name in names])
    return f"{kind}column {quoted} is" if len(names) == 1 else f"{kind}columns {quoted} are"
