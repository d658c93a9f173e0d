"""The works that are compared: inputs and models, made with fixed seeds, kept in a folder until all contenders are through.

    python -m works FOLDER WORK [--rows N]
"""


class Work:
    """A kind of input and a model: its letter in `WORKLOADS`, the rows (or images) of a full run, the files of a mini-batch."""

    def __init__(self, letter, rows, least_rows, mini_batch_size=1, packages=()):
        self.letter, self.rows, self.least_rows = letter, rows, least_rows
        self.mini_batch_size, self.packages = mini_batch_size, packages

    def scaled(self, scale):
        """Return the rows at a scale, a multiple of the least: the files of a work all have as many."""
        return max(self.least_rows, int(self.rows * scale) // self.least_rows * self.least_rows)


# Letters a to g are workloads that users have; t are the tables that were compared first.
WORKS = {
    "csv, logistic": Work("t", 1_000_000, 100),
    "csv, boosting": Work("t", 1_000_000, 100),
    "parquet, logistic": Work("t", 1_000_000, 100),
    "small csv, logistic": Work("t", 1_000_000, 100, mini_batch_size=100),
    "images, logistic": Work("t", 5_000, 500, mini_batch_size=50),
    "one csv, logistic": Work("a", 10_000_000, 10),
    "one parquet, logistic": Work("a", 10_000_000, 10),
    "mixed csv, pipeline": Work("b", 1_000_000, 100),
    "mixed parquet, pipeline": Work("b", 1_000_000, 100),
    "csv, xgboost": Work("c", 1_000_000, 100, packages=("xgboost",)),
    "csv, lightgbm": Work("c", 1_000_000, 100, packages=("lightgbm",)),
    "jpeg, onnx": Work("d", 10_000, 500, mini_batch_size=50, packages=("onnx", "onnxruntime")),
    "wide csv, logistic": Work("e", 50_000, 100),
    "gzip csv, logistic": Work("f", 1_000_000, 100),
    "parquet, boosting": Work("g", 1_000_000, 100),
    "small csv, boosting": Work("g", 1_000_000, 100, mini_batch_size=100),
}


def kind_of(work):
    """Return the kind of a work's input."""
    return work.split(",")[0]
