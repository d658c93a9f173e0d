#!/bin/sh
# The action's one step: scores $INPUT with $MODEL into $OUTPUT, and fails when more than $MAX_FAILED_FILES files failed.
# It also runs outside of GitHub, where GITHUB_OUTPUT and GITHUB_STEP_SUMMARY may be missing.
set -eu

allowed=${MAX_FAILED_FILES:-0}
case $allowed in
    -1 | *[!0-9]*) [ "$allowed" = -1 ] || { echo "max-failed-files is '$allowed': it must be a whole number, or -1." >&2; exit 2; } ;;
    '') allowed=0 ;;
esac

program=${BATCHSTUDIO:-batchstudio}
if [ -n "${WHEEL:-}" ]; then
    # Apart from the packages of the workflow's own Python.
    tools=$(mktemp -d)
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet "$WHEEL"
    program=$tools/bin/batchstudio
fi

set -- "${MODEL:?Give the folder of the model.}" "${INPUT:?Give the folder or file to score.}"
# All files are scored; whether too many have failed is decided below.
answer=$("$program" score "$1" "$2" --to "${OUTPUT:-predictions.csv}" --set error_threshold=-1 -o json)

value() { printf '%s' "$answer" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
predictions=$(value predictions)
rows=$(value rows)
files=$(value files)
failed=$(value failed_files)
{
    echo "predictions=$predictions"
    echo "rows=$rows"
    echo "failed-files=$failed"
} >>"${GITHUB_OUTPUT:-/dev/null}"
{
    echo '| rows | files | failed files |'
    echo '|---|---|---|'
    echo "| $rows | $files | $failed |"
} >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
echo "$rows rows of $files files are in $predictions; $failed files failed."
if [ "$allowed" -ge 0 ] && [ "$failed" -gt "$allowed" ]; then
    echo "$failed of $files files failed, and $allowed may. Their reasons are in the file that the warning above names." >&2
    exit 1
fi
