#!/bin/sh
# Runs the Swift tests in a build of their own and prints the share of lines that they run, a row a target; names the tests that
# failed, if any, and ends with 1 then: the figures count what those have run, too.
# Usage: coverage.sh PROCESS_TESTS: the tests that run one by one, as in the Makefile.
set -eu
cd "$(dirname "$0")/.."

build=.build/coverage
tools=$(dirname "$(readlink -f "$(command -v swift)")")

# The tool that embeds the runtime is measured, too, and would leave its counts in this folder.
LLVM_PROFILE_FILE=/dev/null swift build --build-tests --enable-code-coverage --scratch-path "$build"
products=$(swift build --show-bin-path --scratch-path "$build")
rm -f "$build"/part-* "$build/failed"

# Runs some of the tests: measure PART ARGUMENT…
measure() {
    part=$build/part-$1
    shift
    rm -f "$products"/codecov/*.profraw
    echo "Running tests ($*): the log is $part.log."
    swift test --skip-build --enable-code-coverage --scratch-path "$build" "$@" > "$part.log" 2>&1 || touch "$build/failed"
    # A run replaces what the one before it has measured, and `swift test` merges nothing where a test has failed.
    # A process that is killed leaves a file that can't be read.
    "$tools/llvm-profdata" merge --failure-mode=all -o "$part.profdata" "$products"/codecov/*.profraw
}

measure 1 --skip "$1"
measure 2 --no-parallel --filter "$1"
"$tools/llvm-profdata" merge -o "$build/all.profdata" "$build"/part-*.profdata
"$tools/llvm-cov" export -summary-only -instr-profile "$build/all.profdata" \
    "$products/batchstudioPackageTests.xctest" -object "$products/batchstudio" > "$build/summary.json"
python3 scripts/coverage_table.py "$build/summary.json"
if [ -e "$build/failed" ]; then
    echo "Tests failed:"
    # A run that ended before its tests has its reason in its last lines.
    grep -h -E '^✘ (Test|Suite) .* failed after' "$build"/part-*.log || tail -n 20 "$build"/part-*.log
    exit 1
fi
