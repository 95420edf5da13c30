# shellcheck shell=bash
# Paths, messages, the lock and whole-or-nothing folders. Every command in setup/
# sources this file first.
set -euo pipefail
umask 022

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VAR=$(realpath -m "${EXIT_VAR:-$REPO/.var}")
LOG=$VAR/log
VENV=$VAR/venv
STEP=0

# Everything said goes to stderr: stdout belongs to the script or test that is run.
say() { printf '%s\n' "$*" >&2; }
warn() { say "WARNING: $*"; }

step() {
    STEP=$((STEP + 1))
    printf '[%3ds] %d. %s\n' "$SECONDS" "$STEP" "$*" >&2
}

fail() {
    say "ERROR: $1"
    shift
    local hint
    for hint in "$@"; do say "       $hint"; done
    exit 1
}

# A short name for this state folder, to keep the databases of two clones apart
# on one server.
var_hash() { printf '%s' "$VAR" | sha256sum | cut -c1-6; }

free_mb() { df -Pm "$1" 2>/dev/null | awk 'NR == 2 { print $4 }'; }

open_state_folder() {
    if ! { mkdir -p "$LOG" "$VAR/run" "$VAR/data" && echo >"$VAR/run/.writable"; } 2>/dev/null; then
        fail "the folder $VAR cannot be written." \
            "Give it room and permission, or set EXIT_VAR to another folder."
    fi
}

need_disk() { # MEGABYTES
    local free
    free=$(free_mb "$VAR")
    [ "${free:-0}" -ge "$1" ] ||
        fail "$VAR has ${free:-0} MB left and this step needs $1 MB." \
            "Make room, or set EXIT_VAR to a folder on another disk."
}

# Run a command with its output in a log; on failure show the end of that log.
quietly() { # NAME COMMAND...
    local log=$LOG/$1.log status=0
    shift
    "$@" >"$log" 2>&1 9>&- </dev/null || status=$?
    [ $status -eq 0 ] || show_failure "$log"
    return $status
}

show_failure() { # LOG
    say "--- the last lines of $1:"
    tail -n 25 "$1" >&2 || true
    say "---"
    if [ "$(free_mb "$VAR")" -lt 50 ]; then
        say "The disk of $VAR is full: make room, or set EXIT_VAR to a folder elsewhere."
    fi
}

# One command at a time changes what is in the state folder. Descriptor 9 is the
# lock; whatever stays in the background must be started with 9>&-.
lock() {
    exec 9>>"$VAR/run/lock"
    if ! flock -n 9; then
        say "Another setup command is at work here ($(cat "$VAR/run/lock.owner" 2>/dev/null)); waiting."
        flock -w "${EXIT_LOCK_WAIT:-1800}" 9 ||
            fail "waited too long for the other setup command." \
                "Look with: ps -fp \$(cut -d' ' -f2 $VAR/run/lock.owner)"
    fi
    echo "process $$ since $(date +%H:%M:%S)" >"$VAR/run/lock.owner"
}

unlock() { exec 9>&-; }

# Make a folder whole or not at all: FUNCTION fills FOLDER.part, which gets its
# name when complete. What an interrupted run left behind is thrown away.
make_folder() { # FOLDER FUNCTION [ARGUMENTS]
    local folder=$1 part=$1.part
    shift
    rm -rf "$part"
    mkdir -p "$part"
    if ! "$1" "$part" "${@:2}"; then
        rm -rf "$part"
        return 1
    fi
    rm -rf "$folder"
    mv "$part" "$folder"
}

# The addons are the top-level folders with a manifest.
our_addons() {
    local manifest
    for manifest in "$REPO"/*/__manifest__.py; do
        basename "$(dirname "$manifest")"
    done
}

# Those that a kind of database gets. An addon that installs itself where its apps are is
# not in min, which is there to show that the others do without.
addons_in() { # KIND
    local addon
    for addon in $(our_addons); do
        if [ "$1" = min ] && installs_itself "$addon"; then continue; fi
        echo "$addon"
    done
}

installs_itself() { # ADDON
    grep -q '"auto_install": True' "$REPO/$1/__manifest__.py"
}

join_by() { # SEPARATOR WORDS...
    local IFS=$1
    shift
    printf '%s' "$*"
}

port_is_free() { # PORT
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
