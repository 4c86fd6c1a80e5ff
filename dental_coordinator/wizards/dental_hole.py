# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalHole(models.TransientModel):
    """A hole of the day, as it was when the list was opened."""

    _name = "dental.hole"
    _description = "Hole of the day"
    _order = "start, id"

    operatory_id = fields.Many2one("dental.operatory", string="Chair", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    start = fields.Datetime(string="From", readonly=True)
    stop = fields.Datetime(string="To", readonly=True)
    minutes = fields.Integer(readonly=True)
    providers = fields.Char(string="Free", readonly=True)
    fits = fields.Integer(readonly=True, help="How many of those who wait fit in.")

    # Actions

    def action_fill(self):
        self.ensure_one()
        return self.env["dental.today"].fill(
            self.operatory_id.id, self.start, self.stop, self.provider_id.id
        )
