# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class DentalPresentedReport(models.Model):
    """What presented treatment is worth, at the office fees."""

    _inherit = "dental.presented.report"

    currency_id = fields.Many2one(related="company_id.currency_id")
    gross = fields.Monetary(string="Presented, at office fees", readonly=True)
    gross_accepted = fields.Monetary(string="Accepted, at office fees", readonly=True)
    gross_completed = fields.Monetary(string="Done, at office fees", readonly=True)

    @api.model
    def _columns(self):
        columns = dict(super()._columns())
        return [
            *columns.items(),
            ("gross", SQL("treatment.fee")),
            ("gross_accepted", SQL("%s * treatment.fee", columns["accepted"])),
            ("gross_completed", SQL("%s * treatment.fee", columns["completed"])),
        ]
