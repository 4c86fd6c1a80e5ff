# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .dental_today_change import CHANGED, SUBCHANNEL


class DentalToday(models.AbstractModel):
    """Whatever changes the day lets its screens look again."""

    _inherit = "dental.today"

    def _tell(self, company, visit_ids=()):
        """Let the screens of a clinic look again: something of the day changed."""
        self.env["bus.bus"]._sendone(
            (company, SUBCHANNEL), CHANGED, {"company_id": company.id, "ids": list(visit_ids)}
        )
