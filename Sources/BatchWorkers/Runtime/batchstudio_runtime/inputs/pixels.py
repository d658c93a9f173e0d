"""Pixels of an image file: its modes are converted without loss, unless `image_mode` is given.

    with opened("cat.png") as image:
        pixels(image, channels=3)   # height × width × 3, uint8
"""
import contextlib
from typing import Any, Iterator, Optional

import numpy

from batchstudio_runtime.inputs.regular_files import open_input

# Modes of one channel whose values are not bytes.
WIDE_MODES = ("I", "F")
TO_RGB = ("CMYK", "YCbCr", "HSV", "RGBX")
PREMULTIPLIED = {"RGBa": "RGBA", "La": "LA"}
# A JPEG of a phone may hold previews and maps of depth behind its picture; that is no sequence of pictures.
PICTURES_WITH_EXTRAS = ("MPO",)


class LossyImage(ValueError):
    """An image that can't be brought to the channels that are wanted without a loss."""


@contextlib.contextmanager
def opened(path: str) -> Iterator[Any]:
    """Opens an image of one frame, rotated by its EXIF orientation; its errors are those of a user's file."""
    try:
        from PIL import Image, ImageOps
    except ImportError:
        raise ImportError("images are read by Pillow: add 'pillow' to the model's environment")
    with open_input(path) as file:
        try:
            image = Image.open(file)
            check_frames(image)
            is_deep = has_sixteen_bits(image)
            image.load()
            # Pillow turns TIFF files itself.
            turned = image if image.format == "TIFF" else ImageOps.exif_transpose(image) or image
        except Image.DecompressionBombError as error:
            raise ValueError(f"the image is too large: {error}")
        except Image.UnidentifiedImageError:
            raise ValueError("the file is not an image that Pillow knows")
        except (OSError, SyntaxError, EOFError) as error:
            raise ValueError(f"the image is damaged: {error}")
        turned.has_lost_bits = is_deep
        yield turned


def check_frames(image: Any) -> None:
    count = getattr(image, "n_frames", 1)
    if count > 1 and image.format not in PICTURES_WITH_EXTRAS:
        raise ValueError(f"the image has {count} frames; a model takes one. Split it into {count} files.")


def has_sixteen_bits(image: Any) -> bool:
    """Returns whether the file has 16 bits a channel and Pillow keeps 8 of them, as it does with colours."""
    if image.mode.startswith(WIDE_MODES):
        return False
    for tile in getattr(image, "tile", None) or []:
        parameters = tile[3] if isinstance(tile[3], (tuple, list)) else [tile[3]]
        if any(isinstance(part, str) and ";16" in part for part in parameters):
            return True
    return False


def pixels(image: Any, channels: Optional[int] = None, mode: Optional[str] = None) -> numpy.ndarray:
    """Returns height × width × channels; raises LossyImage where that would lose something.

    Without `channels` the image keeps those that it has; `mode`, an option of the user, converts it whatever is lost.
    """
    if mode is not None:
        return stacked(numpy.asarray(in_mode(image, mode)))
    if image.has_lost_bits:
        raise LossyImage("the image has 16 bits a channel and Pillow reads 8 of them. Set read_options.image_mode to accept that")
    image = plain(image)
    array = stacked(numpy.asarray(image))
    return array if channels is None or channels == array.shape[2] else with_channels(array, channels, image)


def in_mode(image: Any, mode: str) -> Any:
    """Returns the image in the mode that the user wants."""
    if image.mode.startswith(WIDE_MODES):
        array = numpy.asarray(image)
        if array.size and not (0 <= array.min() and array.max() <= 255 and (array == numpy.floor(array)).all()):
            raise LossyImage(f"the image's values ({image.mode}) do not fit into the bytes of {mode}")
        from PIL import Image

        image = Image.fromarray(array.astype("uint8"))
    return image if image.mode == mode else plain(image).convert(mode)


def plain(image: Any) -> Any:
    """Returns the image without a palette or another colour space: L, LA, RGB, RGBA or one wide channel."""
    if image.mode in PREMULTIPLIED:
        return image.convert(PREMULTIPLIED[image.mode])
    if image.mode in TO_RGB:
        return image.convert("RGB")
    if image.mode == "LAB":
        return lab_to_rgb(image)
    if image.mode in ("P", "PA"):
        return with_palette_applied(image)
    if "transparency" in image.info and image.mode in ("1", "L", "RGB"):  # one colour is see-through
        return image.convert("RGBA")
    return image.convert("L") if image.mode == "1" else image


def with_palette_applied(image: Any) -> Any:
    """Returns the image's colours: greys stay one channel, so that a palette of greys fits where greys are wanted."""
    is_transparent = image.mode == "PA" or "transparency" in image.info or image.palette.mode == "RGBA"
    coloured = image.convert("RGBA" if is_transparent else "RGB")
    coloured.is_palette = True
    return coloured


def lab_to_rgb(image: Any) -> Any:
    from PIL import ImageCms

    return ImageCms.profileToProfile(
        image, ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )


def with_channels(array: numpy.ndarray, channels: int, image: Any) -> numpy.ndarray:
    """Returns the array with another number of channels where that loses nothing."""
    count = array.shape[2]
    if count in (2, 4):  # the last is alpha
        if channels != 4 and (array[:, :, -1] != 255).any():
            raise LossyImage(f"{described(array, image)} and is transparent in places")
        colours, alpha = array[:, :, :-1], array[:, :, -1:]
    else:
        colours, alpha = array, None
    if colours.shape[2] == 3 and channels == 1:
        if not getattr(image, "is_palette", False) or (colours != colours[:, :, :1]).any():
            raise LossyImage(described(array, image))
        return colours[:, :, :1]
    if colours.shape[2] == 1 and channels in (3, 4):
        colours = numpy.repeat(colours, 3, axis=2)
    if channels == 4:
        if colours.dtype != numpy.uint8:
            raise LossyImage(described(array, image))
        alpha = numpy.full(colours.shape[:2] + (1,), 255, "uint8") if alpha is None else alpha
        return numpy.concatenate([colours, alpha], axis=2)
    return colours


def stacked(array: numpy.ndarray) -> numpy.ndarray:
    """Returns the array with an axis of channels."""
    return array if array.ndim == 3 else array[:, :, numpy.newaxis]


def described(array: numpy.ndarray, image: Any) -> str:
    count = array.shape[2]
    channels = f"{count} channel{'' if count == 1 else 's'}"
    return f"the image is {array.shape[0]}×{array.shape[1]} with {channels} ({image.mode})"
