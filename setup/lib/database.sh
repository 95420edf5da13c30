# shellcheck shell=bash
# Databases. Each kind (min, full, demo, suites) has templates:
#   exit_base_KIND   Odoo's own modules; built once per Odoo, requirements, module list
#   exit_tpl_KIND    that plus our addons, installed afresh when their files change
#   exit_test_KIND   that plus the people of tests/people.py, for setup/test
# Whoever works with a database gets a copy. A database carries what it was built from
# as its comment, so there is no record elsewhere that could go out of step.

OPTIONAL_FULL=(hr_expense hr_attendance hr_maintenance hr_fleet payroll)
# What setup/dev/suites runs the tests of.
OPTIONAL_SUITES=("${OPTIONAL_FULL[@]}" hr_recruitment_survey hr_skills_survey)
OPTIONAL_DEMO=(hr hr_holidays hr_expense hr_attendance hr_maintenance hr_fleet hr_skills survey)
# The first one is what users and companies get; without it English would be switched off.
LANGUAGES=en_US,nl_NL

# Everything an Odoo process needs is in its environment: Odoo 19 reads its options
# from ODOO_*, so there is no configuration file.
odoo_environment() {
    export ODOO_RC=/dev/null ODOO_DATA_DIR=$VAR/data ODOO_HTTP_INTERFACE=127.0.0.1
    export ODOO_ADDONS_PATH=$REPO,$ODOO_ADDONS PYTHONPATH=$ODOO_LIB
    # No mail leaves this machine: nothing listens there.
    export ODOO_SMTP_SERVER=127.0.0.1 ODOO_SMTP_PORT=9
    export PYTHONWARNINGS=${PYTHONWARNINGS:-ignore}
    if [ -d "$VAR/oca/odoo/addons" ]; then
        ODOO_ADDONS_PATH+=,$VAR/oca/odoo/addons
    fi
}

odoo() { "$VENV/bin/python" -m odoo "$@"; }

sql() { psql -XAtq "$@"; }

database_exists() { # NAME
    [ "$(sql -c "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]
}

database_comment() { # NAME
    sql -c "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '$1'"
}

# A database is built from KEY when it says so and still has its files.
is_built_from() { # NAME KEY (* in it stands for anything)
    # shellcheck disable=SC2053  # a pattern
    [[ $(database_comment "$1") == $2 ]] && [ -d "$VAR/data/filestore/$1" ]
}

drop_database() { # NAME
    dropdb --if-exists --force "$1" 2>/dev/null || dropdb --if-exists "$1"
    rm -rf "$VAR/data/filestore/$1"
}

copy_database() { # FROM TO
    createdb -T "$1" "$2"
    mkdir -p "$VAR/data/filestore/$1"
    # Odoo never changes a stored file, so links will do.
    cp -al "$VAR/data/filestore/$1" "$VAR/data/filestore/$2"
}

# The new database gets its name only when it is complete.
name_database() { # TEMPORARY NAME KEY
    sql -c "COMMENT ON DATABASE \"$1\" IS '$3'"
    drop_database "$2"
    sql -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
    mkdir -p "$VAR/data/filestore/$1"
    mv "$VAR/data/filestore/$1" "$VAR/data/filestore/$2"
}

# ---------------------------------------------------------------- what is in them

base_modules() { # KIND
    case $1 in
    min) depended_modules min ;;
    full) echo "$(depended_modules full),$(join_by , "${OPTIONAL_FULL[@]}")" ;;
    suites) echo "$(depended_modules full),$(join_by , "${OPTIONAL_SUITES[@]}")" ;;
    demo) echo "$(depended_modules demo),$(join_by , "${OPTIONAL_DEMO[@]}")" ;;
    esac
}

# What the manifests of the addons in it name, without our addons themselves.
depended_modules() { # KIND
    local addons
    mapfile -t addons < <(addons_in "$1")
    "$VENV/bin/python" - "${addons[@]/#/$REPO/}" <<'EOF'
import ast
import pathlib
import sys

addons = [pathlib.Path(name) for name in sys.argv[1:]]
ours = {addon.name for addon in addons}
depends = {"base"}
for addon in addons:
    depends.update(ast.literal_eval((addon / "__manifest__.py").read_text())["depends"])
print(",".join(sorted(depends - ours)))
EOF
}

install_options() { # KIND
    case $1 in
    min) echo --skip-auto-install ;;
    full | suites) ;;
    demo) echo --with-demo ;;
    esac
}

hash_of() { sha256sum | cut -c1-16; }

base_key() { # KIND
    {
        echo "$LANGUAGES $(odoo_version) $(base_modules "$1") $(install_options "$1")"
        cat "$REPO"/setup/requirements{,-payroll}.txt "$REPO/setup/lib/prepare_database.py"
    } | hash_of
}

# The files of our addons: any change means installing them afresh, which also tests
# the installing. A file that an editor is replacing just now counts as changed.
addons_key() {
    local addon
    for addon in $(our_addons); do
        find "$REPO/$addon" -type f -not -path '*/__pycache__/*' -not -name '*.pyc' \
            -not -path '*/static/description/*' -print0
    done | sort -z | { xargs -0r sha256sum 2>/dev/null || true; } | sed "s|$REPO/||" | hash_of
}

# What the people are made by; the modules have a key of their own.
people_key() { cat "$REPO"/tests/{people,facts}.py "$REPO/setup/lib/prepare_tests.py" | hash_of; }

# ---------------------------------------------------------------- building

# Leaves its template in TEMPLATE. To be called with the lock held.
need_template() { # KIND
    local key
    TEMPLATE=exit_tpl_$1
    key=$(base_key "$1")-$(addons_key)
    is_built_from "$TEMPLATE" "$key" && return
    need_base "$1"
    step "Installing our addons on a copy of the database '$1'"
    drop_database "${TEMPLATE}_new"
    copy_database "exit_base_$1" "${TEMPLATE}_new"
    # shellcheck disable=SC2046  # several options
    install_modules "tpl-$1" "${TEMPLATE}_new" "$(addons_in "$1" | paste -sd, -)" \
        $(install_options "$1")
    name_database "${TEMPLATE}_new" "$TEMPLATE" "$key"
}

# The same with the people that tests work with: exit_test_KIND.
need_test_template() { # KIND
    local key name=exit_test_$1
    need_template "$1"
    key=$(database_comment "$TEMPLATE")-$(people_key)
    if ! is_built_from "$name" "$key"; then
        step "Making the people of the tests in the database '$1'"
        drop_database "${name}_new"
        copy_database "$TEMPLATE" "${name}_new"
        PYTHONPATH=$REPO:$PYTHONPATH quietly "people-$1" odoo_script "${name}_new" \
            "$REPO/setup/lib/prepare_tests.py" || fail "the people could not be made."
        name_database "${name}_new" "$name" "$key"
    fi
    TEMPLATE=$name
}

need_base() { # KIND
    local name=exit_base_$1 key
    key=$(base_key "$1")
    is_built_from "$name" "$key" && return
    step "Building the database '$1' with Odoo's own modules (about a minute)"
    need_disk 400
    drop_database "${name}_new"
    createdb -T template0 -E UTF8 "${name}_new"
    # shellcheck disable=SC2046  # several options
    install_modules "base-$1" "${name}_new" "$(base_modules "$1")" \
        --load-language=$LANGUAGES $(install_options "$1")
    quietly "prepare-$1" odoo_script "${name}_new" "$REPO/setup/lib/prepare_database.py" ||
        fail "the database '$1' could not be prepared."
    name_database "${name}_new" "$name" "$key"
}

# Odoo ends with status 0 after some errors, so its log counts too.
install_modules() { # LOGNAME DATABASE MODULES [OPTIONS]
    local log=$LOG/$1.log status=0
    odoo -d "$2" -i "$3" --stop-after-init --no-http --max-cron-threads=0 \
        --log-level=warn "${@:4}" >"$log" 2>&1 9>&- </dev/null || status=$?
    show_warnings "$log"
    if [ $status -ne 0 ] || grep -Eq ' (ERROR|CRITICAL) ' "$log"; then
        show_failure "$log"
        fail "Odoo could not install: $3" "The whole log: $log"
    fi
}

show_warnings() { # LOG
    if grep -q ' WARNING ' "$1"; then
        say "--- Odoo warns while installing ($1):"
        grep ' WARNING ' "$1" | cut -c1-400 | head -n 20 >&2
    fi
}

# Run a script in an Odoo shell, under its own name in tracebacks; fails when it raises.
odoo_script() { # DATABASE SCRIPT
    ODOO_SCRIPT=$2 odoo shell -d "$1" --no-http --max-cron-threads=0 --log-level=warn <<'EOF'
import os
exec(compile(open(os.environ["ODOO_SCRIPT"]).read(), os.environ["ODOO_SCRIPT"], "exec"))
EOF
}

# ---------------------------------------------------------------- copies

copy_name() { echo "exit_run_$(var_hash)_$$_$1"; } # KIND

# A throw-away copy of a template, dropped when the command ends. Its name has the
# number of the process, so that copies of killed commands can be told.
take_copy() { # KIND
    COPY=$(copy_name "$1")
    copy_database "$TEMPLATE" "$COPY"
    trap drop_copies EXIT
    trap 'exit 130' INT TERM HUP
}

drop_copies() {
    local name
    for name in $(sql -c "SELECT datname FROM pg_database WHERE datname LIKE 'exit_run_$(var_hash)_$$_%'"); do
        drop_database "$name"
    done
}

drop_stale_copies() {
    local name process
    for name in $(sql -c "SELECT datname FROM pg_database WHERE datname LIKE 'exit_run_$(var_hash)_%'"); do
        process=$(cut -d_ -f4 <<<"$name")
        [ -d "/proc/$process" ] || drop_database "$name"
    done
}

# ---------------------------------------------------------------- all together

# Fonts, for screens and papers alike.
FONTS=("/usr/share/fonts/truetype/dejavu/*=fonts-dejavu-core"
    "/usr/share/fonts/truetype/liberation*/*=fonts-liberation")

need_browser() { need_debian chromium=chromium "${FONTS[@]}"; }

need_pdf() { need_debian wkhtmltopdf=wkhtmltopdf "${FONTS[@]}"; }

need_odoo() { # run|test
    need_debian flock=util-linux dpkg-deb=dpkg
    need_python "$1"
    find_odoo
    need_postgres
    if [ "$1" = test ]; then need_payroll; fi
    odoo_environment
    write_environment
}

# For pytest started without setup/test, by an editor say: see tests/conftest.py.
write_environment() {
    local name
    for name in PGHOST PGPORT PGUSER PYTHONPATH "${!ODOO_@}"; do
        case $name in ODOO_LIB | ODOO_ADDONS | ODOO_LINKED | ODOO_PATH) continue ;; esac
        echo "$name=${!name:-}"
    done >"$VAR/run/environment.part"
    mv "$VAR/run/environment.part" "$VAR/run/environment"
}
