#!/bin/sh
# shellcheck disable=SC2016 # the words in single quotes are for the shell in the root
# Runs `make run` in a root of Debian that has what README.md names and nothing else: Swift, git and make; needs root, and
# debootstrap, which it installs. Swift is this machine's, seen in the root at the same place.
set -eu
cd "$(dirname "$0")/.."

[ "$(id -u)" = 0 ] || {
    echo "bare-test makes a root of its own: run it as root." >&2
    exit 2
}
command -v debootstrap >/dev/null || apt-get install -y -q debootstrap >&2
root=$(mktemp -d /var/tmp/batchstudio-bare-XXXXXX)
chmod 755 "$root"
step='a root of Debian'
mounts=''
clean() {
    [ "$step" = end ] || echo "bare-test failed: $step" >&2
    for mount in $mounts; do umount "$mount" 2>/dev/null || umount -l "$mount"; done
    rm -rf --one-file-system "$root"
}
trap clean EXIT
trap "exit 1" HUP INT TERM

# Shows a folder of this machine in the root, at the same place.
show() {
    mkdir -p "$root$1"
    mount --bind "$1" "$root$1"
    mounts="$root$1 $mounts"
}

# Runs a command in the root as a user, with none of this machine's variables but the settings of package servers.
as() {
    user=$1
    # shellcheck disable=SC2086 # one word a variable
    chroot "$root" env -i PATH=/usr/bin:/bin su "$user" -s /bin/sh -c "cd /home/user/batchstudio && env $settings PATH=$toolchain/bin:/usr/bin:/bin:/usr/sbin:/sbin \
        LANG=C.UTF-8 SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt PIP_CERT=/etc/ssl/certs/ca-certificates.crt $2"
}

mirror=$(apt-get indextargets --format '$(SITE)' | head -n 1)
debootstrap --variant=minbase --include=ca-certificates,git,make bookworm "$root" "$mirror" >"$root.log" \
    || { tail "$root.log" >&2; exit 1; }
rm -f "$root.log"
toolchain=$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")
for folder in "$toolchain" /proc /dev; do show "$folder"; done
# Where git reads the packages from, and the package servers, as this machine knows them.
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
[ ! -e /etc/pip.conf ] || grep -v find-links /etc/pip.conf >"$root/etc/pip.conf"
git config --get-regexp 'url\..*\.insteadof' | while read -r key value; do
    git config --file "$root/etc/gitconfig" --add "$key" "$value"
done
printf '[safe]\n\tdirectory = *\n' >>"$root/etc/gitconfig"
for folder in $(git config --get-regexp 'url\./.*\.insteadof' | sed 's/^url\.\(.*\)\.insteadof.*/\1/' | sort -u); do
    show "${folder%/}"
done
settings=$(env | grep -E '^(PIP_INDEX_URL|PIP_EXTRA_INDEX_URL|UV_[A-Z_]*|https?_proxy|HTTPS?_PROXY|no_proxy)=' | grep -v '^UV_FIND_LINKS=' | tr '\n' ' ' || true)
chroot "$root" useradd --create-home user
git clone -q --no-hardlinks . "$root/home/user/batchstudio"
chroot "$root" chown -R user /home/user

step='a user without root rights is told one command'
if said=$(as user 'make prepare 2>&1'); then exit 1; fi
printf '%s\n' "$said" | grep -q '^    sudo apt-get update && sudo apt-get install -y --no-install-recommends '
echo "== without root rights: one command is named"

step='make run'
as root 'make run </dev/null' >"$root/run.log" 2>&1 || { tail -n 40 "$root/run.log" >&2; exit 1; }
grep -q 'The first of 89 predictions' "$root/run.log" || { tail -n 40 "$root/run.log" >&2; exit 1; }
as root '.build/release/batchstudio executor stop' >/dev/null
tail -n 8 "$root/run.log"
echo "== make run: built, and the sample scored"
step=end
