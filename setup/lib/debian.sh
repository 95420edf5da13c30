# shellcheck shell=bash
# Programs that come from the Debian packages of the machine.

# Install the packages whose test fails. A test is the name of a program, or a
# path (wildcards allowed).
need_debian() { # TEST=PACKAGE[,PACKAGE]...
    local pair missing=()
    for pair in "$@"; do
        is_installed "${pair%%=*}" || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return
    IFS=, read -ra missing <<<"$(join_by , "${missing[@]}")"
    install_missing "${missing[@]}"
}

install_missing() { # PACKAGES
    step "Installing Debian packages: $*"
    install_debian "$@" ||
        fail "apt could not install: $*" \
            "Is the package archive reachable, and the disk not full?"
}

is_installed() { # TEST
    case $1 in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

install_debian() { # PACKAGES
    command -v apt-get >/dev/null ||
        fail "this machine has no apt; please install: $*"
    as_root true ||
        fail "neither root nor password-less sudo; please install first:" \
            "sudo apt-get install $*"
    quietly apt-update as_root apt-get -o DPkg::Lock::Timeout=300 update || return 1
    quietly apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get \
        -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
