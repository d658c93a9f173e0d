"""Images that a network of ONNX predicts together, which must give the predictions of each alone."""
import os
import pathlib
import tempfile
import unittest

import installed_runtime  # noqa: F401
import numpy

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
os.environ["ORT_INTRA_OP_NUM_THREADS"] = "1"

try:
    import onnx
    from onnx import TensorProto, helper
except ImportError:
    onnx = None

from batchstudio_runtime.mlflow.contract import MatchedFiles
from batchstudio_runtime.mlflow.model import load_model
from batchstudio_runtime.mlflow.predictions import Predictor
from batchstudio_runtime.scoring.job import CurrentJob, Job
from batchstudio_runtime.scoring.mini_batch import MiniBatch

SIDE = 4


def network(nodes, kind, shape, rows="rows"):
    """Returns a network of these nodes, from `floats`, the images, to `prediction`."""
    nodes = [helper.make_node("Cast", ["images"], ["floats"], to=TensorProto.FLOAT)] + nodes
    graph = helper.make_graph(
        nodes, "network",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, [rows, SIDE, SIDE, 3])],
        [helper.make_tensor_value_info("prediction", kind, shape)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def means(output):
    return helper.make_node("ReduceMean", ["floats"], [output], axes=[1, 2], keepdims=0)


def color_of_each():
    return network([means("means"), helper.make_node("ArgMax", ["means"], ["prediction"], axis=1, keepdims=0)],
                   TensorProto.INT64, ["rows"])


def means_of_each():
    return network([means("prediction")], TensorProto.FLOAT, ["rows", 3])


def brighter_than_the_others():
    """Returns a network that says which images are brighter than the mean of their batch."""
    return network([
        helper.make_node("ReduceMean", ["floats"], ["means"], axes=[1, 2, 3], keepdims=0),
        helper.make_node("ReduceMean", ["means"], ["mean"], axes=[0], keepdims=1),
        helper.make_node("Greater", ["means", "mean"], ["is_brighter"]),
        helper.make_node("Cast", ["is_brighter"], ["prediction"], to=TensorProto.INT64),
    ], TensorProto.INT64, ["rows"])


@unittest.skipIf(onnx is None, "onnx is not installed")
class ImageGroupTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        CurrentJob.job = Job({"row_contract": "one_per_row", "file_column": "name"})
        self.addCleanup(setattr, CurrentJob, "job", None)

    def predictor(self, model, first=-1):
        from mlflow import onnx as flavor
        from mlflow.models import ModelSignature
        from mlflow.types import Schema, TensorSpec

        signature = ModelSignature(inputs=Schema([TensorSpec(numpy.dtype("uint8"), (first, SIDE, SIDE, 3))]))
        path = str(self.folder / f"model{len(os.listdir(str(self.folder)))}")
        flavor.save_model(model, path, signature=signature, pip_requirements=["mlflow"])
        return Predictor(load_model(path))

    @staticmethod
    def images(count, side=SIDE):
        random = numpy.random.default_rng(7)
        return [(f"/in/{number:03d}.png", random.integers(0, 256, (1, side, side, 3)).astype("uint8")) for number in range(count)]

    @staticmethod
    def predict(predictor, images):
        """Returns how many files each call gave, and the predictions of each file."""
        class Batch(MiniBatch):
            def _name(self, path):
                return path

        with Batch(0, []):
            found = list(predictor.predict_each(images))
        values = []
        for paths, predictions in found:
            each = predictions.each() if isinstance(predictions, MatchedFiles) else [predictions]
            values += [(path, matched.frame.to_numpy().tolist(), list(matched.numbers)) for path, matched in zip(paths, each)]
        return [len(paths) for paths, _ in found], values

    def expected(self, predictor, images):
        """Returns the predictions of each image by itself."""
        return [value for image in images for value in self.predict(predictor, [image])[1]]

    def test_labels_of_a_group_are_those_of_each_image(self):
        predictor = self.predictor(color_of_each())
        images = self.images(150)
        counts, values = self.predict(predictor, images)
        self.assertEqual(counts, [64, 64, 22])
        self.assertEqual(values, self.expected(predictor, images))
        self.assertEqual({value[0][0] for _, value, _ in values}, {0, 1, 2})

    def test_floats_are_predicted_alone(self):
        predictor = self.predictor(means_of_each())
        images = self.images(70)
        counts, values = self.predict(predictor, images)
        self.assertEqual(counts, [1] * 70)
        self.assertEqual(values, self.expected(predictor, images))

    def test_a_network_that_compares_images_is_found_out(self):
        predictor = self.predictor(brighter_than_the_others())
        images = self.images(2) + [("/in/last.png", numpy.full((1, SIDE, SIDE, 3), 255, "uint8"))]
        counts, values = self.predict(predictor, images)
        self.assertEqual(counts, [1] * 3)
        self.assertEqual([value for _, value, _ in values], [[[0]]] * 3)

    def test_a_network_of_one_image_is_asked_for_a_group_once(self):
        model = network([means("means"), helper.make_node("ArgMax", ["means"], ["prediction"], axis=1, keepdims=0)],
                        TensorProto.INT64, [1], rows=1)
        predictor = self.predictor(model)
        counts, _ = self.predict(predictor, self.images(70))
        self.assertEqual(counts, [1] * 70)

    def test_a_signature_of_one_image_has_no_groups(self):
        self.assertEqual(self.predict(self.predictor(color_of_each(), first=1), self.images(3))[0], [1, 1, 1])

    def test_errors_stand_at_their_file(self):
        images = self.images(3)
        images[1] = (images[1][0], ValueError("the image is damaged"))
        predictor = self.predictor(color_of_each())

        class Batch(MiniBatch):
            def _name(self, path):
                return path

        with Batch(0, []):
            found = list(predictor.predict_each(images))
        self.assertEqual([paths for paths, _ in found], [[path] for path, _ in images])
        self.assertIsInstance(found[1][1], ValueError)


if __name__ == "__main__":
    unittest.main()
