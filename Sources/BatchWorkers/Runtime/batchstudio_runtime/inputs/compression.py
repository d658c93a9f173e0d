"""Compressed files, known by their first bytes whatever their name is: gzip, bzip2, xz, zstd, zip with one member.

    with open("a.csv.gz", "rb") as file:
        compression_of(file.read(MAGIC_LENGTH))  # "gzip"
"""
import bz2
import lzma
import os
import re
import zipfile
import zlib
from typing import Any, BinaryIO, Callable, Dict, Iterable, Iterator, Optional, Tuple, Type

from batchstudio_runtime.inputs import zstd_parts
from batchstudio_runtime.inputs.system_errors import is_of_system

MAGIC_LENGTH = 6
COMPRESSED_PIECE = 64 * 1024  # bytes
PIECE = 1024 * 1024  # bytes of text at a time: 64 KiB of bzip2 can be a gigabyte
SUFFIXES = {
    "gzip": (".gz", ".gzip"), "bzip2": (".bz2", ".bz"), "xz": (".xz",), "zstd": (".zst", ".zstd"), "zip": (".zip",),
}
MAGIC = (
    (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"), (zstd_parts.MAGIC, "zstd"),
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"),
)
SKIPPABLE_FRAME = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # zstd of several threads begins so
ZLIB = type(zlib.decompressobj())
# Some writers fill the last block with these.
PADDED = ("gzip", "xz")


class DamagedFile(ValueError):
    """A compressed file that is cut off or damaged after its first bytes."""


def compression_of(start: bytes) -> Optional[str]:
    """Returns the compression that a file with these first bytes has, None for none."""
    for magic, name in MAGIC:
        if start.startswith(magic):
            return name
    return "zstd" if SKIPPABLE_FRAME.match(start) else None


def without_suffix(name: str) -> str:
    """Returns a file's name without the suffix of a compression."""
    stem, suffix = os.path.splitext(name)
    return stem if any(suffix.lower() in suffixes for suffixes in SUFFIXES.values()) else name


DECOMPRESSORS: Dict[str, Callable[[], Any]] = {
    "gzip": lambda: zlib.decompressobj(31), "bzip2": bz2.BZ2Decompressor, "xz": lzma.LZMADecompressor,
}


def decompressed(file: BinaryIO, name: str) -> Iterator[bytes]:
    """Yields the decompressed bytes of an open file in pieces, all members of it."""
    is_zstd = name == "zstd"
    # Where a module for zstd is missing, each search for it takes as long as a small file.
    new = zstd_decompressor() if is_zstd else DECOMPRESSORS[name]
    if new is None:
        yield from decompressed_by_arrow(file)
        return
    errors = (zlib.error, OSError, EOFError, lzma.LZMAError) + (zstd_errors() if is_zstd else ())
    try:
        parts = zstd_parts.parts(file) if is_zstd else iter(lambda: file.read(COMPRESSED_PIECE), b"")
        yield from members(parts, new, is_padded=name in PADDED)
    except errors as error:
        if is_of_system(error):
            raise
        raise DamagedFile(f"the {name} file is damaged: {error}")


def members(parts: Iterable[bytes], new: Callable[[], Any], is_padded: bool) -> Iterator[bytes]:
    """Yields the text of the members of a compressed file, one after the other."""
    decompressor = None
    for data in parts:
        while data:
            if decompressor is None:
                data = data.lstrip(b"\0") if is_padded else data
                if not data:
                    break
                decompressor = new()
            yield from filter(None, pieces_of(decompressor, data))
            data = decompressor.unused_data if decompressor.eof else b""
            if decompressor.eof:
                decompressor = None
    if decompressor is not None:
        raise DamagedFile("the compressed file is cut off: its end is missing")


def pieces_of(decompressor: Any, data: bytes) -> Iterator[bytes]:
    """Yields what becomes of some compressed bytes, up to the end of the member."""
    if isinstance(decompressor, ZLIB):
        while not decompressor.eof:
            piece = decompressor.decompress(data, PIECE)
            yield piece
            data = decompressor.unconsumed_tail
            if not data and len(piece) < PIECE:
                break
    elif hasattr(decompressor, "needs_input"):
        yield decompressor.decompress(data, PIECE)
        while not (decompressor.eof or decompressor.needs_input):
            yield decompressor.decompress(b"", PIECE)
    else:  # zstandard, for which `zstd_parts` keeps the bytes few
        yield decompressor.decompress(data)


def zstd_decompressor() -> Optional[Callable[[], Any]]:
    """Returns what makes a zstd decompressor with `eof` and `unused_data`; None where only pyarrow has one."""
    try:
        from compression.zstd import ZstdDecompressor  # novermin: Python 3.14

        return ZstdDecompressor
    except ImportError:
        pass
    try:
        import zstandard

        return zstandard.ZstdDecompressor().decompressobj
    except ImportError:
        return None


def zstd_errors() -> Tuple[Type[Exception], ...]:
    try:
        from compression.zstd import ZstdError  # novermin: Python 3.14
    except ImportError:
        try:
            from zstandard import ZstdError
        except ImportError:
            return ()
    return (ZstdError,)


def decompressed_by_arrow(file: BinaryIO) -> Iterator[bytes]:
    try:
        import pyarrow

        stream = pyarrow.CompressedInputStream(pyarrow.PythonFile(file, mode="r"), "zstd")
    except (ImportError, NotImplementedError, ValueError):
        raise ImportError("The file is compressed with zstd: add 'zstandard' to the model's environment.")
    try:
        while True:
            piece = stream.read(PIECE)
            if not piece:
                break
            yield piece
    except (pyarrow.ArrowException, OSError) as error:
        if is_of_system(error):
            raise
        raise DamagedFile(f"the zstd file is damaged: {error}")


def member_of(file: BinaryIO) -> Tuple[zipfile.ZipFile, zipfile.ZipInfo]:
    """Returns the archive and the one member of a zip file."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise DamagedFile(f"the zip file is damaged: {error}")
    found = [
        entry for entry in archive.infolist()
        if not entry.filename.endswith("/") and not entry.filename.startswith("__MACOSX/")
    ]
    if len(found) != 1:
        raise ValueError(f"the zip file has {len(found)} members; a file of the input is one table. Unpack it.")
    if found[0].flag_bits & 1:
        raise ValueError("the zip file is encrypted. Unpack it.")
    return archive, found[0]


def unzipped(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(member) as file:
            while True:
                piece = file.read(PIECE)
                if not piece:
                    break
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DamagedFile(f"the zip file is damaged: {error}")
