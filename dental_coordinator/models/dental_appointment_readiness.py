# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalAppointment(models.Model):
    """What a visit still lacks, and the ways to its remedies."""

    _inherit = "dental.appointment"

    readiness = fields.Json(
        string="Still lacks",
        compute="_compute_readiness",
        groups="dental_coordinator.group_staff",
        help="What this visit still lacks, see dental.readiness.",
    )
    readiness_level = fields.Selection(
        [("ready", "Ready"), ("warn", "Open"), ("stop", "Stopped")],
        compute="_compute_readiness",
        groups="dental_coordinator.group_staff",
        string="Readiness",
    )

    # Computes

    def _compute_readiness(self):
        saved = self._origin
        found = self.env["dental.readiness"]._evaluate(saved) if saved else {}
        for visit in self:
            items = found.get(visit._origin.id)
            visit.readiness = items or []
            levels = {item["severity"] for item in items or ()}
            visit.readiness_level = items is not None and (
                "stop" if "stop" in levels else "warn" if levels else "ready"
            )

    # Actions

    def action_readiness_fix(self, fix):
        """Open the remedy of one readiness item of this visit.

        :param fix: one of the methods that its items name
        """
        self.ensure_one()
        self.check_access("read")
        named = {item["fix"] for item in self.env["dental.readiness"]._evaluate(self)[self.id]}
        if fix not in named:
            raise UserError(
                self.env._("%s: this is settled already. Refresh the screen.", self.number)
            )
        return getattr(self, fix)()

    def action_open_file(self):
        """The patient's file, to complete it."""
        self.ensure_one()
        return self.patient_id.action_open_file()

    def action_fix_history(self):
        """Ask about the complaint and the health."""
        return self._open_records(
            "dental.intake", [("appointment_id", "=", self.id), ("medical_review", "=", False)]
        )

    def action_fix_requests(self):
        """What the visit waits for."""
        waiting = [("patient_id", "=", self.patient_id.id), ("state", "in", ("to_ask", "asked"))]
        return self._open_records("dental.request", waiting, listed=True)

    def action_fix_alerts(self):
        """The conditions that nobody has verified."""
        unread = [("patient_id", "=", self.patient_id.id), ("verified_at", "=", False)]
        return self._open_records("dental.condition", unread, listed=True)

    # Business

    def _check_gate(self, step):
        """Rules of readiness have their say; each item tells its check, owner and remedy."""
        return super()._check_gate(step) + self.env["dental.readiness"]._evaluate(self, step).get(
            self.id, []
        )

    def _open_records(self, model, domain, listed=False):
        """Open a record of this visit or list several; where there is none, a new one."""
        self.ensure_one()
        found = self.env[model].search(domain, limit=None if listed else 1)
        defaults = {"default_patient_id": self.patient_id.id, "default_appointment_id": self.id}
        action = {"type": "ir.actions.act_window", "res_model": model, "context": defaults}
        if len(found) > 1:
            views = [(False, "list"), (False, "form")]
            return {
                **action,
                "name": self.env[model]._description,
                "views": views,
                "domain": [("id", "in", found.ids)],
            }
        return {**action, "views": [(False, "form")], "res_id": found.id, "target": "current"}
