"""Images in the layout, channels and type of a signature's tensor, or the reason with both shapes."""
import os
import struct
import unittest
import zlib
from typing import Any, Dict
from unittest import mock

import installed_runtime  # noqa: F401
import numpy
from input_test_case import InputTestCase, columns_of_inputs
from PIL import Image

from batchstudio_runtime.inputs.columns import Column, Tensor
from batchstudio_runtime.inputs.images import ImageReader
from batchstudio_runtime.inputs.read_options import ReadOptions

RANDOM = numpy.random.RandomState(5)
GREY = RANDOM.randint(0, 256, (4, 6), "uint8")
COLOUR = RANDOM.randint(0, 256, (4, 6, 3), "uint8")
ALPHA = numpy.dstack([COLOUR, RANDOM.randint(0, 255, (4, 6), "uint8")])
OPAQUE = numpy.dstack([COLOUR, numpy.full((4, 6), 255, "uint8")])
DEEP = RANDOM.randint(256, 65536, (4, 6)).astype("uint16")


class ImageTestCase(InputTestCase):
    def save(self, image, name="x.png", **parameters):
        image = Image.fromarray(image) if isinstance(image, numpy.ndarray) else image
        path = self.path(name)
        image.save(path, **parameters)
        return path

    def tensor(self, path, shape, dtype="float32", mode=None):
        return self.read_image(path, [Tensor(None, dtype, shape)], mode)

    def read_image(self, path, columns, mode=None):
        return ImageReader(columns, ReadOptions({} if mode is None else {"image_mode": mode})).read(path)

    def problem(self, path, shape, dtype="float32", mode=None):
        with self.assertRaises(ValueError) as raised:
            self.tensor(path, shape, dtype, mode)
        return str(raised.exception)

    def assert_tensor(self, found, expected, dtype="float32"):
        self.assertEqual((found.dtype, found.shape), (numpy.dtype(dtype), expected.shape))
        numpy.testing.assert_array_equal(found, expected)


class LayoutTests(ImageTestCase):
    def test_channels_stand_where_the_signature_has_them(self):
        path = self.save(COLOUR)
        for shape in ((-1, 4, 6, 3), (1, 4, 6, 3), (-1, -1, -1, 3), (-1, -1, 6, 3), (-1, -1, -1, -1)):
            with self.subTest(shape):
                self.assert_tensor(self.tensor(path, shape), COLOUR[None])
        for shape in ((-1, 3, 4, 6), (-1, 3, -1, -1)):
            with self.subTest(shape):
                self.assert_tensor(self.tensor(path, shape), COLOUR.transpose(2, 0, 1)[None])

    def test_an_image_that_fits_both_layouts_fails(self):
        path = self.save(RANDOM.randint(0, 256, (3, 3, 3), "uint8"))
        for shape in ((-1, 3, 3, 3), (-1, 3, -1, -1), (-1, 3, -1, 3)):
            with self.subTest(shape):
                self.assertEqual(
                    self.problem(path, shape),
                    f"an image of 3 × 3 pixels fits {shape} with its channels first and with them last."
                    " Give images another size, or the model a signature of one layout."
                )

    def test_open_shapes_have_the_channels_last(self):
        for lengths in ((3, 3, 3), (1, 5, 3), (5, 3, 3)):
            image = RANDOM.randint(0, 256, lengths, "uint8")
            self.assert_tensor(self.tensor(self.save(image), (-1, -1, -1, -1)), image[None])

    def test_one_channel_needs_no_axis(self):
        path = self.save(GREY)
        self.assert_tensor(self.tensor(path, (-1, 4, 6)), GREY[None])
        self.assert_tensor(self.tensor(path, (-1, 4, 6, 1)), GREY[None, :, :, None])
        self.assert_tensor(self.tensor(path, (-1, 1, 4, 6)), GREY[None, None])

    def test_another_shape_fails_with_both(self):
        path = self.save(GREY)
        for shape in ((-1, 6, 4, 1), (-1, 2, 12, 1), (-1, 24), (4, 6, 1), (2, 4, 6, 1), (-1, 4, 6, 2)):
            with self.subTest(shape):
                self.assertEqual(
                    self.problem(path, shape), f"the image is 4×6 with 1 channel (L); the model's signature takes {shape}"
                )
        self.assertEqual(
            self.problem(self.save(COLOUR), (-1, 28, 28, 1)),
            "the image is 4×6 with 3 channels (RGB); the model's signature takes (-1, 28, 28, 1)",
        )

    def test_a_tensor_with_a_name(self):
        found = self.read_image(self.save(GREY), [Tensor("x", "uint8", (-1, 4, 6))])
        self.assertEqual(list(found), ["x"])
        self.assert_tensor(found["x"], GREY[None], "uint8")

    def test_objects_hold_the_image_as_it_is(self):
        found = self.tensor(self.save(COLOUR), (-1,), "object")
        self.assertEqual((found.shape, found.dtype), ((1,), numpy.dtype("object")))
        self.assert_tensor(found[0], COLOUR, "uint8")

    def test_several_tensors_take_no_image(self):
        with self.assertRaises(TypeError):
            self.read_image(self.save(GREY), [Tensor("x", "uint8", (-1, 4, 6)), Tensor("y", "uint8", (-1, 4, 6))])


class ModeTests(ImageTestCase):
    def test_modes_that_lose_nothing_are_converted(self):
        palette = Image.fromarray(COLOUR).quantize(8)
        greys = Image.fromarray(GREY).convert("P")
        two = Image.fromarray(GREY > 100)
        cases = (
            (GREY, 3, numpy.dstack([GREY] * 3)), (COLOUR, 4, OPAQUE), (OPAQUE, 3, COLOUR), (ALPHA, 4, ALPHA),
            (palette, 3, numpy.asarray(palette.convert("RGB"))), (greys, 1, GREY[:, :, None]),
            (numpy.dstack([GREY, numpy.full((4, 6), 255, "uint8")]), 1, GREY[:, :, None]),
            (two, 1, ((GREY > 100) * 255)[:, :, None]), (two, 3, numpy.dstack([(GREY > 100) * 255] * 3)),
        )
        for image, channels, expected in cases:
            mode = getattr(image, "mode", None) or image.shape
            with self.subTest(mode, channels=channels):
                self.assert_tensor(self.tensor(self.save(image), (-1, 4, 6, channels)), expected[None])

    def test_palettes_with_transparency_have_four_channels(self):
        palette = Image.fromarray(COLOUR).quantize(8)
        path = self.save(palette, transparency=0)
        with Image.open(path) as image:
            expected = numpy.asarray(image.convert("RGBA"))
        self.assert_tensor(self.tensor(path, (-1, 4, 6, 4)), expected[None])
        self.assertIn("transparent in places", self.problem(path, (-1, 4, 6, 3)))

    def test_other_colour_spaces_become_rgb(self):
        for mode, name in (("CMYK", "x.jpg"), ("YCbCr", "x.jpg"), ("CMYK", "x.tif")):
            with self.subTest(mode, name=name):
                path = self.save(Image.fromarray(COLOUR).convert(mode), name)
                with Image.open(path) as image:
                    expected = numpy.asarray(image.convert("RGB"))
                self.assert_tensor(self.tensor(path, (-1, 4, 6, 3)), expected[None])

    def test_lossy_conversions_need_the_option(self):
        cases = (
            (COLOUR, (-1, 4, 6, 1), "L", "the image is 4×6 with 3 channels (RGB)"), (COLOUR, (-1, 4, 6), "L", "the image is 4×6"),
            (ALPHA, (-1, 4, 6, 3), "RGB", "the image is 4×6 with 4 channels (RGBA) and is transparent in places"),
        )
        for image, shape, mode, expected in cases:
            with self.subTest(shape):
                path = self.save(image)
                problem = self.problem(path, shape)
                self.assertTrue(problem.startswith(expected), problem)
                self.assertTrue(problem.endswith(f"Give read_options.image_mode: {mode} to convert it"), problem)
                converted = numpy.asarray(Image.fromarray(image).convert(mode)).reshape((1,) + shape[1:])
                self.assert_tensor(self.tensor(path, shape, mode=mode), converted)

    def test_sixteen_bits_keep_their_values(self):
        for name in ("x.png", "x.tif"):
            path = self.save(DEEP, name)
            for dtype in ("uint16", "int32", "float32", "float64"):
                with self.subTest(name, dtype=dtype):
                    self.assert_tensor(self.tensor(path, (-1, 4, 6, 1), dtype), DEEP[None, :, :, None], dtype)
            for dtype in ("uint8", "int16", "float16"):
                with self.subTest(name, dtype=dtype):
                    self.assertIn("signature", self.problem(path, (-1, 4, 6, 1), dtype))
            self.assertIn("do not fit into the bytes of L", self.problem(path, (-1, 4, 6, 1), mode="L"))

    def test_sixteen_bits_of_colour_are_not_halved_silently(self):
        path = self.write("x.png", png_of_sixteen_bits(6, 4, [1, 257, 65535]))
        self.assertIn("16 bits a channel", self.problem(path, (-1, 4, 6, 3)))
        self.assertEqual(self.tensor(path, (-1, 4, 6, 3), mode="RGB").shape, (1, 4, 6, 3))

    def test_values_survive_the_signatures_type(self):
        self.assert_tensor(self.tensor(self.save(COLOUR), (-1, 4, 6, 3), "int64"), COLOUR[None], "int64")
        self.assertIn("do not fit into the signature's int8", self.problem(self.save(COLOUR), (-1, 4, 6, 3), "int8"))
        self.assertIn("the model's signature says bool", self.problem(self.save(COLOUR), (-1, 4, 6, 3), "bool"))


class FileTests(ImageTestCase):
    def test_every_format(self):
        formats: Dict[str, Dict[str, Any]] = {
            "x.png": {}, "x.bmp": {}, "x.tif": {}, "x.tiff": {"compression": "tiff_lzw"}, "x.webp": {"lossless": True},
        }
        for name, parameters in formats.items():
            with self.subTest(name):
                self.assert_tensor(self.tensor(self.save(COLOUR, name, **parameters), (-1, 4, 6, 3)), COLOUR[None])
        for name in ("x.jpg", "x.jpeg", "x.gif"):
            with self.subTest(name):
                path = self.save(GREY, name)
                with Image.open(path) as image:
                    expected = numpy.asarray(image.convert("L"))
                self.assert_tensor(self.tensor(path, (-1, 4, 6)), expected[None])

    def test_the_orientation_of_a_camera_is_applied(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # the top of the picture is at the right
        path = self.save(GREY, exif=exif)
        self.assert_tensor(self.tensor(path, (-1, 6, 4)), numpy.rot90(GREY, -1)[None])
        path = self.save(GREY, "x.tif", tiffinfo={0x0112: 6})
        self.assert_tensor(self.tensor(path, (-1, 6, 4)), numpy.rot90(GREY, -1)[None])

    def test_several_frames_fail(self):
        other = Image.fromarray(GREY[::-1].copy())
        for name in ("x.gif", "x.tif", "x.webp", "x.png"):
            with self.subTest(name):
                path = self.save(GREY, name, save_all=True, append_images=[other])
                self.assertIn("the image has 2 frames", self.problem(path, (-1, 4, 6)))

    def test_damaged_files(self):
        noise = RANDOM.randint(0, 256, (200, 200, 3), "uint8")
        for name in ("x.png", "x.jpg", "x.bmp", "x.tif", "x.webp"):
            path = self.save(noise, name)
            with open(path, "rb+") as file:
                file.truncate(os.path.getsize(path) // 2)
            with self.subTest(name):
                problem = self.problem(path, (-1, 200, 200, 3))
                self.assertTrue(problem.startswith(("the image is damaged: ", "the file is not an image")), problem)
        text = self.write("t.png", b"a,b\n1,2\n")
        self.assertEqual(self.problem(text, (-1, 4, 6)), "the file is not an image that Pillow knows")

    def test_images_that_would_fill_the_memory(self):
        path = self.save(GREY)
        with mock.patch.object(Image, "MAX_IMAGE_PIXELS", 5):
            self.assertTrue(self.problem(path, (-1, 4, 6)).startswith("the image is too large"))

    def test_a_missing_file_is_no_damaged_image(self):
        with self.assertRaises(FileNotFoundError):
            self.tensor(self.path("gone.png"), (-1, 4, 6))

    def test_without_a_signature_an_image_is_height_width_channels(self):
        for image, expected in ((COLOUR, COLOUR), (GREY, GREY[:, :, None]), (ALPHA, ALPHA)):
            self.assert_tensor(self.read_image(self.save(image), None), expected[None], "uint8")
        grey = numpy.asarray(Image.fromarray(COLOUR).convert("L"))
        self.assert_tensor(self.read_image(self.save(COLOUR), None, mode="L"), grey[None, :, :, None], "uint8")

    def test_a_binary_column_holds_the_file(self):
        path = self.save(COLOUR)
        with open(path, "rb") as file:
            content = file.read()
        self.assertEqual(self.read_image(path, [Column("image", "binary", True)]).to_dict("list"), {"image": [content]})

    def test_other_columns_take_no_image(self):
        with self.assertRaises(TypeError):
            self.read_image(self.save(GREY), [Column("a", "double", True)])

    def test_mlflow_hands_on_what_is_read(self):
        from mlflow.types import TensorSpec

        inputs = [TensorSpec(numpy.dtype("float32"), (-1, 3, 4, 6))]
        self.assert_handed_on(inputs, self.read_image(self.save(COLOUR), columns_of_inputs(inputs)))


def png_of_sixteen_bits(width, height, colour):
    """Returns a PNG file of one colour with 16 bits a channel, which Pillow does not write."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + struct.pack(f">{3 * width}H", *(colour * width))
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")


if __name__ == "__main__":
    unittest.main()
