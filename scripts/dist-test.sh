#!/bin/sh
# shellcheck disable=SC2016 # the words in single quotes are for the shell in the root
# Installs each package of dist/ in a root of its own that has what its README line names and no Swift, and scores the sample
# there; needs root, and debootstrap, which it installs.
set -eu
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || {
    echo "dist-test makes a root of its own: run it as root." >&2
    exit 2
}
command -v debootstrap >/dev/null || apt-get install -y -q debootstrap >&2
place=$(mktemp -d /var/tmp/batchstudio-dist-XXXXXX)
mounted=''
step='a root of Debian'
clean() {
    [ "$step" = end ] || echo "dist-test failed: $step" >&2
    for root in $mounted; do umount "$root/proc" "$root/dev" 2>/dev/null || true; done
    rm -rf --one-file-system "$place"
}
trap clean EXIT
trap "exit 1" HUP INT TERM

# The package servers of this machine, as apt, pip and uv know them.
mirror=$(apt-get indextargets --format '$(SITE)' | head -n 1)
debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv,python3-pip,pipx,ncurses-base bookworm \
    "$place/base" "$mirror" >"$place/debootstrap.log" || { tail "$place/debootstrap.log" >&2; exit 1; }
cp /etc/resolv.conf "$place/base/etc/resolv.conf"
[ ! -e /etc/pip.conf ] || grep -v find-links /etc/pip.conf >"$place/base/etc/pip.conf"
cp /etc/ssl/certs/ca-certificates.crt "$place/base/etc/ssl/certs/ca-certificates.crt"
settings=$(env | grep -E '^(PIP_INDEX_URL|PIP_EXTRA_INDEX_URL|UV_[A-Z_]*|https?_proxy|HTTPS?_PROXY|no_proxy)=' | grep -v '^UV_FIND_LINKS=' || true)

# Makes a root with the packages in it.
root_for() {
    step=$1
    root=$place/$1
    cp -a "$place/base" "$root"
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mounted="$mounted $root"
    mkdir "$root/dist"
    cp dist/* "$root/dist"
}

# Runs a command in the root that was made last.
inside() {
    # shellcheck disable=SC2086 # one word a variable
    chroot "$root" env -i PATH=/root/.local/bin:/usr/local/bin:/usr/bin:/bin HOME=/root LANG=C.UTF-8 $settings \
        SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt sh -euc "$1"
}

# Scores the sample as its new user would.
score() {
    echo "== $1"
    inside 'batchstudio version -o json
        batchstudio sample create >/dev/null
        job=$(batchstudio batch-endpoint invoke -n wine-batch --input azureml:wine-unlabeled@latest --query name -o tsv)
        batchstudio job stream -n "$job" | tail -n 1
        batchstudio job download -n "$job" --output-name score --download-path /root/score
        test "$(wc -l <"$(find /root/score -name predictions.csv)")" -eq 89'
    inside 'batchstudio executor stop' >/dev/null
}

root_for deb
inside 'apt-get install -y -q --no-install-recommends /dist/*.deb >/dev/null
    man_page=$(dpkg -L batchstudio | grep man1/batchstudio.1)
    test -s "$man_page"
    test -s /usr/share/batchstudio/schemas/deployment.schema.json
    grep -q "GNU LESSER GENERAL PUBLIC LICENSE\|Lesser General Public" /usr/share/doc/batchstudio/copyright'
score "apt install .deb"

root_for pip
inside 'python3 -m venv /root/venv
    /root/venv/bin/pip install -q /dist/*.whl
    mkdir -p /root/.local/bin
    ln -s /root/venv/bin/batchstudio /root/.local/bin/batchstudio'
score "pip install .whl"

root_for others
inside 'pipx install -q /dist/*.whl >/dev/null 2>&1 || pipx install /dist/*.whl
    batchstudio version >/dev/null
    pipx uninstall batchstudio >/dev/null
    python3 -m venv /root/tools
    /root/tools/bin/pip install -q uv
    /root/tools/bin/uv tool install -q /dist/*.whl
    batchstudio version >/dev/null
    /root/tools/bin/uv tool uninstall -q batchstudio
    tar -C /opt -xzf /dist/*.tar.gz
    (cd /dist && sha256sum --quiet -c SHA256SUMS)
    PATH=/opt/$(ls /opt)/bin:$PATH batchstudio version >/dev/null'
echo "== pipx, uv tool install, .tar.gz: installed, started, removed"

# An empty root: not one file but the program; without /proc it says so.
step='an empty root'
root=$place/empty
mkdir -p "$root/proc" "$root/dev"
cp .build/dist/batchstudio "$root/batchstudio"
if said=$(chroot "$root" /batchstudio --version 2>&1); then exit 1; fi
test "$said" = "ERROR: batchstudio can't start: /proc is not mounted. Mount it: mount -t proc proc /proc"
mount -t proc proc "$root/proc"
mounted="$mounted $root"
chroot "$root" /batchstudio version >/dev/null
# Without a terminfo database the studio has descriptions of its own.
for name in xterm-256color tmux-256color screen-256color linux; do
    TERM=$name python3 scripts/opens_studio.py Endpoints chroot "$root" /batchstudio --workspace /workspace
done
echo "== an empty root: started, and the studio opened"
step=end
