#!/usr/bin/env bash
# Why this file: one place that knows which Debian 12 packages the project needs. It installs only what is
# missing, so a machine that is ready needs neither root nor a network.
# Usage: .ci/setup.sh build        what `./run` needs
#        .ci/setup.sh build test   what `./check` needs besides
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log="$root/build/log/setup.log"

build_packages=(g++ cmake ninja-build libboost1.81-dev libboost-json1.81-dev libfmt-dev libssl-dev
    libtomlplusplus-dev libcli11-dev libexpected-dev libeigen3-dev libsodium-dev ccache mold
    postgresql-15 libpq-dev libsoci-dev pkg-config)
test_packages=(python3 libgtest-dev libgmock-dev librapidcheck-dev clang-format-14 clang-tidy-14)

wanted=()
for set in "$@"; do
    case "$set" in
        build) wanted+=("${build_packages[@]}") ;;
        test) wanted+=("${test_packages[@]}") ;;
        *) echo "set-up: unknown set '$set' (known: build, test)" >&2; exit 2 ;;
    esac
done

if [ "${YUANLIU_SKIP_SETUP:-}" = 1 ]; then
    echo "set-up: skipped, because YUANLIU_SKIP_SETUP=1"
    exit 0
fi
if ! command -v dpkg-query >/dev/null; then
    echo "set-up: this is no Debian system, so nothing can be installed for you." >&2
    echo "set-up: install the equivalents of these Debian 12 packages and set YUANLIU_SKIP_SETUP=1:" >&2
    echo "  ${wanted[*]}" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    echo "set-up: all ${#wanted[@]} packages are there, nothing to install"
    exit 0
fi

echo "set-up: ${#missing[@]} of ${#wanted[@]} packages are missing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "set-up: they can't be installed: you are not root and there is no sudo. As root, run" >&2
        echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
    echo "set-up: installing them with sudo, which may ask for your password"
fi

mkdir -p "$(dirname "$log")"
: >"$log"
# The program makes its own cluster: the package needn't make one that runs from boot. A machine that has clusters has
# an administrator, whose setting is left alone.
clusters=/etc/postgresql-common/createcluster.conf
if [ ! -e "$clusters" ] && ! compgen -G '/etc/postgresql/*/*' >/dev/null; then
    "${as_root[@]}" mkdir -p "${clusters%/*}"
    echo 'create_main_cluster = false' | "${as_root[@]}" tee "$clusters" >/dev/null
fi
apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" >>"$log" 2>&1 </dev/null; }
# A machine may have another source that doesn't answer; whether the packages can be had, the installation says.
apt update || echo "set-up: apt-get update had trouble (see $log); trying to install all the same"
if ! apt install --no-install-recommends "${missing[@]}"; then
    tail -n 20 "$log" >&2
    echo "set-up: apt-get install failed; the whole output is in $log" >&2
    exit 1
fi
echo "set-up: installed ${missing[*]}"
