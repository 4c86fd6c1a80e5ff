# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Serve the demo clinic on http://127.0.0.1:8069; the first call makes it, --reset makes it anew.

Usage: python3 scripts/demo.py [--reset] [--port 8069]
"""

import argparse
import hashlib
import sys
import time

from clinic import SCRIPTS, has_clinic, install, load
from database import Databases
from provision import LOCAL, ROOT, Failure, addons, main, provision, run_long, say
from server import in_use, serving

DATABASE = "dental_demo"
BUILDING = "dental_demo_building"  # renamed when it is whole
STAMP = LOCAL / "demo.sha256"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reset", action="store_true", help="throw the clinic away and start over")
    parser.add_argument("--port", type=int, default=8069)
    return parser.parse_args()


def fingerprint():
    """A hash over the addons' files: when it changes, the database needs an update."""
    digest = hashlib.sha256()
    for name in addons():
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def prepare(environment, reset):
    databases = Databases(environment)
    current = fingerprint()
    if reset or not databases.exists(DATABASE):
        build(environment, databases)
    elif not STAMP.is_file() or STAMP.read_text() != current:
        names = ",".join(addons())
        command = environment.command("-d", DATABASE, "-u", names, "--stop-after-init", "--no-http")
        run_long("Update (the addons changed)", command, env=environment.variables())
    STAMP.write_text(current)


def build(environment, databases):
    if not has_clinic():
        raise Failure("scripts/demo_clinic is missing: there is no demo clinic to serve.")
    databases.drop(BUILDING)
    install(environment, BUILDING)
    load(environment, BUILDING)
    databases.rename(BUILDING, DATABASE)


def logins():
    sys.path.insert(0, str(SCRIPTS))
    from demo_clinic import LOGINS

    width = max(len(role) for role, _login, _password in LOGINS)
    return [f"  {role:{width}}  {login} / {password}" for role, login, password in LOGINS]


def cli():
    options = arguments()
    if in_use(options.port):
        raise Failure(
            f"port {options.port} is taken on 127.0.0.1; "
            "stop what runs there or name another: make demo PORT=8070"
        )
    environment = provision()
    prepare(environment, options.reset)
    say("· Server: starting")
    with serving(environment, DATABASE, options.port) as address:
        say(f"\nThe demo clinic is open: {address}\n")
        say("\n".join(logins()))
        say("\nCtrl-C ends it. `make demo RESET=1` starts over, relative to today.")
        while in_use(options.port):
            time.sleep(1)
    raise Failure("the server ended; see .local/log")


if __name__ == "__main__":
    main(cli)
