#!/bin/sh
# Scores random tables in parts and whole, by the built program: scripts/split-proof.sh PROGRAM [--rounds N] [--seed S]
set -eu
cd "$(dirname "$0")/.."

BATCHSTUDIO=$1
export BATCHSTUDIO
shift
python=$(scripts/python-environment.sh)
unset PYTHONHOME
export PYTHONPATH=Tests/RuntimeTests MLFLOW_DISABLE_TELEMETRY=true
exec "$python" -B -W ignore Tests/EndToEndTests/split_proof.py "$@"
