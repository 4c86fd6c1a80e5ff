# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..book import spans
from .dental_appointment_status import COMING

# How far ahead visits are looked at.
AHEAD = timedelta(days=180)


class DentalAppointment(models.Model):
    """Visits whose dentist, team or chair is not there any more at that time."""

    _inherit = "dental.appointment"

    # Actions

    @api.model
    def action_open_to_rebook(self):
        """The list of visits to come that leave or another schedule has left without somebody."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To rebook"),
            "res_model": self._name,
            "domain": [("id", "in", self._to_rebook().ids)],
            "views": [(False, "list"), (False, "form")],
            "context": {"dental_book": True},
            "help": self.env._("<p>Everybody who is booked is there: nothing to rebook.</p>"),
        }

    def _change_provider(self, provider, reason=None):
        """Give these visits to another provider, those that he is free for.

        :return: the visits that stay as they are because he is taken
        """
        taken = self.browse()
        for visit in self.with_context(dental_move_reason=reason, dental_plain_refusal=True):
            try:
                with self.env.cr.savepoint():
                    visit.provider_id = provider
            except UserError:
                taken |= visit
        return taken

    # Business

    @api.model
    def _to_rebook(self, resources=None):
        """Visits to come that hold time of someone, or of a chair, outside their working time.

        :param resources: only these resource.resource are looked at, all if not given
        """
        now = fields.Datetime.now()
        domain = [
            ("appointment_id.status", "in", COMING),
            ("start", ">=", now),
            ("start", "<", now + AHEAD),
            ("resource_id", "!=", False),
        ]
        if resources is not None:
            domain.append(("resource_id", "in", resources.ids))
        held = self.env["dental.reservation"].search_fetch(
            domain, ["appointment_id", "resource_id", "start", "stop"]
        )
        book = self.env["dental.book"].sudo()
        working, _apart = book._work(held.resource_id, now, now + AHEAD + timedelta(days=1))
        lost = defaultdict(list)
        for row in held:
            span = (row.start, row.stop)
            if spans.clipped(working.get(row.resource_id.id, []), *span) != [span]:
                lost[row.appointment_id.id].append(row.resource_id)
        return self.browse(lost).sorted("start")
