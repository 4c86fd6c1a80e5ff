# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An Odoo server on loopback for as long as a block runs."""

import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from provision import LOGS, ROOT, Failure
from provision.console import last_line


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def in_use(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(environment, database, port=None, command=None):
    """Serve ``database`` while the block runs. Yields the address, http://127.0.0.1:PORT.

    :param command: the start of another Odoo command (a second environment, say) in place of this
    environment's
    :raises Failure: when the server ends or does not answer within two minutes
    """
    port = port or free_port()
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"server-{database}.log"
    options = [
        "-d",
        database,
        "--db-filter",
        f"^{database}$",
        "--http-port",
        port,
        "--max-cron-threads",
        1,
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in [*(command or environment.command()), *options]],
            cwd=ROOT,
            env=environment.variables(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours to pass on, once
        )
    try:
        wait_until_up(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)


def wait_until_up(process, port, log, seconds=120):
    address = f"http://127.0.0.1:{port}/web/login"  # answers when the models are loaded, too
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if process.poll() is not None:
            raise Failure(f"the server ended at once: {last_line(log)}\n(whole output: {log})")
        try:
            with opener.open(address, timeout=seconds):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Failure(f"the server did not answer within {seconds} s; see {log}")


def stop(process):
    """Ask the process to end, and end it when it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
