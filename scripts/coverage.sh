#!/bin/sh
# Runs the Swift tests in a build of their own and prints the share of lines that they run, a row a target.
# Usage: coverage.sh PROCESS_TESTS: the tests that run one by one, as in the Makefile.
set -eu
cd "$(dirname "$0")/.."

build=.build/coverage
tools=$(dirname "$(readlink -f "$(command -v swift)")")
measured="swift test --skip-build --enable-code-coverage --scratch-path $build"

# The tool that embeds the runtime is measured, too, and would leave its counts in this folder.
LLVM_PROFILE_FILE=/dev/null swift build --build-tests --enable-code-coverage --scratch-path "$build"
products=$(swift build --show-bin-path --scratch-path "$build")
rm -f "$build"/part-*.profdata
# A run replaces what the one before it has measured.
$measured --skip "$1"
cp "$products/codecov/default.profdata" "$build/part-1.profdata"
$measured --no-parallel --filter "$1"
cp "$products/codecov/default.profdata" "$build/part-2.profdata"
"$tools/llvm-profdata" merge -o "$build/all.profdata" "$build"/part-*.profdata
"$tools/llvm-cov" export -summary-only -instr-profile "$build/all.profdata" \
    "$products/batchstudioPackageTests.xctest" -object "$products/batchstudio" > "$build/summary.json"
python3 scripts/coverage_table.py "$build/summary.json"
