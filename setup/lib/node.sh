# shellcheck shell=bash
# Prettier, ESLint and axe-core, in .var/node.

need_node() {
    need_debian node=nodejs npm=npm
    cmp -s "$VAR/node/package-lock.json" "$REPO/setup/lint.d/package-lock.json" && return
    step "Installing node packages"
    make_folder "$VAR/node" fill_node || fail "npm could not install its packages." \
        "Is the package registry reachable?"
}

fill_node() { # FOLDER
    cp "$REPO"/setup/lint.d/package*.json "$1" || return 1
    quietly npm npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund
}
