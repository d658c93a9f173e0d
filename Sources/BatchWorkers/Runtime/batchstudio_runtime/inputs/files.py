"""Input files of an MLflow model, read by their extension."""
import os
import time

from batchstudio_runtime.inputs.images import ImageReader
from batchstudio_runtime.inputs.tables import PlainTables, TypedTables
from batchstudio_runtime.inputs.tensors import TensorTables

try:
    # Imported with this module, in the host, once for all workers. None of them starts a thread before it is used.
    import pyarrow.compute
    import pyarrow.csv
    import pyarrow.parquet  # noqa: F401
except ImportError:  # mlflow-skinny comes without
    pass

TABLES = (".csv", ".parquet", ".pqt")
IMAGES = (".png", ".jpg", ".jpeg", ".tiff", ".bmp", ".gif")


class FileReader:
    def __init__(self, schema):
        self._images = ImageReader(schema)
        if schema is None:
            self._tables = PlainTables()
        elif schema.is_tensor_spec():
            self._tables = TensorTables(schema)
        else:
            self._tables = TypedTables(schema)

    def read(self, path):
        """Return the file's content as the model takes it."""
        extension = extension_of(path)
        if extension in IMAGES:
            return self._images.read(path)
        if extension not in TABLES:
            raise UnsupportedFileType(extension)
        if os.path.getsize(path) == 0:
            raise EmptyFile("the file is empty: 0 bytes, not even a header")
        return self._tables.read_csv(path) if extension == ".csv" else self._tables.read_parquet(path)

    def read_or_error(self, path):
        """Return the file's content, or the reason why it cannot be had; memory that is short is no fault of a file."""
        try:
            return self.read(path)
        except MemoryError:
            raise
        except Exception as error:
            return error

    def check(self, paths, seconds):
        """Return the error, or None, of each file whose columns could be looked at in this time."""
        end = time.monotonic() + seconds
        checked = {}
        for path in paths:
            if time.monotonic() > end:
                break
            try:
                self._check_file(path)
                checked[path] = None
            except Exception as error:
                checked[path] = error
        return checked

    def _check_file(self, path):
        extension = extension_of(path)
        if extension not in TABLES + IMAGES:
            raise UnsupportedFileType(extension)
        if os.path.getsize(path) == 0:
            raise EmptyFile("the file is empty: 0 bytes")
        if extension in TABLES:
            self._tables.check_columns(path, extension)


def is_image(path):
    return extension_of(path) in IMAGES


def extension_of(path):
    return os.path.splitext(path)[1].lower()


class EmptyFile(ValueError):
    pass


class UnsupportedFileType(ValueError):
    def __init__(self, extension):
        accepted = list(TABLES + IMAGES)
        super().__init__(
            "File type '{}' is not supported. Current accepted filetypes are: {}".format(extension, accepted)
        )
