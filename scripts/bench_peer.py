# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The peer that some figures are measured against: another booking addon, in its own database.

It is installed below the project's private folder and nowhere else. Its database is apart because
it changes what a calendar event costs.
"""

import os

from provision import LOCAL, ROOT, run_long

FOLDER = LOCAL / "bench"
PINNED = ROOT / "requirements" / "bench.txt"
MODULE = "resource_booking"


class WithPeer:
    """The environment, with the peer's addons to be found in it."""

    def __init__(self, environment):
        self.environment = environment

    def variables(self, **more):
        found = self.environment.variables(**more)
        found["PYTHONPATH"] = os.pathsep.join((found["PYTHONPATH"], str(FOLDER)))
        return found

    def command(self, *arguments):
        paths = [*self.environment.addons_path(), FOLDER / "odoo" / "addons"]
        found = self.environment.command(*arguments)
        return [*found, "--addons-path", ",".join(str(path) for path in paths)]


def fetch(environment):
    """Install the pinned packages of the peer unless they are there."""
    done = FOLDER / "installed.txt"
    pinned = PINNED.read_text(encoding="utf-8")
    if done.is_file() and done.read_text(encoding="utf-8") == pinned:
        return
    options = ("--disable-pip-version-check", "--no-deps", "--upgrade", "--target", FOLDER)
    command = [environment.python, "-m", "pip", "install", *options, "-r", PINNED]
    run_long("Peer (packages)", command, env=environment.variables())
    done.write_text(pinned, encoding="utf-8")


def install(environment, database):
    """Make the peer's database."""
    options = ("--stop-after-init", "--no-http", "--max-cron-threads", 0)
    command = environment.command("-d", database, "-i", MODULE, *options)
    run_long("Peer (installation)", command, env=environment.variables())
