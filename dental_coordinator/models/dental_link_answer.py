# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .dental_appointment_status import COMING


class DentalLink(models.Model):
    """What a link asks, and what an answer does. The server acts, for the one whose link it is."""

    _inherit = "dental.link"

    line_ids = fields.One2many("dental.slot.offer.line", "link_id")

    def _look_again(self):
        """After how many seconds the page is to be shown anew, or None."""
        return None

    def _viewed(self):
        self.line_ids.filtered(lambda line: line.state == "sent").write({"state": "viewed"})

    def _moment(self):
        """The time that the link is about, or False."""
        return self.line_ids.start if self.purpose == "offer" else self.appointment_id.start

    def _when_text(self):
        moment = self._moment()
        if not moment:
            return ""
        day, time = self.env["dental.messenger"]._when(self.patient_id, moment)
        return self.env._("%(day)s, %(time)s", day=day, time=time)

    def _question(self):
        texts = {
            "visit": self.env._("Will you come?"),
            "offer": self.env._("This time is free. Do you want it? The first who answers has it."),
            "stop": self.env._("Shall we write you no more mails and texts?"),
        }
        return texts[self.purpose]

    def _answers(self):
        """(key, label) of the buttons."""
        answers = {
            "visit": [
                ("confirm", self.env._("Yes, I come")),
                ("move", self.env._("I want to move it")),
            ],
            "offer": [
                ("accept", self.env._("Yes, I take it")),
                ("decline", self.env._("No, thank you")),
            ],
            "stop": [("stop", self.env._("Yes, write me no more"))],
        }
        return answers[self.purpose]

    def _closed_text(self):
        if self.used_at:
            return self.env._("You have answered already. Thank you.")
        return self.env._("This link is no longer valid. Please call us.")

    def _answer(self, answer):
        """Do what the answer says, once.

        :return: a sentence for the page
        """
        if not self._use(answer):
            return self._closed_text()
        return getattr(self, f"_answer_{answer}")()

    def _answer_confirm(self):
        visit = self.appointment_id
        if visit.status not in COMING:
            return self.env._("This visit was changed meanwhile. Please call us.")
        self._note("reached", self.env._("Confirmed by link"), visit)
        if visit.status != "confirmed":
            try:
                with self.env.cr.savepoint():
                    visit.action_confirm()
            except UserError:
                # Something stands in the way that is the team's matter, not the patient's.
                visit.write({"next_action": self.env._("Confirmed by link: look at the gates")})
        return self.env._("Thank you. We expect you.")

    def _answer_move(self):
        """A wish, not a change: the team calls back, and the place stays until then."""
        visit = self.appointment_id
        self._note("will_call", self.env._("Wants to move, by link"), visit)
        visit.write(
            {
                "next_action": self.env._("Wants to move: call"),
                "next_date": fields.Date.context_today(self),
            }
        )
        return self.env._("We call you to find another time. Until then this one is yours.")

    def _answer_accept(self):
        line = self.line_ids[:1]
        try:
            with self.env.cr.savepoint():
                visit = line.state in line.OPEN and line._accept()
        except UserError:
            return self._accepted_in_vain(line)
        if not visit:
            return self.env._("Somebody was faster. We keep you on our list.")
        self._note("reached", self.env._("Accepted by link"), visit)
        return self.env._("It is yours. We expect you.")

    def _accepted_in_vain(self, line):
        """Something but somebody faster stands in the way: the team sees to it, and calls."""
        team = self.with_context(lang=self.company_id.partner_id.lang)
        words = team.env._(
            "Accepted %s by link, and could not be booked: call", line.offer_id.number
        )
        team._note("reached", words, line.appointment_id)
        today = self.env["dental.today"].with_company(self.company_id)._day()
        (line.entry_id or line.appointment_id).write({"next_action": words, "next_date": today})
        line.write({"state": "asked"})
        return self.env._("Thank you. There is something to settle first: we call you.")

    def _answer_decline(self):
        line = self.line_ids[:1]
        if line.state in line.OPEN:
            line.write({"state": "declined", "answered_at": fields.Datetime.now()})
        self._note("reached", self.env._("Declined by link"), line.appointment_id)
        return self.env._("Thank you. We keep you on our list.")

    def _answer_stop(self):
        self.patient_id.write({"email_ok": "no", "text_ok": "no"})
        self._note("reached", self.env._("Wants no mails and texts"), self.appointment_id)
        return self.env._("We write you no more.")

    def _note(self, outcome, note, visit, channel="email"):
        self.env["dental.contact.log"].sudo().create(
            {
                "patient_id": (visit.patient_id or self.patient_id).id,
                "appointment_id": visit.id,
                "direction": "in",
                "channel": channel,
                "topic": "appointment",
                "outcome": outcome,
                "note": note,
                "automatic": True,
            }
        )
