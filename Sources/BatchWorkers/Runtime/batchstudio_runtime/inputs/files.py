"""The input files of an MLflow model, read as its signature needs them.

    reader = FileReader(schema.to_dict(), ReadOptions({"delimiter": ";"}))
    reader.read("a.csv")  # a DataFrame; an array, a dictionary of arrays or a list for tensors and images
"""
import functools
import os
import time
from typing import Any, Dict, Iterable, Iterator, List, Optional, Sequence, Set, Union

import pandas

import batchstudio_runtime as runtime
from batchstudio_runtime.inputs import file_blocks, idle_options, job_input
from batchstudio_runtime.inputs.blocks import BlockSize
from batchstudio_runtime.inputs.cells import MADE_OF_SAMPLE, MADE_OF_SIGNATURE
from batchstudio_runtime.inputs.columns import Column, columns_in, columns_of, tensors_in
from batchstudio_runtime.inputs.delimited import DelimitedReader, EmptyFile
from batchstudio_runtime.inputs.file_blocks import FileBlocks, may_have_blocks
from batchstudio_runtime.inputs.file_kinds import UnsupportedFileType, is_image, kind_of
from batchstudio_runtime.inputs.format_names import DELIMITED, IMAGE
from batchstudio_runtime.inputs.headers import kept
from batchstudio_runtime.inputs.images import ImageReader
from batchstudio_runtime.inputs.inference import UnknownColumns
from batchstudio_runtime.inputs.inferred_types import InferredTypes, SampleNotRead
from batchstudio_runtime.inputs.job_file import NotKept
from batchstudio_runtime.inputs.part import WholeFileNeeded, part_of
from batchstudio_runtime.inputs.path_columns import PathColumns
from batchstudio_runtime.inputs.path_tables import PathTables
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.table_reader import TableReader
from batchstudio_runtime.inputs.take import FILE_NAME as TAKE_FILE
from batchstudio_runtime.inputs.take import Take
from batchstudio_runtime.inputs.tensors import TensorReader
from batchstudio_runtime.inputs.typed_tables import TypedReader

try:
    # Imported with this module, in the host, once for all workers. None of them starts a thread before it is used.
    import pyarrow.parquet  # noqa: F401

    import batchstudio_runtime.inputs.parquet  # noqa: F401
except ImportError:  # mlflow-skinny comes without
    pass

NOT_OF_THE_FILE = (MemoryError, NotKept, SampleNotRead, WholeFileNeeded)

LEAST_OF_VALUE = 8  # bytes in memory

__all__ = ["EmptyFile", "FileReader", "UnsupportedFileType", "is_image", "least_size", "row_count"]


class WithoutNames:
    """A reader of files whose paths give no columns."""

    def __init__(self, reader: TensorReader) -> None:
        self._reader = reader

    def read(self, path: str, name: str) -> Any:
        return self._reader.read(path)

    def check(self, path: str, name: str) -> None:
        self._reader.check(path)


class FileReader:
    """Reads the files of a job.

    `schema` is MLflow's JSON form of a signature's inputs or what has it as `to_dict()`, None without a signature;
    `input_types` is the path where the inferred types of a model without a signature are kept; `block` the size of the blocks
    in which large files are read, None to read all files whole.
    """

    def __init__(
        self, schema: Any, options: Optional[ReadOptions] = None, input_types: Optional[str] = None,
        block: Optional[BlockSize] = None
    ) -> None:
        entries = schema.to_dict() if hasattr(schema, "to_dict") else schema
        self._options = options or ReadOptions()
        self._block = block
        signature = columns_of(entries)
        self._tensors = tensors_in(signature)
        self._columns: Optional[List[Column]] = None if signature is None else columns_in(signature)
        self._is_inferred = signature is None
        self._types = InferredTypes(self._options, input_types, self._kind_of, self._note)
        self._images = ImageReader(signature, self._options)
        self._readers: Dict[str, Union[PathTables, WithoutNames]] = {}
        self._noted: Set[str] = set()
        self._take: Optional[Take] = None
        if self._options.take is not None:
            path = None if input_types is None else os.path.join(os.path.dirname(input_types), TAKE_FILE)
            self._take = Take(self._options.take, path)

    @property
    def columns(self) -> Optional[Sequence[Column]]:
        """The columns of the signature or those that were inferred, None while there are neither."""
        return self._columns

    def read(self, path: str) -> Any:
        """Returns the file's content as the model takes it."""
        if self._take is not None and not self._taken_rows(self._take, path):
            return pandas.DataFrame()
        kind = self._kind_of(path)
        if kind == IMAGE:
            return self._images.read(path)
        if self._is_inferred:
            self._infer_columns(path)
            self._check_names(path, kind)
        content = self._reader(kind).read(path, job_input.name_of(path))
        if self._is_inferred and has_numbered_columns(self._options, kind):
            content.columns = self._with_numbers(content.columns, path)
        return content if self._take is None else first_rows(content, self._taken_rows(self._take, path))

    def _with_numbers(self, names: Iterable[str], path: str) -> List[Any]:
        """Returns the names with those that are positions in the file as numbers; others are of its path, or given."""
        given = {name for name, _ in PathColumns(self._options).named_values(job_input.name_of(path))}
        given.update(map(str, (self._options.rename or {}).values()))
        return [name if name in given else int(name) for name in names]

    def blocks(self, path: str, size: BlockSize) -> Iterator[pandas.DataFrame]:
        """Yields a table as frames of one block each, at least one."""
        left = None if self._take is None else self._taken_rows(self._take, path)
        kind = self._kind_of(path)
        if self._is_inferred:
            self._infer_columns(path)
            self._check_names(path, kind)
        for number, frame in enumerate(self._table_of(kind).blocks(path, job_input.name_of(path), size)):
            if self._is_inferred and has_numbered_columns(self._options, kind):
                frame.columns = self._with_numbers(frame.columns, path)
            if left is None:
                yield frame
            elif left or not number:  # the rest is read too, as errors in it are the file's
                yield frame[:left]
                left = max(0, left - len(frame))

    def _table_of(self, kind: str) -> PathTables:
        """Returns the reader of tables of this kind."""
        reader = self._reader(kind)
        if not isinstance(reader, PathTables):
            raise TypeError("the model takes tensors, which have no blocks")
        return reader

    def read_or_blocks(self, path: str) -> Any:
        """Returns the file's content as `read` does, but FileBlocks for one of more than a block, and for a part of one."""
        size = self._block
        if part_of(path) is not None:
            return self._file_blocks(path, size or BlockSize())
        if size is None or self._tensors or self._take is not None and not self._taken_rows(self._take, path):
            return self.read(path)
        if size.rows is None and os.path.getsize(path) <= file_blocks.SMALL:
            return self.read(path)
        kind = self._kind_of(path)
        if not (kind in file_blocks.FORMATS if size.rows else may_have_blocks(path, kind)):
            return self.read(path)
        blocks = self._file_blocks(path, size)
        frame = blocks.only_frame()
        return blocks if frame is None else frame

    def _file_blocks(self, path: str, size: BlockSize) -> FileBlocks:
        return FileBlocks(path, functools.partial(self.blocks, path, size), functools.partial(self.read, path))

    def read_or_error(self, path: str) -> Any:
        """Returns the file's content or its blocks, or the reason why they are not available.

        Lack of memory is not an error of the file, nor is a file of the job that can't be written.
        """
        try:
            return self.read_or_blocks(path)
        except NOT_OF_THE_FILE:
            raise
        except Exception as error:
            return error

    def check(self, paths: List[str], seconds: float) -> Dict[str, Optional[BaseException]]:
        """Returns the error, or None, of each file whose columns could be checked in this time: of the first at least."""
        end = time.monotonic() + seconds
        checked: Dict[str, Optional[BaseException]] = {}
        if paths and (self._is_inferred or self._take is not None):
            try:
                if self._take is not None:
                    self._taken_rows(self._take, paths[0])
                if self._is_inferred:
                    self._infer_columns(paths[0], paths)
            except NOT_OF_THE_FILE:
                raise
            except Exception as error:
                checked[paths[0]] = error
        for path in paths:
            if checked and time.monotonic() > end:
                break
            try:
                self._check_file(path)
                checked[path] = None
            except NOT_OF_THE_FILE:
                raise
            except Exception as error:
                checked[path] = error
        self._note_idle_options([path for path, error in checked.items() if error is None])
        return checked

    def _note_idle_options(self, paths: List[str]) -> None:
        """Adds notes to the job on read options that have no effect on these files."""
        for sentence in idle_options.notes_of(self._options, self._columns or [], not self._is_inferred):
            self._note(sentence)
        files = [(path, job_input.name_of(path)) for path in paths]
        for sentence in idle_options.notes_of_absent_names(self._options, files, self._kind_of):
            self._note(sentence)

    def _check_file(self, path: str) -> None:
        kind = self._kind_of(path)
        if kind == IMAGE:
            self._images.read(path)
            return
        if self._is_inferred:
            self._infer_columns(path)
            self._check_names(path, kind)
        self._reader(kind).check(path, job_input.name_of(path))

    def _kind_of(self, path: str) -> str:
        if os.path.getsize(path) == 0:
            raise EmptyFile("the file is empty: 0 bytes, not even a header")
        return kind_of(path, self._options)

    def _reader(self, kind: str) -> Union[PathTables, WithoutNames]:
        """Returns the reader of files of this kind."""
        reader = self._readers.get(kind)
        if reader is None:
            reader = self._readers[kind] = self._new_reader(kind)
        return reader

    def _new_reader(self, kind: str) -> Union[PathTables, WithoutNames]:
        if self._tensors:
            return WithoutNames(self._tensor_reader(kind))
        return PathTables(
            self._columns or [], self._options, lambda columns, options: self._table_reader(kind, columns, options), self._says
        )

    def _tensor_reader(self, kind: str) -> TensorReader:
        return TensorReader(None if kind == DELIMITED else kind, self._tensors, self._options, self._note)

    def _table_reader(self, kind: str, columns: Sequence[Column], options: ReadOptions) -> TableReader:
        if kind == DELIMITED:
            return DelimitedReader(columns, options, self._note, self._says)
        return TypedReader(kind, columns, options, self._note, self._says)

    @property
    def _says(self) -> str:
        return MADE_OF_SAMPLE if self._is_inferred else MADE_OF_SIGNATURE

    def _note(self, sentence: str) -> None:
        """Adds a note to the job, once."""
        if sentence not in self._noted:
            self._noted.add(sentence)
            try:
                runtime.note(sentence)
            except RuntimeError:  # read outside of a job, by a test or a preview
                self._noted.discard(sentence)

    def _infer_columns(self, path: str, sample: Optional[List[str]] = None) -> None:
        """Finds the types of the columns where the model has no signature."""
        if self._columns is None:
            self._columns = self._types.columns(path, sample)

    def _check_names(self, path: str, kind: str) -> None:
        """Raises an error when a file has columns of which no type is known."""
        if kind == DELIMITED:
            names = [name for _, name in kept(DelimitedReader([], self._options).layout(path).names, self._options)]
        else:
            names = TypedReader(kind, [], self._options).names(path)
        known = {str(column.name) for column in self._columns or ()}
        unknown = [name for name in names if str(name) not in known]
        if unknown:
            raise UnknownColumns(unknown)

    def _taken_rows(self, take: Take, path: str) -> int:
        """Returns how many rows of a file are taken, where the read options limit those of the whole input."""
        if not take.is_planned:
            paths = job_input.all_files() or [path]
            by_name = {job_input.name_of(path): path for path in paths}
            take.plan(list(by_name), lambda name, limit: self._rows_in(by_name[name], limit))
        return take.rows_of(job_input.name_of(path))

    def _rows_in(self, path: str, limit: int) -> int:
        if not os.path.exists(path):
            raise FileNotFoundError(
                f"read_options.take: the rows of {job_input.name_of(path)} can't be counted: the file is not here yet."
                " Retry the files that failed once it is fetched."
            )
        kind = self._kind_of(path)
        if kind == IMAGE:
            return 1
        if self._tensors:
            return self._tensor_reader(kind).row_count(path, limit)
        return self._table_reader(kind, [], self._options).row_count(path, limit)


def has_numbered_columns(options: ReadOptions, kind: str) -> bool:
    """Returns whether columns have no names but their positions, which are numbers, as pandas has them."""
    return kind == DELIMITED and options.header is False and options.column_names is None


def first_rows(content: Any, count: int) -> Any:
    return {name: part[:count] for name, part in content.items()} if isinstance(content, dict) else content[:count]


def least_size(content: Any) -> int:
    """Returns about how many bytes a file's content takes in memory at least, quickly."""
    if isinstance(content, dict):
        return sum(map(least_size, content.values()))
    if isinstance(content, pandas.DataFrame):
        return content.size * LEAST_OF_VALUE
    return int(getattr(content, "nbytes", 0))


def row_count(content: Any) -> int:
    """Returns the number of rows of a file's content."""
    return len(next(iter(content.values()))) if isinstance(content, dict) else len(content)
