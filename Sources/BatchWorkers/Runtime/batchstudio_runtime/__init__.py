"""The functions with which a scoring script reports to the worker that runs it.

    import batchstudio_runtime as runtime

    def run(mini_batch):
        rows = []
        for path in mini_batch:
            try:
                rows.append(score(path))
            except ValueError as error:
                runtime.file_failed(path, error)
        return rows

The files of a script that never imports this module are counted as Azure counts: each returned row is a file that succeeded.
"""
from typing import Any, ContextManager, List, Union

from batchstudio_runtime.scoring import job as _job
from batchstudio_runtime.scoring import mini_batch as _mini_batch


def file_failed(path: str, error: Union[BaseException, str]) -> None:
    """Counts this file of the mini-batch as failed; `error`, an exception or a text, is shown as the reason."""
    _mini_batch.current().file_failed(path, error)


def file_succeeded(path: str) -> None:
    """Counts this file as succeeded. Once a script reports one file so, only the files that it reports have succeeded."""
    _mini_batch.current().file_succeeded(path)


def file_started(path: str) -> None:
    """Reports the file that is being scored, for users who watch the job."""
    _mini_batch.current().file_started(path)


def warn(message: str) -> None:
    """Shows a warning with the mini-batch; the job continues."""
    _mini_batch.current().warn(message)


def write(rows: Any) -> None:
    """Writes rows of the output at once, of any kind that run() may return: they come before those that it returns.

    A mini-batch that fails has none of them in the output.
    """
    _mini_batch.current().write(rows)


def profile_input(table: Any) -> None:
    """Adds a table to the profile of the inputs, which is kept with the rows of this mini-batch."""
    _mini_batch.current().profile_input(table)


def all_or_nothing() -> ContextManager[None]:
    """Drops the rows that were written within when an error leaves it:

        with runtime.all_or_nothing():
            for table in pandas.read_csv(path, chunksize=100000):
                runtime.write(predict(table))
    """
    return _mini_batch.current().all_or_nothing()


def reading() -> ContextManager[None]:
    """Counts the time spent within as reading, not as running:

        with runtime.reading():
            tables = [pandas.read_csv(path) for path in mini_batch]
    """
    return _mini_batch.current().reading()


def note(sentence: str) -> None:
    """Adds a sentence to the notes on the job's input while files are checked; later it is a warning."""
    _mini_batch.current().note(sentence)


def set_row_types(types: str) -> None:
    """Notes the types of the rows of a file's part: rows of other parts with other types would be written in another way."""
    _mini_batch.current().row_types = types


def job() -> _job.Job:
    """Returns the job: its `read_options`, `row_contract`, `file_column`, `columns`, `input_types`, `input_root`."""
    return _job.CurrentJob.get()


def name_of(path: str) -> str:
    """Returns the name of an input file: its path relative to the job's input."""
    return job().name_of(path)


def sample_of_input(limit: int) -> List[str]:
    """Returns the paths of up to `limit` files, evenly spread over the whole input of the job, in input order.

    Of a remote input, which is fetched while the job runs, they are the first that are on this machine.
    """
    return job().sample_of_input(limit)
