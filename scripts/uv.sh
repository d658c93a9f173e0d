#!/bin/sh
# Prints where uv is; fetches it from the package index into the cache where there is none.
# The program does the same by itself (UVTool.swift): same places, same lock.
set -eu

cache="${XDG_CACHE_HOME:-$HOME/.cache}/batchstudio"
own="$cache/tools/uv"

if [ -n "${BATCHSTUDIO_UV:-}" ]; then
    echo "$BATCHSTUDIO_UV"
    exit
fi
if [ -x "$own" ]; then
    echo "$own"
    exit
fi
if command -v uv; then exit; fi

mkdir -p "$cache/tools"
# Only where util-linux offers it; without it two at once fetch twice, and one of two good copies stays.
if command -v flock >/dev/null; then
    exec 9>"$cache/tools/uv.lock"
    flock 9
    if [ -x "$own" ]; then
        echo "$own"
        exit
    fi
fi

# One release, whose wheels must have the hashes that are written down.
list="$(dirname "$0")/../Sources/BatchWorkers/Runtime/uv-requirements.txt"
set -- install -q --disable-pip-version-check --retries 1 --only-binary :all: --no-deps --require-hashes -r "$list"
echo "Fetching uv, which builds Python environments, from the package index." >&2
folder="$cache/tools/uv-$$"
trap 'rm -rf "$folder"' EXIT
if python3 -m venv "$folder" >/dev/null 2>&1; then
    said=$("$folder/bin/python" -m pip "$@" 2>&1) || failed=1
else
    said=$(python3 -m pip "$@" --target "$folder" 2>&1) || failed=1
fi
if [ -n "${failed:-}" ]; then
    echo "uv can't be fetched: $(printf '%s\n' "$said" | tail -n 1) Check the network and PIP_INDEX_URL, or set BATCHSTUDIO_UV to a uv" \
        "that is there." >&2
    exit 1
fi
mv "$folder/bin/uv" "$own"
echo "$own"
