# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_lab_case import AWAY


class DentalAppointment(models.Model):
    """The laboratory work that a visit is for."""

    _inherit = "dental.appointment"

    lab_case_ids = fields.One2many("dental.lab.case", "appointment_id", string="Laboratory")

    # Actions

    def action_fix_lab(self):
        """Open the case, or the cases, of the visit that are not ready."""
        waiting = [("appointment_id", "=", self.id), ("state", "in", (*AWAY, "received"))]
        return self._open_records("dental.lab.case", waiting, listed=True)

    def action_move_for_lab(self):
        """Look for another place, from the day on which the laboratory's work is here."""
        self.ensure_one()
        if not self._is_coming():
            raise UserError(
                self.env._("%s: the visit is not to come any more. Refresh.", self.number)
            )
        return self.action_move()

    def action_deliver_lab(self):
        """The patient has what was ready for this visit."""
        self.lab_case_ids.filtered(lambda case: case.state == "checked").action_deliver()
        return True

    # Business

    @api.readonly
    def place_warnings(self):
        """Laboratory work that is not here by the new day is said to whoever moved or booked."""
        warnings = super().place_warnings()
        away = self.sudo().lab_case_ids.filtered(lambda case: case.state in AWAY)
        outlook = away._outlook()
        return warnings + [
            case._late_words(outlook[case.id]) for case in away if outlook[case.id].late
        ]

    def _prepare_finder_vals(self):
        """The search begins on the day on which the laboratory's work is here."""
        vals = super()._prepare_finder_vals()
        away = self.lab_case_ids.filtered(lambda case: case.state in AWAY)
        if away:
            today = fields.Date.context_today(self)
            vals["earliest"] = max(vals.get("earliest") or today, away._ready_on())
            outlook = away._outlook()
            if any(outlook[case.id].late for case in away):
                vals["move_reason"] = self.env._("Laboratory work is not here in time")
        return vals
