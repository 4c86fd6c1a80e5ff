# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows that only the server writes, in one statement."""

from odoo.tools import SQL


def insert_rows(model, rows):
    """Add rows to the table of a model whose fields are all given: no default, nothing computed.

    Constraints and triggers of the database hold as ever. Who caches records that point to the
    rows invalidates them.

    :param model: recordset, whose environment has the rights of its caller
    :param rows: list of dicts with the same keys, values as for ``create``
    """
    if not rows:
        return
    columns = [model._fields[name] for name in rows[0]]
    values = [
        tuple(field.convert_to_column_insert(row[field.name], model) for field in columns)
        for row in rows
    ]
    model.env.cr.execute(
        SQL(
            "INSERT INTO %s (%s) VALUES %s",
            SQL.identifier(model._table),
            SQL(", ").join(SQL.identifier(field.name) for field in columns),
            SQL(", ").join(SQL("%s", row) for row in values),
        )
    )
