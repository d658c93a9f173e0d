"""Finding the cell that does not fit the signature, to name it instead of quoting a parser."""
import os

import pandas

LARGEST = 200 * 1000 * 1000  # bytes; the search takes as long as reading did, and deadlines are short

DESCRIPTIONS = {
    "double": "a number",
    "float": "a number",
    "long": "a whole number",
    "integer": "a whole number of 32 bits",
    "boolean": "True or False",
    "datetime": "a time",
}


class BadCell(ValueError):
    pass


def find(path, columns):
    """Return the error that names the first cell which its column's type does not allow, None if there is no such."""
    if os.path.getsize(path) > LARGEST:
        return None
    try:
        texts = pandas.read_csv(path, dtype=str)
    except Exception:
        return None  # the file is no CSV file at all, and its parser has said why
    for column in columns:
        if column.type in DESCRIPTIONS:
            problem = problem_in(texts[column.name], column)
            if problem is not None:
                return BadCell(problem)
    return None


def problem_in(texts, column):
    bad = ~fits(texts, column.type)
    if not bad.any():
        return None
    position = int(bad.to_numpy().argmax())
    found = texts.iloc[position]
    what = "the value is missing" if pandas.isna(found) else "'{}' is not {}".format(found, DESCRIPTIONS[column.type])
    count = int(bad.sum())
    more = "; {} cells of this column do not fit".format(count) if count > 1 else ""
    return "column '{}', row {} after the header: {}; the model's signature says {}{}".format(
        column.name, position + 1, what, column.type, more
    )


def fits(texts, type_name):
    """Return for each cell whether it can be read as this type; floats, times and texts may be missing."""
    if type_name == "boolean":
        return texts.str.lower().isin(["true", "false", "1", "0"])
    if type_name == "datetime":
        return pandas.to_datetime(texts, errors="coerce").notna() | texts.isna()
    numbers = pandas.to_numeric(texts, errors="coerce")
    if type_name in ("double", "float"):
        return numbers.notna() | texts.isna()
    limit = 2 ** 31 if type_name == "integer" else 2 ** 63
    return (numbers % 1 == 0) & (numbers >= -limit) & (numbers < limit)
