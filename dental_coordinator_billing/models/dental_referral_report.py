# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dental_coordinator.models.dental_procedure import DONE


class DentalReferralReport(models.Model):
    """What the patients whom a practice sent had done here, at the office fees."""

    _inherit = "dental.referral.report"
    _depends = {"dental.procedure": ["patient_id", "state", "fee"]}

    currency_id = fields.Many2one(related="company_id.currency_id")
    production = fields.Monetary(
        readonly=True,
        string="Done here",
        help="Whatever was done since for a patient whom this practice sent first, at office fees.",
    )

    @api.model
    def _columns(self):
        done = SQL(
            """(SELECT SUM(treatment.fee) FROM dental_procedure treatment
                 WHERE treatment.patient_id = referral.patient_id
                   AND treatment.state IN %s)""",
            DONE,
        )
        worth = SQL("CASE WHEN %s THEN %s END", self._is_first(), done)
        return [*super()._columns(), ("production", worth)]
