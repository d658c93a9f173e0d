"""Ray Data: `map_batches` with the model in an actor. It writes CSV files of its own naming and order."""
import os
import sys

import mlflow.pyfunc
import ray
from scoring import input_files, score

model_folder, input_folder, output, workers = sys.argv[1:5]


class Scorer:
    def __init__(self):
        self.model = mlflow.pyfunc.load_model(model_folder)

    def tables(self, batch):
        path = os.path.basename(batch["path"].iloc[0])
        columns = batch.drop(columns=["path"])
        return columns.assign(prediction=self.model.predict(columns), file=path)[["prediction", "file"]]

    def __call__(self, batch):
        import pandas

        return pandas.concat([self.tables(part) for _, part in batch.groupby("path", sort=False)])


class FileScorer(Scorer):
    def __call__(self, batch):
        import pandas

        return pandas.concat([score(self.model, path)[["prediction", "file"]] for path in batch["path"]])


ray.init(num_cpus=int(workers), include_dashboard=False, logging_level="error",
         runtime_env={"env_vars": {"PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}})
files = input_files(input_folder)
if files[0].endswith((".csv", ".parquet")):
    reader = ray.data.read_csv if files[0].endswith(".csv") else ray.data.read_parquet
    data, scorer, size = reader(input_folder, include_paths=True), Scorer, 10_000
else:
    data, scorer, size = ray.data.from_items([{"path": path} for path in files]), FileScorer, 100
data.map_batches(scorer, batch_format="pandas", batch_size=size,
                                                                    num_cpus=0.5, concurrency=int(workers)).write_csv(output)
