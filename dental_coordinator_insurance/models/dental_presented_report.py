# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class DentalPresentedReport(models.Model):
    _inherit = "dental.presented.report"
    _depends = {
        "dental.procedure": ["discount_given"],
        "dental.claim.line": ["procedure_id", "written_off", "settled", "live"],
    }

    @api.model
    def _write_off(self):
        """What was written off in the end, or given to a member; until then what was told."""
        return SQL(
            """COALESCE(
                (SELECT sum(line.written_off) FROM dental_claim_line line
                  WHERE line.procedure_id = treatment.id AND line.live AND line.settled),
                NULLIF(treatment.discount_given, 0),
                %s)""",
            super()._write_off(),
        )
