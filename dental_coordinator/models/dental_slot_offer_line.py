# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalSlotOfferLine(models.Model):
    """One person and one free time: whether asked, and what became of it."""

    _name = "dental.slot.offer.line"
    _inherit = ["dental.patient.links.mixin", "dental.outcome.mixin"]
    _description = "Candidate for a free time"
    _order = "offer_id desc, sequence, id"
    _rec_name = "offer_id"
    _patient_links = ("appointment_id", "entry_id")
    _contact_topic = "appointment"
    OPEN = ("candidate", "asked", "sent", "viewed")

    offer_id = fields.Many2one(
        "dental.slot.offer", required=True, readonly=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(string="Place", readonly=True)
    entry_id = fields.Many2one(
        "dental.waitlist.entry", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Has now",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    has_now = fields.Datetime(compute="_compute_has_now", string="Booked for")
    type_id = fields.Many2one(
        "dental.appointment.type", string="For", readonly=True, required=True, ondelete="restrict"
    )
    pattern = fields.Char(readonly=True, required=True)
    score = fields.Float(readonly=True, digits=(6, 1))
    parts = fields.Char(string="Why", readonly=True)
    state = fields.Selection(
        [
            ("candidate", "Candidate"),
            ("asked", "Asked"),
            ("sent", "Sent"),
            ("viewed", "Looked at"),
            ("failed", "Not reachable"),
            ("declined", "Declined"),
            ("accepted", "Accepted"),
            ("taken", "Too late"),
            ("other", "Booked elsewhere"),
        ],
        required=True,
        default="candidate",
        readonly=True,
        index=True,
    )
    channel = fields.Selection(
        [("phone", "Phone"), ("text", "Text"), ("email", "Mail")], readonly=True
    )
    asked_at = fields.Datetime(readonly=True, string="Asked at")
    answered_at = fields.Datetime(readonly=True, string="Answered at")
    phone = fields.Char(related="patient_id.phone")
    availability = fields.Char(related="entry_id.availability")
    start = fields.Datetime(related="offer_id.start")

    _one_each = models.Constraint(
        "UNIQUE (offer_id, patient_id)", "This patient is a candidate already."
    )
    _asked_idx = models.Index("(patient_id, asked_at) WHERE asked_at IS NOT NULL")

    # Computes

    @api.depends("appointment_id.status", "appointment_id.start")
    def _compute_has_now(self):
        for line in self:
            visit = line.appointment_id
            line.has_now = visit._is_coming_up() and visit.start

    # Actions

    def action_accept(self):
        """The patient takes the time: the first one has it, whoever asks at the same moment.

        :return: an action that shows the visit; a warning where somebody was faster
        """
        self.ensure_one()
        visit = self._accept()
        if not visit:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "warning", "message": self._taken_message()},
            }
        return visit.action_open()

    # Business

    def _accept(self):
        """Give this person the time, if it is still there.

        :return: the visit, or none; then the line says that it was too late
        """
        self.ensure_one()
        if self.state not in self.OPEN:
            raise UserError(
                self.env._("%s: this person has answered already.", self.offer_id.number)
            )
        vacated = self._vacated()
        visit = self.offer_id._fill(self)
        answer = {"answered_at": fields.Datetime.now()}
        answer["asked_at"] = self.asked_at or answer["answered_at"]
        if not visit:
            self.write({"state": "taken", **answer})
            return visit
        self.write({"state": "accepted", "appointment_id": visit.id, **answer})
        self.entry_id.sudo().write({"state": "booked"})
        if vacated:
            self._open_vacated(visit, *vacated)
        return visit

    def _vacated(self):
        """(start, stop, provider, chair) that the person gives back by coming sooner, or None."""
        visit = self.appointment_id
        if not visit._is_coming_up():
            return None
        return visit.start, visit.stop, visit.provider_id, visit.operatory_id

    def _open_vacated(self, visit, start, stop, provider, chair):
        """The later place is a hole itself."""
        self.env["dental.slot.offer"].sudo()._open_for(start, stop, provider, chair, visit)

    def _book(self):
        """The visit at the offered time: the one there was, moved, or a new one."""
        offer = self.offer_id
        visit = self.appointment_id
        if visit:
            visit._place(offer.start, offer.provider_id, offer.operatory_id)
            return visit
        return visit.create(self._prepare_visit())

    def _prepare_visit(self):
        return {
            "patient_id": self.patient_id.id,
            "type_id": self.type_id.id,
            "pattern": self.pattern,
            "provider_id": self.offer_id.provider_id.id,
            "operatory_id": self.offer_id.operatory_id.id,
            "start": self.offer_id.start,
        }

    def _tell_gone(self):
        """Those who were asked learn that the time is gone; those who were not, nothing."""
        messenger = self.env["dental.messenger"]
        for line in self.filtered(lambda each: each.state in ("asked", "sent", "viewed")):
            told = line.state in ("sent", "viewed")
            line.write({"state": "taken"})
            if told and line.channel in messenger._ways(line.patient_id.sudo()):
                words = line._in_their_words()
                words.env["dental.messenger"]._write_to(
                    line.patient_id, line.channel, words._gone_lines(), topic="appointment"
                )

    def _in_their_words(self):
        """The same line in the patient's language."""
        return self.with_context(lang=self.patient_id.sudo().lang or self.env.lang)

    def _gone_lines(self):
        day, time = self.env["dental.messenger"]._when(self.patient_id.sudo(), self.offer_id.start)
        return [
            self.env._(
                "%(clinic)s: the time on %(day)s at %(time)s is taken. We keep you on our list.",
                clinic=self.company_id.name,
                day=day,
                time=time,
            )
        ]

    def _taken_message(self):
        return self.env._(
            "%s is taken: somebody was faster. The next free time comes.", self.offer_id.number
        )

    # Outcomes of the call-down list

    @api.model
    def _outcomes(self):
        if self.env.context.get("dental_history"):
            return []
        return [
            ("accepts", self.env._("Accepts")),
            ("declines", self.env._("Declines")),
            ("left_message", self.env._("Left a message")),
            ("no_answer", self.env._("No answer")),
            ("wrong_number", self.env._("Wrong number")),
            ("not_any_more", self.env._("Not any more")),
        ]

    def _prepare_contact_vals(self, outcome):
        return {
            **super()._prepare_contact_vals(outcome),
            "appointment_id": self.appointment_id.id,
            "note": self.env._("Offer %s", self.offer_id.number),
        }

    def _outcome_accepts(self):
        if len(self) != 1:
            return {"message": self.env._("Only one can have the time."), "level": "warning"}
        self._log_contact("reached")
        self.channel = "phone"
        visit = self._accept()
        if not visit:
            return {"message": self._taken_message(), "level": "warning"}
        return {
            "message": self.env._("%s is booked; the others are told.", visit.number),
            "level": "success",
        }

    def _outcome_declines(self):
        self._log_contact("reached")
        self._answered("declined")

    def _outcome_not_any_more(self):
        self._log_contact("reached")
        self.entry_id.action_cancel()
        self._answered("declined")

    def _outcome_contact(self, outcome):
        self._log_contact(outcome)
        self._answered("asked" if outcome == "left_message" else "failed")
        return {}

    def _answered(self, state):
        now = fields.Datetime.now()
        for line in self:
            line.offer_id._put_out()
            line.write(
                {
                    "state": state,
                    "channel": line.channel or "phone",
                    "asked_at": line.asked_at or now,
                    "answered_at": now if state == "declined" else False,
                }
            )
