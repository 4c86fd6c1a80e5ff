# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import UserError


def pre_init_hook(env):
    """Make sure that PostgreSQL can keep two bookings of one chair apart (extension btree_gist)."""
    env.cr.execute("SELECT 1 FROM pg_extension WHERE extname = 'btree_gist'")
    if env.cr.fetchone():
        return
    try:
        with env.cr.savepoint():
            env.cr.execute("CREATE EXTENSION btree_gist")
    except InsufficientPrivilege as error:
        raise UserError(
            env._(
                "Dental Coordinator needs the PostgreSQL extension btree_gist and this database "
                "role may not create it. Ask the database administrator to run "
                "CREATE EXTENSION btree_gist; in this database, then install again."
            )
        ) from error
