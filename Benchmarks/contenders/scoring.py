"""The code that the hand-written contenders share: reading a file, and the rows of a prediction."""
import os
import pathlib

import numpy
import pandas

LARGE_FILE = 64 << 20  # bytes; a larger file is read in chunks
CHUNK = 100_000  # rows


def input_files(folder):
    return sorted(str(path) for path in pathlib.Path(folder).iterdir())


def column_types(model):
    """Return the columns of a model's signature with the types of MLflow; none where it takes tensors."""
    schema = model.metadata.get_input_schema()
    if schema is None or schema.is_tensor_spec():
        return {}
    return {column.name: column.type.name for column in schema.inputs}


def csv_options(types):
    # Typed, since MLflow refuses a column of doubles that happens to hold whole numbers only.
    dtypes = {name: "str" if kind == "string" else float for name, kind in types.items() if kind != "datetime"}
    return {"dtype": dtypes, "parse_dates": [name for name, kind in types.items() if kind == "datetime"]}


def with_floats(frame, types):
    """Returns a frame whose whole numbers with missing values are floats where the signature has doubles."""
    return frame.astype({name: float for name, kind in types.items() if kind == "double" and frame[name].dtype != float})


def read(path, types):
    """Return a file's content as the model takes it."""
    if path.endswith((".csv", ".csv.gz")):
        return pandas.read_csv(path, **csv_options(types))
    if path.endswith(".parquet"):
        return with_floats(pandas.read_parquet(path), types)
    from PIL import Image

    with Image.open(path) as image:
        return numpy.asarray(image)[numpy.newaxis]


def chunks(path, types):
    """Return a file's content in parts, each with the number of its first row: one part unless the file is large."""
    if os.path.getsize(path) < LARGE_FILE or path.endswith(".gz"):
        yield 0, read(path, types)
    elif path.endswith(".csv"):
        with pandas.read_csv(path, chunksize=CHUNK, **csv_options(types)) as parts:
            for number, part in enumerate(parts):
                yield number * CHUNK, part
    else:
        import pyarrow.parquet

        first = 0
        for batch in pyarrow.parquet.ParquetFile(path).iter_batches(CHUNK):
            yield first, with_floats(batch.to_pandas(), types)
            first += len(batch)


def score(model, path, first, content):
    """Return the rows of a part of a file: row, prediction, file."""
    predictions = model.predict(content)
    if isinstance(predictions, dict):  # of named tensors
        predictions = predictions["prediction"]
    numbers = range(first, first + len(predictions))
    return pandas.DataFrame({"row": numbers, "prediction": predictions, "file": os.path.basename(path)})


def score_file(model, path):
    """Return the rows of a file."""
    types = column_types(model)
    return pandas.concat([score(model, path, first, part) for first, part in chunks(path, types)])
