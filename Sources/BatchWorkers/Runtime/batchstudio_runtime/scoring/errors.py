"""Exceptions as the entries of a message: short enough for the channel, safe to show."""
import itertools
import json
import os
import re
import traceback
from types import TracebackType
from typing import Dict, Iterable, Iterator, List, Mapping, Optional, Union

# The type, message and traceback of an exception, and the file that it is about.
Entry = Dict[str, str]
# The reason why a file failed: an exception, or a script's own text.
Failure = Union[BaseException, str]

TYPE_LIMIT = 200
MESSAGE_LIMIT = 2000
TRACEBACK_LIMIT = 8000
# A message has at most 64 KiB; the list of failed files may take this much of it.
LIST_BUDGET = 44 * 1024
TRACEBACKS_BUDGET = 1024 * 1024
MAX_ENTRIES = LIST_BUDGET // len('{"type":"","message":"","file":""}')
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
RUNTIME_FOLDER = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def describe(error: Failure) -> Entry:
    """Returns type, message and traceback of an exception; a plain text is a message without a traceback."""
    if not isinstance(error, BaseException):
        return {"type": "FileFailed", "message": shorten(printable(str(error)), MESSAGE_LIMIT)}
    message = shorten(printable(message_of(error)), MESSAGE_LIMIT)
    entry = {"type": shorten(type(error).__name__, TYPE_LIMIT), "message": message}
    if error.__traceback__ is not None:
        entry["traceback"] = traceback_of(error)
    return entry


def message_of(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return "the script called sys.exit({})".format("" if error.code is None else error.code)
    if isinstance(error, KeyError) and len(error.args) == 1:
        return f"key {error.args[0]!r} is missing"
    try:
        return str(error) or f"{type(error).__name__} was raised without a text"
    except Exception as problem:  # a script's own exception class may have a broken __str__
        return f"(the exception has no text: {problem!r})"


def traceback_of(error: BaseException) -> str:
    """Returns the traceback from the script's first frame on, the newest part if it is long."""
    try:
        lines = traceback.format_exception(type(error), error, without_runtime_frames(error.__traceback__))
        text = "".join(lines)
    except Exception as problem:
        text = f"(no traceback: {problem!r})"
    if len(text) > TRACEBACK_LIMIT:
        text = "…\n" + text[-(TRACEBACK_LIMIT - 2):]
    return printable(clean(text))


def without_runtime_frames(frames: Optional[TracebackType]) -> Optional[TracebackType]:
    first = frames
    while frames is not None and frames.tb_frame.f_code.co_filename.startswith(RUNTIME_FOLDER + os.sep):
        frames = frames.tb_next
    return frames or first


def shorten(text: str, limit: int) -> str:
    text = clean(text)
    return text if len(text) <= limit else text[:limit - 1] + "…"


def clean(text: str) -> str:
    """Returns the text as valid UTF-8: a file name of undecodable bytes shows them as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def printable(text: str) -> str:
    """Returns the text with escapes for control characters, which would end or hide it where it is shown."""
    return CONTROLS.sub(lambda control: f"\\x{ord(control.group()):02x}", text.replace("\r", "\\r"))


def by_file(failures: Mapping[str, Failure]) -> List[Entry]:
    """Returns the entries of a list of failed files, given the error of each; no more than could fit into it."""
    return [dict(describe(error), file=clean(name)) for name, error in itertools.islice(failures.items(), MAX_ENTRIES)]


def pages(entries: Iterable[Entry]) -> Iterator[List[Entry]]:
    """Yields the entries as lists that each fit into a message, at least one list; the last may be empty.

    Each entry keeps its reason; tracebacks are kept until they make a megabyte.
    """
    page: List[Entry] = []
    room, tracebacks = LIST_BUDGET, TRACEBACKS_BUDGET
    for entry in entries:
        if tracebacks <= 0:
            entry = {key: value for key, value in entry.items() if key != "traceback"}
        size = size_in_json(entry)
        if size > room and page:
            yield page
            page, room = [], LIST_BUDGET
        page.append(entry)
        room -= size
        tracebacks -= len(entry.get("traceback", ""))
    yield page


def fitting(entries: List[Entry], budget: int) -> List[Entry]:
    """Returns as many entries as fit into `budget` bytes of JSON, and as many of their tracebacks as then fit too."""
    kept: List[Entry] = []
    for entry in entries:
        brief = {key: value for key, value in entry.items() if key != "traceback"}
        budget -= size_in_json(brief)
        if budget < 0:
            return kept
        kept.append(brief)
    for index, entry in enumerate(entries):
        budget -= size_in_json(entry) - size_in_json(kept[index])
        if budget < 0:
            break
        kept[index] = entry
    return kept


def size_in_json(entry: Entry) -> int:
    return len(json.dumps(entry, ensure_ascii=False).encode("utf-8")) + len(",")
