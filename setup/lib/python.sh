# shellcheck shell=bash
# The virtual environment, in .var/venv.

# run: what Odoo needs. test: what setup/test, setup/lint and setup/wheel need too.
need_python() { # run|test
    need_venv
    install_requirements run "$REPO/setup/requirements.txt"
    if [ "$1" = test ]; then
        install_requirements test "$REPO/setup/requirements-test.txt"
    fi
}

# A virtual environment holds its own path, so it cannot be renamed when complete;
# the mark in it says that it is.
need_venv() {
    [ -f "$VENV/.complete" ] && return
    usable_python >/dev/null || install_missing python3 python3-venv
    usable_python >/dev/null || fail "no Python 3.11 or newer with the module venv found."
    step "Making a virtual environment"
    need_disk 900
    rm -rf "$VENV"
    quietly venv "$(usable_python)" -m venv "$VENV" ||
        fail "the virtual environment could not be made."
    touch "$VENV/.complete"
}

# The first Python that is new enough and can make virtual environments.
usable_python() {
    local python wanted='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'
    for python in python3 /usr/bin/python3; do
        if "$python" -c "$wanted" 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    return 1
}

install_requirements() { # NAME FILE
    local mark=$VENV/.$1 file=$2
    cmp -s "$mark" "$file" && return
    step "Installing Python packages from $(basename "$file")"
    need_disk 700
    quietly "pip-$1" "$VENV/bin/python" -m pip install --disable-pip-version-check -r "$file" ||
        fail "pip could not install $(basename "$file")." \
            "Is the package index reachable? Running the command again goes on from here."
    cp "$file" "$mark"
}

# The optional payroll addon that the full database is tested with.
need_payroll() {
    local wanted=$REPO/setup/requirements-payroll.txt
    cmp -s "$VAR/oca/requirements" "$wanted" && return
    step "Getting the OCA payroll addon"
    make_folder "$VAR/oca" fetch_payroll || fail "the OCA payroll addon could not be fetched."
}

fetch_payroll() { # FOLDER
    # --no-deps: OCA wheels ask for a distribution named odoo.
    quietly pip-payroll "$VENV/bin/python" -m pip install --disable-pip-version-check \
        --no-deps --target "$1" -r "$REPO/setup/requirements-payroll.txt" || return 1
    cp "$REPO/setup/requirements-payroll.txt" "$1/requirements"
}
