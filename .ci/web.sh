#!/usr/bin/env bash
# Why this file: builds (and tests) the web pages on plain Debian 12, whose own Node is too old for the bundler: a newer
# one then comes as an npm package into .yuanliu/node, where nothing else sees it.
# Usage: .ci/web.sh [build]   web-admin/dist, what `./run` serves
#        .ci/web.sh check     types, tests, build and size; the browser and its fonts are there for the walks
#        .ci/web.sh test      check, and the demonstration build gone through in a browser
#        .ci/web.sh walk      only the demonstration build gone through (after check)
#        .ci/web.sh ready     installs and builds nothing: prints the Node to use, or says what a walk lacks
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
web="$root/web-admin"
logs="$root/build/log"
. "$root/.ci/node.sh"
node_package=node@22
mode=${1:-build}
mkdir -p "$logs"

case "$mode" in build | check | test | walk | ready) ;; *) echo "web: unknown mode '$mode' (known: build, check, test, walk, ready)" >&2; exit 2 ;; esac

# quietly LOG COMMAND…: output goes to the log, and to the screen only when the command fails.
quietly() {
    local log="$logs/$1"
    shift
    "$@" >"$log" 2>&1 </dev/null && return
    tail -n 40 "$log" >&2
    echo "web: failed; the whole output is in $log" >&2
    exit 4
}

browser=/usr/bin/chromium
has_fonts() { [ -n "$(find /usr/share/fonts -iname 'NotoSansCJK*' -print -quit 2>/dev/null)" ]; }
stamp=node_modules/.yuanliu-stamp
wanted() { echo "$(node --version) $(sha256sum package-lock.json | cut -d' ' -f1)"; }
# What the pages are made of; unchanged means the build is still good.
sources() {
    find src index.html package-lock.json package.json vite.config.ts tsconfig.json scripts ../server/api/openapi.yaml -type f -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}
is_built() { [ -f dist/index.html ] && [ "$(cat node_modules/.yuanliu-built 2>/dev/null || true)" = "$(sources)" ]; }

ready() {
    local lacks=()
    cd "$web"
    [ -x "$browser" ] || lacks+=("$browser")
    has_fonts || lacks+=(fonts-noto-cjk)
    if ! use_node; then
        lacks+=("a Node that is new enough")
    elif [ "$(cat "$stamp" 2>/dev/null || true)" != "$(wanted)" ]; then
        lacks+=(web-admin/node_modules)
    elif ! is_built; then
        lacks+=("web-admin/dist of these sources")
    fi
    [ ${#lacks[@]} -eq 0 ] && { command -v node; return; }
    local words
    words=$(printf '%s; ' "${lacks[@]}")
    echo "web: a walk lacks: ${words%; } (.ci/web.sh check brings all of it)" >&2
    return 4
}
if [ "$mode" = ready ]; then
    ready
    exit
fi

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
if [ "$mode" != build ]; then
    [ -x "$browser" ] || missing+=(chromium)
    has_fonts || missing+=(fonts-noto-cjk)
fi
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}"

# npm of any age reads this; the pages' own folder has nothing to run at installation.
export npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
if ! use_node; then
    echo "web: Node $(node --version) is too old for the build; fetching a newer one into .yuanliu/node"
    mkdir -p "$own_node"
    # This one package has an installation step of its own: it puts the program in place.
    quietly web-node.log npm install --prefix "$own_node" --no-save --no-package-lock "$node_package"
    use_node || { echo "web: the fetched Node does not run; see $logs/web-node.log" >&2; exit 4; }
fi

cd "$web"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$(wanted)" ]; then
    quietly web-install.log npm ci --ignore-scripts
    wanted >"$stamp"
fi

check() {
    quietly web-check.log npm run check
    sources >node_modules/.yuanliu-built
    echo "web: types, tests, build and size are good"
}
# The fake server has one small month: two of the four windows are enough for it; the real walk takes all.
walk() {
    quietly web-demo.log npm run build:demo
    quietly web-screenshots.log npm run screenshots -- --windows two --out "$root/build/screenshots"
    tail -n 1 "$logs/web-screenshots.log"
}
case "$mode" in
    check) check ;;
    test) check && walk ;;
    walk) walk ;;
    build)
        if is_built; then
            echo "web: web-admin/dist is up to date"
        else
            quietly web-build.log npm run build
            sources >node_modules/.yuanliu-built
            echo "web: web-admin/dist is built"
        fi
        ;;
esac
