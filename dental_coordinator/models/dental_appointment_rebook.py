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

    lost_time = fields.Char(compute="_compute_lost_time", string="Who is not there")
    lost_place = fields.Char(compute="_compute_lost_time", string="Chair not open")

    # Computes

    @api.depends("status", "start", "stop")
    def _compute_lost_time(self):
        lost = self._held_outside_work([("appointment_id", "in", self.ids)])
        for visit in self:
            missing = lost.get(visit, self.env["resource.resource"])
            people = missing.filtered(lambda one: one.resource_type == "user")
            visit.lost_time = ", ".join(people.mapped("name"))
            visit.lost_place = ", ".join((missing - people).mapped("name"))

    # Actions

    @api.model
    def action_open_to_rebook(self):
        """The list of visits to come that leave or another schedule has left without somebody."""
        rows = self.env.ref("dental_coordinator.dental_to_rebook_view_list")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("To rebook"),
            "res_model": self._name,
            "domain": [("id", "in", self._to_rebook().ids)],
            "views": [(rows.id, "list"), (False, "form")],
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
        domain = [] if resources is None else [("resource_id", "in", resources.ids)]
        return self.browse().union(*self._held_outside_work(domain)).sorted("start")

    @api.model
    def _held_outside_work(self, domain):
        """``{visit: resource.resource}`` that it holds outside their working time.

        :param domain: reservations to look at, of visits to come
        """
        now = fields.Datetime.now()
        coming = [
            ("appointment_id.status", "in", COMING),
            ("start", ">=", now),
            ("start", "<", now + AHEAD),
            ("resource_id", "!=", False),
            *domain,
        ]
        held = self.env["dental.reservation"].search_fetch(
            coming, ["appointment_id", "resource_id", "start", "stop"]
        )
        book = self.env["dental.book"].sudo()
        working, _apart = book._work(held.resource_id, now, now + AHEAD + timedelta(days=1))
        lost = defaultdict(self.env["resource.resource"].browse)
        for row in held:
            span = (row.start, row.stop)
            if spans.clipped(working.get(row.resource_id.id, []), *span) != [span]:
                lost[row.appointment_id] |= row.resource_id
        return lost
