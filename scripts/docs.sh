#!/bin/sh
# Builds the documentation site in .build/site; a link to a page, a heading or a picture that is not there fails.
set -eu
cd "$(dirname "$0")/.."

uv=$(scripts/uv.sh)
pages=.build/docs
rm -rf "$pages" .build/site
mkdir -p "$pages"
cp -r docs "$pages/docs"
cp CHANGELOG.md CONTRIBUTING.md SECURITY.md "$pages/"
cp README.md "$pages/index.md"
{ echo '# Licence'; echo; cat LICENSE; } >"$pages/LICENSE.md"
# In the repository the first page is README.md.
find "$pages" -name '*.md' -exec sed -i -e 's|](\(\.\./\)*README\.md|](\1index.md|g' -e 's|](\(\.\./\)*LICENSE)|](\1LICENSE.md)|g' {} +
# The theme announces its maker's next program on each build.
NO_MKDOCS_2_WARNING=1 "$uv" tool run --quiet --from mkdocs==1.6.1 --with mkdocs-material==9.8.1 mkdocs build --strict 2>"$pages.log" || {
    grep -v "^INFO" "$pages.log" >&2
    exit 1
}
echo "The site is in .build/site."
