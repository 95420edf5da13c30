# shellcheck shell=bash
# PostgreSQL: the user's own server when PGHOST is set, else a private cluster that
# listens on a unix socket only, so that no port can be taken.

need_postgres() {
    export PGDATABASE=postgres
    if [ -n "${PGHOST:-}" ] && [ "${EXIT_OWN_CLUSTER:-}" != 1 ]; then
        need_debian psql=postgresql-client
        check_user_server
        return
    fi
    without_main_cluster need_debian "/usr/lib/postgresql/*/bin/initdb=postgresql"
    PG_BIN=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
    place_cluster
    make_cluster
    start_cluster
}

check_user_server() {
    [ "${PGUSER:-}" != postgres ] ||
        fail "PGUSER=postgres: Odoo refuses to connect as that user; name another."
    psql -qc 'SELECT 1' >/dev/null 2>"$LOG/psql.log" ||
        fail "PGHOST=$PGHOST is set, but that PostgreSQL cannot be used:" \
            "$(head -n 1 "$LOG/psql.log")" \
            "Set PGHOST, PGPORT, PGUSER, PGPASSWORD rightly, or unset PGHOST."
    [ "$(psql -Atc 'SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user')" = t ] ||
        fail "the PostgreSQL user on $PGHOST may not create databases (ALTER ROLE … CREATEDB)."
}

# Debian's package starts a server of its own on the standard port; leave that out
# when it is installed for our private cluster only.
without_main_cluster() {
    local conf=/etc/postgresql-common/createcluster.d/hr-exit-interview.conf
    if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && as_root true 2>/dev/null; then
        as_root mkdir -p "$(dirname "$conf")"
        echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
    fi
    "$@"
    if [ -f "$conf" ]; then as_root rm -f "$conf"; fi
}

# PostgreSQL does not run as root: then the user postgres runs it, and must be able
# to reach its folders.
as_postgres() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

place_cluster() {
    PG_HOME=$VAR/pg
    if ! as_postgres test -x "$VAR"; then
        PG_HOME=/var/tmp/hr-exit-interview-$(id -u)-$(var_hash)/pg
        mkdir -p "$(dirname "$PG_HOME")"
        say "The user postgres cannot enter $VAR; the cluster is in $PG_HOME"
    fi
    # A socket's path may have 107 characters.
    PG_SOCKET=$PG_HOME/socket
    if [ ${#PG_SOCKET} -gt 85 ]; then
        PG_SOCKET=/tmp/hr-exit-interview-$(id -u)-$(var_hash)
        mkdir -p "$PG_SOCKET"
        chown_postgres "$PG_SOCKET"
    fi
    export PGHOST=$PG_SOCKET PGPORT=5432 PGUSER=odoo EXIT_OWN_CLUSTER=1
    unset PGPASSWORD PGSERVICE
}

chown_postgres() {
    if [ "$(id -u)" -eq 0 ]; then chown postgres: "$@"; fi
}

make_cluster() {
    [ -f "$PG_HOME/data/PG_VERSION" ] && return
    step "Making a private PostgreSQL cluster"
    need_disk 1500
    make_folder "$PG_HOME" init_cluster || fail "the PostgreSQL cluster could not be made."
}

init_cluster() { # FOLDER
    mkdir -p "$1/data" "$1/socket" || return 1
    chown_postgres "$1" "$1/data" "$1/socket" || return 1
    quietly initdb as_postgres "$PG_BIN/initdb" -D "$1/data" -U odoo --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync || return 1
    # Nothing here is worth surviving a power cut: speed over safety.
    cat >>"$1/data/postgresql.conf" <<EOF
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 256MB
max_connections = 200
EOF
}

cluster_runs() { as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" status >/dev/null 2>&1; }

start_cluster() {
    cluster_runs && psql -qc 'SELECT 1' >/dev/null 2>&1 && return
    step "Starting PostgreSQL"
    quietly pg-start as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -w -t 60 \
        -l "$PG_HOME/server.log" -o "-c unix_socket_directories='$PG_SOCKET'" start || {
        show_failure "$PG_HOME/server.log"
        fail "PostgreSQL did not start."
    }
}

# Only when nobody else is at work with it: no connection, no copy of a running test.
stop_cluster() {
    [ "${EXIT_OWN_CLUSTER:-}" = 1 ] || return 0
    local others
    drop_stale_copies
    others=$(psql -Atc "SELECT
        (SELECT count(*) FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND pid != pg_backend_pid()) +
        (SELECT count(*) FROM pg_database WHERE datname LIKE 'exit_run_%')")
    if [ "$others" -gt 0 ]; then
        say "PostgreSQL stays up for the tests or shells that use it."
    else
        quietly pg-stop as_postgres "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -m fast stop
    fi
}
