# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_slot_offer import LAST_MOMENT


class DentalToday(models.AbstractModel):
    """A hole of the day is offered to those who wait for a place."""

    _inherit = "dental.today"

    def _waiting_lengths(self):
        """Minutes of those on the waiting list, and of visits without a place besides."""
        entries = self.env["dental.waitlist.entry"].search_fetch(
            [("state", "=", "waiting")], ["pattern", "appointment_id"]
        )
        listed = set(entries.appointment_id._ids)
        return [10 * len(entry.pattern or "") for entry in entries] + [
            10 * len(visit.pattern)
            for visit in self.env["dental.appointment"].search_fetch(
                self._waiting_domain(), ["pattern"]
            )
            if visit.id not in listed
        ]

    def _fill_action(self, chair, start, stop, provider):
        """The offer of this time with its candidates, while it is not too late to offer it."""
        if not provider or start - LAST_MOMENT < fields.Datetime.now():
            return super()._fill_action(chair, start, stop, provider)
        offer = self.env["dental.slot.offer"]._open_for(start, stop, provider, chair)
        return {
            "type": "ir.actions.act_window",
            "res_model": offer._name,
            "res_id": offer.id,
            "views": [(False, "form")],
        }
