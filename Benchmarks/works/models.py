"""The models of tables, and how they are saved."""
from importlib.metadata import version

import mlflow.sklearn
import pandas
from mlflow.models import infer_signature
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler


def logistic():
    return make_pipeline(StandardScaler(), LogisticRegression())


def boosting():
    return HistGradientBoostingClassifier(max_iter=300, early_stopping=False, random_state=7)


def pipeline():
    """Return what most tables need: numbers scaled, with missing ones filled, categories one-hot, times as numbers."""
    # Libraries read times with different units, and texts where nobody tells them the type.
    times = FunctionTransformer(pandas.DataFrame.astype, kw_args={"dtype": "datetime64[ns]"})
    return make_pipeline(
        make_column_transformer(
            (make_pipeline(SimpleImputer(), StandardScaler()), make_column_selector("^[fl]")),
            (OneHotEncoder(handle_unknown="ignore"), make_column_selector("^s")),
            (make_pipeline(times, FunctionTransformer(pandas.DataFrame.astype, kw_args={"dtype": "int64"}), StandardScaler()),
             make_column_selector("^t")),
        ),
        LogisticRegression(max_iter=500),
    )


def xgboost():
    from xgboost import XGBClassifier

    return XGBClassifier(n_estimators=200, max_depth=6, random_state=7)


def lightgbm():
    from lightgbm import LGBMClassifier

    return LGBMClassifier(n_estimators=200, random_state=7, verbose=-1)


ESTIMATORS = {"logistic": logistic, "boosting": boosting, "pipeline": pipeline, "xgboost": xgboost, "lightgbm": lightgbm}


def save_model(folder, estimator, frame, labels):
    """Train on the first rows and save as users do, with a signature."""
    model = estimator.fit(frame[:20_000], labels[:20_000])
    signature = infer_signature(frame[:100], model.predict(frame[:100]))
    save = {"xgboost": save_xgboost, "lightgbm": save_lightgbm}.get(type(model).__module__.split(".")[0], save_sklearn)
    save(model, str(folder / "model"), signature)
    return model


def save_sklearn(model, path, signature):
    # skops, MLflow's default, refuses the trees of scikit-learn.
    mlflow.sklearn.save_model(model, path, signature=signature, serialization_format="cloudpickle")


def save_xgboost(model, path, signature):
    from mlflow import xgboost

    # The plain package of XGBoost brings 700 MB of libraries for GPUs.
    requirements = pinned("mlflow", "xgboost-cpu", "scikit-learn", "pandas")
    xgboost.save_model(model, path, signature=signature, pip_requirements=requirements)


def save_lightgbm(model, path, signature):
    from mlflow import lightgbm

    lightgbm.save_model(model, path, signature=signature)


def save_untyped(folder, model):
    """Save a model once more without a signature, for what reads CSV without types."""
    save_sklearn(model, str(folder / "model-untyped"), None)


def pinned(*names):
    return [f"{name}=={version(name)}" for name in names]
