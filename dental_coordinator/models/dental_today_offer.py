# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from .dental_slot_offer import LAST_MOMENT


class DentalToday(models.AbstractModel):
    """A hole of the day is offered to those who wait for a place."""

    _inherit = "dental.today"

    def _waiting_query(self):
        """The waiting list, and visits without a place that are not on it."""
        entries = self.env["dental.waitlist.entry"]._search([("state", "=", "waiting")])
        return SQL(
            "%s UNION ALL SELECT entry.pattern FROM (%s) AS listed"
            " JOIN dental_waitlist_entry entry USING (id)",
            super()._waiting_query(),
            entries.select(),
        )

    def _waiting_domain(self):
        listed = ("waitlist_ids", "not any", [("state", "=", "waiting")])
        return [*super()._waiting_domain(), listed]

    def _fill_action(self, chair, start, stop, provider):
        """The offer of this time with its candidates, while it is not too late to offer it."""
        if not provider or start - LAST_MOMENT < fields.Datetime.now():
            return super()._fill_action(chair, start, stop, provider)
        offer = self.env["dental.slot.offer"]._open_for(start, stop, provider, chair)
        return offer.action_open()
