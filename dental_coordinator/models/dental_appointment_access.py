# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .dental_readiness import Finding


class DentalAppointment(models.Model):
    """What must be arranged so that the patient can be treated at all: until somebody has."""

    _inherit = "dental.appointment"

    access_arranged = fields.Boolean(
        copy=False,
        help="Interpreter and whatever the access needs ask for are arranged for this time.",
        string="Access arranged",
    )

    # Actions

    def action_access_arranged(self):
        """Interpreter, ramp and the like are arranged; the visit log says by whom."""
        self.ensure_one()
        self.check_access("write")
        if not self.access_arranged:
            self.access_arranged = True
            self._log_status(self.env._("Access needs arranged"))
        return {"type": "ir.actions.act_window_close"}

    # Business

    def _log_moves(self, before):
        """An interpreter who was asked for another time is not there now."""
        result = super()._log_moves(before)
        elsewhen = self.filtered(lambda v: v.access_arranged and before[v.id][0] != v.start)
        elsewhen.access_arranged = False
        return result

    def _to_arrange(self):
        """Words for what this visit needs from outside, an empty list for most."""
        patient = self.patient_id
        words = [need.remind for need in patient.access_need_ids if need.remind]
        if patient.interpreter in ("in_person", "sign"):
            labels = dict(patient._fields["interpreter"]._description_selection(self.env))
            words.append(self.env._("interpreter (%s)", labels[patient.interpreter].lower()))
        return words


class DentalReadiness(models.AbstractModel):
    _inherit = "dental.readiness"

    @api.model
    def _checks(self):
        return {**super()._checks(), "needs": self.env._("Access needs arranged")}

    def _check_needs(self, visits, rule):
        """What the patient needs to be treated is arranged for the time of the visit."""
        for visit in visits.filtered(lambda one: not one.access_arranged):
            words = visit._to_arrange()
            if words:
                reason = self.env._("to arrange: %s.", ", ".join(words))
                label = self.env._("Arranged")
                yield Finding(visit, reason, "action_access_arranged", label)
