"""Finds out whether a model predicts the same with and without MLflow: `python -I light_proof.py MODEL_DIR`.

The last line that is printed is JSON: `is_same`, `rows` of the input example, and `reason` where they differ or have no proof.
"""
import json
import os
import pickle
import subprocess
import sys
import tempfile
from typing import Any, Dict

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
import batchstudio_runtime  # noqa: E402,F401 (the package of the modules beside this file)

sys.path.remove(FOLDER)


class NoProof(Exception):
    """The reason why the two ways are not the same, or can't be compared."""


def main(model_dir: str) -> Dict[str, Any]:
    from batchstudio_runtime.mlflow import light, model

    folder = model.model_folder(model_dir)
    described = light.description(folder)
    schema = described and light.plain_schema(described.get("signature"))
    if not described or not schema:
        raise NoProof("the MLmodel file has more than is known to the light loader")
    if described["flavors"]["python_function"].get("loader_module") not in light.LOADERS:
        raise NoProof("the light loader does not know its flavor")
    slow = model.load_with_mlflow(folder)
    table = example_table(slow, folder, schema)
    # The first row too: a library may treat one row in another way than several.
    tables = [table, table.head(1)]
    expected = [slow.predict(each.copy()) for each in tables]
    found = light_predictions(model_dir, tables)
    from batchstudio_runtime.mlflow.unchecked import are_same

    if not all(map(are_same, expected, found)):
        raise NoProof("its predictions of the input example differ from MLflow's")
    return {"is_same": True, "rows": len(table)}


def example_table(slow: Any, folder: str, schema: Any) -> Any:
    """Returns the model's input example with the types of its signature."""
    import pandas

    from batchstudio_runtime.inputs.columns import DTYPES

    example = slow.metadata.load_input_example(folder)
    if example is None:
        raise NoProof("the model has no input example")
    try:
        types = {column.name: DTYPES[column.type] for column in schema.inputs}
        table = pandas.DataFrame(example)[list(types)].astype(types).reset_index(drop=True)
    except (KeyError, TypeError, ValueError) as error:
        raise NoProof(f"the input example is no table of the signature's columns: {error}")
    if table.empty:
        raise NoProof("the input example has no rows")
    return table


def light_predictions(model_dir: str, tables: Any) -> Any:
    """Returns the predictions of the model that another process has loaded without MLflow."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = os.path.join(folder, "tables"), os.path.join(folder, "predictions")
        with open(source, "wb") as file:
            pickle.dump(tables, file)
        command = [sys.executable, "-I", os.path.abspath(__file__), model_dir, source, target]
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if ended.returncode != 0:
            words = ended.stdout.decode("utf-8", "replace").strip().splitlines() or ["it printed nothing"]
            raise NoProof(f"it can't be loaded without MLflow: {words[-1]}")
        with open(target, "rb") as file:
            return pickle.load(file)


def predict_light(model_dir: str, source: str, target: str) -> None:
    from batchstudio_runtime.mlflow import light, model

    def load_slow() -> Any:
        raise NoProof("only MLflow predicts the input example")

    loaded = light.light_model(model.model_folder(model_dir), load_slow)
    if loaded is None:
        raise NoProof("the light loader does not know how")
    with open(source, "rb") as file:
        tables = pickle.load(file)
    predictions = [loaded.predict(table) for table in tables]
    if "mlflow" in sys.modules:
        raise NoProof("the model itself imports MLflow")
    with open(target, "wb") as output:
        pickle.dump(predictions, output)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        predict_light(*sys.argv[1:])
    else:
        try:
            result = main(sys.argv[1])
        except NoProof as error:
            result = {"is_same": False, "reason": str(error)}
        except Exception as error:
            result = {"is_same": False, "reason": f"{type(error).__name__}: {error}"}
        # ASCII, so that it does not depend on the locale; on a line of its own, whatever a library has printed.
        print("\n" + json.dumps(result))
