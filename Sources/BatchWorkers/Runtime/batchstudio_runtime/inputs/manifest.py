"""The manifest: the input files of a job, one a line; a mini-batch is a run of lines."""
import collections
import hashlib
import itertools
import json
import os
import re

ESCAPES = {b"\\": b"\\", b"t": b"\t", b"n": b"\n", b"r": b"\r"}
LETTERS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
LINE = re.compile(br"(-?\d+)\t(-?\d+)\t((?:[^\\\t\r\n]|\\[\\tnr])+)")

InputFile = collections.namedtuple("InputFile", "name path size mtime_ns reason")
# Only a file of a remote input has a place for the reason why it was not fetched.
InputFile.__new__.__defaults__ = (None,)


class Manifest:
    def __init__(self, path, input_root, reasons=None):
        self._descriptor = os.open(path, os.O_RDONLY)
        self._input_root = input_root
        self._reasons = reasons

    def files(self, offset, length):
        """Return the files whose lines are these bytes of the manifest."""
        data = os.pread(self._descriptor, length, offset)
        if len(data) != length or not data.endswith(b"\n"):
            raise ValueError("bytes {} to {} of the manifest are not whole lines".format(offset, offset + length))
        return [self._file(line) for line in data[:-1].split(b"\n")]

    def sample(self, limit):
        """Return up to `limit` files that exist, evenly spread over all lines.

        The first ones of a remote input, and where none of the spread is there.
        """
        lines = self._lines()
        spread = [lines[index * len(lines) // limit] for index in range(limit)] if len(lines) > limit else lines
        found = [] if self._reasons else list(self._existing(spread))
        return found or list(itertools.islice(self._existing(lines), limit))

    def all_files(self):
        """Return all files in input order, those too that are not on this machine yet."""
        return [self._file(line) for line in self._lines()]

    def _lines(self):
        data = os.pread(self._descriptor, os.fstat(self._descriptor).st_size, 0)
        if data and not data.endswith(b"\n"):
            raise ValueError("the manifest ends within a line")
        return data.split(b"\n")[:-1]

    def _existing(self, lines):
        return (file for file in map(self._file, lines) if os.path.isfile(file.path))

    def _file(self, line):
        match = LINE.fullmatch(line)
        if match is None:
            raise ValueError("a line of the manifest is not the size, time and path of a file: {!r}".format(line[:200]))
        size, mtime_ns, name = match.groups()
        name = os.fsdecode(unescape(name))
        reason = self._reasons and os.path.join(self._reasons, hashlib.sha256(os.fsencode(name)).hexdigest())
        return InputFile(name, os.path.join(self._input_root, name), int(size), int(mtime_ns), reason)


def unescape(name):
    if b"\\" not in name:
        return name
    return re.sub(br"\\(.)", lambda escape: ESCAPES[escape.group(1)], name)


def line_of(name, size=-1, mtime_ns=-1):
    """Return the line of a file, as `str`; -1 is unknown."""
    return "{}\t{}\t{}\n".format(size, mtime_ns, "".join(LETTERS.get(character, character) for character in name))


def reason_against(file):
    """Return why this file cannot be scored: it is gone or no longer the file that was listed. None when it is."""
    try:
        status = os.stat(file.path)
    except FileNotFoundError:
        if file.reason and os.path.exists(file.reason):
            return reason_of_fetcher(file.reason)
        return FileGone("the file is gone; it was there when the job listed its input")
    except OSError as error:
        return error
    if file.size >= 0 and status.st_size != file.size:
        return FileChanged(
            "the file has {} bytes; it had {} when the job listed its input".format(status.st_size, file.size)
        )
    if file.mtime_ns >= 0 and status.st_mtime_ns != file.mtime_ns:
        return FileChanged("the file was written to after the job listed its input")
    return None


def reason_of_fetcher(path):
    """Return the error of a file that could not be fetched, in the fetcher's words."""
    with open(path, encoding="utf-8") as file:
        reason = json.load(file)
    return type(str(reason["type"]), (Exception,), {})(reason["message"])


class FileGone(Exception):
    pass


class FileChanged(Exception):
    pass
