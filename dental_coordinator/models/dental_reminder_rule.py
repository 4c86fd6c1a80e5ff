# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, fields, models

from .one_by_one import one_by_one


class DentalReminderRule(models.Model):
    """When patients are written to before a visit: to be reminded, or asked whether they come."""

    _name = "dental.reminder.rule"
    _description = "Reminder rule"
    _order = "hours_before desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    purpose = fields.Selection(
        [
            ("confirm", "Ask for confirmation"),
            ("remind", "Remind"),
            ("arrive", "Let them say: I am here"),
        ],
        required=True,
        default="confirm",
        help="A visit that is confirmed is not asked about again, only reminded.",
    )
    hours_before = fields.Integer(string="Hours before", required=True, default=48)
    type_ids = fields.Many2many(
        "dental.appointment.type", string="Kinds of visit", help="None: all kinds."
    )
    channel = fields.Selection(
        [("wanted", "As the patient wants"), ("email", "Mail only"), ("text", "Text only")],
        required=True,
        default="wanted",
    )
    text = fields.Char(
        translate=True,
        help="Added to clinic, day and time. It goes out of the house: write nothing of treatment.",
    )

    _hours_positive = models.Constraint(
        "CHECK (hours_before > 0)", "A reminder goes out at least an hour before the visit."
    )

    # Business

    def _statuses(self):
        """Statuses of the visits that the rule is for."""
        unconfirmed = ("held", "scheduled")
        return unconfirmed if self.purpose == "confirm" else (*unconfirmed, "confirmed")

    def _due_domain(self, now, until=None):
        """Visits that begin within the hours of the rule and were not written about by it.

        :param until: instead of the hours of the rule
        """
        self.ensure_one()
        until = until or fields.Datetime.add(now, hours=self.hours_before)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("status", "in", self._statuses()),
            ("start", ">", now),
            ("start", "<=", until),
            ("reminder_ids", "not any", [("rule_id", "=", self.id)]),
        ]
        return [*domain, ("type_id", "in", self.type_ids.ids)] if self.type_ids else domain

    def _way(self, patient):
        """The channel by which this patient may be written to under this rule, or None."""
        ways = self.env["dental.messenger"]._ways(patient)
        if self.channel != "wanted":
            return self.channel if self.channel in ways else None
        if patient.confirm_channel in ("phone", "work", "letter", "note"):
            return None  # wants a person
        return ways[0] if ways else None

    # Jobs

    @api.model
    def _cron_send(self, limit=100):
        """Write about the visits that are due; several workers share them."""
        now = fields.Datetime.now()
        for rule in self.search([("active", "=", True)]):
            due = self.env["dental.appointment"].search(
                rule._due_domain(now), order="start, id", limit=limit
            )
            if not self._send_batch(rule, due):
                return

    @api.model
    def _send_batch(self, rule, due):
        """Each visit is locked, looked at again and kept for good before the next.

        :return: whether there is time for more
        """
        remind = partial(rule._remind_of, fields.Datetime.now())
        return one_by_one(self.env, due, remind, rule._note_failed)

    def _remind_of(self, now, visit):
        """Write about one visit, unless another worker did so or it changed meanwhile."""
        due = fields.Domain.AND([self._due_domain(now), [("id", "=", visit.id)]])
        if visit.search_count(due):
            self.env["dental.reminder"]._remind(self, visit)

    def _note_failed(self, visits, _error):
        """What could not be written about is left to a person, and not tried again."""
        self.env["dental.reminder"].create(
            [
                {
                    "patient_id": visit.patient_id.id,
                    "appointment_id": visit.id,
                    "rule_id": self.id,
                    "start": visit.start,
                    "state": "failed",
                }
                for visit in visits
            ]
        )
