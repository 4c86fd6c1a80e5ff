# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One person at a time changes a numbered record."""

from odoo.exceptions import LockError, UserError


def lock_alone(records):
    """Lock records that the user may write, and read anew what another one left.

    :raises UserError: naming them, when somebody else is changing one right now
    """
    records.check_access("write")
    try:
        records.sudo().lock_for_update(allow_referencing=True)
    except LockError as error:
        raise UserError(
            records.env._(
                "%s is being changed by somebody else right now. Wait a moment and look again.",
                ", ".join(records.mapped("number")),
            )
        ) from error
    records.invalidate_recordset()
