# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import fields, models


class DentalExchangeImport(models.TransientModel):
    """One place for every file that a payer or clearinghouse sends."""

    _name = "dental.exchange.import"
    _description = "Import a payer's file"

    raw = fields.Binary(string="File", required=True)
    filename = fields.Char()
    verification_id = fields.Many2one("dental.insurance.verification", readonly=True)

    def action_import(self):
        """Keep and read the file, then open what came of it."""
        self.ensure_one()
        exchange = self.env["dental.exchange"]._receive(
            base64.b64decode(self.raw), self.filename or "", verification=self.verification_id
        )
        return exchange.action_open()
