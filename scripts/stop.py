# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stop the private PostgreSQL, if there is one and it runs."""

from provision import main
from provision.postgres import Cluster, binaries


def cli():
    if binaries():
        Cluster().stop()
    return 0


if __name__ == "__main__":
    main(cli)
