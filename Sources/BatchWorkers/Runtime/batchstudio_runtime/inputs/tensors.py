"""Tables for a model whose signature is a tensor: arrays of one type instead of columns of many."""
import numpy
import pandas

from batchstudio_runtime.inputs.tables import PlainTables, column_names


class TensorTables:
    def __init__(self, schema):
        self._specs = schema.inputs
        self._are_named = schema.has_input_names()

    def read_csv(self, path):
        if self._are_named:  # MLflow makes tensors of the columns
            types = {spec.name: spec.type for spec in self._specs}
            return pandas.read_csv(path, dtype=types)
        header = 0 if has_header(path) else None
        return self._shaped(pandas.read_csv(path, header=header))

    def read_parquet(self, path):
        table = PlainTables().read_parquet(path)
        return table if self._are_named else self._shaped(table)

    def check_columns(self, path, extension):
        column_names(path, extension)

    def _shaped(self, table):
        spec = self._specs[0]
        array = table.to_numpy(dtype=spec.type)
        return array.reshape((len(array),) + tuple(spec.shape[1:])) if -1 not in spec.shape[1:] else array


def has_header(path):
    """Tell whether the first line names the columns: some value in it is not a number."""
    first = pandas.read_csv(path, header=None, nrows=1, dtype=str).iloc[0]
    return bool(pandas.to_numeric(first, errors="coerce").isna().any())
