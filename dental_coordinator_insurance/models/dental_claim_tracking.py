# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalClaimTracking(models.Model):
    """Where a claim stands in the words of those who follow it up."""

    _name = "dental.claim.tracking"
    _description = "Follow-up status of claims"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    suppress_days = fields.Integer(
        string="Quiet for (days)", help="How long a claim then stays off the list of work."
    )
    needs_note = fields.Boolean(string="Say why", help="A few words are asked for.")
    next_action = fields.Char(string="Next step", translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: of every clinic.")

    _quiet = models.Constraint("CHECK (suppress_days >= 0)", "Days of quiet cannot be negative.")
