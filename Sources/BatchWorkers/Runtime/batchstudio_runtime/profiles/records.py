"""The records of profiles in a job's segments: a line behind the rows of each mini-batch, with a checksum."""
import json
import os
import zlib
from typing import Any, Iterator, Tuple

from batchstudio_runtime.profiles.table_profile import TableProfile


class DamagedRecord(Exception):
    """A record that is not what a worker wrote."""


Profiles = Tuple[TableProfile, TableProfile]  # of the rows, and of the inputs


def line_of(profile: TableProfile, inputs: TableProfile) -> bytes:
    content = [profile.as_json()] if inputs.is_empty else [profile.as_json(), inputs.as_json()]
    record = json.dumps(content, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(record) & 0xFFFFFFFF, record)


def profiles_of(line: bytes) -> Profiles:
    checksum, _, record = line.rstrip(b"\n").partition(b" ")
    if b"%08x" % (zlib.crc32(record) & 0xFFFFFFFF) != checksum:
        raise DamagedRecord("the profile of a mini-batch is not what was written: the disk or the memory is failing")
    content = json.loads(record.decode("ascii"))
    return TableProfile.from_json(content[0]), TableProfile.from_json(content[1]) if len(content) > 1 else TableProfile()


def read(path: str) -> Iterator[Profiles]:
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
                yield profiles_of(os.pread(opened[1], int(size), int(offset)))
    finally:
        if opened[1] >= 0:
            os.close(opened[1])
