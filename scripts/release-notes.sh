#!/bin/sh
# Prints the notes of a release from CHANGELOG.md: release-notes.sh [VERSION], "Unreleased" where none is given.
set -eu
cd "$(dirname "$0")/.."

version=${1:-Unreleased}
version=${version#v}
notes=$(awk -v wanted="$version" '
    /^## / { found = ($2 == wanted); next }
    found { print }
' CHANGELOG.md)
# Blank lines around it say nothing.
notes=$(printf '%s\n' "$notes" | sed -e '/./,$!d')
[ -n "$notes" ] || {
    echo "CHANGELOG.md has no notes of $version. Write a section '## $version'." >&2
    exit 1
}
printf '%s\n' "$notes"
