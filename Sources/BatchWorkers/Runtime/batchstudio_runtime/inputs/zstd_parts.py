"""The bytes of zstd files in parts of a few blocks each: no part decompresses to more than a megabyte.

A frame is a header, blocks of up to 128 KiB of text, and perhaps a checksum (RFC 8878); what is wrong with one is for the
decompressor to say.
"""
from typing import BinaryIO, Iterator

MAGIC = b"\x28\xb5\x2f\xfd"
BLOCKS = 8  # of a part
SKIPPED_PIECE = 64 * 1024  # bytes
DICTIONARY_LENGTHS = (0, 1, 2, 4)
SIZE_LENGTHS = (0, 2, 4, 8)
REPEATED = 1  # the type of a block that is one byte, many times


def parts(file: BinaryIO) -> Iterator[bytes]:
    """Yields the bytes of an open file, part by part."""
    while True:
        start = file.read(len(MAGIC))
        if not start:
            return
        if start == MAGIC:
            yield from frame_parts(file, start)
        elif start[1:] == b"\x2a\x4d\x18":
            length = file.read(4)
            yield start + length
            yield from skipped(file, int.from_bytes(length, "little"))
        else:
            yield start


def frame_parts(file: BinaryIO, start: bytes) -> Iterator[bytes]:
    descriptor = file.read(1)
    if not descriptor:
        yield start
        return
    flags = descriptor[0]
    part, blocks, is_last = start + descriptor + file.read(header_length(flags)), 0, False
    while not is_last:
        header = file.read(3)
        number = int.from_bytes(header, "little")
        is_last = len(header) < 3 or bool(number & 1)
        part += header + file.read(1 if number >> 1 & 3 == REPEATED else number >> 3)
        blocks += 1
        if blocks == BLOCKS:
            yield part
            part, blocks = b"", 0
    part += file.read(4 if flags & 4 else 0)
    if part:
        yield part


def header_length(flags: int) -> int:
    """Returns how many bytes of a frame's header follow its descriptor."""
    is_single = flags >> 5 & 1
    size = SIZE_LENGTHS[flags >> 6] or is_single
    return (1 - is_single) + DICTIONARY_LENGTHS[flags & 3] + size


def skipped(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        piece = file.read(min(length, SKIPPED_PIECE))
        if not piece:
            return
        yield piece
        length -= len(piece)
