# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalAccountMixin(models.AbstractModel):
    """Part of the account of somebody who pays, for himself or for others.

    The patient is the one by whom the account is named and contacted.
    """

    _name = "dental.account.mixin"
    _inherit = "dental.patient.mixin"
    _description = "Part of somebody's account"

    guarantor_id = fields.Many2one(
        "res.partner",
        string="Who pays",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")

    # Business

    def _access_patients(self):
        """Everybody on the account, since it tells of all of them."""
        return self.guarantor_id.dental_paid_for_ids | self.patient_id
