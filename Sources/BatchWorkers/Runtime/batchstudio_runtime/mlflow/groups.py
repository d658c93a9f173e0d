"""The files whose contents a model predicts together."""
import os
from typing import Any, Iterable, Iterator, List, Optional, Tuple

import numpy
import pandas

from batchstudio_runtime.inputs.columns import columns_of, tensors_in
from batchstudio_runtime.mlflow.model import TABLE_FLAVORS, input_schema

# A file's path and its content, or the error that reading it raised.
Input = Tuple[str, Any]

# The flavors of networks, which compute each item of a batch on its own.
NETWORK_FLAVORS = ("mlflow.onnx", "mlflow.pytorch", "mlflow.tensorflow", "mlflow.keras")


class Groups:
    """Has the content of each file predicted alone."""

    def __init__(self) -> None:
        self._has_ended = False

    def of(self, inputs: Iterable[Input]) -> Iterator[List[Input]]:
        """Yields runs of files whose contents may be predicted together; all others alone."""
        group: List[Input] = []
        left = 0.0  # of what one group holds, which is 1
        for path, content in inputs:
            share = None if self._has_ended else self.share(content)
            if group and (share is None or share > left or not self.are_alike(group[-1][1], content)):
                yield group
                group = []
            left = (left if group else 1.0) - (share or 0)
            group.append((path, content))
            if share is None:
                # Before the next file is read, which takes memory too.
                yield group
                group = []
        if group:
            yield group

    def share(self, content: Any) -> Optional[float]:
        """Returns the part of a group that this content takes, None where it is to be predicted alone."""
        return None

    def are_alike(self, content: Any, other: Any) -> bool:
        """Returns whether both can be joined."""
        return False

    def joined(self, contents: List[Any]) -> Any:
        """Returns the contents as one."""
        raise NotImplementedError

    def failed(self) -> None:
        """Takes note that a group could not be predicted."""

    def end(self) -> None:
        """Has every file predicted alone from now on."""
        self._has_ended = True


class Tables(Groups):
    """Groups small tables with the same columns and types."""

    SMALL = 1000  # rows
    SMALL_SIZE = 100 * 1000  # cells: of more a call costs little, and to join them much
    LARGEST = 10000  # rows

    def share(self, content: Any) -> Optional[float]:
        if isinstance(content, pandas.DataFrame) and 0 < len(content) <= self.SMALL and content.size <= self.SMALL_SIZE:
            return len(content) / self.LARGEST
        return None

    def are_alike(self, content: Any, other: Any) -> bool:
        return bool(content.columns.equals(other.columns) and content.dtypes.equals(other.dtypes))

    def joined(self, contents: List[Any]) -> Any:
        return pandas.concat(contents, ignore_index=True)


class Images(Groups):
    """Groups images of the same size, where a batch of the network may have any length."""

    LARGEST = 64  # images
    LARGEST_BYTES = 32 * 1024 * 1024

    def share(self, content: Any) -> Optional[float]:
        if isinstance(content, numpy.ndarray) and content.ndim > 1 and len(content) == 1 and content.dtype != object:
            return max(1 / self.LARGEST, content.nbytes / self.LARGEST_BYTES)
        return None

    def are_alike(self, content: Any, other: Any) -> bool:
        return bool(content.shape == other.shape and content.dtype == other.dtype)

    def joined(self, contents: List[Any]) -> Any:
        return numpy.concatenate(contents)

    def failed(self) -> None:
        # Its batches have one length after all.
        self.end()


def groups_of(model: Any) -> Groups:
    """Returns how this model's files are grouped."""
    loader = loader_module(model)
    if os.environ.get("BATCHSTUDIO_PREDICT_EACH_FILE") == "true":
        return Groups()
    if loader in TABLE_FLAVORS:
        return Tables()
    if loader in NETWORK_FLAVORS:
        schema = input_schema(model)
        tensors = tensors_in(columns_of(schema.to_dict())) if schema is not None else None
        if tensors is not None and len(tensors) == 1 and tensors[0].name is None and tensors[0].shape[:1] == (-1,):
            return Images()
    return Groups()


def loader_module(model: Any) -> Optional[str]:
    metadata = getattr(model, "metadata", None)
    return metadata.flavors["python_function"].get("loader_module") if metadata is not None else None
