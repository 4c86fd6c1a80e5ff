# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN
from odoo.addons.dental_coordinator.wizards.dental_slot_facts import Expected

from .. import benefits


class DentalSlotFinder(models.TransientModel):
    """Whether a place leaves the payer the time that he takes to answer."""

    _inherit = "dental.slot.finder"

    def _expected(self):
        yield from super()._expected()
        day = self._answer_expected()
        if day:
            words = format_date(self.env, day)
            yield Expected(
                day,
                self.env._("the payer's answer can be there by then (%s)", words),
                self.env._("before the payer's answer can be there (%s)", words),
            )

    def _answer_expected(self):
        """Day on which all answers still wanting can be there, or None.

        They are wanted for the visit that moves, else for all treatment still without a visit.
        """
        procedures = self.appointment_id.procedure_ids or self.env["dental.procedure"].search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("state", "in", OPEN),
                ("appointment_id", "=", False),
            ]
        )
        needs = procedures._precert_needs().values()
        wanted = [need for need in needs if need.status in ("missing", "waiting")]
        if not wanted:
            return None
        today, company = fields.Date.context_today(self), self.patient_id.company_id
        first = self.env["dental.estimate.engine"]._coverages(self.patient_id)._live(today)[:1]
        payer = first.plan_id.payer_id
        days = self.env["dental.precert"]._answer_days(payer, company)
        taken = days.get(payer.id, company.dental_precert_days)
        closed = company._dental_holidays(today)
        asked = min((need.precert.sent_on or today for need in wanted), default=today)
        if any(need.status == "missing" for need in wanted):
            asked = today
        return max(benefits.feasible_from(asked, taken, closed), today)
