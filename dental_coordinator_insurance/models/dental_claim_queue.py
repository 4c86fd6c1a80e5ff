# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# Days after which the silence of a receiver is an alarm.
FILE_DAYS, CLAIM_DAYS = 1, 3


class DentalClaim(models.Model):
    """The list of work on claims that are out: how old, whose turn, until when."""

    _inherit = "dental.claim"

    tracking_id = fields.Many2one(
        "dental.claim.tracking", string="Follow-up", ondelete="restrict", copy=False
    )
    suppress_until = fields.Date(
        string="Quiet until", copy=False, help="Until then nothing is expected to happen."
    )
    answered_on = fields.Date(string="Answered on", readonly=True, copy=False)
    appeal_deadline = fields.Date(
        compute="_compute_appeal_deadline", store=True, string="Appeal until"
    )
    age_days = fields.Integer(
        compute="_compute_age_days", string="Days out", help="Since it was sent; else since done."
    )
    alarm = fields.Char(readonly=True, copy=False, help="What did not come when it should have.")

    # Computes

    @api.depends("answered_on", "state", "payer_id.dental_appeal_days")
    def _compute_appeal_deadline(self):
        for claim in self:
            days, since = claim.payer_id.dental_appeal_days, claim._appealable_since()
            claim.appeal_deadline = since + timedelta(days=days) if days and since else False

    @api.depends("sent_on", "date_service")
    def _compute_age_days(self):
        today = fields.Date.context_today(self)
        for claim in self:
            since = claim.sent_on or claim.date_service
            claim.age_days = (today - since).days if since else 0

    # Actions

    def action_follow_up(self):
        """Note what was learnt of these claims, and when to ask again."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Follow up"),
            "res_model": "dental.claim.follow.up",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_claim_ids": self.ids},
        }

    def action_replace(self):
        """Correct a claim that the payer has taken: it goes out again as a replacement."""
        return self._send_again_as("7", self.env._("Correct and send the replacement"))

    def action_take_back(self):
        """Ask the payer to void a claim that it has taken."""
        return self._send_again_as("8", self.env._("Send the void"))

    def action_undo_sending(self):
        result = super().action_undo_sending()
        self.write({"alarm": False, "suppress_until": False})
        return result

    def action_keep_first(self):
        """Neither replace nor void it after all: the claim that the payer has stays as it is."""
        for claim in self:
            if claim.frequency == "1" or claim.state not in ("held", "made"):
                raise UserError(
                    self.env._(
                        "%(number)s is %(state)s: there is no replacement or void to leave.",
                        number=claim.number,
                        state=claim._state_text().lower(),
                    )
                )
        self.frequency = "1"
        self._log("note", self.env._("Not to be replaced after all"))
        told = self.filtered(lambda claim: any(claim.line_ids.mapped("answered_on")))
        told._after_answer()
        for claim in self - told:
            claim._set_state("accepted", self.env._("Ask for the answer"), 30)
        return True

    # Business

    def _appealable_since(self):
        """The day from which the payer counts the days to appeal, nothing while none is counted."""
        self.ensure_one()
        return self.state == "answered" and self.answered_on

    def _send_again_as(self, frequency, action):
        """Prepare to send these under the payer's own number.

        Its money stays booked as it is until the payer answers: it takes the first answer back and
        gives another.

        :raises UserError: when the payer has not taken the claim, or has not told its number
        """
        for claim in self:
            if claim.state not in ("accepted", "answered", "closed"):
                raise UserError(
                    self.env._(
                        "%(number)s is %(state)s: the payer has not taken it. Undo the sending, "
                        "correct it and send it as an original.",
                        number=claim.number,
                        state=claim._state_text().lower(),
                    )
                )
            if not claim.payer_number:
                raise UserError(
                    self.env._(
                        "%s: the payer's own number is not known, and a replacement is found by "
                        "it. Enter it first.",
                        claim.number,
                    )
                )
        labels = dict(self._fields["frequency"]._description_selection(self.env))
        for claim in self:
            claim.frequency = frequency
            claim._set_state("made", action, 0)
            claim._log("note", self.env._("To be sent again: %s", labels[frequency].lower()))
        return True

    def _follow_up(self, vals, note=""):
        """Write the next step of these claims and note what was learnt.

        :param vals: tracking_id, suppress_until, owner_id, next_action, next_date: those given
        """
        self.write(vals)
        for claim in self:
            parts = (claim.tracking_id.name if vals.get("tracking_id") else "", note)
            claim._log("follow_up", ": ".join(filter(None, parts)) or claim.next_action)

    def _mark_sent(self, text, exchange=None, day=None):
        self.write({"alarm": False, "suppress_until": False, "answered_on": False})
        return super()._mark_sent(text, exchange, day)

    def _acknowledge(self, kind, accepted, text, exchange):
        self.filtered("alarm").write({"alarm": False})
        return super()._acknowledge(kind, accepted, text, exchange)

    def _after_answer(self, step=None):
        noted = self.filtered(lambda claim: claim.alarm or claim.suppress_until)
        noted.write({"alarm": False, "suppress_until": False})
        result = super()._after_answer(step)
        for claim in self.filtered(lambda claim: claim.state == "answered"):
            claim.answered_on = claim._answer_day()
        return result

    def _answer_day(self):
        """The day of the payer's last answer, by its own date: its clock does not wait for us."""
        today = fields.Date.context_today(self)
        days = self.sudo()._posted_answers().remittance_id.mapped("date")
        return min(max(filter(None, days), default=self.answered_on or today), today)

    # Alarms

    @api.model
    def _cron_late_acknowledgments(self, limit=500):
        """Bring up the claims of which nothing was heard in time.

        Any number of workers share it: each takes claims that nobody else has locked.
        """
        today = fields.Date.context_today(self)
        silent = self.search(
            [
                ("state", "=", "sent"),
                ("alarm", "=", False),
                ("exchange_id", "!=", False),  # what went another way is not acknowledged
                ("sent_on", "<=", today - timedelta(days=FILE_DAYS)),
            ],
            order="sent_on, id",  # those that were heard of meanwhile are the younger ones
            limit=limit,
        ).try_lock_for_update(allow_referencing=True)
        for claim in silent:
            claim._raise_alarm(claim._late_text(today))
        if self.env.context.get("ir_cron_progress_id"):
            self.env["ir.cron"]._commit_progress(len(silent))

    def _late_text(self, today):
        """What is missing of the receiver's answers; empty when nothing is late yet."""
        self.ensure_one()
        events = self.event_ids.sorted("id")
        sent = events.filtered(lambda event: event.kind == "sent")[-1:]
        heard = set(events.filtered(lambda event: event.id > sent.id).mapped("kind"))
        days = (today - self.sent_on).days
        if days >= CLAIM_DAYS and "277CA" not in heard:
            return self.env._("No acknowledgment of the claim since %s days", days)
        if days >= FILE_DAYS and not heard & {"999", "277CA"}:
            return self.env._("No acknowledgment of the file since %s days", days)
        return ""

    def _raise_alarm(self, text):
        if text:
            self.write(
                {
                    "alarm": text,
                    "next_action": self.env._("Ask the receiver of the files"),
                    "next_date": fields.Date.context_today(self),
                }
            )
