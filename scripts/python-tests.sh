#!/bin/sh
# Runs the tests of the Python side, with real MLflow models.
set -eu
cd "$(dirname "$0")/.."

python=$(scripts/python-environment.sh)
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE
export MLFLOW_DISABLE_TELEMETRY=true BATCHSTUDIO_REQUIRE_MLFLOW=1
exec "$python" -m unittest discover -s Tests/RuntimeTests "$@"
