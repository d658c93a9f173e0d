#!/bin/sh
# Runs the benchmarks on a release build, one after the other; QUICK=1 takes less data.
set -eu
cd "$(dirname "$0")/.."

swift build -c release --product batchstudio
python=$(scripts/python-environment.sh)
if [ -n "${QUICK:-}" ]; then rows=100000 files=10 mini_batches=2000; else rows=1000000 files=100 mini_batches=10000; fi

for benchmark in startup.py latency.py "overhead.py $mini_batches" studio.py "watching.py $((mini_batches * 2))" "throughput.py $rows $files 3"; do
    echo "== $benchmark"
    # shellcheck disable=SC2086 # a script and its arguments
    (cd Benchmarks && MLFLOW_DISABLE_TELEMETRY=true "$python" $benchmark)
done
