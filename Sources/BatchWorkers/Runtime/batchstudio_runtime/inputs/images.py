"""Image files as a model takes them: an array, a tensor of its signature's shape, or the file's bytes."""
import numpy


class ImageReader:
    def __init__(self, schema):
        self._schema = schema

    def read(self, path):
        schema = self._schema
        if schema is None:
            return pixels(path)[numpy.newaxis]
        if schema.is_tensor_spec():
            return as_tensor(pixels(path), schema.inputs[0])
        if len(schema.inputs) == 1 and getattr(schema.inputs[0].type, "name", None) == "binary":
            return file_in_frame(path, schema.inputs[0].name)
        raise TypeError("the model's signature has columns; an image fits a tensor or one binary column only")


def pixels(path):
    """Return height × width × channels, in bytes."""
    try:
        from PIL import Image
    except ImportError:
        raise ImportError("images are read by Pillow: add 'pillow' to the model's environment")
    with Image.open(path) as image:
        if image.mode in ("1", "P", "PA", "CMYK", "YCbCr"):
            image = image.convert("RGB")
        array = numpy.asarray(image)
    return array if array.ndim == 3 else array[:, :, numpy.newaxis]


def as_tensor(array, spec):
    if spec.type == numpy.dtype("O") and tuple(spec.shape) == (-1,):
        return [array]
    return array.astype(spec.type).reshape(spec.shape)


def file_in_frame(path, column):
    import pandas

    with open(path, "rb") as file:
        return pandas.DataFrame({column if column is not None else 0: [file.read()]})
