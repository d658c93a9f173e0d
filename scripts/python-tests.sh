#!/bin/sh
# Runs the tests of the Python side, with real MLflow models.
set -eu
cd "$(dirname "$0")/.."

python=$(scripts/python-environment.sh)
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE
export MLFLOW_DISABLE_TELEMETRY=true BATCHSTUDIO_REQUIRE_MLFLOW=1
# -B, not the variable: processes that the tests start write byte code as they would.
exec "$python" -B -m unittest discover -s Tests/RuntimeTests "$@"
