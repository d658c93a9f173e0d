"""Ray Data: `map_batches` with the model in an actor. It writes CSV files of its own naming and order."""
import os
import sys

import mlflow.pyfunc
import ray
from scoring import column_types, input_files, score_file

model_folder, input_folder, output, workers, kind = sys.argv[1:6]


class Scorer:
    def __init__(self):
        self.model = mlflow.pyfunc.load_model(model_folder)
        # MLflow refuses whole numbers, as Arrow reads them, in a column of doubles.
        self.floats = {name: float for name, kind in column_types(self.model).items() if kind == "double"}

    def tables(self, batch):
        path = os.path.basename(batch["path"].iloc[0])
        columns = batch.drop(columns=["path"]).astype(self.floats)
        return columns.assign(prediction=self.model.predict(columns), file=path)[["prediction", "file"]]

    def __call__(self, batch):
        import pandas

        return pandas.concat([self.tables(part) for _, part in batch.groupby("path", sort=False)])


class FileScorer(Scorer):
    def __call__(self, batch):
        import pandas

        return pandas.concat([score_file(self.model, path)[["prediction", "file"]] for path in batch["path"]])


# A cluster that RAY_ADDRESS names, or one for this run alone.
own = {} if "RAY_ADDRESS" in os.environ else {"num_cpus": int(workers), "include_dashboard": False}
ray.init(logging_level="error", runtime_env={"env_vars": {"PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}}, **own)
if kind == "csv":
    # Files whose names end otherwise, as packed ones, would be passed over.
    reading = ray.data.read_csv(input_folder, include_paths=True, file_extensions=["csv", "csv.gz"])
elif kind == "parquet":
    reading = ray.data.read_parquet(input_folder, include_paths=True)
else:
    reading = ray.data.from_items([{"path": path} for path in input_files(input_folder)])
scorer, size = (FileScorer, 100) if kind == "images" else (Scorer, 10_000)
reading.map_batches(scorer, batch_format="pandas", batch_size=size, num_cpus=0.5, concurrency=int(workers)).write_csv(output)
