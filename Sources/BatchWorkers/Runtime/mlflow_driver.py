"""The scoring script of an MLflow model that comes without one.

Each file of a mini-batch is read with the types of the model's signature, and each prediction becomes a row: the number of
its row within the file, the prediction, the file. A file that cannot be scored fails alone, with its reason.

This is an ordinary scoring script: copy it into a code folder of your own and change what you need.
"""
import collections
import functools
import os
import sys
from typing import Any, Deque, Dict, Iterator, List, Optional, Tuple

import batchstudio_runtime as runtime
from batchstudio_runtime.inputs.blocks import BLOCK, BlockSize, portions
from batchstudio_runtime.inputs.file_blocks import FileBlocks
from batchstudio_runtime.inputs.files import FileReader, least_size
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.mlflow.model import input_schema, load_model
from batchstudio_runtime.mlflow.output import OutputTable
from batchstudio_runtime.mlflow.predictions import Predictor
from batchstudio_runtime.scoring.job import Job


class Scorer:
    """The loaded model, and the reader of the files of this worker's job."""

    reader: FileReader  # from begin() on

    def __init__(self) -> None:
        model = load_model(os.environ["AZUREML_MODEL_DIR"], is_light="--light_loader" in sys.argv)
        self._schema = input_schema(model)
        self.predictor = Predictor(model)
        self.predictor.warm_up()

    def begin(self, job: Job) -> None:
        """Reads files by this job's options from now on, large tables in blocks of rows."""
        block = None if job.reads_whole_files else BlockSize(job.block_rows)
        self.reader = FileReader(self._schema, ReadOptions(job.read_options), job.input_types, block)

    def contents(self, paths: List[str]) -> Iterator[Tuple[str, Any]]:
        """Yields each path with its content, or the error that reading it raised."""
        for portion in portions(paths):
            left = collections.deque(portion)
            while left:
                contents = self._read(left)
                while contents:
                    yield contents.popleft()

    def _read(self, left: Deque[str]) -> Deque[Tuple[str, Any]]:
        """Takes the first files from those that are left, and returns each path with its content, or its error.

        They are as many as have about the bytes of a block, which compressed files have sooner than their sizes say. A file of
        several blocks is the last one: it is open, with two blocks in memory, until it is scored.
        """
        contents: Deque[Tuple[str, Any]] = collections.deque()
        size = 0
        with runtime.reading():
            while left and size < BLOCK:
                path = left.popleft()
                content = self.reader.read_or_error(path)
                contents.append((path, content))
                size += BLOCK if isinstance(content, FileBlocks) else least_size(content)
        return contents


@functools.lru_cache(maxsize=None)
def scorer() -> Scorer:
    """Returns the one scorer of this process, which loads the model when it is first called."""
    return Scorer()


def preload() -> None:
    """Loads the model. A host does this once for all its workers."""
    scorer()


def init() -> None:
    """Prepares each worker for scoring, once."""
    scorer().begin(runtime.job())


def run(mini_batch: List[str]) -> Any:
    """Scores the files and returns their rows: row, prediction, file. Those of large files are written on the way."""
    output = OutputTable(runtime.job())
    for paths, predictions in scorer().predictor.predict_each(scorer().contents(mini_batch)):
        errors = output.add(paths, predictions)
        for path in paths:
            if path in errors:
                runtime.file_failed(path, errors[path])
            else:
                runtime.file_succeeded(path)
    return output.rows()


def check(files: List[str], seconds: float) -> Dict[str, Optional[BaseException]]:
    """Compares the columns of files with the model's signature before the job starts, as many as time allows."""
    return scorer().reader.check(files, seconds)
