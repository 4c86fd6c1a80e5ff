# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

STALE_DAYS = 365


class DentalAppointment(models.Model):
    """What the check-in card looks at, and what a visit still waits for."""

    _inherit = "dental.appointment"

    # Actions

    def action_open_checkin(self):
        """Open the check-in card."""
        self.ensure_one()
        card = self.env["dental.checkin"].create({"appointment_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check in"),
            "res_model": card._name,
            "res_id": card.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_print_slip(self):
        """Print the route slip."""
        return self.env.ref("dental_coordinator.dental_route_slip_report").report_action(self)

    # Business

    def _checkin_items(self):
        return [*super()._checkin_items(), *self._check_person(), *self._check_health()]

    def _check_person(self):
        patient = self.patient_id
        items = []
        if not patient.birth_date:
            items.append({"severity": "warn", "reason": self.env._("no birth date in the file.")})
        if not patient.phone:
            items.append({"severity": "warn", "reason": self.env._("no phone in the file.")})
        if patient.birth_date and patient.age < 18 and not patient.sudo().guardian_ids:
            items.append(
                {
                    "severity": "warn",
                    "reason": self.env._("under 18, and no guardian is named in the file."),
                }
            )
        if self.sudo().trainee_ids and not self.trainee_consent:
            items += self._check_trainees()
        return items

    def _check_health(self):
        """Conditions that nobody asked about for a year."""
        conditions = self.env["dental.condition"]
        if not conditions.has_access("read"):
            return []
        since = fields.Date.subtract(fields.Date.context_today(self), days=STALE_DAYS)
        stale = self.patient_id.condition_ids.filtered(
            lambda c: c.status == "active" and (c.confirmed_on or c.create_date.date()) < since
        )
        if not stale:
            return []
        words = self.env._("not asked for a year: %s.", ", ".join(stale.type_id.mapped("name")))
        return [{"severity": "warn", "reason": words}]
