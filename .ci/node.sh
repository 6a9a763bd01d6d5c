# Why this file: the one place that knows which Node the web pages are built and walked with. Sourced, not run:
# `use_node` puts a Node that is new enough first in PATH, or returns 1 when there is none. Needs $root.
own_node="$root/.yuanliu/node"

# good_node COMMAND: new enough for the bundler (20.19 or later in 20, else 22.12 or later).
good_node() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

use_node() {
    good_node node && return 0
    good_node "$own_node/node_modules/.bin/node" || return 1
    PATH="$own_node/node_modules/.bin:$PATH"
    export PATH
}
