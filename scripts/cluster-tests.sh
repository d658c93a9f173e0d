#!/bin/sh
# Runs the tests of Ray clusters, or with the word torture jobs under faults, with a Ray from the package index; skipped with the
# reason where it has none for this machine.
set -eu
cd "$(dirname "$0")/.."

version=$(sed -n 's/.*defaultRayVersion = "\(.*\)"/\1/p' Sources/BatchDomain/Assets/RayCluster.swift)
if RAY_PYTHON=$(scripts/python-environment.sh "ray==$version" 2>/dev/null); then
    RAY_PYTHON_VERSION=$("$RAY_PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    export RAY_PYTHON RAY_PYTHON_VERSION RAY_VERSION="$version"
else
    unset RAY_PYTHON
    export RAY_MISSING="the package index has no Ray $version for this machine and its Python"
fi
if [ "${1:-}" = torture ]; then
    shift
    [ -n "${RAY_PYTHON:-}" ] || { echo "Skipped: $RAY_MISSING." >&2; exit 0; }
    exec python3 -B Tests/ClusterTests/cluster_torture.py "$@"
fi
exec python3 -B -m unittest discover -s Tests/ClusterTests "$@"
