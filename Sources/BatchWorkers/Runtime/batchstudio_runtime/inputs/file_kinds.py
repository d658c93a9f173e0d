"""The kind of an input file, by its name or else by its first bytes."""
import os

from batchstudio_runtime.inputs import compression, dialect, images
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE, TYPED_EXTENSIONS
from batchstudio_runtime.inputs.opening import open_bytes
from batchstudio_runtime.inputs.read_options import ReadOptions

# Their text is read through `opening`, which decompresses it.
TEXT_FORMATS = (DELIMITED, "json", "json_lines")
MAGIC = ((b"PAR1", "parquet"), (b"ARROW1", "arrow"), (b"ORC", "orc"), (b"Obj\x01", "avro"))
SUFFIXES = tuple(suffix for suffixes in compression.SUFFIXES.values() for suffix in suffixes)

KINDS = dict(TYPED_EXTENSIONS)
KINDS.update((extension, DELIMITED) for extension in dialect.EXTENSIONS)
KINDS.update((extension, IMAGE) for extension in images.EXTENSIONS)


class UnsupportedFileType(ValueError):
    """A file of which no reader is known."""

    def __init__(self, extension: str) -> None:
        super().__init__(
            f"File type '{extension}' is not supported. Current accepted filetypes are: {sorted(KINDS)}; the text formats"
            " also compressed (.gz, .bz2, .xz, .zst, .zip). Give another file's with read_options.format."
        )


def kind_of(path: str, options: ReadOptions) -> str:
    """Returns the kind of a file: a format, `delimited` or `image`."""
    extension = extension_of(path)
    kind = KINDS.get(extension)
    if kind == IMAGE:
        return kind
    if options.format is not None:
        return options.format
    if kind is not None:
        return kind
    return kind_of_content(path, extension)


def kind_of_content(path: str, extension: str) -> str:
    """Returns the kind of a compressed file by the name within, or of one without a known extension."""
    with open_bytes(path) as (name, pieces):
        inner = extension_of(name)
        kind = KINDS.get(inner)
        if kind in TEXT_FORMATS:
            return kind
        start = next(iter(pieces), b"")
    if extension in SUFFIXES:
        if kind is not None:
            raise ValueError(f"{inner} files are not read compressed again. Decompress it.")
        raise UnsupportedFileType(inner + extension)
    kind = next((kind for magic, kind in MAGIC if start.startswith(magic)), None)
    if kind is None:
        raise UnsupportedFileType(extension)
    return kind


def is_image(path: str) -> bool:
    return KINDS.get(extension_of(path)) == IMAGE


def extension_of(path: str) -> str:
    return os.path.splitext(path)[1].lower()
