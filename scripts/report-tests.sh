#!/bin/sh
# Opens a report of a real job in a headless Chromium; skipped, with the reason, where there is none.
set -eu
cd "$(dirname "$0")/.."

export BATCHSTUDIO="${BATCHSTUDIO:-$PWD/.build/debug/batchstudio}"
export REPORT_SCREENSHOTS="${REPORT_SCREENSHOTS:-$PWD/.build/report-screenshots}"
exec python3 -B -m unittest discover -v -s Tests/ReportTests "$@"
