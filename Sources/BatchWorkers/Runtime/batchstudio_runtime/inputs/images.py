"""Image files as a model takes them: a tensor of its signature's shape, an array, or the file's bytes.

An image is never poured into another shape: its height, width and channels are those of the signature, in the signature's
order, or the file fails with both shapes.
"""
from typing import Any, Optional, Sequence, Tuple

import numpy

from batchstudio_runtime.inputs import pixels
from batchstudio_runtime.inputs.columns import Signature, Tensor, columns_in, tensors_in
from batchstudio_runtime.inputs.read_options import ReadOptions
from batchstudio_runtime.inputs.regular_files import open_input

EXTENSIONS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp")
MODES = {1: "L", 3: "RGB", 4: "RGBA"}
CHANNELS = tuple(MODES)
BYTE_TYPES = ("int8", "uint8", "bool")  # types that hold no more than a byte


class ImageReader:
    """Reads images for the columns or tensors of a signature, None without one."""

    def __init__(self, columns: Optional[Signature], options: ReadOptions) -> None:
        self._columns = columns
        self._mode = options.image_mode

    def read(self, path: str) -> Any:
        """Returns the image as the model takes it."""
        columns = self._columns
        if columns is None:
            return self._without_signature(path)
        tensors = tensors_in(columns)
        if tensors:
            return self._tensor(path, tensors)
        named = columns_in(columns)
        if len(named) == 1 and named[0].type == "binary":
            return file_in_frame(path, named[0].name)
        raise TypeError("the model's signature has columns; an image fits a tensor or one binary column only")

    def _without_signature(self, path: str) -> numpy.ndarray:
        with pixels.opened(path) as image:
            # As Azure has it, an image of two colours gets three channels.
            channels = 3 if self._mode is None and image.mode == "1" else None
            return pixels.pixels(image, channels, self._mode)[numpy.newaxis]

    def _tensor(self, path: str, tensors: Sequence[Tensor]) -> Any:
        if len(tensors) > 1:
            raise TypeError(f"the model's signature has {len(tensors)} tensors; an image fits where there is one")
        tensor = tensors[0]
        with pixels.opened(path) as image:
            array = as_tensor(image, tensor, self._mode)
        return array if tensor.name is None else {tensor.name: array}


def as_tensor(image: Any, tensor: Tensor, mode: Optional[str] = None) -> numpy.ndarray:
    """Returns an image as a batch of one in the tensor's layout and type."""
    if tensor.dtype == "object":
        return in_objects(pixels.pixels(image, mode=mode), tensor)
    layout = layout_for(tensor.shape, image.size[1], image.size[0])
    if layout is None:
        raise other_shape(image, tensor, mode)
    order, channels = layout
    try:
        array = pixels.pixels(image, channels, mode)
    except pixels.LossyImage as error:
        raise ValueError(f"{error}; {takes(tensor)}{advice(channels)}")
    if channels is not None and array.shape[2] != channels:
        raise other_shape(image, tensor, mode)
    array = in_type(array, tensor)
    if order == "HW":
        array = array[:, :, 0]
    elif order == "CHW":
        array = numpy.ascontiguousarray(array.transpose(2, 0, 1))
    return array[numpy.newaxis]


def layout_for(shape: Tuple[int, ...], height: int, width: int) -> Optional[Tuple[str, Optional[int]]]:
    """Returns the order of a signature's axes and its number of channels, None where an image of this size does not fit.

    Channels are where the signature has 1, 3 or 4 and the other axes fit the image. Where all lengths are open they come
    last, as in Azure; where an image of this size fits both ways an error is raised: one of them is not what was meant.
    """
    if len(shape) not in (3, 4) or shape[0] not in (-1, 1):
        return None
    if len(shape) == 3:
        return ("HW", 1) if fits(shape[1:], height, width) else None
    can_be_last = shape[3] in CHANNELS + (-1,) and fits(shape[1:3], height, width)
    can_be_first = shape[1] in CHANNELS and fits(shape[2:], height, width)
    if can_be_last and can_be_first:
        raise ValueError(
            f"an image of {height} × {width} pixels fits {tuple(shape)} with its channels first and with them last."
            " Give images another size, or the model a signature of one layout."
        )
    if can_be_first:
        return "CHW", shape[1]
    return ("HWC", None if shape[3] == -1 else shape[3]) if can_be_last else None


def fits(lengths: Tuple[int, ...], height: int, width: int) -> bool:
    return lengths[0] in (-1, height) and lengths[1] in (-1, width)


def in_type(array: numpy.ndarray, tensor: Tensor) -> numpy.ndarray:
    """Returns the array in the tensor's type; an error where a value would change."""
    wanted = numpy.dtype(tensor.dtype)
    if array.dtype == wanted:
        return array
    if array.dtype.itemsize > 1 and wanted.name in BYTE_TYPES or wanted.kind not in "iuf":
        raise ValueError(f"the image's values are {array.dtype}; the model's signature says {tensor.dtype}")
    with numpy.errstate(over="ignore", invalid="ignore"):
        converted = array.astype(wanted)
    if not numpy.array_equal(converted, array):
        raise ValueError(
            f"the image's values ({array.dtype}, {array.min()} to {array.max()}) do not fit into the signature's "
            f"{tensor.dtype}"
        )
    return converted


def in_objects(array: numpy.ndarray, tensor: Tensor) -> numpy.ndarray:
    """Returns an array whose one item is the image's array: the signature only requires objects."""
    if tuple(tensor.shape) not in ((-1,), (1,)):
        raise ValueError(f"an image does not fit a tensor of objects of shape {tuple(tensor.shape)}; (-1,) is taken")
    objects = numpy.empty(1, dtype=object)
    objects[0] = array
    return objects


def other_shape(image: Any, tensor: Tensor, mode: Optional[str]) -> ValueError:
    image = pixels.plain(image) if mode is None else pixels.in_mode(image, mode)
    array = pixels.stacked(numpy.asarray(image))
    return ValueError(f"{pixels.described(array, image)}; {takes(tensor)}")


def takes(tensor: Tensor) -> str:
    return f"the model's signature takes {tuple(tensor.shape)}"


def advice(channels: Optional[int]) -> str:
    mode = None if channels is None else MODES.get(channels)
    return f". Give read_options.image_mode: {mode} to convert it" if mode is not None else ""


def file_in_frame(path: str, column: Optional[str]) -> Any:
    import pandas

    with open_input(path) as file:
        return pandas.DataFrame({column if column is not None else 0: [file.read()]})
