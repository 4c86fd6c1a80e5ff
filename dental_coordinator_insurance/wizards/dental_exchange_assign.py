# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalExchangeAssign(models.TransientModel):
    """A person says whom a payer's eligibility file is about."""

    _name = "dental.exchange.assign"
    _description = "Choose whom a file is about"

    exchange_id = fields.Many2one("dental.exchange", required=True, readonly=True)
    summary = fields.Text(related="exchange_id.summary")
    patient_id = fields.Many2one("dental.patient", required=True)
    coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        required=True,
        domain="[('patient_id', '=', patient_id)]",
    )

    def action_assign(self):
        self.ensure_one()
        exchange = self.exchange_id
        exchange._read_file(exchange._bytes(), {"coverage": self.coverage_id})
        return exchange.action_open()
