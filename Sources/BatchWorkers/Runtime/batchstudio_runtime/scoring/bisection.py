"""Splitting a mini-batch whose run() raises: its good files keep their rows, each bad one gets its own reason."""
from typing import TYPE_CHECKING, Callable, List, NamedTuple

from batchstudio_runtime.inputs.manifest import InputFile
from batchstudio_runtime.outputs.formats import Scored
from batchstudio_runtime.scoring.mini_batch import MiniBatch

if TYPE_CHECKING:
    from batchstudio_runtime.inputs.manifest import InputFile
    from batchstudio_runtime.outputs.formats import Scored
    from batchstudio_runtime.scoring.mini_batch import MiniBatch


class Part(NamedTuple):
    """A run of a mini-batch's files, with their positions in it."""

    positions: range
    files: List[InputFile]


class NotAFilesFault(Exception):
    """An error that no file caused: the whole mini-batch is retried."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


def members(files: List[InputFile], parts: List[List[int]]) -> List[InputFile]:
    """Returns the files that are in one of the parts, which are (first, end)."""
    return [file for first, end in parts for file in files[first:end]]


def split_up(files: List[InputFile], parts: List[List[int]]) -> List[Part]:
    return [Part(range(first, end), files[first:end]) for first, end in parts]


def score(
    batch: MiniBatch, parts: List[Part], run: Callable[[List[str]], Scored], report: Callable[[range], None]
) -> List[Scored]:
    """Returns what run() returned for each part, in input order, halving those for which it raises.

    `report` receives the positions of each part before it runs: when this process is killed over it, that part is the cause.
    """
    scored: List[Scored] = []
    waiting = list(reversed(parts))
    is_whole = len(waiting) == 1
    while waiting:
        positions, files = waiting.pop()
        paths = [file.path for file in files if file.name not in batch.failures]
        if not is_whole:
            report(positions)
        before = batch.reports()
        try:
            result = run(paths)
        except NotAFilesFault:
            raise
        except BaseException as error:
            batch.forget_since(before)
            batch.error = batch.error or error
            if len(paths) == 1:
                batch.file_failed(paths[0], error)
            else:
                middle = len(files) // 2
                waiting.append(Part(positions[middle:], files[middle:]))
                waiting.append(Part(positions[:middle], files[:middle]))
        else:
            if result.rows == 0 and not is_whole:
                batch.without_row(paths)
            scored.append(result)
        is_whole = False
    return scored
