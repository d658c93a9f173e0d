#!/bin/sh
# Makes the packages in dist/, all of one build: a wheel, a .deb, a .tar.gz, a list of the parts (CycloneDX) and checksums.
set -eu
cd "$(dirname "$0")/.."

# Two builds of a commit differ in no date.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
uv=$(scripts/uv.sh)
machine=$(uname -m)
tree=$PWD/.build/dist
rm -rf "$tree" dist
mkdir -p "$tree/share/man/man1" dist
scripts/static-program.sh "$tree/batchstudio"
version=$("$tree/batchstudio" --version)

# The licences of what is in it.
swift package --scratch-path .build/static show-dependencies --format json >"$tree/dependencies.json"
python() { "$uv" run --quiet --no-project --with 'cyclonedx-python-lib==11.12.0' python "$@"; }
mkdir -p "$tree/share/doc/batchstudio"
python scripts/notices.py "$tree/dependencies.json" .build/static/checkouts >"$tree/share/doc/batchstudio/NOTICES"

"$tree/batchstudio" schema --to "$tree/share/batchstudio/schemas" -o none

# What a shell and man read, for all packages.
for place in bash:bash-completion/completions/batchstudio zsh:zsh/site-functions/_batchstudio \
    fish:fish/vendor_completions.d/batchstudio.fish; do
    file=$tree/share/${place#*:}
    mkdir -p "$(dirname "$file")"
    # Shells read these files, nobody starts them.
    "$tree/batchstudio" --generate-completion-script "${place%%:*}" | sed '1{/^#!/d}' >"$file"
done
swift build -c release --package-path .build/static/checkouts/swift-argument-parser --product generate-manual \
    --scratch-path .build/manual >&2
.build/manual/release/generate-manual "$tree/batchstudio" --multi-page --date "$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)" \
    --output-directory "$tree/share/man/man1"
sed -i '/^$/d' "$tree"/share/man/man1/*
gzip -9n "$tree"/share/man/man1/*

# The wheel.
mkdir "$tree/wheel"
cp packaging/wheel/* README.md "$tree/wheel"
BATCHSTUDIO_VERSION=$version BATCHSTUDIO_PROGRAM=$tree/batchstudio BATCHSTUDIO_SHARE=$tree/share \
    BATCHSTUDIO_PLATFORM=manylinux_2_17_$machine.manylinux2014_$machine \
    "$uv" build --quiet --wheel --out-dir dist "$tree/wheel"

# The .deb.
architecture=$(dpkg --print-architecture)
deb=$tree/deb
install -D -m 755 "$tree/batchstudio" "$deb/usr/bin/batchstudio"
cp -r "$tree/share" "$deb/usr/share"
mkdir "$deb/usr/share/zsh/vendor-completions"
mv "$deb/usr/share/zsh/site-functions/_batchstudio" "$deb/usr/share/zsh/vendor-completions/"
rmdir "$deb/usr/share/zsh/site-functions"
# Debian has all licences in one file.
cat LICENSE "$deb/usr/share/doc/batchstudio/NOTICES" >"$deb/usr/share/doc/batchstudio/copyright"
rm "$deb/usr/share/doc/batchstudio/NOTICES"
gzip -9nc CHANGELOG.md >"$deb/usr/share/doc/batchstudio/NEWS.gz"
maintainer=$(sed -n 's/^Maintainer: //p' packaging/debian/control)
printf 'batchstudio (%s) unstable; urgency=medium\n\n  * NEWS.gz has what has changed.\n\n -- %s  %s\n' "$version" "$maintainer" \
    "$(date -u -R -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$deb/usr/share/doc/batchstudio/changelog.gz"
install -D -m 644 packaging/debian/lintian-overrides "$deb/usr/share/lintian/overrides/batchstudio"
find "$deb" -type d -exec chmod 755 {} +
find "$deb" -type f ! -perm 755 -exec chmod 644 {} +
mkdir "$deb/DEBIAN"
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" \
    -e "s/@KILOBYTES@/$(du -sk --exclude=DEBIAN "$deb" | cut -f1)/" packaging/debian/control >"$deb/DEBIAN/control"
find "$deb" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --build "$deb" "dist/batchstudio_${version}_$architecture.deb" >&2

# The archive: unpack it anywhere.
name=batchstudio-$version-linux-$machine
install -D -m 755 "$tree/batchstudio" "$tree/$name/bin/batchstudio"
cp -r "$tree/share" LICENSE README.md CHANGELOG.md "$tree/$name/"
tar -C "$tree" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -cf - "$name" |
    gzip -9n >"dist/$name.tar.gz"

python scripts/parts_list.py "$version" "$tree/dependencies.json" >"dist/batchstudio-$version.cdx.json"
(cd dist && sha256sum -- * >SHA256SUMS)
ls -l dist >&2
