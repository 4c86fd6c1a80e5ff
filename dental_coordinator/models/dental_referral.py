# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_procedure import OPEN as OPEN_PROCEDURES

FIRST = {"out": "to_send", "in": "received"}
CLOSED = ("closed", "declined", "no_answer")
STATES = [
    ("to_send", "To send"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("booked", "Booked there"),
    ("seen", "Seen"),
    ("report_in", "Report in"),
    ("reviewed", "Reviewed"),
    ("received", "Received"),
    ("thanked", "Thanked"),
    ("treated", "Seen here"),
    ("report_sent", "Report sent"),
    ("closed", "Closed"),
    ("declined", "Patient declined"),
    ("no_answer", "No answer"),
]
STOPPED = ("declined", "no_answer")


class DentalReferral(models.Model):
    """A patient sent to, or by, another practice; open until the loop is closed."""

    _name = "dental.referral"
    _inherit = "dental.loop.mixin"
    _description = "Referral"
    _order = "next_date, id"
    _patient_links = ("procedure_ids", "image_ids", "report_image_id")
    # One loop each way: out ends when the patient knows the report, in when the sender has ours.
    _flow = {
        "to_send": ("sent", *STOPPED),
        "sent": ("to_send", "accepted", "booked", "seen", "report_in", *STOPPED),
        "accepted": ("sent", "booked", "seen", "report_in", *STOPPED),
        "booked": ("accepted", "seen", "report_in", *STOPPED),
        "seen": ("booked", "report_in", *STOPPED),
        "report_in": ("seen", "reviewed"),
        "reviewed": ("report_in", "closed"),
        "received": ("thanked", "treated", *STOPPED),
        "thanked": ("received", "treated", *STOPPED),
        "treated": ("thanked", "report_sent"),
        "report_sent": ("treated", "closed"),
        "declined": ("to_send", "received"),
        "no_answer": ("to_send", "received"),
    }

    direction = fields.Selection([("out", "Out"), ("in", "In")], required=True, default="out")
    state = fields.Selection(
        STATES,
        compute="_compute_state",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Practice", required=True, ondelete="restrict", index=True
    )
    specialty = fields.Char()
    provider_id = fields.Many2one("dental.provider", string="By dentist", ondelete="restrict")
    site = fields.Char(compute="_compute_site")
    procedure_ids = fields.Many2many("dental.procedure", string="Procedures")
    image_ids = fields.Many2many("dental.image", string="Images to send")
    authorisation = fields.Char(string="Insurance referral number")
    visits_allowed = fields.Integer(string="Visits allowed")
    authorised_until = fields.Date(string="Authorised until")
    consent_on = fields.Date(string="Consent on")
    sent_on = fields.Date(readonly=True, copy=False, string="Sent on")
    sent_by = fields.Selection(
        [("mail", "Mail"), ("fax", "Fax"), ("portal", "Portal"), ("patient", "With the patient")],
        string="Sent how",
    )
    visit_at = fields.Datetime(string="Their appointment")
    seen_on = fields.Date(string="Seen on")
    report_on = fields.Date(readonly=True, copy=False, string="Report on")
    report_image_id = fields.Many2one("dental.image", string="Report", ondelete="restrict")
    return_plan = fields.Char(
        help="What happens with the patient afterwards.", string="Return plan"
    )
    thanked_on = fields.Date(readonly=True, copy=False, string="Thanked on")

    _open_idx = models.Index("(next_date) WHERE state NOT IN ('closed', 'declined', 'no_answer')")

    # Computes

    @api.depends("direction")
    def _compute_state(self):
        for referral in self:
            if not referral.state or referral.state in FIRST.values():
                referral.state = FIRST[referral.direction]

    @api.depends("teeth")
    @api.depends_context("uid")
    def _compute_site(self):
        for referral in self:
            referral.site = referral._site_label()

    # Actions

    def action_send(self):
        """The letter and images have gone; the procedures are the other practice's now."""
        self._step("sent", sent_on=fields.Date.context_today(self))
        for referral in self:
            planned = referral.procedure_ids.filtered(lambda p: p.state in OPEN_PROCEDURES)
            # Referring is what the sender was asked to do: it needs no right to chart.
            planned.sudo()._set_state("referred", appointment_id=False)
        return True

    def action_accepted(self):
        return self._step("accepted")

    def action_booked(self):
        """The other practice has given an appointment."""
        for referral in self:
            if not referral.visit_at:
                raise UserError(
                    self.env._(
                        "%(number)s, Their appointment: enter when the patient is seen there.",
                        number=referral.number,
                    )
                )
        return self._step("booked")

    def action_seen(self):
        return self._step("seen", seen_on=fields.Date.context_today(self))

    def action_report(self):
        return self._step("report_in", report_on=fields.Date.context_today(self))

    def action_review(self):
        """The clinician has read the report."""
        return self._step("reviewed", **self._review_values())

    def action_close(self):
        """The patient knows what the report says; or, for one sent to us, the sender has ours."""
        out = self.filtered(lambda r: r.direction == "out")
        out._step("closed", told_at=fields.Datetime.now())
        return (self - out)._step("closed")

    def action_thank(self):
        return self._step("thanked", thanked_on=fields.Date.context_today(self))

    def action_treated(self):
        return self._step("treated", seen_on=fields.Date.context_today(self))

    def action_report_sent(self):
        return self._step("report_sent", report_on=fields.Date.context_today(self))

    def action_chase(self):
        """Asked again how it stands."""
        for referral in self:
            referral.write(referral._prepare_next(referral.state))
        return True

    def action_decline(self):
        return self._step("declined")

    def action_no_answer(self):
        return self._step("no_answer")

    def action_reopen(self):
        for referral in self:
            referral._step(FIRST[referral.direction])
        return True

    # Business

    def _is_open(self):
        return self.state not in CLOSED

    def _next_steps(self):
        wait = 2 if self.urgency == "urgent" else 7
        return {
            "to_send": (self.env._("Send it"), 0),
            "sent": (self.env._("Ask whether they accept"), wait),
            "accepted": (self.env._("Ask for the appointment"), wait),
            "booked": (self.env._("Ask whether the patient was seen"), wait),
            "seen": (self.env._("Ask for the report"), 14),
            "report_in": (self.env._("Review the report"), 1),
            "reviewed": (self.env._("Tell the patient"), 1),
            "received": (self.env._("Thank the sender"), 1),
            "thanked": (self.env._("See the patient"), wait),
            "treated": (self.env._("Send our report"), wait),
            "report_sent": (self.env._("Close"), 1),
        }

    def _prepare_next(self, state):
        values = super()._prepare_next(state)
        if state == "booked" and self.visit_at:
            there = self.company_id._dental_day(self.visit_at)
            values["next_date"] = there + timedelta(days=1)
        return values
