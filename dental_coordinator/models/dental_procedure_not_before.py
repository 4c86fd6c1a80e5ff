# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProcedure(models.Model):
    """Treatment that should wait: for the new benefit year, for healing, because he is away."""

    _inherit = "dental.procedure"

    not_before = fields.Date(
        string="Not before", copy=False, help="The search for a place begins on this day."
    )
    not_before_reason = fields.Char(string="Why it waits", copy=False)
