# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The provisioned environment: which Python, which Odoo, which server, and the configuration that
joins them.
"""

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import odoo_source, postgres, python_env, tools
from .paths import LOCAL, ROOT

DATA_DIR = LOCAL / "odoo-data"
CONFIG = """\
[options]
addons_path = {addons_path}
data_dir = {data_dir}
http_interface = 127.0.0.1
proxy_mode = False
list_db = False
without_demo = True
workers = 0
{database}
"""


@dataclass(frozen=True)
class Environment:
    """What `provision` found or made."""

    python: Path
    odoo: Path  # the folder that contains odoo/
    server: postgres.Server

    def variables(self, **more):
        """The variables of a child process that runs Odoo or reaches its database."""
        found = {**os.environ, **self.server.environment(), **more}
        # a script started in there must come to the same environment
        found.update({"PYTHONPATH": str(self.odoo), "ODOO_PATH": str(self.odoo)})
        # compiled files of the Odoo tree make every start several seconds shorter
        found.pop("PYTHONDONTWRITEBYTECODE", None)
        return found

    @property
    def config(self):
        """An odoo.conf for this environment; database, port and addons to install are named by the
        caller.
        """
        return LOCAL / "odoo.conf"

    def command(self, *arguments):
        """An Odoo command: ``command('-d', name, ...)`` or ``command('shell', '-d', name)``."""
        sub = arguments[:1] if arguments and not str(arguments[0]).startswith("-") else ()
        return [self.python, "-m", "odoo", *sub, "-c", self.config, *arguments[len(sub) :]]

    def addons_path(self):
        """The folders of addons beside those inside ``odoo/addons``."""
        packaged = (self.odoo / "odoo/addons/web/__manifest__.py").is_file()
        return [ROOT] if packaged else [self.odoo / "addons", ROOT]  # the latter: a source checkout

    def write_config(self):
        keys = {"db_host": "host", "db_port": "port", "db_user": "user", "db_password": "password"}
        pairs = [
            f"{key} = {getattr(self.server, name)}"
            for key, name in keys.items()
            if getattr(self.server, name)
        ]
        text = CONFIG.format(
            addons_path=",".join(str(path) for path in self.addons_path()),
            data_dir=DATA_DIR,
            database="\n".join(pairs),
        )
        if not self.config.is_file() or self.config.read_text(encoding="utf-8") != text:
            self.config.touch(mode=0o600)
            self.config.chmod(0o600)
            self.config.write_text(text, encoding="utf-8")


def provision(browser=False):
    """Bring everything that is missing; the second call finds it all there.

    :param browser: also the browser that tours and screenshots need
    """
    LOCAL.mkdir(exist_ok=True)
    with _alone():
        odoo = odoo_source.ensure()
        python = python_env.ensure()
        tools.ensure_wkhtmltopdf()
        if browser:
            tools.ensure_browser()
        environment = Environment(python, odoo, postgres.ensure())
        environment.write_config()
    return environment


@contextmanager
def _alone():
    """Two commands at once must not provision at the same time."""
    with (LOCAL / "provision.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
