#!/bin/sh
# Installs what building and running need and this machine lacks; the second run finds all there and needs no network.
set -eu
cd "$(dirname "$0")/.."

# Named after what is really used, so that a Python from elsewhere (pyenv, conda) counts too.
missing_packages() {
    for package in libsqlite3-dev libncurses-dev libvterm-dev zlib1g-dev; do
        case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" in
            installed) ;;
            *) echo "$package" ;;
        esac
    done
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
        echo "Install them and run make again:" >&2
        echo "    sudo $command" >&2
        exit 1
    fi
    echo "Installing system packages: $*"
    apt="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120"
    $apt update -q
    $apt install -y -q --no-install-recommends "$@"
}

if command -v dpkg-query >/dev/null; then
    packages=$(missing_packages)
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

command -v swift >/dev/null || {
    echo "Swift 6.2 or later is missing: see https://www.swift.org/install, then run make again." >&2
    exit 1
}

scripts/uv.sh >/dev/null
