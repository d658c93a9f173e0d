#!/bin/sh
# Runs libFuzzer on one reader for some seconds: scripts/fuzz.sh TARGET SECONDS. The exit code is not 0 when it found something.
set -eu
cd "$(dirname "$0")/.."
target=$1 seconds=$2
scratch=.build/fuzz
targets="yaml mlmodel frames keys references query csv requirements mltable read_options"
case " $targets " in
    *" ${target:-?} "*) ;;
    *)
        echo "TARGET must be one of: $targets" >&2
        exit 2
        ;;
esac

FUZZ=1 swift build --product Fuzz --sanitize fuzzer --scratch-path "$scratch"
program=$(FUZZ=1 swift build --product Fuzz --sanitize fuzzer --scratch-path "$scratch" --show-bin-path)/Fuzz
corpus=$scratch/corpus/$target findings=$scratch/findings/$target
mkdir -p "$corpus" "$findings" "Tests/FuzzTests/Findings/$target"
# The seeds of the tests are the first inputs.
FUZZ_TARGET=$target FUZZ_SEEDS=$corpus "$program" -runs=0 "$corpus" >/dev/null 2>&1
# Swift's own handler of crashes would end the program before libFuzzer has written down the input.
SWIFT_BACKTRACE=enable=no FUZZ_TARGET=$target exec "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix="$findings/" "$corpus" "Tests/FuzzTests/Findings/$target"
