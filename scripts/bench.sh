#!/bin/sh
# Runs the benchmarks on a release build, one after the other: all, or the comparison of WORKLOADS (letters, as a,c). SCALE=0.1
# takes a tenth of the data, ROUNDS the number of rounds. CHECK=1 fails when a ratio is below its threshold.
# bench.sh large: scores one CSV file of SIZE and checks memory and rows. bench.sh cluster: jobs on a Ray cluster, of ROWS rows, and
# the simulation of its workers.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${BATCHSTUDIO:-}" ]; then
    swift build -c release --product batchstudio
fi
python=$(scripts/python-environment.sh mlflow scikit-learn pandas pyarrow polars pillow --optional \
    'ray[data]' 'dask[dataframe,distributed]' pyspark xgboost-cpu lightgbm onnx onnxruntime)
export MLFLOW_DISABLE_TELEMETRY=true
# Without byte code files each start of a tool would compile all libraries again.
unset PYTHONHOME PYTHONPATH PYTHONDONTWRITEBYTECODE

measure() {
    echo "== $*"
    (cd Benchmarks && "$python" "$@")
}

# Prints so many, at the scale.
scaled() {
    awk "BEGIN { print int($1 * ${SCALE:-1}) }"
}

compare() {
    measure compare.py --scale "${SCALE:-1}" --rounds "${ROUNDS:-3}" "$@"
}

if [ "${1:-}" = large ]; then
    measure large.py --size "${SIZE:-20GB}"
    exit
fi
if [ "${1:-}" = cluster ]; then
    measure cluster.py --rows "${ROWS:-1000000}" --rounds "${ROUNDS:-3}"
    measure cluster_simulation.py
    exit
fi
if [ -z "${WORKLOADS:-}" ]; then
    measure commands.py
    measure latency.py
    measure overhead.py "$(scaled 10000)"
    measure studio.py
    measure watching.py "$(scaled 100000)"
    measure growth.py "$(scaled 1000000)"
    for workers in 1 4; do
        compare --workers $workers --work "csv, logistic" --contender multiprocessing --contender limit
    done
fi
# The figures of a part of the data are not kept.
set -- --workloads "${WORKLOADS:-}"
[ "${SCALE:-1}" != 1 ] || set -- "$@" --results results/latest.json
[ -z "${CHECK:-}" ] || set -- "$@" --check
compare "$@"
