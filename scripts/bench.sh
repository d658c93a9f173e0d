#!/bin/sh
# Runs the benchmarks on a release build, one after the other; QUICK=1 takes less data.
set -eu
cd "$(dirname "$0")/.."

swift build -c release --product batchstudio
python=$(scripts/python-environment.sh mlflow scikit-learn pandas pyarrow polars pillow 'ray[data]' \
    'dask[dataframe,distributed]' pyspark)
if [ -n "${QUICK:-}" ]; then mini_batches=2000 most=10000 quick=--quick; else mini_batches=10000 most=1000000 quick=; fi
export MLFLOW_DISABLE_TELEMETRY=true
# Without byte code files each start of a tool would compile all libraries again.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

measure() {
    echo "== $*"
    (cd Benchmarks && "$python" "$@")
}

measure commands.py
measure latency.py
measure overhead.py $mini_batches
measure studio.py
measure watching.py $((mini_batches * 10))
measure growth.py $most
for workers in 1 4; do
    # shellcheck disable=SC2086 # nothing or one flag
    measure compare.py $quick --workers $workers --work "csv, logistic" --contender multiprocessing --contender limit --results /dev/null
done
# shellcheck disable=SC2086
measure compare.py $quick
