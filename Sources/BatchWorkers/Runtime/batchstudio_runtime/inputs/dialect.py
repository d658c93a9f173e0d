"""The characters that separate the fields of a delimited file."""
import os
from typing import List, NamedTuple, Optional

from batchstudio_runtime.inputs import compression
from batchstudio_runtime.inputs.read_options import ReadOptions

DELIMITERS = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
# Their delimiter is inferred from their first lines.
OPEN_EXTENSIONS = (".txt",)
EXTENSIONS = tuple(DELIMITERS) + OPEN_EXTENSIONS


class Dialect(NamedTuple):
    """The characters of a delimited file; `quote`, `escape` and `comment` are None where there are none.

    `delimiter` is empty until it is inferred from the file's lines.
    """

    delimiter: str
    quote: Optional[str]
    escape: Optional[str]
    comment: Optional[str]
    skip_rows: int

    @property
    def is_standard(self) -> bool:
        """True where each character is one byte, as pyarrow needs it."""
        return self.escape is None and self.comment is None and all(
            character is None or character.isascii() if hasattr("", "isascii") else ord(character) < 128
            for character in (self.delimiter, self.quote or '"')
        )


def dialect_of(name: str, options: ReadOptions) -> Dialect:
    """Returns the dialect of a file with this name; its delimiter is empty where it has to be inferred from the lines."""
    extension = os.path.splitext(compression.without_suffix(name))[1].lower()
    delimiter = options.delimiter
    if delimiter is None:
        delimiter = "" if extension in OPEN_EXTENSIONS else DELIMITERS.get(extension, ",")
    quote = '"' if options.quote is None else options.quote
    return Dialect(
        delimiter, None if quote == "none" else quote, options.escape, options.comment, options.skip_rows or 0
    )


def delimiter_of(lines: List[str], quote: Optional[str]) -> str:
    """Returns the delimiter that these first lines show: the one that occurs most in the first and as often in the next.

    A comma where none does: one column.
    """
    counts = {}
    for candidate in "\t;|,":
        occurrences = [count_outside_quotes(line, candidate, quote) for line in lines]
        if occurrences and occurrences[0] and len(set(occurrences)) == 1:
            counts[candidate] = occurrences[0]
    return max(counts, key=lambda candidate: counts[candidate]) if counts else ","


def count_outside_quotes(line: str, character: str, quote: Optional[str]) -> int:
    parts = line.split(quote) if quote else [line]
    return sum(part.count(character) for part in parts[::2])
