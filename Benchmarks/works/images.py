"""The images, with models that tell them apart."""
import pathlib
import sys

import mlflow.pyfunc
import numpy
from mlflow.models import ModelSignature
from mlflow.types import Schema, TensorSpec
from sklearn.linear_model import LogisticRegression

from works.models import pinned

SIDE = 64
PHOTOGRAPH_SIDE = 128
CLASSES = 10
TRAINED_ON = 500
IMAGE_MODEL = pathlib.Path(__file__).resolve().parent / "image_model.py"


def signature(side):
    """Return the signature of a model that takes images as they are in files, and returns classes."""
    return ModelSignature(
        inputs=Schema([TensorSpec(numpy.dtype("uint8"), (-1, side, side, 3))]),
        outputs=Schema([TensorSpec(numpy.dtype("int64"), (-1,))]),
    )


def make_images(folder, images):
    """Write PNG images, lighter or darker than a half, and a model in Python that classifies them."""
    from PIL import Image

    random = numpy.random.default_rng(7)
    labels = random.integers(0, 2, images)
    (folder / "input").mkdir()
    pixels = []
    for number, label in enumerate(labels):
        noise = random.integers(0, 128, (SIDE, SIDE, 3)) + 127 * label
        image = noise.astype(numpy.uint8)
        Image.fromarray(image).save(folder / "input" / f"image-{number:05d}.png")
        if number < TRAINED_ON:
            pixels.append(image.reshape(-1) / 255)
    sys.path.insert(0, str(IMAGE_MODEL.parent))
    from image_model import ImageClassifier

    classifier = LogisticRegression(max_iter=500).fit(pixels, labels[:TRAINED_ON])
    mlflow.pyfunc.save_model(str(folder / "model"), python_model=ImageClassifier(classifier), signature=signature(SIDE),
                             code_paths=[str(IMAGE_MODEL)],
                             pip_requirements=pinned("mlflow", "scikit-learn", "pandas", "pillow", "cloudpickle"))


def make_photographs(folder, images):
    """Write JPEG images of soft shapes in the colors of their class, and an ONNX network that classifies them."""
    from PIL import Image

    random = numpy.random.default_rng(7)
    colors = random.integers(40, 216, (CLASSES, 3))
    labels = random.integers(0, CLASSES, images)
    (folder / "input").mkdir()
    trained_on = []
    for number, label in enumerate(labels):
        spots = Image.fromarray(random.integers(0, 256, (8, 8, 3)).astype(numpy.uint8))
        shapes = numpy.asarray(spots.resize((PHOTOGRAPH_SIDE, PHOTOGRAPH_SIDE), Image.Resampling.BICUBIC)).astype(int)
        pixels = (colors[label] + (shapes - 128) // 3).clip(0, 255).astype(numpy.uint8)
        path = folder / "input" / f"image-{number:05d}.jpg"
        Image.fromarray(pixels).save(path, quality=90)
        if number < TRAINED_ON:
            with Image.open(path) as image:
                trained_on.append(numpy.asarray(image))
    save_network(folder, numpy.stack(trained_on), labels[:TRAINED_ON], random)


def save_network(folder, images, labels, random):
    """Save a network of three convolutions whose last layer is fitted to the labels."""
    import onnx
    import onnxruntime
    from mlflow import onnx as flavor

    weights, depth = {}, [3, 16, 32, 64]
    for layer in range(3):
        shape = (depth[layer + 1], depth[layer], 3, 3)
        weights[f"kernel{layer}"] = random.normal(0, (2 / numpy.prod(shape[1:])) ** 0.5, shape).astype(numpy.float32)
    features = onnxruntime.InferenceSession(network(weights).SerializeToString(), providers=["CPUExecutionProvider"])
    seen = features.run(None, {"images": images})[0]
    classifier = LogisticRegression(max_iter=2000, C=100).fit(seen, labels)
    weights["classes"] = classifier.coef_.T.astype(numpy.float32)
    weights["bias"] = classifier.intercept_.astype(numpy.float32)
    model = network(weights)
    onnx.checker.check_model(model)
    flavor.save_model(model, str(folder / "model"), signature=signature(PHOTOGRAPH_SIDE),
                      pip_requirements=pinned("mlflow", "onnx", "onnxruntime", "pandas", "pillow"))


def network(weights):
    """Return the network of these weights: its features, or the class where there are weights of classes."""
    from onnx import TensorProto, helper, numpy_helper

    constants = dict(weights, scale=numpy.array(255, numpy.float32))
    nodes = [
        helper.make_node("Cast", ["images"], ["floats"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["floats", "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["active0"], perm=[0, 3, 1, 2]),
    ]
    for layer in range(3):
        nodes += [
            helper.make_node("Conv", [f"active{layer}", f"kernel{layer}"], [f"convolved{layer}"], strides=[2, 2],
                             pads=[1, 1, 1, 1]),
            helper.make_node("Relu", [f"convolved{layer}"], [f"active{layer + 1}"]),
        ]
    nodes.append(helper.make_node("ReduceMean", ["active3"], ["features"], axes=[2, 3], keepdims=0))
    output, kind, shape = "features", TensorProto.FLOAT, ["rows", 64]
    if "classes" in weights:
        nodes += [
            helper.make_node("Gemm", ["features", "classes", "bias"], ["scores"]),
            helper.make_node("ArgMax", ["scores"], ["prediction"], axis=1, keepdims=0),
        ]
        output, kind, shape = "prediction", TensorProto.INT64, ["rows"]
    graph = helper.make_graph(
        nodes, "classifier",
        [helper.make_tensor_value_info("images", TensorProto.UINT8, ["rows", PHOTOGRAPH_SIDE, PHOTOGRAPH_SIDE, 3])],
        [helper.make_tensor_value_info(output, kind, shape)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
