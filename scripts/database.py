# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases of the provisioned server, with their filestores.

Usage: python3 scripts/database.py list | drop NAME | clone SOURCE NEW
"""

import shutil
import sys

from provision import Failure, main, provision, run, say
from provision.environment import DATA_DIR
from provision.postgres import program


class Databases:
    """Create, clone and drop databases together with their filestores."""

    def __init__(self, environment):
        self.environment = environment

    def names(self):
        found = self.query(
            "postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"
        )
        return [name for name in found if name != "postgres"]

    def exists(self, name):
        return name in self.names()

    def query(self, name, statement):
        """The lines of a statement's result, columns joined by ``|``."""
        output = self._client(
            "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", name, "-c", statement
        )
        return output.splitlines()

    def drop(self, name):
        """End our own sessions in it, then drop it: `--force` would also try to end the server's
        autovacuum, which an ordinary role may not; a plain drop sends that away by itself."""
        literal = name.replace("'", "''")
        self.query(
            "postgres",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE datname = '{literal}' AND usename = current_user",
        )
        self._client("dropdb", "--if-exists", name)
        shutil.rmtree(self._filestore(name), ignore_errors=True)

    def clone(self, source, new):
        self.drop(new)
        self._client("createdb", "-T", source, new)
        if self._filestore(source).is_dir():
            shutil.copytree(self._filestore(source), self._filestore(new))

    def rename(self, old, new):
        """Give a database another name, in place of one that has it already."""
        self.drop(new)
        self.query("postgres", f'ALTER DATABASE "{old}" RENAME TO "{new}"')
        if self._filestore(old).is_dir():
            self._filestore(old).rename(self._filestore(new))

    def _client(self, name, *arguments):
        return run([program(name), *arguments], env=self.environment.variables())

    def _filestore(self, name):
        return DATA_DIR / "filestore" / name


def cli():
    databases = Databases(provision())
    action, *names = sys.argv[1:] or ["list"]
    if action == "list" and not names:
        say("\n".join(databases.names()))
    elif action == "drop" and len(names) == 1:
        databases.drop(*names)
    elif action == "clone" and len(names) == 2:
        databases.clone(*names)
    else:
        raise Failure(__doc__)
    return 0


if __name__ == "__main__":
    main(cli)
