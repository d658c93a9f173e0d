"""A model that returns each row of its input as one JSON text, which distinguishes types and exact values."""
import json

import mlflow


def exact(value):
    if value is None or value != value:
        return None
    if isinstance(value, bytes):
        return value.hex()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return repr(value) if isinstance(value, float) else value


class Echo(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        kinds = ["text" if str(kind) in ("object", "str", "string") else str(kind) for kind in model_input.dtypes]
        names = list(model_input.columns)
        rows = zip(*[model_input[name] for name in names])
        return [json.dumps([names, kinds, [exact(value) for value in row]]) for row in rows]


mlflow.models.set_model(Echo())
