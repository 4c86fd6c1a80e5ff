# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_appointment_status import INSIDE

BY_LINK = ("link", "outside")


class DentalAppointment(models.Model):
    """Who says himself that he is here is called in where he waits."""

    _inherit = "dental.appointment"

    arrived_by = fields.Selection(
        [
            ("tablet", "At the tablet"),
            ("link", "By link"),
            ("outside", "By link, waits outside"),
        ],
        string="Told by the patient",
        readonly=True,
        copy=False,
        help="How the patient himself said that he is here. Empty: the desk saw him.",
    )

    # Actions

    def action_call_in(self):
        """The first call goes to the phone as well, where the patient said by link that he is here
        and agreed to be written to."""
        first_calls = self.filtered(lambda visit: not visit.called_at)
        result = super().action_call_in()
        for visit in first_calls.filtered(lambda visit: visit.arrived_by in BY_LINK):
            visit._ask_in()
        return result

    # Business

    def _apply_status(self, status, note=None):
        """Whoever turns out not to be here has not told anything."""
        result = super()._apply_status(status, note)
        if self.arrived_by and status not in (*INSIDE, "done"):
            self.arrived_by = False
        return result

    def _ask_in(self):
        """Write that the room is ready, by the way in which the patient was asked to tell."""
        patient = self.patient_id.sudo()
        messenger = self.env["dental.messenger"]
        ways = messenger._ways(patient)
        if not ways:
            return
        asked = self.sudo().reminder_ids.filtered(lambda r: r.rule_id.purpose == "arrive")
        channel = next((way for way in asked.mapped("channel") if way in ways), ways[0])
        words = messenger.with_context(lang=patient.lang or self.env.lang)
        text = words.env._(
            "%(clinic)s: please come in, we are ready for number %(ticket)s.",
            clinic=patient.company_id.name,
            ticket=self.ticket,
        )
        words._write_to(
            patient,
            channel,
            [text],
            topic="appointment",
            appointment_id=self.id,
            automatic=False,
            note=self.env._("Called in"),
        )
        messenger._hurry()
