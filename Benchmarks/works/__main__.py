"""Makes a work's input and model."""
import argparse
import pathlib

from works import WORKS, images, tables
from works.models import ESTIMATORS


def make(folder, work, rows):
    kind, model = work.split(", ")
    if kind == "images":
        images.make_images(folder, rows)
    elif kind == "jpeg":
        images.make_photographs(folder, rows)
    else:
        tables.make(kind, folder, ESTIMATORS[model](), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("work", choices=WORKS)
    parser.add_argument("--rows", type=int)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.work, arguments.rows or WORKS[arguments.work].rows)
