"""What a scoring script may tell the worker that runs it.

    import batchstudio_runtime as runtime

    def run(mini_batch):
        rows = []
        for path in mini_batch:
            try:
                rows.append(score(path))
            except ValueError as error:
                runtime.file_failed(path, error)
        return rows

A script that never imports this module is counted as Azure counts: each returned row stands for a file that succeeded.
"""
from typing import ContextManager, List, Union

from batchstudio_runtime.scoring import job as _job
from batchstudio_runtime.scoring import mini_batch as _mini_batch


def file_failed(path: str, error: Union[BaseException, str]) -> None:
    """Count this file of the mini-batch as failed; `error`, an exception or a text, is shown as the reason."""
    _mini_batch.current().file_failed(path, error)


def file_succeeded(path: str) -> None:
    """Count this file as succeeded. Once a script says so for one file, only files it says so for have succeeded."""
    _mini_batch.current().file_succeeded(path)


def file_started(path: str) -> None:
    """Tell which file is in work, for those who watch the job."""
    _mini_batch.current().file_started(path)


def warn(message: str) -> None:
    """Show a warning with the mini-batch; the job continues."""
    _mini_batch.current().warn(message)


def reading() -> ContextManager[None]:
    """Count the time spent within as reading, not as running:

        with runtime.reading():
            tables = [pandas.read_csv(path) for path in mini_batch]
    """
    return _mini_batch.current().reading()


def note(sentence: str) -> None:
    """Add a sentence to what the job says of its input: while files are checked; later it is a warning."""
    _mini_batch.current().note(sentence)


def job() -> _job.Job:
    """Return the job: its `read_options`, `row_contract`, `file_column`, `columns`, `input_types`, `input_root`."""
    return _job.CurrentJob.get()


def name_of(path: str) -> str:
    """Return the name of an input file: its path relative to the job's input."""
    return job().name_of(path)


def sample_of_input(limit: int) -> List[str]:
    """Return the paths of up to `limit` files, evenly spread over the whole input of the job, in input order.

    Of an input that is fetched while the job runs they are the first that are here.
    """
    return job().sample_of_input(limit)
