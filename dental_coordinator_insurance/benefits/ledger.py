# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one coverage has used so far: by maximum, by deductible, and by service."""

from bisect import bisect_right, insort
from collections import defaultdict
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from .area import Area, place_key
from .dates import window_start

ZERO = Decimal(0)
_DATE = attrgetter("date")


class Visit(NamedTuple):
    """A service that counts against frequency limits."""

    date: object
    area: Area
    service: object


class Ledger:
    """Use of one coverage, from the history and then from each estimated service.

    Amounts are kept by benefit row and period, services by row and place, so that a question
    costs the same however long the history is.
    """

    def __init__(self, coverage):
        self.coverage = coverage
        self._paid = defaultdict(Decimal)
        self._pending = defaultdict(Decimal)
        self._collected = defaultdict(Decimal)
        self._visits = defaultdict(list)
        self._days = defaultdict(set)
        self._discounts = defaultdict(Decimal)
        self._discounted = defaultdict(int)
        self._starts = {}

    def paid(self, row, day):
        """Paid and pending under a maximum in the period that contains ``day``."""
        key = self._key(row, day)
        return self._paid.get(key, ZERO) + self._pending.get(key, ZERO)

    def pending(self, row, day):
        return self._pending.get(self._key(row, day), ZERO)

    def collected(self, row, day):
        """Deductible collected under a row in the period that contains ``day``."""
        return self._collected.get(self._key(row, day), ZERO)

    def visits(self, row, area, first, last):
        """Services counted under a frequency row from ``first`` to ``last``, the newest first.

        Those at another tooth, arch or quadrant are left out if the row is stated per such.
        """
        found = self._visits.get((id(row), place_key(row.area, area)), ())
        for place in range(bisect_right(found, last, key=_DATE) - 1, -1, -1):
            if found[place].date < first:
                return
            yield found[place]

    def codes_on(self, day):
        return self._days.get(day, frozenset())

    def record(self, subject, day, paid=ZERO, deductible=ZERO, own=True, pending=False):
        """Add money; ``subject`` None is a use that belongs to no service."""
        index = self.coverage.index
        charged = (index.of(subject) if subject else index.unattached).charged
        charged = charged if own else charged.family
        if paid:
            amounts = self._pending if pending else self._paid
            for row in charged.maximums:
                amounts[self._key(row, day)] += paid
        if deductible:
            for row in charged.deductibles:
                self._collected[self._key(row, day)] += deductible

    def count(self, subject, day, area, service=None):
        """Add a service of the patient's to the frequencies that it counts for."""
        visit = Visit(day, area, service)
        for row in self.coverage.index.of(subject).counted_in:
            insort(self._visits[id(row), place_key(row.area, area)], visit, key=_DATE)
        self._days[day].add(subject.code)

    def discount(self, day, name):
        """(discount, services of the class) given so far in the plan year of ``day``."""
        year = self._start("benefit_year", day)
        return self._discounts[year], self._discounted[year, name]

    def record_discount(self, day, name, amount):
        year = self._start("benefit_year", day)
        self._discounts[year] += amount
        self._discounted[year, name] += 1

    def _start(self, period, day):
        key = period, day
        if key not in self._starts:
            self._starts[key] = window_start(day, period, self.coverage.plan.renewal_month)
        return self._starts[key]

    def _key(self, row, day):
        return id(row), self._start(row.period, day)


def open_ledgers(coverages, history, skip=frozenset()):
    """Ledgers of the coverages by key, with their history in them.

    :param skip: services that are estimated anew and must not count against themselves
    :raises ValueError: for a history row of a coverage that is not given
    """
    ledgers = {coverage.key: Ledger(coverage) for coverage in coverages}
    services = {}
    for number, row in enumerate(history):
        if row.coverage not in ledgers:
            raise ValueError(f"history of {row.date}: no coverage {row.coverage!r} in the request")
        if row.status == "precert" or (row.service is not None and row.service in skip):
            continue
        _post(ledgers[row.coverage], row)
        if row.own and row.code:
            key = (row.coverage, number if row.service is None else (row.service,))
            services.setdefault(key, []).append(row)
    for (coverage, _service), rows in services.items():
        _count(ledgers[coverage], rows)
    return ledgers


def _post(ledger, row):
    if row.discount_class and row.own:
        ledger.record_discount(row.date, row.discount_class, row.paid)
        return
    pending = row.status == "pending"
    deductible = ZERO if row.status == "elsewhere" else row.deductible
    ledger.record(row.subject, row.date, row.used, deductible, row.own, pending)


def _count(ledger, rows):
    """Count a service once, however many payments it had; a denied one does not count."""
    first = rows[0] if len(rows) == 1 else min(rows, key=_DATE)
    if any(row.do_not_bill for row in rows):
        return
    if any(row.status == "elsewhere" for row in rows) or sum(row.used for row in rows) > 0:
        ledger.count(first.subject, first.date, first.area)
