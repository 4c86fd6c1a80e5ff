# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from ..models.dental_lab_case import AWAY
from .dental_slot_facts import Expected


class DentalSlotFinder(models.TransientModel):
    """Laboratory work that the visit waits for is among the reasons of a place."""

    _inherit = "dental.slot.finder"

    lab_case_id = fields.Many2one("dental.lab.case", string="Delivers")

    def _expected(self):
        yield from super()._expected()
        cases = self.env["dental.lab.case"].search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("state", "in", AWAY),
                ("appointment_id", "in", (False, self.appointment_id.id)),
            ]
        )
        outlook = cases._outlook()
        for case in cases:
            day = outlook[case.id].expected
            if day:
                words = {"what": case.kind_id.name, "day": format_date(self.env, day)}
                yield Expected(
                    day,
                    self.env._("%(what)s of the laboratory is here before, on %(day)s", **words),
                    self.env._("%(what)s of the laboratory is not here until %(day)s", **words),
                )


class DentalSlotProposal(models.TransientModel):
    _inherit = "dental.slot.proposal"

    def _book(self):
        """The case that one books for belongs to the first of the visits."""
        visits = super()._book()
        case = self.finder_id.lab_case_id
        if case:
            case.appointment_id = visits[:1]
        return visits
