"""The manifest: the input files of a job, or their parts, one a line; a mini-batch is a run of lines."""
import hashlib
import itertools
import json
import os
import re
from typing import Iterator, List, NamedTuple, Optional

from batchstudio_runtime.inputs import regular_files
from batchstudio_runtime.inputs.part import Part, PartPath, part_in

# The characters of a name that would end it or its line, by the letters that stand for them after a backslash.
ESCAPES = {b"\\": b"\\", b"t": b"\t", b"n": b"\n", b"r": b"\r"}
LETTERS = {character: letter for letter, character in ESCAPES.items()}
LINE = re.compile(br"(-?\d+)\t(-?\d+)\t((?:[^\\\t\r\n]|\\[\\tnr])+)((?:\t\d+)*)")

# The line of any part of a file but its first.
LATER_PART = re.compile(br"(?:[^\t]*\t){3}[1-9]")

# Sizes by which the listing refuses a link.
REFUSALS = {
    -2: "the link leads out of the input to what its owner does not share with the user and its maker: copy it into the input",
    -3: "the link leads to a folder that contains it: the input would have no end",
}


class InputFile(NamedTuple):
    """A file of the input as it was listed, or a part of it; -1 is an unknown size or time."""

    name: str
    path: str
    size: int
    mtime_ns: int
    reason: Optional[str] = None  # of a remote input: the file that says why this one was not fetched
    part: Optional[Part] = None


class InputFiles:
    """The files of an input."""

    def sample(self, limit: int) -> List[InputFile]:
        """Returns up to `limit` files that exist, evenly spread."""
        raise NotImplementedError

    def all_files(self) -> List[InputFile]:
        """Returns all files in input order, including those that are not on this machine yet."""
        raise NotImplementedError


class Manifest(InputFiles):
    """The files that the executor has listed."""

    def __init__(self, path: str, input_root: str, reasons: Optional[str] = None) -> None:
        self._descriptor = os.open(path, os.O_RDONLY)
        self._input_root = input_root
        self._reasons = reasons

    def files(self, offset: int, length: int) -> List[InputFile]:
        """Returns the files whose lines are these bytes of the manifest."""
        data = self._bytes(length, offset)
        if len(data) != length or not data.endswith(b"\n"):
            raise ValueError(f"bytes {offset} to {offset + length} of the manifest are not whole lines")
        return [self._file(line) for line in data[:-1].split(b"\n")]

    def whole_files(self, offset: int, length: int) -> List[InputFile]:
        """Returns the files, each as a whole and once, of which these bytes have parts."""
        return list({file.path: whole(file) for file in self.files(offset, length)}.values())

    def sample(self, limit: int) -> List[InputFile]:
        """Returns up to `limit` files that exist, evenly spread over all lines.

        The first ones of a remote input, and where none of the spread is there.
        """
        lines = [line for line in self._lines() if not LATER_PART.match(line)]
        spread = [lines[index * len(lines) // limit] for index in range(limit)] if len(lines) > limit else lines
        found = [] if self._reasons else list(self._existing(spread))
        return found or list(itertools.islice(self._existing(lines), limit))

    def all_files(self) -> List[InputFile]:
        return list({file.path: whole(file) for file in map(self._file, self._lines())}.values())

    def _lines(self) -> List[bytes]:
        data = self._bytes(os.fstat(self._descriptor).st_size, 0)
        if data and not data.endswith(b"\n"):
            raise ValueError("the manifest ends within a line")
        return data.split(b"\n")[:-1]

    def _bytes(self, length: int, offset: int) -> bytes:
        """Returns the bytes that are there; one read returns less than 2 GiB, however much it is asked for."""
        parts = []
        while length > 0:
            part = os.pread(self._descriptor, length, offset)
            if not part:
                break
            parts.append(part)
            offset, length = offset + len(part), length - len(part)
        return b"".join(parts)

    def _existing(self, lines: List[bytes]) -> Iterator[InputFile]:
        return (file for file in map(whole, map(self._file, lines)) if os.path.isfile(file.path))

    def _file(self, line: bytes) -> InputFile:
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"a line of the manifest is not the size, time and path of a file: {line[:200]!r}")
        size, mtime_ns, escaped, numbers = match.groups()
        name = os.fsdecode(unescape(escaped))
        reason = self._reasons and path_of_reason(self._reasons, name)
        part = part_in([int(number) for number in numbers.split()]) if numbers else None
        path = path_in(self._input_root, name)
        return InputFile(name, path if part is None else PartPath(path, part), int(size), int(mtime_ns), reason, part)


def whole(file: InputFile) -> InputFile:
    """Returns the file of which this may be a part."""
    return file if file.part is None else file._replace(path=str(file.path), part=None)


def line_of(name: str, size: Optional[int], mtime_ns: Optional[int]) -> bytes:
    """Returns the line of a file; None is an unknown size or time."""
    numbers = "\t".join("-1" if number is None else str(number) for number in (size, mtime_ns))
    return numbers.encode("ascii") + b"\t" + escape(name.encode("utf-8", "surrogateescape")) + b"\n"


def is_path(name: str) -> bool:
    """Returns whether a file of this name can be in a folder, and nowhere else."""
    parts = name.split("/")
    return all(part not in ("", ".", "..") and len(os.fsencode(part)) <= 255 for part in parts) and "\0" not in name


def path_in(folder: str, name: str) -> str:
    """Returns the place of a file, always below the folder: a server may list any name, `/etc/passwd` too.

    Where the name can't be a file's, no file is at the place.
    """
    return os.path.join(folder, name if is_path(name) else "not-a-path-" + digest_of(name))


def path_of_reason(folder: str, name: str) -> str:
    """Returns the file in which the fetcher says why it did not download the file of this name."""
    return os.path.join(folder, digest_of(name))


def digest_of(name: str) -> str:
    return hashlib.sha256(os.fsencode(name)).hexdigest()


def escape(name: bytes) -> bytes:
    return re.sub(br"[\\\t\n\r]", lambda character: b"\\" + LETTERS[character.group()], name)


def unescape(name: bytes) -> bytes:
    if b"\\" not in name:
        return name
    return re.sub(br"\\(.)", lambda escape: ESCAPES[escape.group(1)], name)


def reason_against(file: InputFile) -> Optional[Exception]:
    """Returns the reason why a file can't be scored: it is missing, or has changed since it was listed. None when it can."""
    if file.size in REFUSALS:
        return LinkRefused(REFUSALS[file.size])
    try:
        status = os.stat(file.path)
        regular_files.check(status)
    except FileNotFoundError:
        if file.reason and os.path.exists(file.reason):
            return reason_of_fetcher(file.reason)
        return gone(file.path)
    except (OSError, regular_files.NotARegularFile) as error:
        return error
    if file.size >= 0 and status.st_size != file.size:
        return FileChanged(
            f"the file has {status.st_size} bytes; it had {file.size} when the job listed its input"
        )
    if file.mtime_ns >= 0 and status.st_mtime_ns != file.mtime_ns:
        return FileChanged("the file was written to after the job listed its input")
    return None


def gone(path: str) -> Exception:
    """Returns the error of a missing file."""
    try:
        return FileGone(f"the link leads to nothing: {os.readlink(path)}")
    except OSError:
        return FileGone("the file is missing; it existed when the job listed its input")


def reason_of_fetcher(path: str) -> Exception:
    """Returns the error of a file that could not be fetched, as the fetcher reported it."""
    with open(path, encoding="utf-8") as file:
        reason = json.load(file)
    return type(str(reason["type"]), (Exception,), {})(reason["message"])


class FileGone(Exception):
    pass


class FileChanged(Exception):
    pass


class LinkRefused(Exception):
    pass
