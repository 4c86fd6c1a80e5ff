# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..triage import call_days
from .dental_appointment_status import COMING, WITHOUT_PLACE


class DentalSurgery(models.Model):
    """The calls before an operation come with its booking, and follow it."""

    _inherit = "dental.surgery"

    call_ids = fields.One2many("dental.surgery.call", "surgery_id", string="Calls before surgery")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        surgeries = super().create(vals_list)
        surgeries._follow_calls()
        return surgeries

    # Actions

    def action_open_calls(self):
        """The calls before this operation: the one that waits for a decision, or all."""
        self.ensure_one()
        waiting = self.call_ids.filtered(lambda c: c.state == "escalated")
        if len(waiting) == 1:
            return waiting.action_open()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Calls before %s", self.number),
            "res_model": "dental.surgery.call",
            "views": [(False, "list"), (False, "form")],
            "domain": [("surgery_id", "=", self.id)],
        }

    # Business

    def _follow_calls(self):
        """Plan, move and drop the calls, as the visit was booked, moved, broken or begun."""
        for surgery in self.sudo():
            waiting = surgery.call_ids.filtered(lambda c: c.state == "to_call")
            if surgery.appointment_id.status in COMING:
                surgery._plan_calls(waiting)
            elif surgery.appointment_id.status in WITHOUT_PLACE:
                surgery.call_ids.filtered(lambda c: c._is_open())._drop()
            else:
                waiting._drop()

    def _plan_calls(self, waiting):
        """:param waiting: calls that nobody has closed yet"""
        day = self.appointment_id._local_day()
        planned = self._call_days(day)
        moved = waiting.filtered(lambda c: c.surgery_day != day)
        for call in moved:
            if call.script_id in planned:
                call.write({**self._prepare_call_day(day, planned[call.script_id]), "tries": 0})
            else:
                call._drop()
        self.call_ids.flush_recordset(["state"])  # before the index sees the new ones
        made = self.call_ids.filtered(lambda c: c.surgery_day == day and c.state != "dropped")
        self.env["dental.surgery.call"].sudo().create(
            [
                {
                    "patient_id": self.patient_id.id,
                    "appointment_id": self.appointment_id.id,
                    "surgery_id": self.id,
                    "script_id": script.id,
                    "owner_id": self._caller().id,
                    **self._prepare_call_day(day, date),
                }
                for script, date in planned.items()
                if script not in made.script_id
            ]
        )

    def _call_days(self, day):
        """{script: date}"""
        scripts = self.env["dental.surgery.script"]._for_type(self.type_id, self.company_id)
        today = self.env["dental.today"]._day()
        days = call_days(day, scripts, today, self.env["dental.appointment"]._open_day_until)
        return {scripts[lead]: date for lead, date in days.items()}

    def _prepare_call_day(self, day, date):
        return {
            "surgery_day": day,
            "next_date": date,
            "next_action": self.env._("Call: what is open before the surgery?"),
        }

    def _caller(self):
        """Whoever booked, if of the team; else the surgeon's own login, else whoever asks."""
        user = self.env.user
        if user.has_group("dental_coordinator.group_staff"):
            return user
        return self.provider_id.user_id or user
