"""Makes the profile of a job's predictions.

    python -I profile_rows.py join LIST TO
    python -I profile_rows.py read FILE FORMAT NAMES LABELS TO

`join` merges the profiles that workers have made, in the order of LIST: a line a mini-batch, `OFFSET \\t BYTES \\t PATH`.
`read` reads an output file. FORMAT is as in `start`, NAMES a JSON list of the columns' names or null, LABELS 1 where the first
and the last column are `row` and `file`. TO is written as a whole or not at all.
"""
import json
import os
import sys
from typing import Any, Dict, List

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)


def main(arguments: List[str]) -> None:
    from batchstudio_runtime.profiles import output_files, records
    from batchstudio_runtime.profiles.table_profile import TableProfile

    if arguments[0] == "join":
        profile, inputs, count = TableProfile(), TableProfile(), 0
        try:
            for of_rows, of_inputs in records.read(arguments[1]):
                profile.merge(of_rows)
                inputs.merge(of_inputs)
                count += 1
        except records.DamagedRecord as error:
            sys.exit(str(error))
        summary = dict(profile.summary(), mini_batches=count, made="scoring")
        if not inputs.is_empty:
            summary["inputs"] = inputs.summary()["columns"]
    else:
        path, output_format, names, labels = arguments[1:5]
        summary = dict(output_files.profile_of(path, output_format, json.loads(names), labels == "1").summary(), made="rebuild")
    write(summary, arguments[-1])


def write(summary: Dict[str, Any], path: str) -> None:
    partial = path + ".partial"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(summary, file, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    os.rename(partial, path)


if __name__ == "__main__":
    main(sys.argv[1:])
