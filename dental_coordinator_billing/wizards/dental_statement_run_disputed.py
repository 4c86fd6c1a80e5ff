# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalStatementRun(models.TransientModel):
    _inherit = "dental.statement.run"

    without_disputed = fields.Boolean(
        string="Leave out what is disputed",
        default=True,
        help="Accounts with an open dispute get no statement until it is settled.",
    )

    # Business

    def _guarantors(self):
        guarantors = super()._guarantors()
        if not self.without_disputed:
            return guarantors
        disputes = self.env["dental.dispute"].sudo()
        domain = [("company_id", "=", self.company_id.id), ("state", "=", "open")]
        disputed = disputes.search(domain).guarantor_id
        return [guarantor for guarantor in guarantors if guarantor not in disputed]
