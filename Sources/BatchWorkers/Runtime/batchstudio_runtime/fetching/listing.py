"""The listing of a remote input: its files, without those that are not data."""
import fnmatch
from typing import List, NamedTuple, Optional, Sequence, Set

from batchstudio_runtime.inputs import manifest


class Entry(NamedTuple):
    """A file of a remote input; a value that the server does not report is None."""

    name: str
    key: str  # by which the source reads it
    size: Optional[int] = None
    etag: Optional[str] = None
    mtime: Optional[float] = None

    def line_of_manifest(self) -> bytes:
        mtime_ns = None if self.mtime is None else int(self.mtime * 1000000) * 1000
        return manifest.line_of(self.name, self.size, mtime_ns)


class Listing(NamedTuple):
    """The files of an input."""

    entries: List[Entry]
    folder_names: Sequence[str] = ()  # whose files are not listed
    has_names_only: bool = False  # the server lists neither sizes nor versions

    @property
    def folders(self) -> int:
        return len(self.folder_names)


def in_partitions(listing: Listing) -> Listing:
    """Returns the files in no other folders than partitions, `name=value`."""
    kept: List[Entry] = []
    others: Set[str] = set()
    for entry in listing.entries:
        folders = entry.name.split("/")[:-1]
        first = next((place for place, folder in enumerate(folders) if folder.find("=") < 1), None)
        if first is None:
            kept.append(entry)
        else:
            others.add("/".join(folders[:first + 1]))
    return listing._replace(entries=kept, folder_names=sorted(others))


def is_left_out(name: str, patterns: Sequence[str]) -> bool:
    """Returns whether a pattern matches the file's name or that of a folder it is in: data systems leave these files."""
    return any(fnmatch.fnmatchcase(part, pattern) for part in name.split("/") for pattern in patterns)
