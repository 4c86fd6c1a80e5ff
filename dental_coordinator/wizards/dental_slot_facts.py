# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import format_date

from ..book import local


class Expected(NamedTuple):
    """Something a visit waits for.

    :param on: day on which it can be there
    :param after: words for a place on that day or later
    :param before: words for an earlier place
    """

    on: date
    after: str
    before: str


class DentalSlotFinder(models.TransientModel):
    """What the visit waits for, told of each place: does it come in time?"""

    _inherit = "dental.slot.finder"

    def _around(self, found):
        around = defaultdict(list, super()._around(found))
        zone = self._zone()
        days = {local.day_of(place.start, zone) for places in found for place in places}
        for fact in self._expected() if days else ():
            for day in days:
                around[day].append(fact.after if day >= fact.on else fact.before)
        return around

    def _expected(self):
        """Yields :class:`Expected` rows, for the patient or the visit that moves. Addons add."""
        domain = [
            ("patient_id", "=", self.patient_id.id),
            ("state", "in", ("to_ask", "asked")),
            ("due_on", "!=", False),
            ("appointment_id", "in", (False, self.appointment_id.id)),
        ]
        requests = self.env["dental.request"].search(domain)
        kinds = dict(requests._fields["kind"]._description_selection(self.env))
        for request in requests:
            words = {"what": kinds[request.kind], "day": format_date(self.env, request.due_on)}
            yield Expected(
                request.due_on,
                self.env._("%(what)s is due before, on %(day)s", **words),
                self.env._("%(what)s is not due until %(day)s", **words),
            )


class DentalSlotMember(models.TransientModel):
    _inherit = "dental.slot.member"

    facts = fields.Char(compute="_compute_facts", string="To know")

    @api.depends("patient_id")
    def _compute_facts(self):
        patients = self.patient_id._origin
        patients.filtered("may_open")._record_reading()
        facts = patients._access_recorded()._booking_facts()
        for member in self:
            member.facts = " · ".join(facts.get(member.patient_id._origin.id, ()))
