# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..refill import pause_between
from .one_by_one import one_by_one


class DentalSlotOffer(models.Model):
    """Offers that go out in writing, one after the other, by rules that leave time to answer."""

    _inherit = "dental.slot.offer"

    sending = fields.Boolean(readonly=True, copy=False)
    next_send_at = fields.Datetime(
        readonly=True, copy=False, index="btree_not_null", string="Next send at"
    )

    # Actions

    def action_send(self):
        """Write to the first who may be written to; the others follow until somebody accepts."""
        self.ensure_one()
        self._put_out()
        if not self._send_next():
            raise UserError(
                self.env._("%s: none of the candidates may be written to. Call them.", self.number)
            )
        return True

    def action_stop_sending(self):
        return self.write({"sending": False, "next_send_at": False})

    # Business

    @api.model
    def _send_due(self, now):
        due = [("state", "=", "out"), ("sending", "=", True), ("next_send_at", "<=", now)]

        def send(offer):
            """Nobody accepted, and no other worker wrote, between the search and the lock."""
            if offer.filtered_domain(due):
                offer._send_next()

        one_by_one(
            self.env,
            self.search(due),
            send,
            lambda offer, _error: offer.action_stop_sending(),
        )

    def _send_next(self):
        """Write to the next candidate.

        :return: the line, or none when there is nobody left, or it is too late
        """
        now = fields.Datetime.now()
        pause = pause_between((self.start - now) / timedelta(hours=1))
        messenger = self.env["dental.messenger"]
        for line in self.line_ids.filtered(lambda each: each.state == "candidate"):
            ways = messenger._ways(line.patient_id.sudo())
            if ways and pause is not None:
                line._in_their_words()._send(ways[0])
                self.write({"sending": True, "next_send_at": now + timedelta(minutes=pause)})
                return line
        self.action_stop_sending()
        return self.line_ids.browse()


class DentalSlotOfferLine(models.Model):
    _inherit = "dental.slot.offer.line"

    link_id = fields.Many2one("dental.link", readonly=True, ondelete="restrict")

    def _send(self, channel):
        """Write the offer, with a link to take or decline it."""
        messenger = self.env["dental.messenger"]
        link, address = self.env["dental.link"]._make(
            "offer", self.patient_id, self.offer_id.expires_at
        )
        day, time = messenger._when(self.patient_id.sudo(), self.offer_id.start)
        text = self.env._(
            "%(clinic)s: a time is free on %(day)s at %(time)s. The first who answers has it.",
            clinic=self.company_id.name,
            day=day,
            time=time,
        )
        messenger._write_to(
            self.patient_id,
            channel,
            [text],
            [(self.env._("Take it or decline"), address)],
            topic="appointment",
            note=self.env._("Offer %s", self.offer_id.number),
        )
        self.write(
            {
                "state": "sent",
                "channel": channel,
                "asked_at": fields.Datetime.now(),
                "link_id": link.id,
            }
        )
