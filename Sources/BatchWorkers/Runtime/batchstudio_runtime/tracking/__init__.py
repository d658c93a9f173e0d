"""Models of an MLflow tracking folder, database or server, read by MLflow itself."""
