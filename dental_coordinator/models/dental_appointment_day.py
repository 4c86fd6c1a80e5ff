# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_appointment_status import COMING, INSIDE


class DentalAppointment(models.Model):
    """What the day of a visit needs: when to come, whom to call, what is still waited for."""

    _inherit = "dental.appointment"

    arrive_early_minutes = fields.Integer(
        compute="_compute_arrive_early_minutes",
        store=True,
        readonly=False,
        precompute=True,
        string="Come early by",
        help="Minutes before the start at which the patient is asked to be here.",
    )
    asked_at = fields.Datetime(
        compute="_compute_asked_at", string="Asked to come at", help="Start less the minutes."
    )
    expected_at = fields.Datetime(
        readonly=True, copy=False, help="The patient said that he comes later: until when to wait."
    )
    left_chair_at = fields.Datetime(readonly=True, copy=False)
    called_at = fields.Datetime(readonly=True, copy=False, string="Called in at")
    ticket = fields.Char(
        readonly=True, copy=False, help="What the hall screen shows instead of a name."
    )
    identity_by_id = fields.Many2one(
        "res.users", string="Identity checked by", readonly=True, copy=False, ondelete="restrict"
    )
    identity_at = fields.Datetime(string="Identity checked at", readonly=True, copy=False)

    _early_positive = models.Constraint(
        "CHECK (arrive_early_minutes BETWEEN 0 AND 240)",
        "A patient comes between 0 and 240 minutes early. Correct the minutes.",
    )

    # Computes

    @api.depends("patient_id")
    def _compute_arrive_early_minutes(self):
        for visit in self:
            visit.arrive_early_minutes = visit.patient_id.arrive_early_minutes

    @api.depends("start", "arrive_early_minutes")
    def _compute_asked_at(self):
        for visit in self:
            early = timedelta(minutes=visit.arrive_early_minutes)
            visit.asked_at = visit.start and visit.start - early

    # Actions

    def action_expect(self):
        """The patient is on the way: do not propose the visit as missed for a while."""
        minutes = timedelta(minutes=self.env.company.dental_missed_minutes or 30)
        for visit in self:
            if visit.status not in COMING:
                raise UserError(self.env._("%s does not wait for anybody.", visit.number))
            visit.expected_at = fields.Datetime.now() + minutes
            visit._log_status(self.env._("Comes later"))
        self._tell_today()
        return True

    def action_call_in(self):
        """Call a waiting patient: the hall screen shows the ticket and the chair.

        :raises UserError: for a patient who is not waiting
        """
        for visit in self:
            if visit.status != "arrived":
                raise UserError(
                    self.env._("%s is not in the waiting room. Refresh the screen.", visit.number)
                )
            visit.called_at = fields.Datetime.now()
            visit._log_status(self.env._("Called in to %s", visit.operatory_id.name))
        self._tell_today()
        return True

    # Business

    def _apply_status(self, status, note=None):
        """Whoever arrives gets a ticket; once it is known how it went, nobody is waited for."""
        result = super()._apply_status(status, note)
        vals = {}
        if status == "arrived" and not self.ticket:
            vals["ticket"] = self._next_ticket()
        if self.expected_at and status not in COMING:
            vals["expected_at"] = False
        if self.called_at and status not in INSIDE:
            vals["called_at"] = False
        if vals:
            self.write(vals)
        return result

    def _next_ticket(self):
        """Three figures that tell neither who came nor how many."""
        drawn = int(self.env["ir.sequence"].sudo().next_by_code("dental.ticket"))
        return str(drawn * 7 % 900 + 100)

    def _hall_label(self):
        """What may be shown to the whole waiting room: a ticket, or initials."""
        self.ensure_one()
        if self.company_id.dental_hall_label == "initials":
            patient = self.patient_id
            return f"{patient.first_name[:1]}. {patient.last_name[:1]}.".upper()
        return self.ticket or self.env._("Next")
