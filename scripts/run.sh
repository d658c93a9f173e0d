#!/bin/sh
# Shows batchstudio at work: makes a sample once, then opens the studio, or scores the sample where there is no terminal.
set -eu
cd "$(dirname "$0")/.."

swift build -c release --product batchstudio
batchstudio=$PWD/.build/release/batchstudio

if ! "$batchstudio" batch-endpoint show -n wine-batch -o none >/dev/null 2>&1; then
    "$batchstudio" sample create
fi

if [ -t 0 ] && [ -t 1 ]; then
    exec "$batchstudio"
fi

job=$("$batchstudio" batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --query name -o tsv)
"$batchstudio" job stream -n "$job"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$batchstudio" job download -n "$job" --output-name score --download-path "$folder"
predictions="$folder/named-outputs/score/predictions.csv"
echo
echo "The first of $(wc -l <"$predictions" | tr -d ' ') predictions (row, prediction, file):"
head -n 5 "$predictions"
echo
echo "The job is $job. In a terminal, \`make run\` opens the studio on it."
