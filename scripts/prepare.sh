#!/bin/sh
# Installs what building and running need and this machine lacks; the second run finds all there and needs no network.
set -eu
cd "$(dirname "$0")/.."

swift_advice='Install Swift 6.2 or later as https://www.swift.org/install says'

# The reason why Swift can't build; nothing when it can.
swift_trouble() {
    if ! command -v swift >/dev/null; then
        echo "Swift is missing."
    elif ! said=$(swift --version 2>&1); then
        echo "Swift does not start: $(printf '%s' "$said" | head -n 1)"
    else
        version=$(printf '%s' "$said" | sed -n 's/.*Swift version \([0-9][0-9]*\.[0-9][0-9]*\).*/\1/p' | head -n 1)
        case "$version" in
            [0-5].* | 6.[01] | '') echo "Swift ${version:-of no known version} is too old." ;;
        esac
    fi
}

# Named after what is really used, so that a Python from elsewhere (pyenv, conda) counts too.
missing_packages() {
    for package in libsqlite3-dev libncurses-dev libvterm-dev zlib1g-dev; do
        case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" in
            installed) ;;
            *) echo "$package" ;;
        esac
    done
    # Libraries of Swift's own programs, each with its package.
    for library in libcurl.so.4=libcurl4 libxml2.so.2=libxml2 libedit.so.2=libedit2; do
        PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q "${library%%=*}" || echo "${library#*=}"
    done
    # The linker, and the libraries of C and C++ that Swift links to.
    if ! command -v ld >/dev/null || ! command -v g++ >/dev/null; then echo g++; fi
    command -v make >/dev/null || echo make
    command -v git >/dev/null || echo git
    command -v python3 >/dev/null || echo python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

install_packages() {
    command="apt-get install -y --no-install-recommends $*"
    if [ "$(id -u)" = 0 ]; then
        sudo=
    elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo=sudo
    else
        echo "These system packages are missing: $*" >&2
        trouble=$(swift_trouble)
        # A Swift without its libraries starts once they are there.
        case "$trouble" in '' | *'does not start'*) ;; *) echo "$trouble $swift_advice, too." >&2 ;; esac
        echo "Install them and run make again:" >&2
        echo "    sudo apt-get update && sudo $command" >&2
        exit 1
    fi
    echo "Installing system packages: $*"
    apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 -o Acquire::Retries=1"
    log=$(mktemp)
    if ! { $apt update && $apt install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        reason=$(grep '^[EW]: ' "$log" | head -n 1)
        rm -f "$log"
        echo "The system packages can't be installed: ${reason:-apt-get failed}. Check the network and apt's sources," \
            "or install them yourself, and run make again: $command" >&2
        exit 1
    fi
    rm -f "$log"
}

if command -v dpkg-query >/dev/null; then
    packages=$(missing_packages | tr '\n' ' ')
    # shellcheck disable=SC2086 # one word a package
    [ -z "$packages" ] || install_packages $packages
else
    for tool in make git python3; do
        command -v "$tool" >/dev/null || {
            echo "$tool is missing: install it with your system's package manager (macOS: brew install $tool)." >&2
            exit 1
        }
    done
fi

trouble=$(swift_trouble)
[ -z "$trouble" ] || {
    echo "$trouble $swift_advice, and run make again." >&2
    exit 1
}

scripts/uv.sh >/dev/null
