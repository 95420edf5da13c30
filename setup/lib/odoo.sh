# shellcheck shell=bash
# Odoo 19 itself: the one in ODOO_PATH, or Debian's package unpacked below .var.

# Odoo's files link to these packages; the links are relative, so they are unpacked
# into the same folder.
ODOO_LINKED=(fonts-montserrat fonts-roboto-unhinted fonts-inconsolata fonts-ocr-b
    libjs-jquery libjs-jquery-form libjs-underscore)
# Odoo's icons need the file names of Font Awesome 4.7: Debian 12 has them, the
# unstable suite no longer does.
FONT_AWESOME_SUITE=bookworm

locked() { sed -n "s/^$1=//p" "$REPO/setup/odoo.lock"; } # KEY

# Sets ODOO_LIB (the folder that holds the package odoo) and ODOO_ADDONS.
find_odoo() {
    if [ -n "${ODOO_PATH:-}" ]; then
        check_odoo_path
        ODOO_LIB=$(realpath "$ODOO_PATH")
    else
        get_odoo
        ODOO_LIB=$VAR/odoo/usr/lib/python3/dist-packages
    fi
    ODOO_ADDONS=$ODOO_LIB/odoo/addons
    # A checkout of Odoo keeps most addons beside the package.
    if [ -f "$ODOO_LIB/addons/web/__manifest__.py" ]; then
        ODOO_ADDONS=$ODOO_ADDONS,$ODOO_LIB/addons
    fi
}

check_odoo_path() {
    [ -f "$ODOO_PATH/odoo/release.py" ] ||
        fail "ODOO_PATH=$ODOO_PATH: no Odoo there." \
            "It must name the folder that holds the folder 'odoo' with release.py."
    grep -Eq '^version_info *= *\(19, *0' "$ODOO_PATH/odoo/release.py" ||
        fail "ODOO_PATH=$ODOO_PATH: that is not Odoo 19.0." \
            "Point it to Odoo 19.0, or unset it to have Odoo fetched."
}

odoo_version() {
    if [ -n "${ODOO_PATH:-}" ]; then
        grep -E '^version_info' "$ODOO_PATH/odoo/release.py"
    else
        cat "$VAR/odoo/version"
    fi
}

get_odoo() {
    [ -f "$VAR/odoo/lock" ] && cmp -s "$VAR/odoo/lock" "$REPO/setup/odoo.lock" && return
    step "Getting Odoo $(locked version) (120 MB, unpacked 1.1 GB)"
    need_disk 1800
    make_folder "$VAR/downloads" fetch_odoo_packages || fail "Odoo could not be fetched." \
        "Is the package archive reachable? Running the command again starts afresh." \
        "An Odoo 19 that you already have: ODOO_PATH=<folder that holds 'odoo'>."
    make_folder "$VAR/odoo" unpack_odoo || fail "Odoo could not be unpacked."
    rm -rf "$VAR/downloads"
}

unpack_odoo() { # FOLDER
    local package
    for package in "$VAR"/downloads/*.deb; do
        quietly unpack dpkg-deb -x "$package" "$1" || return 1
    done
    cp "$VAR/downloads/version" "$1/version" || return 1
    cp "$REPO/setup/odoo.lock" "$1/lock"
}

# In a subshell, because of the current folder and APT_CONFIG.
fetch_odoo_packages() ( # FOLDER
    cd "$1" && own_apt "$PWD/apt" || return 1
    version=$(choose_odoo_version) || return 1
    quietly odoo-download apt-get download "$(locked package)=$version" \
        "${ODOO_LINKED[@]/%//sid}" "fonts-font-awesome/$FONT_AWESOME_SUITE" || return 1
    check_odoo_package "$version" || return 1
    echo "$version" >version
    rm -rf apt
)

# The version of the lock file while the archive has it, else its newest 19.0.
choose_odoo_version() {
    local available newest
    available=$(apt-cache madison "$(locked package)" | awk '{ print $3 }' | grep '^19\.0' || true)
    newest=$(head -n 1 <<<"$available")
    [ -n "$newest" ] || fail "the package archive no longer has Odoo 19.0." \
        "Get Odoo 19.0 elsewhere and set ODOO_PATH to the folder that holds 'odoo'."
    if grep -qxF "$(locked version)" <<<"$available"; then
        locked version
    else
        warn "Odoo $(locked version) is gone from the archive; taking $newest."
        echo "$newest"
    fi
}

# apt has checked the archive's signature; the checksum shows that the file is the
# same one that this project was tested with.
check_odoo_package() { # VERSION
    local sum
    sum=$(cat "$(locked package)"_*.deb | sha256sum | cut -d' ' -f1)
    echo "$1 $sum" >>"$LOG/odoo.checksums"
    if [ "$1" != "$(locked version)" ]; then
        warn "its checksum is noted in $LOG/odoo.checksums"
    elif [ "$sum" != "$(locked sha256)" ]; then
        say "The package's checksum is $sum, setup/odoo.lock expects $(locked sha256)."
        return 1
    fi
}

# An apt configuration of our own: the machine's is left alone, and no root is
# needed. APT_CONFIG makes every apt command of this process use it.
own_apt() { # FOLDER
    local apt=$1 archive suite
    archive=$(debian_archive) || return 1
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" || return 1
    for suite in sid "$FONT_AWESOME_SUITE"; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite main"
    done >"$apt/sources.list"
    cat >"$apt/apt.conf" <<EOF || return 1
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::Lists "$apt/lists";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Sandbox::User "";
EOF
    export APT_CONFIG=$apt/apt.conf
    quietly odoo-lists apt-get -o APT::Update::Error-Mode=any update
}

# The address of the archive that the machine's own apt takes its release from;
# that archive carries the other suites too.
debian_archive() {
    local codename archive
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-sid}")
    # shellcheck disable=SC2016  # the $(…) are apt's
    archive=$(apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Identifier: Packages' | awk -v code="$codename" \
        '$3 == "main" && ($2 == code || $2 ~ /^(stable|testing|unstable|sid)$/) { print $1; exit }')
    [ -n "$archive" ] || fail "no Debian archive among this machine's apt sources." \
        "Use Debian, or set ODOO_PATH to an Odoo 19.0 that you have."
    echo "$archive"
}
