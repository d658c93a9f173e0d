"""How the fields of a delimited file are told from each other."""
import collections
import os

from batchstudio_runtime.inputs import compression

DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
# The delimiter of these is found in their first lines.
OPEN_EXTENSIONS = (".txt",)
EXTENSIONS = tuple(DELIMITERS) + OPEN_EXTENSIONS


class Dialect(collections.namedtuple("Dialect", "delimiter quote escape comment skip_rows")):
    """The characters of a delimited file; `quote`, `escape` and `comment` are None where there are none."""

    __slots__ = ()

    @property
    def is_standard(self):
        """Whether one byte each is enough to read it: what pyarrow takes."""
        return self.escape is None and self.comment is None and all(
            character is None or character.isascii() if hasattr("", "isascii") else ord(character) < 128
            for character in (self.delimiter, self.quote or '"')
        )


def dialect_of(name, options):
    """Returns the dialect of a file with this name; its delimiter is None where the lines must tell it."""
    extension = os.path.splitext(compression.without_suffix(name))[1].lower()
    delimiter = options.delimiter
    if delimiter is None and extension not in OPEN_EXTENSIONS:
        delimiter = DELIMITERS.get(extension, ",")
    quote = '"' if options.quote is None else options.quote
    return Dialect(
        delimiter, None if quote == "none" else quote, options.escape, options.comment, options.skip_rows or 0
    )


def delimiter_of(lines, quote):
    """Returns the delimiter that these first lines show: the one that occurs most in the first and as often in the next.

    A comma where none does: one column.
    """
    counts = {}
    for candidate in "\t;|,":
        occurrences = [count_outside_quotes(line, candidate, quote) for line in lines]
        if occurrences and occurrences[0] and len(set(occurrences)) == 1:
            counts[candidate] = occurrences[0]
    return max(counts, key=counts.get) if counts else ","


def count_outside_quotes(line, character, quote):
    parts = line.split(quote) if quote else [line]
    return sum(part.count(character) for part in parts[::2])
