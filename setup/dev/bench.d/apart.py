"""Databases of their own, for figures that must commit, and servers on them."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from odoo.modules.registry import Registry
from odoo.sql_db import close_all
from odoo.tools import config

# The line that Odoo logs about each request: queries, seconds of SQL, other seconds.
REQUEST = re.compile(
    r'"(?P<method>GET|POST) (?P<path>\S+) HTTP/1.1" (?P<status>\d+) - '
    r"(?P<queries>\d+) (?P<sql>[\d.]+) (?P<rest>[\d.]+)"
)


@contextlib.contextmanager
def database_from(template, name):
    """Copy a database and its files; both are dropped in the end."""
    copy = f"{os.environ['EXIT_BENCH_DATABASE']}_{name}"
    close_all()
    subprocess.run(["createdb", "-T", template, copy], check=True)
    files = config.filestore(template)
    if os.path.isdir(files):
        shutil.copytree(files, config.filestore(copy), copy_function=os.link)
    try:
        yield copy
    finally:
        Registry.delete(copy)
        close_all()
        subprocess.run(["dropdb", "--if-exists", "--force", copy], check=False)
        shutil.rmtree(config.filestore(copy), ignore_errors=True)


@contextlib.contextmanager
def server_on(database, workers=2, count=1):
    """Run Odoo servers on a database; yield [(address, function returning its log)]."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(_one_server(database, workers)) for _at in range(count)
        ]


@contextlib.contextmanager
def _one_server(database, workers):
    port, gevent_port = free_port(), free_port()
    log = stack_file()
    command = [sys.executable, "-m", "odoo", "-d", database, f"--workers={workers}"]
    command += [f"--http-port={port}", f"--gevent-port={gevent_port}"]
    command += [f"--db-filter=^{database}$", "--max-cron-threads=0", "--log-level=info"]
    process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/web/login", process)
        yield f"http://127.0.0.1:{port}", lambda: read_log(log)
    finally:
        process.terminate()
        process.wait(60)
        log.close()


def stack_file():
    return tempfile.TemporaryFile("w+")


def read_log(log):
    log.flush()
    position = log.tell()
    log.seek(0)
    text = log.read()
    log.seek(position)
    return text


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def open_without_proxy():
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def wait_for(address, process, seconds=180):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server stopped")
        try:
            open_without_proxy().open(address, timeout=60).read()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise RuntimeError("the server does not answer")


def read_requests(log, prefix):
    """Return [(path, server seconds, queries, status)] of requests in a log."""
    return [
        (
            found["path"],
            float(found["sql"]) + float(found["rest"]),
            int(found["queries"]),
            int(found["status"]),
        )
        for found in REQUEST.finditer(log)
        if found["path"].startswith(prefix)
    ]


def run_together(tasks):
    """Run functions in threads that start at once; return their results in order."""
    results = [None] * len(tasks)
    barrier = threading.Barrier(len(tasks))

    def run(at, task):
        barrier.wait()
        try:
            results[at] = task()
        except Exception as error:
            results[at] = error

    threads = [
        threading.Thread(target=run, args=(at, task)) for at, task in enumerate(tasks)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for result in results:
        if isinstance(result, Exception):
            raise result
    return results
