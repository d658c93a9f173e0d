"""The types of columns that paths give, for models without a signature: inferred over the names of the sampled files."""
from typing import Dict, List, Sequence

from batchstudio_runtime.inputs.cells import MISSING, CellRules
from batchstudio_runtime.inputs.columns import Column
from batchstudio_runtime.inputs.inference import Evidence
from batchstudio_runtime.inputs.path_columns import HIVE_MISSING, PATH_COLUMN, PathColumns
from batchstudio_runtime.inputs.read_options import ReadOptions


def inferred_columns(names: List[str], known: Sequence[Column], options: ReadOptions) -> List[Column]:
    """Returns the columns of the paths of files with these names, without those that are `known` from the files."""
    path_columns, rules = PathColumns(options), CellRules(options)
    missing = MISSING if options.missing_values is None else frozenset(options.missing_values)
    evidence: Dict[str, Evidence] = {}
    for name in names:
        try:
            pairs = path_columns.named_values(name)
        except ValueError:
            continue  # the file fails on its own, with its reason
        for column, text in pairs:
            # A missing value is one whatever the missing texts are.
            text = HIVE_MISSING if text is None else text
            evidence.setdefault(column, Evidence(rules, missing | {HIVE_MISSING})).add([text])
    taken = {column.name for column in known}
    given = options.types or {}
    return [
        Column(name, given.get(name) or ("string" if name == PATH_COLUMN else cells.type()), False)
        for name, cells in evidence.items() if name not in taken
    ]
