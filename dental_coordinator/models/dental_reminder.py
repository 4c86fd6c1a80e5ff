# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

# A link outlives the visit a little, so that who opens it late is told so.
AFTER = timedelta(hours=2)


class DentalReminder(models.Model):
    """One visit that a rule wrote about, or why it did not. The database keeps it at one."""

    _name = "dental.reminder"
    _inherit = "dental.patient.mixin"
    _description = "Reminder of a visit"
    _order = "id desc"
    _rec_name = "appointment_id"

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="restrict", index=True
    )
    rule_id = fields.Many2one(
        "dental.reminder.rule", required=True, readonly=True, ondelete="restrict", index=True
    )
    start = fields.Datetime(required=True, readonly=True, string="Visit at")
    state = fields.Selection(
        [
            ("sent", "Sent"),
            ("person", "Wants a person"),
            ("barred", "May not be written to"),
            ("failed", "Could not be sent"),
        ],
        required=True,
        readonly=True,
    )
    channel = fields.Selection([("text", "Text"), ("email", "Mail")], readonly=True)
    link_id = fields.Many2one("dental.link", readonly=True, ondelete="restrict")

    _once = models.Constraint(
        "UNIQUE (appointment_id, rule_id)", "This visit was written about by this rule already."
    )

    # Business

    @api.model
    def _remind(self, rule, visit):
        """Write about a visit, or note why it is left to a person."""
        patient = visit.patient_id.sudo()
        channel = rule._way(patient)
        vals = {
            "patient_id": patient.id,
            "appointment_id": visit.id,
            "rule_id": rule.id,
            "start": visit.start,
            "channel": channel,
            "state": "sent" if channel else self._why_not(patient),
        }
        # First the row that the database allows once, then the message.
        reminder = self.create(vals)
        reminder.flush_recordset()
        if channel:
            reminder.with_context(lang=patient.lang or self.env.lang)._write_message()
        return reminder

    @api.model
    def _why_not(self, patient):
        return "person" if self.env["dental.messenger"]._ways(patient) else "barred"

    def _write_message(self):
        visit, messenger = self.appointment_id, self.env["dental.messenger"]
        link, address = self.env["dental.link"]._make(
            "visit", self.patient_id, visit.start + AFTER, appointment_id=visit.id
        )
        self.link_id = link
        messenger._write_to(
            self.patient_id,
            self.channel,
            self._lines(),
            [(self._label(), address)],
            topic="appointment",
            appointment_id=visit.id,
        )

    def _label(self):
        if self.rule_id.purpose == "confirm":
            return self.env._("Confirm, or ask to move it")
        return self.env._("Look at it, or ask to move it")

    def _lines(self):
        """Clinic, day and time; nothing of whom or what for."""
        text = self.rule_id.text
        day, time = self.env["dental.messenger"]._when(self.patient_id.sudo(), self._arrival())
        first = self.env._(
            "%(clinic)s expects you on %(day)s at %(time)s.",
            clinic=self.company_id.name,
            day=day,
            time=time,
        )
        return [first, text] if text else [first]

    def _arrival(self):
        """Who should come early is told the earlier time."""
        early = self.patient_id.sudo().arrive_early_minutes or 0
        return self.start - timedelta(minutes=early)


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    reminder_ids = fields.One2many("dental.reminder", "appointment_id", string="Reminders sent")

    def _reserve(self):
        """A visit that moved is reminded of its new time: what was sent of the old one is over."""
        result = super()._reserve()
        if self.env.context.get("dental_new"):
            return result
        stale = self.sudo().reminder_ids.filtered(lambda r: r.start != r.appointment_id.start)
        links = stale.link_id
        stale.unlink()
        # The link of a family stays good for those who did not move.
        links.filtered(lambda link: not link.reminder_ids)._revoke()
        return result
