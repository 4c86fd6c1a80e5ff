# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..book import local
from ..desk import FIGURES, Guest, parties, reach_of, shared_reaches
from .one_by_one import one_by_one

HOURS_BEFORE = 3
# Contacts reached at one of these addresses, however they are written.
REACHED = {
    "email": "(SELECT id FROM res_partner WHERE lower(trim(email)) IN %(told)s)",
    "text": "(SELECT id FROM res_partner"
    " WHERE right(regexp_replace(phone, '\\D', '', 'g'), %(figures)s) IN %(told)s)",
}


class DentalReminderRule(models.Model):
    """A rule whose message lets patients say that they are here.

    A family that comes on one day and shares a phone or mailbox gets one message. Where an address
    belongs to several families, nobody is written to.
    """

    _inherit = "dental.reminder.rule"

    window_hours = fields.Integer(
        string="Counts from",
        required=True,
        default=2,
        help="Hours before the visit from which “I am here” is taken.",
    )
    on_arrival = fields.Selection(
        [("inside", "Come in"), ("outside", "Wait outside, we call")],
        string="Then",
        required=True,
        default="inside",
        help="What the page tells whoever said that he is here.",
    )

    _window_sensible = models.Constraint(
        "CHECK (window_hours BETWEEN 1 AND 12)",
        "“I am here” is taken from 1 to 12 hours before the visit. Correct the hours.",
    )

    # Onchange

    @api.onchange("purpose")
    def _onchange_purpose(self):
        if self.purpose == "arrive":
            self.hours_before = HOURS_BEFORE

    # Business

    def _way(self, patient):
        """Nobody is called to be asked whether he has arrived: who agreed is written to."""
        if self.purpose != "arrive" or self.channel != "wanted":
            return super()._way(patient)
        ways = self.env["dental.messenger"]._ways(patient)
        return ways[0] if ways else None

    @api.model
    def _send_batch(self, rule, due):
        if rule.purpose != "arrive":
            return super()._send_batch(rule, due)
        told = {visits: (channel, state) for visits, channel, state in rule._parties(due)}
        ways = {visit.id: way for visits, way in told.items() for visit in visits}

        def ask(visits):
            """Those that another worker did not ask, and that are still to come."""
            known = visits.reminder_ids.filtered(lambda one: one.rule_id == rule)
            visits -= known.appointment_id
            visits = visits.filtered_domain([("status", "in", rule._statuses())])
            if visits:
                self.env["dental.reminder"]._ask_to_tell(rule, visits, *ways[visits[0].id])

        return one_by_one(self.env, list(told), ask, rule._note_failed)

    def _parties(self, due):
        """Visits that get one message, with those of the family later on the same day.

        :return: list of (visits, channel or None, state of their reminders)
        """
        if not due:
            return []
        zone = self.env["dental.today"].with_company(self.company_id)._zone()
        last_day = local.day_of(max(due.mapped("start")), zone)
        until = local.day_span(last_day, zone)[1]
        domain = self._due_domain(fields.Datetime.now(), until)
        visits = due.search(domain, order="start, id")
        guests, unreached = self._guests(visits, zone)
        shared = self._shared(guests)
        found = [(visit, None, "barred") for visit in unreached & due]
        for party in parties(guests):
            together = visits.browse(guest.visit for guest in party)
            if together & due:
                reach = party[0].reach
                channel, state = (None, "shared") if reach in shared else (reach[0], "sent")
                found.append((together, channel, state))
        return found

    def _guests(self, visits, zone):
        """(guests that may be written to, visits of those who may not)"""
        guests, unreached = [], visits.browse()
        for visit in visits:
            patient = visit.patient_id.sudo()
            channel = self._way(patient)
            reach = reach_of(channel, patient.email if channel == "email" else patient.phone)
            if not channel or not reach:
                unreached += visit
                continue
            day = local.day_of(visit.start, zone)
            guests.append(Guest(visit.id, visit.start, day, reach, patient._household()))
        return guests, unreached

    def _shared(self, guests):
        """Reaches of these guests that other families have too: one query for each channel."""
        reaches = {guest.reach for guest in guests}
        owners = []
        for channel, query in REACHED.items():
            told = tuple(address for way, address in reaches if way == channel)
            if not told:
                continue
            name = "email" if channel == "email" else "phone"
            field = self.env["res.partner"]._fields[name]
            contacts = SQL(query, told=told, figures=FIGURES, to_flush=field)
            patients = (
                self.env["dental.patient"]
                .sudo()
                .search(
                    [
                        ("company_id", "=", self.company_id.id),
                        ("status", "in", ("prospective", "patient")),
                        ("partner_id", "in", contacts),
                    ]
                )
            )
            owners += [(reach_of(channel, p[name]), p._household()) for p in patients]
        return shared_reaches(owners)


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    def _household(self):
        """Key of those who may read one message: the family, else the patient alone."""
        self.ensure_one()
        family = self.family_id
        return ("family", family.id) if family else ("patient", self.id)
