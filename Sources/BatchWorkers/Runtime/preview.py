"""Prints the first rows of an input and how its columns fit a model: `python -I preview.py REQUEST`.

REQUEST is the path of a JSON file: `root`, `files` (a sample, relative to the root, in input order), `total_files`,
`signature` (the JSON text of the MLmodel's inputs, or null), `read_options`, `rows`. The last line that is printed is the
preview as JSON.
"""
import json
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)


def main(path: str) -> None:
    with open(path, encoding="utf-8") as file:
        request = json.load(file)
    try:
        from batchstudio_runtime.inputs.preview import Preview
    except ImportError as error:
        if error.name not in ("numpy", "pandas"):
            raise
        sys.exit(f"The preview needs pandas and NumPy: {error.name} is missing in {sys.executable}.")
    # ASCII, so that it does not depend on the locale; on a line of its own, whatever a library has printed.
    print("\n" + json.dumps(Preview(request).result()))


if __name__ == "__main__":
    main(sys.argv[1])
