#!/bin/sh
# Builds the program as one file that needs no library of the system: scripts/static-program.sh OUTPUT
set -eu
cd "$(dirname "$0")/.."

output=$1
scratch=.build/static
swift build -c release --static-swift-stdlib --product batchstudio --scratch-path "$scratch" >&2
# SwiftPM links Swift's libraries only; linked again, the objects take the C library and the others from their archives too.
# What the linker says of functions that ask the system's databases of users and hosts is known: docs/packages.md.
libraries=$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")/lib/swift_static/linux
python3 scripts/icu_data.py "$libraries/lib_FoundationICU.a" "$scratch/icu_data.o" >&2
swiftc -static-executable -o "$output" "$scratch/icu_data.o" "@$scratch/release/batchstudio.product/Objects.LinkFileList" \
    -Xlinker --defsym=main=batchstudio_main -Xlinker --gc-sections -lsqlite3 -lncursesw -ltinfo -lz 2>"$scratch/link.log" || {
    cat "$scratch/link.log" >&2
    exit 1
}
# The compiler's hashes of modules, which only an incremental build reads, and the linker's of them differ from build to build.
strip --remove-section=.swift_modhash --remove-section=.note.gnu.build-id "$output"
