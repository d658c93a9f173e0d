"""The manifest: the input files of a job, one a line; a mini-batch is a run of lines."""
import collections
import hashlib
import itertools
import json
import os
import re

from batchstudio_runtime.inputs import regular_files

ESCAPES = {b"\\": b"\\", b"t": b"\t", b"n": b"\n", b"r": b"\r"}

# Sizes by which the listing refuses a link.
REFUSALS = {
    -2: "the link leads out of the input to what its owner does not share with the user and its maker: copy it into the input",
    -3: "the link leads to a folder that holds it: the input would have no end",
}

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
        return data.split(b"\n")[:-1]

    def _existing(self, lines):
        return (file for file in map(self._file, lines) if os.path.isfile(file.path))

    def _file(self, line):
        size, mtime_ns, name = line.split(b"\t")
        name = os.fsdecode(unescape(name))
        reason = self._reasons and os.path.join(self._reasons, hashlib.sha256(os.fsencode(name)).hexdigest())
        return InputFile(name, os.path.join(self._input_root, name), int(size), int(mtime_ns), reason)


def unescape(name):
    if b"\\" not in name:
        return name
    return re.sub(br"\\(.)", lambda escape: ESCAPES[escape.group(1)], name)


def reason_against(file):
    """Return why this file cannot be scored: it is gone or no longer the file that was listed. None when it is."""
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
            "the file has {} bytes; it had {} when the job listed its input".format(status.st_size, file.size)
        )
    if file.mtime_ns >= 0 and status.st_mtime_ns != file.mtime_ns:
        return FileChanged("the file was written to after the job listed its input")
    return None


def gone(path):
    """Return the error of a file that is not there."""
    try:
        return FileGone("the link leads to nothing: {}".format(os.readlink(path)))
    except OSError:
        return FileGone("the file is gone; it was there when the job listed its input")


def reason_of_fetcher(path):
    """Return the error of a file that could not be fetched, in the fetcher's words."""
    with open(path, encoding="utf-8") as file:
        reason = json.load(file)
    return type(str(reason["type"]), (Exception,), {})(reason["message"])


class FileGone(Exception):
    pass


class FileChanged(Exception):
    pass


class LinkRefused(Exception):
    pass
