# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalAppointmentType(models.Model):
    _inherit = "dental.appointment.type"

    is_surgery = fields.Boolean(
        string="Surgery", help="A visit of this kind gets its surgery record when it is booked."
    )


class DentalAppointment(models.Model):
    """A visit that is an operation."""

    _inherit = "dental.appointment"

    surgery_ids = fields.One2many(
        "dental.surgery", "appointment_id", groups="dental_coordinator.group_staff"
    )
    surgery_count = fields.Integer(
        compute="_compute_surgery_count",
        groups="dental_coordinator.group_staff",
        string="Surgery count",
    )

    # Computes

    @api.depends("surgery_ids")
    def _compute_surgery_count(self):
        for visit in self:
            visit.surgery_count = len(visit.surgery_ids)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        if not self.env.context.get("dental_surgery_made"):
            surgeries = visits.filtered("type_id.is_surgery")
            if surgeries:
                surgeries._make_surgeries()
        return visits

    # Actions

    def action_open_surgery(self):
        """The surgery of this visit; where there is none, it is made."""
        self.ensure_one()
        if not self.surgery_ids:
            self._make_surgeries()
        return self.surgery_ids.action_open()

    def action_surgery_clearance(self):
        return self._surgery().action_ask_clearance()

    def action_surgery_consent(self):
        return self._open_surgery_part("consent")

    def action_surgery_escort(self):
        return self._open_surgery_part("escort")

    def action_surgery_instructions(self):
        return self._open_surgery_part("instructions")

    def action_surgery_fasting(self):
        return self._open_surgery_part("fasting")

    def action_surgery_premed(self):
        return self._open_surgery_part("premed")

    def action_surgery_risk(self):
        return self._open_surgery_part("risk")

    def action_surgery_tasks(self):
        return self._open_surgery_part("tasks")

    def action_surgery_materials(self):
        return self._open_surgery_part("materials")

    def action_surgery_calls(self):
        return self._surgery().action_open_calls()

    def action_surgery_recovery(self):
        return self._surgery().action_open()

    def action_surgery_safety(self):
        return self._open_surgery_part("safety")

    # Business

    def _make_surgeries(self):
        return self.env["dental.surgery"].create(
            [{"appointment_id": visit.id, "patient_id": visit.patient_id.id} for visit in self]
        )

    def _surgery(self):
        self.ensure_one()
        if not self.surgery_ids:
            raise UserError(self.env._("%s is no surgery. Make it one first.", self.number))
        return self.surgery_ids

    def _open_surgery_part(self, part):
        """One part of the preparation, in a dialog."""
        view = self.env.ref("dental_coordinator.dental_surgery_view_form_part")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Surgery %s", self._surgery().number),
            "res_model": "dental.surgery",
            "res_id": self.surgery_ids.id,
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"dental_part": part},
        }

    def _apply_status(self, status, note=None):
        result = super()._apply_status(status, note)
        surgeries = self.sudo().surgery_ids
        surgeries._stamp_progress(status)
        surgeries._follow_calls()
        return result

    def _log_moves(self, before):
        result = super()._log_moves(before)
        self.sudo().surgery_ids._follow_calls()
        return result
