"""Trains models that are loaded without MLflow: python make_light_models.py FOLDER. Each is saved as FOLDER/NAME/model."""
import importlib.util
import os
import sys

import mlflow.sklearn
import numpy
from make_models import WINE_TYPES, columns, wine_table
from sklearn.base import BaseEstimator
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

TABLE = wine_table(200)
CLASSES = (TABLE["alcohol"] > TABLE["acidity"]).astype(int)
PRICE = TABLE["alcohol"] * 0.7 + TABLE["sugar"] ** 2 / 9
EXAMPLE = TABLE.head(5)
SIGNATURE = columns(WINE_TYPES)


def save(flavor, model, folder, example=EXAMPLE, **options):
    flavor.save_model(model, folder, signature=SIGNATURE, input_example=example, **options)


def save_sklearn(model, folder, **options):
    save(mlflow.sklearn, model, folder, pip_requirements=["scikit-learn"], serialization_format="cloudpickle", **options)


def classes(folder):
    save_sklearn(make_pipeline(StandardScaler(), LogisticRegression()).fit(TABLE, CLASSES), folder)


def probabilities(folder):
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(TABLE, CLASSES)
    save_sklearn(model, folder, pyfunc_predict_fn="predict_proba")


def prices(folder):
    save_sklearn(GradientBoostingRegressor(n_estimators=20).fit(TABLE, PRICE), folder)


def without_example(folder):
    save_sklearn(LogisticRegression().fit(TABLE, CLASSES), folder, example=None)


def with_code(folder):
    package = os.path.join(os.path.dirname(folder), "helper")
    os.makedirs(package)
    open(os.path.join(package, "__init__.py"), "w").close()
    save_sklearn(LogisticRegression().fit(TABLE, CLASSES), folder, code_paths=[package])


def unlike(folder):
    """Predicts something else where MLflow is imported."""
    def predict(self, table):
        import sys

        return numpy.full(len(table), "mlflow" in sys.modules)

    save_sklearn(type("Model", (BaseEstimator,), {"predict": predict, "__module__": "__main__"})(), folder)


def booster(folder):
    import mlflow.xgboost
    import xgboost

    save(mlflow.xgboost, xgboost.train({"max_depth": 3, "nthread": 1}, xgboost.DMatrix(TABLE, PRICE), 10), folder)


def xgboost_classes(folder):
    import mlflow.xgboost
    import xgboost

    save(mlflow.xgboost, xgboost.XGBClassifier(n_estimators=10, n_jobs=1).fit(TABLE, CLASSES), folder)


def lightgbm_booster(folder):
    import lightgbm
    import mlflow.lightgbm

    model = lightgbm.train({"verbose": -1, "num_threads": 1, "objective": "regression"}, lightgbm.Dataset(TABLE, PRICE), 10)
    save(mlflow.lightgbm, model, folder)


def lightgbm_classes(folder):
    import lightgbm
    import mlflow.lightgbm

    save(mlflow.lightgbm, lightgbm.LGBMClassifier(n_estimators=10, n_jobs=1, verbose=-1).fit(TABLE, CLASSES), folder)


MODELS = {
    "sklearn": (classes, probabilities, prices, without_example, with_code, unlike),
    "xgboost": (booster, xgboost_classes),
    "lightgbm": (lightgbm_booster, lightgbm_classes),
}

if __name__ == "__main__":
    for library, makers in MODELS.items():
        if importlib.util.find_spec(library) is not None:
            for maker in makers:
                maker(os.path.join(sys.argv[1], maker.__name__, "model"))
