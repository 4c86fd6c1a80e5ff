# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError

from ..book import (
    Interval,
    Pattern,
    Request,
    Step,
    local,
    nearest_free,
    openings,
    plan_series,
    search,
    search_family,
)

PARTS = {
    "morning": (None, time(12)),
    "afternoon": (time(12), None),
    "early": (None, time(9)),
    "late": (time(16), None),
}
HORIZON = 90
CARDS = 10
# Chains of visits are proposed from so many first days.
CHAINS = 3
# How many days after its gap each later visit of a chain may be put off.
LATER = 30


class Wish(NamedTuple):
    """One visit that is looked for."""

    patient: object
    kind: object
    pattern: str
    provider: object
    gap: Interval = Interval()
    limit: Interval | None = None


class DentalSlotFinder(models.TransientModel):
    """The search itself: what is asked of the plain-Python book, and which of its questions."""

    _inherit = "dental.slot.finder"

    def _find(self):
        """Sets of places, one or more visits each: list of tuples of book.Proposal."""
        self.ensure_one()
        wishes = self._wishes()
        earliest = self._earliest_moment()
        team = self._team()
        requests = [self._request(wish, earliest, team) for wish in wishes]
        if self.with_chain and len(wishes) > 1:
            return self._find_chains(wishes, requests, team)
        diary = self._diary(team, earliest, HORIZON)
        if self.member_ids:
            return search_family(diary, requests, self.family_mode)
        (request,) = requests
        found = self._find_urgent(diary, request) if self.type_id.urgent else search(diary, request)
        return [(proposal,) for proposal in found]

    def _find_urgent(self, diary, request):
        """Every opening from now on: who is in pain does not wait for another day."""
        first = local.day_of(request.earliest, request.tz)
        days = (first + timedelta(days=n) for n in range(request.horizon))
        return list(
            islice((place for day in days for place in openings(diary, request, day)), CARDS)
        )

    def _find_chains(self, wishes, requests, team):
        """Chains of visits with their healing gaps, each from another first day."""
        span = sum(LATER + (w.gap.after(requests[0].earliest.date()) -
                            requests[0].earliest.date()).days for w in wishes[1:])  # fmt: skip
        diary = self._diary(team, requests[0].earliest, HORIZON + span)
        found = []
        for _chain in range(CHAINS):
            series = plan_series(diary, self._steps(wishes, requests))
            if series.conflict:
                break
            found.append(series.proposals)
            following = local.day_of(series.proposals[0].start, self._zone()) + timedelta(days=1)
            moment = local.to_utc(datetime.combine(following, time()), self._zone())
            requests = [self._later(request, moment) for request in requests]
        return found

    def _steps(self, wishes, requests):
        return [
            Step(request if place == 0 else self._later(request, request.earliest, LATER),
                 wish.gap, wish.limit)
            for place, (wish, request) in enumerate(zip(wishes, requests, strict=True))
        ]  # fmt: skip

    def _later(self, request, earliest, horizon=None):
        values = {**vars(request), "earliest": earliest}
        return Request(**{**values, "horizon": horizon or request.horizon})

    def _why_nothing(self):
        """Words for a search that found no place at all."""
        if self.with_chain:
            wishes, earliest, team = self._wishes(), self._earliest_moment(), self._team()
            requests = [self._request(wish, earliest, team) for wish in wishes]
            diary = self._diary(team, earliest, HORIZON)
            conflict = plan_series(diary, self._steps(wishes, requests)).conflict
            if conflict:
                return self._word_conflict(wishes, conflict)
        return self.env._(
            "Nothing is free in the next 90 days for these wishes. Take one of them back and "
            "search again."
        )

    def _nearest(self, wanted, count=3):
        """The free places nearest to a moment (naive UTC): list of book.Proposal."""
        now = fields.Datetime.now()
        earliest = max(now, wanted.replace(hour=0, minute=0))
        team = self._team()
        request = self._request(self._wishes()[0], earliest, team, horizon=15)
        return nearest_free(self._diary(team, earliest, 15), request, wanted, count=count)

    # What is wanted

    def _wishes(self):
        """The visits looked for, in order: of a family, of a treatment, or the one."""
        first = Wish(
            self.patient_id, self.type_id, self.pattern or self.type_id.pattern, self.provider_id
        )
        if self.with_chain:
            kinds = self.type_id._chain()
            return [first, *map(self._wish_after, kinds, kinds[1:])]
        return [first, *(member._wish() for member in self.member_ids)]

    def _wish_after(self, before, kind):
        needs = self.patient_id.sudo().access_need_ids
        pattern = needs._widen(kind.pattern)
        return Wish(self.patient_id, kind, pattern, self.provider_id, *before._gap())

    def _team(self):
        """Providers and chairs of the clinic, each in one query."""
        own = [("company_id", "in", (False, *self.env.companies.ids))]
        providers = self.env["dental.provider"].search_fetch(
            [*own, ("kind", "in", ("dentist", "hygienist"))], ["name", "kind", "resource_id"]
        )
        chairs = self.env["dental.operatory"].search_fetch(own, ["name", "kind", "resource_id"])
        return providers | self.provider_id | self.member_ids.provider_id, (
            chairs | self.operatory_id
        )

    def _diary(self, team, start, horizon):
        stop = fields.Datetime.add(start, days=horizon + 1)
        providers, chairs = team
        devices = self.type_id.equipment_ids | self.member_ids.type_id.equipment_ids
        if self.with_chain:
            for kind in self.type_id._chain():
                devices |= kind.equipment_ids
        resources = providers.resource_id | chairs.resource_id | devices.resource_id
        patients = self.patient_id | self.member_ids.patient_id
        book = self.env["dental.book"].sudo()
        return book._diary(resources, start, stop, patients, self.appointment_id)

    def _request(self, wish, earliest, team, horizon=HORIZON):
        needs = wish.patient.sudo().access_need_ids
        begin, end = self._hours(needs)
        try:
            return Request(
                pattern=Pattern(wish.pattern),
                providers=tuple(self._providers(wish, team[0]).resource_id._ids),
                chairs=tuple(self._operatories(wish, needs, team[1]).resource_id._ids),
                earliest=earliest,
                tz=self._zone(),
                patient=("patient", wish.patient.id) if wish.patient else None,
                equipment=tuple(wish.kind.equipment_ids.resource_id._ids),
                kind=wish.kind.id,
                groups=wish.patient._kept_groups(earliest),
                now=fields.Datetime.now(),
                from_time=begin,
                to_time=end,
                weekdays=frozenset({int(self.weekday)}) if self.weekday else None,
                days=CARDS,
                horizon=horizon,
            )
        except ValueError as error:
            raise UserError(str(error)) from error

    def _hours(self, needs):
        """Part of the day wished for, within the hours that access needs allow."""
        begin, end = PARTS.get(self.part_of_day, (None, None))
        for need in needs:
            if need.from_hour:
                begin = max(begin or time(), _clock(need.from_hour))
            if 0 < need.to_hour < 24:
                end = min(end or time.max, _clock(need.to_hour))
        return begin, end

    def _earliest_moment(self):
        day = local.to_utc(datetime.combine(self.earliest, time()), self._zone())
        return max(day, fields.Datetime.now())

    def _zone(self):
        return self.env.company._dental_zone()

    def _providers(self, wish, providers):
        """Who may treat, the patient's own dentist or hygienist first.

        :raises UserError: when there is nobody
        """
        if wish.provider:
            return wish.provider
        kind = wish.kind.provider_kind
        found = providers.filtered(lambda p: not kind or p.kind == kind)
        if not found:
            raise UserError(
                self.env._("%s: nobody of the team treats it. Choose a provider.", wish.kind.name)
            )
        patient = wish.patient
        own = patient.hygienist_id if kind == "hygienist" else patient.primary_provider_id
        return (own & found) | found

    def _operatories(self, wish, needs, chairs):
        """Chairs that suit type, equipment and access needs.

        :raises UserError: when none does, naming what rules them out
        """
        room = wish.kind.room_kind
        found = self.operatory_id or chairs.filtered(lambda c: not room or c.kind == room)
        found = needs._allowed_chairs(found)
        for device in wish.kind.equipment_ids.filtered("operatory_ids"):
            found &= device.operatory_ids
        if not found:
            raise UserError(
                self.env._(
                    "%(type)s: no chair suits its room, its equipment and the patient's access "
                    "needs%(needs)s. Choose another type, or correct the needs.",
                    type=wish.kind.name,
                    needs=f" ({', '.join(needs.mapped('name'))})" if needs else "",
                )
            )
        return found


def _clock(hour):
    return time(int(hour), round(hour % 1 * 60))
