# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL: the server the usual PG* variables name, or a private cluster of the installed
version.

The private cluster listens on 127.0.0.1 only, on a free port, with a password of its own, and holds
nothing but demo and test data: it runs without fsync, for speed, so do not keep anything in it that
a power cut may not take. The system's own clusters are not touched.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from . import apt
from .console import Failure, run, say
from .paths import LOCAL, ROOT

NAMES = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGPASSFILE")
ROLE = "dental"
SETTINGS = """\
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
port = {port}
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
# demo and test data only: speed before safety
fsync = off
full_page_writes = off
synchronous_commit = off
"""


@dataclass(frozen=True)
class Server:
    """How to reach PostgreSQL; empty parts are left to libpq's own defaults."""

    host: str = ""
    port: str = ""
    user: str = ""
    password: str = field(default="", repr=False)

    def environment(self):
        values = {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
        }
        return {name: value for name, value in values.items() if value}


def ensure():
    """The server to use, running."""
    given = [name for name in NAMES if os.environ.get(name)]
    if given:
        if not shutil.which("psql"):
            apt.install(["postgresql-client"], "PostgreSQL's client programs are missing")
        return Server(
            *(os.environ.get(name, "") for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"))
        )
    return Cluster().ensure()


def binaries():
    """The folder with initdb and pg_ctl of the newest installed version, or None."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: float(path.parts[-3]),
        reverse=True,
    )
    found = versions[0] if versions else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def program(name):
    """The path of a client program such as psql."""
    return shutil.which(name) or str(binaries() / name)


class Cluster:
    """The private cluster, below the project's ignored folder unless its user cannot get there."""

    def __init__(self):
        self.bin = binaries()
        if not self.bin:
            apt.install(["postgresql"], "PostgreSQL is missing")
            self.bin = binaries()
        self.user = pwd.getpwuid(os.geteuid()) if os.geteuid() else _unprivileged()
        self.home = self._home()
        self.data = self.home / "data"
        self.ready = self.home / "ready"  # there when the cluster has been made to the end

    def ensure(self):
        if not self.ready.is_file():
            self._create()
        port = self.running_port() or self._start()
        return Server("127.0.0.1", str(port), ROLE, self._password())

    def running_port(self):
        """The port of the running server, or None."""
        if self._status() != 0:
            return None
        lines = (self.data / "postmaster.pid").read_text().splitlines()
        return int(lines[3])

    def stop(self):
        if (self.data / "PG_VERSION").is_file() and self.running_port():
            self._run("pg_ctl", "-D", self.data, "stop", "-m", "fast", "-w")
            say("· PostgreSQL: private cluster stopped")

    def _as_user(self, command):
        if os.geteuid():
            return command
        return [
            "setpriv",
            f"--reuid={self.user.pw_uid}",
            f"--regid={self.user.pw_gid}",
            "--init-groups",
            *command,
        ]

    def _run(self, program, *arguments):
        return run(self._as_user([self.bin / program, *arguments]), cwd="/")

    def _status(self):
        command = self._as_user([self.bin / "pg_ctl", "-D", self.data, "status"])
        return subprocess.run(command, capture_output=True, cwd="/").returncode

    def _home(self):
        inside = LOCAL / "postgres"
        LOCAL.mkdir(exist_ok=True)
        reachable = subprocess.run(
            self._as_user(["test", "-x", str(LOCAL)]), capture_output=True, cwd="/"
        )
        if reachable.returncode == 0:
            return inside
        key = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"dental-coordinator-{key}"

    def _create(self):
        say(f"· PostgreSQL: making a private cluster in {self.home}")
        say("  (for demo and test data only: it runs without fsync)")
        if self.home.parent != LOCAL:
            say(f"  (not below the project: the user {self.user.pw_name} may not enter {LOCAL})")
        self._make_home()
        self._initialize()
        self._start()
        self._make_role()
        self.ready.touch()

    def _make_home(self):
        """An empty home that belongs to the cluster's user, with the password file."""
        self.home.mkdir(mode=0o700, exist_ok=True)
        owners = (os.geteuid(), self.user.pw_uid)
        if self.home.is_symlink() or self.home.stat().st_uid not in owners:
            raise Failure(f"{self.home} belongs to someone else; remove it and try again.")
        self.stop()  # an earlier attempt may have been interrupted
        shutil.rmtree(self.data, ignore_errors=True)
        password = self.home / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(24))
        if not os.geteuid():
            for path in (self.home, password):
                os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _initialize(self):
        options = [
            "--auth=scram-sha-256",
            f"--pwfile={self.home / 'password'}",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        self._run("initdb", "-D", self.data, "-U", "postgres", *options)
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("\ninclude_if_exists = 'dental.conf'\n")

    def _make_role(self):
        admin = Server("127.0.0.1", str(self.running_port()), "postgres", self._password())
        statement = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self._password()}'"
        run(
            [self.bin / "psql", "-q", "-d", "postgres", "-c", statement],
            env={**os.environ, **admin.environment()},
        )

    def _start(self):
        port = self._free_port()
        (self.data / "dental.conf").write_text(SETTINGS.format(port=port), encoding="utf-8")
        (self.data / "dental.conf").chmod(0o644)
        say(f"· PostgreSQL: starting the private cluster on 127.0.0.1:{port}")
        self._run(
            "pg_ctl", "-D", self.data, "-l", self.home / "server.log", "-w", "-t", "60", "start"
        )
        return port

    def _free_port(self):
        kept = self.data / "dental.conf"
        if kept.is_file():
            last = int(kept.read_text().split("port = ")[1].split()[0])
            if not _listening(last):
                return last
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def _password(self):
        return (self.home / "password").read_text()


def _listening(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _unprivileged():
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Failure("PostgreSQL refuses to run as root and there is no user postgres to run it as.")
