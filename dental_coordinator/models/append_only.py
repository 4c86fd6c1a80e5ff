# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tables that only grow: the database refuses to change or remove a row."""

from odoo.tools import SQL

FUNCTION = """
CREATE OR REPLACE FUNCTION dental_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$ LANGUAGE plpgsql;
"""


def make_append_only(cr, table):
    """Refuse UPDATE, DELETE and TRUNCATE on ``table`` from now on, whoever asks."""
    cr.execute(FUNCTION)
    cr.execute(
        SQL(
            "CREATE OR REPLACE TRIGGER dental_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            " ON %s FOR EACH STATEMENT EXECUTE FUNCTION dental_append_only()",
            SQL.identifier(table),
        )
    )
