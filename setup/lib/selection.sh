# shellcheck shell=bash
# Which tests run on which database; the folder of a test says so.

# What to run on; --db leaves one of them.
kinds=(none min full)

NO_DATABASE=(calculators)
ONLY_MIN=(setup absent)
ONLY_FULL=(present survey browser)

# Arguments that are paths are sorted over the databases, all others go to each run.
# What follows one of pytest's short options belongs to it: -k setup names no folder.
sort_arguments() { # ARGUMENTS
    local argument previous=''
    paths=() options=()
    for argument in "$@"; do
        if [[ $argument != -* && ! $previous =~ ^-[kmnpoWcr]$ ]] && [ -e "${argument%%::*}" ]; then
            paths+=("$(realpath "${argument%%::*}")${argument#"${argument%%::*}"}")
        else
            options+=("$argument")
        fi
        previous=$argument
    done
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
    for path in "${paths[@]:-$REPO/tests}"; do
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
