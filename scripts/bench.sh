#!/bin/sh
# Runs the benchmarks, a package of their own so that users never fetch what they need.
set -eu
cd "$(dirname "$0")/.."

if [ ! -f Benchmarks/Package.swift ]; then
    echo "There are no benchmarks yet: they come in Benchmarks/."
    exit
fi
exec swift package --package-path Benchmarks --disable-sandbox benchmark "$@"
