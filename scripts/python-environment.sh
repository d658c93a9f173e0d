#!/bin/sh
# Prints the Python of an environment for tests and benchmarks, kept in the cache, with these packages or those of the tests.
# Packages after --optional may be missing: the environment's not-installed.txt has a line for each, with the reason.
set -eu
cd "$(dirname "$0")/.."

packages="${*:-mlflow scikit-learn pandas pyarrow pillow openpyxl fastavro zstandard polars onnx onnxruntime jsonschema}"
required=${packages%%--optional*}
optional=''
[ "$required" = "$packages" ] || optional=${packages#*--optional}
uv=$(scripts/uv.sh)
# The real program behind a shim, since uv asks every shim that it finds for its version.
python=$(python3 -c 'import os, sys; print(os.path.realpath(sys.executable))')
environment="${XDG_CACHE_HOME:-$HOME/.cache}/batchstudio/python-tests/$(echo "$python $packages" | cksum | tr ' ' -)"

# uv reads its own settings only: tell it pip's.
[ -n "${UV_DEFAULT_INDEX:-}" ] || [ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="$PIP_INDEX_URL"
[ -n "${UV_INDEX:-}" ] || [ -z "${PIP_EXTRA_INDEX_URL:-}" ] || export UV_INDEX="$PIP_EXTRA_INDEX_URL"
[ -n "${UV_FIND_LINKS:-}" ] || [ -z "${PIP_FIND_LINKS:-}" ] ||
    UV_FIND_LINKS=$(echo "$PIP_FIND_LINKS" | tr ' ' ',') && export UV_FIND_LINKS
[ -n "${SSL_CERT_FILE:-}" ] || [ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE="$PIP_CERT"

missing="$environment/not-installed.txt"

install() {
    wheels='' sources=''
    for package in "$@"; do
        case $package in
            pyspark) sources="$sources $package" ;; # comes in no other way
            *) wheels="$wheels $package" ;;
        esac
    done
    set -- pip install --quiet --python "$environment/bin/python" --compile-bytecode
    # shellcheck disable=SC2086 # one word a package
    [ -z "$wheels" ] || "$uv" "$@" --only-binary :all: $wheels >&2 || return
    # shellcheck disable=SC2086 # one word a package
    [ -z "$sources" ] || "$uv" "$@" $sources >&2 || return
}

# Installs what can be installed of these, and writes down the reason for the others.
install_each() {
    : >"$missing"
    for package in "$@"; do
        reason=$(install "$package" 2>&1) ||
            printf '%s\t%s\n' "$package" "$(echo "$reason" | tr '\n\t' '  ' | cut -c 1-200)" >>"$missing"
    done
}

if [ ! -e "$environment/finished" ]; then
    echo "Building the environment of tests and benchmarks: $packages." >&2
    "$uv" venv --quiet --clear --no-project --python "$python" "$environment" >&2
    # shellcheck disable=SC2086 # one word a package
    if [ -z "$optional" ] || ! install $required $optional; then
        install $required
        install_each $optional
    fi
    touch "$environment/finished"
elif [ -s "$missing" ]; then
    # shellcheck disable=SC2046 # one word a package
    install_each $(cut -f 1 "$missing")
fi
echo "$environment/bin/python"
