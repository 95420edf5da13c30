# shellcheck shell=bash
# The Odoo of setup/demo, in the background.

FIRST_PORT=8069
PID_FILE=$VAR/run/demo.pid
PORT_FILE=$VAR/run/demo.port

# A process number alone may have been given to another process since.
server_runs() {
    local pid
    pid=$(cat "$PID_FILE" 2>/dev/null) || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q -- '-m odoo .*exit_demo'
}

start_server() { # [PORT]
    if server_runs; then
        [ -z "${1:-}" ] || [ "$1" = "$(cat "$PORT_FILE")" ] ||
            fail "the demo runs already, on port $(cat "$PORT_FILE"). First: setup/demo --stop"
        wait_for_server "$(cat "$PORT_FILE")"
        return
    fi
    local port
    port=$(choose_port "${1:-}")
    step "Starting Odoo on port $port"
    launch "$port"
    wait_for_server "$port" || {
        stop_server
        show_failure "$LOG/demo.log"
        fail "Odoo does not answer on port $port."
    }
}

choose_port() { # [PORT]
    local port=${1:-$FIRST_PORT}
    if ! port_is_free "$port"; then
        [ -z "${1:-}" ] || fail "port $port is taken; name another, or none to have one chosen."
        while ! port_is_free "$port"; do port=$((port + 1)); done
        say "Port $FIRST_PORT is taken; using $port."
    fi
    echo "$port"
}

launch() { # PORT
    echo "$1" >"$PORT_FILE"
    # Links to pages of leavers lead to this server.
    sql -d exit_demo -c "UPDATE ir_config_parameter SET value = 'http://127.0.0.1:$1'
                         WHERE key = 'web.base.url'"
    setsid nohup "$VENV/bin/python" -m odoo --database=exit_demo --db-filter='^exit_demo$' \
        --no-database-list --http-port="$1" --max-cron-threads=1 \
        >"$LOG/demo.log" 2>&1 9>&- </dev/null &
    echo $! >"$PID_FILE"
}

# The first page also has Odoo build its style sheets, which takes a while.
wait_for_server() { # PORT
    "$VENV/bin/python" - "$1" "$(cat "$PID_FILE")" <<'EOF'
import pathlib
import sys
import time
import urllib.error
import urllib.request

port, pid = sys.argv[1:]
# Without the proxy that the environment may name.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
end = time.monotonic() + 120
while time.monotonic() < end and pathlib.Path("/proc", pid).exists():
    try:
        opener.open(f"http://127.0.0.1:{port}/web/login", timeout=60).read()
        sys.exit(0)
    except (urllib.error.URLError, OSError):
        time.sleep(0.3)
sys.exit(1)
EOF
}

stop_server() {
    if server_runs; then
        local pid
        pid=$(cat "$PID_FILE")
        kill "$pid"
        for _ in $(seq 100); do
            server_runs || break
            sleep 0.1
        done
        if server_runs; then kill -9 "$pid"; fi
    fi
    rm -f "$PID_FILE"
}
