# shellcheck shell=bash
# Which tests run on which database, and what else they need: their path says so.

# What to run on; --db leaves one of them.
kinds=(none min full)

# The first folder below tests/.
NO_DATABASE=(calculators)
ONLY_MIN=(setup absent)
ONLY_FULL=(present survey browser)

# --db is ours, wherever it stands. Arguments that are paths are sorted over the databases,
# all others go to each run. What follows one of pytest's short options belongs to it:
# -k setup names no folder.
sort_arguments() { # ARGUMENTS
    local argument previous=''
    paths=() options=()
    for argument in "$@"; do
        if [ "$previous" = --db ]; then
            choose_kind "$argument"
        elif [[ $argument == --db=* ]]; then
            choose_kind "${argument#--db=}"
        elif [ "$argument" = --db ]; then
            : # its value follows
        elif [[ $argument != -* && ! $previous =~ ^-[kmnpoWcr]$ ]] && [ -e "${argument%%::*}" ]; then
            paths+=("$(realpath "${argument%%::*}")${argument#"${argument%%::*}"}")
        else
            options+=("$argument")
        fi
        previous=$argument
    done
    [ "$previous" != --db ] || choose_kind ''
    [ ${#paths[@]} -gt 0 ] || paths=("$REPO/tests")
}

choose_kind() { # KIND
    [[ $1 =~ ^(min|full)$ ]] || fail "setup/test --db wants min or full, not '$1'."
    kinds=("$1")
}

# Which databases the tests below a path want; "none" is one of them.
databases_of() { # PATH
    local folder=${1#"$REPO"/tests/}
    folder=${folder%%/*}
    case " ${NO_DATABASE[*]} " in *" $folder "*) echo none && return ;; esac
    case " ${ONLY_MIN[*]} " in *" $folder "*) echo min && return ;; esac
    case " ${ONLY_FULL[*]} " in *" $folder "*) echo full && return ;; esac
    echo min full
}

# The paths of one run, one a line. A path above the folders stands for all of them.
paths_for() { # KIND
    local path entry
    for path in "${paths[@]}"; do
        if [ "$path" = "$REPO" ] || [ "$path" = "$REPO/tests" ]; then
            for entry in "$REPO"/tests/[a-z]*/ "$REPO"/tests/test_*.py; do
                if [ -e "$entry" ]; then wanted_by "$1" "${entry%/}"; fi
            done
        else
            wanted_by "$1" "$path"
        fi
    done
}

wanted_by() { # KIND PATH
    if [ ${#kinds[@]} -eq 1 ] || [[ " $(databases_of "$2") " == *" $1 "* ]]; then
        echo "$2"
    fi
}

# What the wanted tests need beside Odoo is said by words in their path below tests/.
want_browser() { is_wanted 'browser'; } # with axe-core, from node
want_pdf() { is_wanted 'pdf|absent'; }

is_wanted() { # WORDS
    find "${paths[@]%%::*}" -name 'test_*.py' | sed "s|^$REPO/tests/||" | grep -E "$1" >/dev/null
}
