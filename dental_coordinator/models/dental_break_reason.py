# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalBreakReason(models.Model):
    """Why visits are broken, in a few words to choose from."""

    _name = "dental.break.reason"
    _description = "Reason for a broken visit"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    by_clinic = fields.Boolean(string="The clinic's own", help="Offered when we cancel a visit.")
    no_fee = fields.Boolean(help="No fee is proposed for this reason.", string="No fee")

    _name_uniq = models.Constraint("UNIQUE (name)", "This reason is there already.")
