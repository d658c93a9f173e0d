#!/bin/sh
# Runs the benchmarks on a release build, one after the other; QUICK=1 takes less data.
set -eu
cd "$(dirname "$0")/.."

swift build -c release --product batchstudio
python=$(scripts/python-environment.sh mlflow scikit-learn pandas pyarrow polars pillow 'ray[data]' \
    'dask[dataframe,distributed]' pyspark)
if [ -n "${QUICK:-}" ]; then mini_batches=2000 most=10000 compare=--quick; else mini_batches=10000 most=1000000 compare=; fi

for benchmark in commands.py latency.py "overhead.py $mini_batches" "growth.py $most" "compare.py $compare"; do
    echo "== $benchmark"
    # shellcheck disable=SC2086 # a script and its arguments
    (cd Benchmarks && MLFLOW_DISABLE_TELEMETRY=true "$python" $benchmark)
done
