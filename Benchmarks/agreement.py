"""The comparison of two outputs, as far as a contender's format allows it."""
import filecmp
import json
import os
import pathlib

import numpy
import pandas

COLUMNS = ["row", "prediction", "file"]


def disagreement(expected, output, degree):
    """Return how an output differs from batchstudio's, or None.

    `bytes`: the same file. `rows`: the same rows in any order. `counts`: as many of each prediction in each file.
    `sequence`: the same predictions in the same order, in a JSON document or a folder of files in the order of their names.
    """
    if degree == "bytes":
        return None if filecmp.cmp(expected, output, shallow=False) else "not the same bytes"
    ours = pandas.read_csv(expected, names=COLUMNS)
    if degree == "sequence":
        same = numpy.array_equal(ours["prediction"].to_numpy(), predictions(output))
        return None if same else "not the same predictions"
    if degree == "rows":
        theirs = table(output, COLUMNS).sort_values(["file", "row"], ignore_index=True)
        ours = ours.sort_values(["file", "row"], ignore_index=True)
        return None if ours.equals(theirs) else "not the same rows"
    theirs = table(output, ["prediction", "file"])
    same = counts(ours).equals(counts(theirs))
    return None if same else f"not the same counts of predictions: {len(ours)} and {len(theirs)} rows"


def table(folder, names):
    """Return the rows of all CSV files of a folder; some writers put a header into each."""
    parts = []
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if entry.startswith((".", "_")) or os.path.getsize(path) == 0:
            continue
        with open(path) as file:
            has_header = "prediction" in file.readline()
        parts.append(pandas.read_csv(path) if has_header else pandas.read_csv(path, names=names))
    return pandas.concat(parts, ignore_index=True)


def predictions(output):
    """Return the predictions of an output in its order."""
    if os.path.isfile(output):
        return numpy.array(json.loads(pathlib.Path(output).read_text())["predictions"])
    parts = [path for path in sorted(pathlib.Path(output).iterdir()) if path.stat().st_size > 0]
    # Files of all columns have the prediction after the row, others begin with it.
    return numpy.concatenate([frame[frame.columns[-2]].to_numpy() for frame in map(headless, parts)])


def headless(path):
    return pandas.read_csv(path, header=None)


def counts(frame):
    return frame.groupby(["file", "prediction"]).size().sort_index()
