"""The input files that travelled to a node for one of its workers, each for as long as its mini-batch needs it."""
import os
import shutil
from typing import Any, Dict, List, Set, Tuple

Message = Dict[str, Any]
# Name, size, time, offset of the bytes, bytes, whether they are the last ones.
Piece = Tuple[str, int, int, int, bytes, bool]

# The messages by which a worker has finished with the files of a mini-batch.
FINISHED = ("done", "error", "whole_file", "disk_full", "checked")


def key_of(message: Message) -> str:
    """What the files of a `run` or `check` are known by until the worker has answered it."""
    return f"{'check' if message['op'] in ('check', 'checked') else 'run'}-{message['id']}"


class ShippedFiles:
    """A folder that stands for the input, one for outputs that could not travel back."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._names: Dict[str, Set[str]] = {}
        for name in ("input", "output", "reasons"):
            os.makedirs(f"{folder}/{name}")

    def paths(self, start: Message) -> Message:
        """The paths of a `start` that are other ones here."""
        here = {"input_root": f"{self._folder}/input", "output_dir": f"{self._folder}/output"}
        if "reasons" in start:
            here["reasons"] = f"{self._folder}/reasons"
        return here

    def receive(self, key: str, pieces: List[Piece]) -> None:
        for name, size, mtime_ns, offset, data, is_last in pieces:
            path = os.path.join(self._folder, name)
            self._names.setdefault(key, set()).add(path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
            try:
                rest = memoryview(data)
                while rest:
                    written = os.pwrite(descriptor, rest, offset)
                    rest, offset = rest[written:], offset + written
                if is_last:
                    # A part of a file is all of it that is here, at its place; the rest is a hole.
                    os.ftruncate(descriptor, size)
                    os.utime(descriptor, ns=(mtime_ns, mtime_ns))
            finally:
                os.close(descriptor)

    def finished(self, answer: Message) -> None:
        """Removes the files of a message that the worker has answered."""
        for path in self._names.pop(key_of(answer), set()):
            if os.path.exists(path):
                os.unlink(path)

    def output(self) -> str:
        """The name of a file that the script has written to its output folder; empty where there is none."""
        for parent, _, names in os.walk(f"{self._folder}/output"):
            for name in sorted(names):
                return os.path.relpath(os.path.join(parent, name), f"{self._folder}/output")
        return ""

    def remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
