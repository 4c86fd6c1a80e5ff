# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN


class DentalInsuranceCoverage(models.Model):
    """A cover that ended: what it was to pay for, and whether another took its place."""

    _inherit = "dental.insurance.coverage"

    ended_on = fields.Date(compute="_compute_ended", string="Ended on")
    followed_by = fields.Char(compute="_compute_ended", string="Covered now by")
    open_count = fields.Integer(compute="_compute_ended_work", string="Open treatment")
    next_visit = fields.Datetime(compute="_compute_ended_work", string="Next visit")

    # Computes

    def _compute_ended(self):
        today = fields.Date.context_today(self)
        siblings = self.search([("patient_id", "in", self.patient_id.ids)])
        live = siblings._live(today).grouped("patient_id")
        for cover in self:
            ends = [day for day in (cover.date_to, cover.policy_id.date_to) if day]
            cover.ended_on = min(ends, default=False)
            others = live.get(cover.patient_id, self.browse()) - cover
            cover.followed_by = ", ".join(others.plan_id.mapped("name")) or False

    def _compute_ended_work(self):
        patients = [("patient_id", "in", self.patient_id.ids)]
        counts = self.env["dental.procedure"]._read_group(
            [*patients, ("state", "in", OPEN)], ["patient_id"], ["__count"]
        )
        visits = self.env["dental.appointment"]._read_group(
            [
                *patients,
                ("status", "in", ("held", "scheduled", "confirmed")),
                ("start", ">=", fields.Datetime.now()),
            ],
            ["patient_id"],
            ["start:min"],
        )
        counts, visits = dict(counts), dict(visits)
        for cover in self:
            cover.open_count = counts.get(cover.patient_id, 0)
            cover.next_visit = visits.get(cover.patient_id, False)

    # Actions

    def action_new_cover(self):
        """Enter the card that the patient has now."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add insurance"),
            "res_model": "dental.coverage.add",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_patient_id": self.patient_id.id},
        }
