#!/usr/bin/env bash
# Why this file: builds (and tests) the web pages on plain Debian 12, whose own Node is too old for the bundler: a newer
# one then comes as an npm package into .yuanliu/node, where nothing else sees it.
# Usage: .ci/web.sh [build]   web-admin/dist, what `./run` serves
#        .ci/web.sh check     types, tests, build and size, without a browser
#        .ci/web.sh test      types, tests, build and size; the demonstration build gone through in a browser
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
web="$root/web-admin"
logs="$root/build/log"
own="$root/.yuanliu/node"
node_package=node@22
mode=${1:-build}
mkdir -p "$logs"

case "$mode" in build | check | test) ;; *) echo "web: unknown mode '$mode' (known: build, check, test)" >&2; exit 2 ;; esac

# quietly LOG COMMAND…: output goes to the log, and to the screen only when the command fails.
quietly() {
    local log="$logs/$1"
    shift
    "$@" >"$log" 2>&1 </dev/null && return
    tail -n 40 "$log" >&2
    echo "web: failed; the whole output is in $log" >&2
    exit 4
}

# good_node COMMAND: new enough for the bundler (20.19 or later in 20, else 22.12 or later).
good_node() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

install() { # PACKAGE…
    if [ "${YUANLIU_SKIP_SETUP:-}" = 1 ] || ! command -v apt-get >/dev/null; then
        echo "web: these are missing, and nothing may be installed here: $*" >&2
        exit 4
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "web: not root and no sudo; as root: apt-get install --no-install-recommends $*" >&2; exit 4; }
        as_root=(sudo)
    fi
    echo "web: installing $*"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q update >"$logs/web-apt.log" 2>&1 </dev/null || true
    quietly web-apt-install.log "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q install --no-install-recommends "$@"
}

missing=()
command -v npm >/dev/null || missing+=(npm)
command -v node >/dev/null || missing+=(nodejs)
if [ "$mode" = test ]; then
    [ -x /usr/bin/chromium ] || missing+=(chromium)
    [ -n "$(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null)" ] || missing+=(fonts-noto-cjk)
fi
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}"

# npm of any age reads this; the pages' own folder has nothing to run at installation.
export npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
if ! good_node node; then
    if ! good_node "$own/node_modules/.bin/node"; then
        echo "web: Node $(node --version) is too old for the build; fetching a newer one into .yuanliu/node"
        mkdir -p "$own"
        # This one package has an installation step of its own: it puts the program in place.
        quietly web-node.log npm install --prefix "$own" --no-save --no-package-lock "$node_package"
        good_node "$own/node_modules/.bin/node" || { echo "web: the fetched Node does not run; see $logs/web-node.log" >&2; exit 4; }
    fi
    PATH="$own/node_modules/.bin:$PATH"
    export PATH
fi

cd "$web"
wanted="$(node --version) $(sha256sum package-lock.json | cut -d' ' -f1)"
stamp=node_modules/.yuanliu-stamp
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    quietly web-install.log npm ci --ignore-scripts
    echo "$wanted" >"$stamp"
fi

if [ "$mode" = check ]; then
    quietly web-check.log npm run check
    echo "web: types, tests, build and size are good"
    exit 0
fi

if [ "$mode" = test ]; then
    quietly web-check.log npm run check
    quietly web-demo.log npm run build:demo
    quietly web-screenshots.log npm run screenshots -- --out "$root/build/screenshots"
    echo "web: types, tests, build, size and screens are good; pictures are in build/screenshots"
    exit 0
fi

# What the pages are made of; unchanged means the build is still good.
sources=$(find src index.html package-lock.json package.json vite.config.ts tsconfig.json scripts ../server/api/openapi.yaml -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
if [ -f dist/index.html ] && [ "$(cat node_modules/.yuanliu-built 2>/dev/null || true)" = "$sources" ]; then
    echo "web: web-admin/dist is up to date"
    exit 0
fi
quietly web-build.log npm run build
echo "$sources" >node_modules/.yuanliu-built
echo "web: web-admin/dist is built"
