"""The records of profiles in a job's segments: a line behind the rows of each mini-batch, with a checksum."""
import json
import os
import zlib
from typing import Any, Iterator, Tuple

from batchstudio_runtime.profiles.table_profile import TableProfile


class DamagedRecord(Exception):
    """A record that is not what a worker wrote."""


def line_of(profile: TableProfile) -> bytes:
    record = json.dumps(profile.as_json(), separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(record) & 0xFFFFFFFF, record)


def profile_of(line: bytes) -> TableProfile:
    checksum, _, record = line.rstrip(b"\n").partition(b" ")
    if b"%08x" % (zlib.crc32(record) & 0xFFFFFFFF) != checksum:
        raise DamagedRecord("the profile of a mini-batch is not what was written: the disk or the memory is failing")
    return TableProfile.from_json(json.loads(record.decode("ascii")))


def read(path: str) -> Iterator[TableProfile]:
    """Yields the profiles that a list names, a line each: `OFFSET \\t BYTES \\t PATH`."""
    opened: Tuple[Any, int] = (None, -1)
    try:
        with open(path, "rb") as lines:
            for line in lines:
                offset, size, name = line.rstrip(b"\n").split(b"\t", 2)
                if opened[0] != name:
                    if opened[1] >= 0:
                        os.close(opened[1])
                    opened = name, os.open(name, os.O_RDONLY)
                yield profile_of(os.pread(opened[1], int(size), int(offset)))
    finally:
        if opened[1] >= 0:
            os.close(opened[1])
