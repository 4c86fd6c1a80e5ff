# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When each planned service costs the patient least: dates and order, and what that saves.

Only few days matter: those on which a limit changes. Between them nothing does, so the search
tries each service on each of them, the earliest first, and cuts off what cannot beat the best.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .breakpoints import breakpoints
from .engine import estimate
from .inputs import Overrides

ZERO = Decimal(0)
MOST = 6  # more services than that are tried one by one, the costliest first
STEPS = 20_000


@dataclass(frozen=True)
class Limits:
    """What the treatment itself allows.

    :param latest: {ref: last day on which the service may be done}
    :param after: {ref: refs that must be done before it, or on the same day}
    :param horizon: months to look ahead
    :param earliest: {ref: day before which the service is not done}; with the same ``latest``
        it is the day on which it is booked
    :param booked: {ref: day on which it is booked now}, also of those that may move: what the
        best dates are compared with
    """

    latest: dict
    after: dict
    horizon: int = 14
    earliest: dict = field(default_factory=dict)
    booked: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Advice:
    """Where one service is best done."""

    ref: object
    day: date
    patient_now: Decimal
    patient_then: Decimal
    reasons: tuple


@dataclass(frozen=True)
class Schedule:
    """The best dates and order that were found.

    :param proven: every other way was tried or cannot be cheaper
    """

    advices: tuple
    now: Decimal
    then: Decimal
    proven: bool

    @property
    def saved(self):
        return self.now - self.then


def plan_dates(request, limits=None):
    """Best dates for the planned services of a request; see :class:`Schedule`.

    It is compared with doing each service as booked, or as early as it may be. Of equally cheap
    ways the one that does things earlier is taken. Services that are done already stay where they
    are.
    """
    limits = limits or Limits({}, {})
    days = breakpoints(request, limits.horizon)
    for day in limits.earliest.values():
        if day > request.as_of:
            days.setdefault(day, ())
    return _Search(request, limits, dict(sorted(days.items()))).run()


class _Search:
    def __init__(self, request, limits, days):
        self.request, self.limits, self.days = request, limits, days
        self.done = tuple(one for one in request.procedures if not one.planned)
        self.open = tuple(one for one in request.procedures if one.planned)
        self.floors = {one.ref: self._floor(one) for one in self.open}
        self.steps = 0
        self.best, self.best_key = None, None

    def run(self):
        usual = self._early_way(self.limits.booked)
        self._keep(self._early_way({}))
        proven = len(self.open) <= MOST
        if proven:
            self._descend((), self.open, ZERO)
            proven = self.steps < STEPS
        else:
            self._one_by_one()
        return self._schedule(self._result(usual), proven)

    def _early_way(self, booked):
        """Each service as booked, else as early as it may be and not before what it follows."""
        days = {}
        for one in self.open:
            before = [days[ref] for ref in self.limits.after.get(one.ref, ()) if ref in days]
            early = max(self._earliest(one), *before, self.request.as_of)
            days[one.ref] = booked.get(one.ref, early)
        way = [(one, days[one.ref]) for one in self.open]
        return tuple(sorted(way, key=lambda pair: pair[1]))

    def _earliest(self, service):
        return self.limits.earliest.get(service.ref, self.request.as_of)

    # Every way, the hopeless left out

    def _descend(self, chosen, left, cost):
        self.steps += 1
        if self.steps >= STEPS:
            return
        if not left:
            self._keep(chosen)
            return
        floor = cost + sum((self.floors[one.ref] for one in left), ZERO)
        if self.best_key and floor > self.best_key[0]:
            return
        last = chosen[-1][1] if chosen else self.request.as_of
        for service in left:
            if not self._may_follow(service, left):
                continue
            rest = tuple(one for one in left if one is not service)
            for day in self._days_for(service, last):
                way = (*chosen, (service, day))
                self._descend(way, rest, self._cost(way))

    def _may_follow(self, service, left):
        waits_for = self.limits.after.get(service.ref, ())
        return not any(one.ref in waits_for for one in left if one is not service)

    def _days_for(self, service, last):
        until = self.limits.latest.get(service.ref)
        since = max(last, self._earliest(service))
        return [day for day in self.days if day >= since and (until is None or day <= until)]

    def _one_by_one(self):
        """Move one service at a time as long as that saves money; good, and not proven best."""
        improved = True
        while improved:
            improved = False
            for service in self.open:
                before = self.best_key
                for day in self._days_for(service, self.request.as_of):
                    moved = [(one, d) for one, d in self.best if one is not service]
                    way = tuple(sorted((*moved, (service, day)), key=lambda pair: pair[1]))
                    if self._is_lawful(way):
                        self._keep(way)
                improved = improved or self.best_key < before

    def _is_lawful(self, way):
        days = {one.ref: day for one, day in way}
        return all(
            days[ref] <= days[one.ref]
            for one, _day in way
            for ref in self.limits.after.get(one.ref, ())
            if ref in days
        )

    # What a way costs

    def _result(self, way):
        procedures = (*self.done, *(replace(one, date=day) for one, day in way))
        return estimate(replace(self.request, procedures=procedures))

    def _cost(self, way):
        result = self._result(way)
        return sum((result.line(one.ref).patient for one, _day in way), ZERO)

    def _keep(self, way):
        key = self._cost(way), sum((day - self.request.as_of).days for _one, day in way)
        if self.best_key is None or key < self.best_key:
            self.best, self.best_key = way, key

    def _floor(self, service):
        """What the patient pays at least, wherever and after whatever it is done."""
        free = tuple(
            Overrides(coverage.key, deductible=ZERO)
            for coverage in self.request.coverages
            if not any(own.coverage == coverage.key for own in service.overrides)
        )
        lightest = replace(service, overrides=(*service.overrides, *free))
        costs = []
        for day in self._days_for(service, self.request.as_of) or [self.request.as_of]:
            alone = (*self.done, replace(lightest, date=day))
            result = estimate(replace(self.request, procedures=alone))
            costs.append(result.line(service.ref).patient)
        return min(costs)

    def _schedule(self, usual, proven):
        result = self._result(self.best)
        advices = tuple(
            Advice(
                one.ref,
                day,
                usual.line(one.ref).patient,
                result.line(one.ref).patient,
                ("wanted",) if day == self.limits.earliest.get(one.ref) else self.days[day],
            )
            for one, day in self.best
        )
        now = sum((one.patient_now for one in advices), ZERO)
        then = sum((one.patient_then for one in advices), ZERO)
        return Schedule(advices, now, then, proven)
