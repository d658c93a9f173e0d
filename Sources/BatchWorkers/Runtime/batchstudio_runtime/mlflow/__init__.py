"""MLflow models: loading, predicting, predictions as rows."""
