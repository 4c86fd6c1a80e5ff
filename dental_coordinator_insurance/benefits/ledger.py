# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What one coverage has used so far: by maximum, by deductible, and by service."""

from bisect import insort
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from .area import Area
from .dates import window_start
from .scope import Subject

ZERO = Decimal(0)


class Visit(NamedTuple):
    """A service that counts against frequency limits."""

    date: object
    area: Area
    service: object


class Ledger:
    """Use of one coverage, from the history and then from each estimated service.

    Amounts are kept by benefit row and period, so that a question costs the same however long
    the history is.
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

    def paid(self, row, day):
        """Paid and pending under a maximum in the period that contains ``day``."""
        key = self._key(row, day)
        return self._paid[key] + self._pending[key]

    def pending(self, row, day):
        return self._pending[self._key(row, day)]

    def collected(self, row, day):
        """Deductible collected under a row in the period that contains ``day``."""
        return self._collected[self._key(row, day)]

    def visits(self, row):
        """Counted services under a frequency row, oldest first."""
        return self._visits[id(row)]

    def codes_on(self, day):
        return self._days[day]

    def record(self, subject, day, paid=ZERO, deductible=ZERO, own=True, pending=False):
        """Add money; ``subject`` None is a use that belongs to no service."""
        index = self.coverage.index
        amounts = self._pending if pending else self._paid
        for level in ("individual", "family") if own else ("family",):
            for row in index.maximums_charged(level, subject) if paid else ():
                amounts[self._key(row, day)] += paid
            for row in index.deductibles_charged(level, subject) if deductible else ():
                self._collected[self._key(row, day)] += deductible

    def count(self, subject, day, area, service=None):
        """Add a service of the patient's to the frequencies that it counts for."""
        visit = Visit(day, area, service)
        for row in self.coverage.index.matching("frequency", subject):
            insort(self._visits[id(row)], visit, key=lambda v: v.date)
        self._days[day].add(subject.code)

    def discount(self, day, name):
        """(discount, services of the class) given so far in the plan year of ``day``."""
        year = self._year(day)
        return self._discounts[year], self._discounted[year, name]

    def record_discount(self, day, name, amount):
        self._discounts[self._year(day)] += amount
        self._discounted[self._year(day), name] += 1

    def _year(self, day):
        return window_start(day, "benefit_year", self.coverage.plan.renewal_month)

    def _key(self, row, day):
        return id(row), window_start(day, row.period, self.coverage.plan.renewal_month)


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
        key = (row.coverage, number if row.service is None else (row.service,))
        services.setdefault(key, []).append(row)
    for (coverage, _service), rows in services.items():
        _count(ledgers[coverage], rows)
    return ledgers


def _post(ledger, row):
    if row.discount_class and row.own:
        ledger.record_discount(row.date, row.discount_class, row.paid)
        return
    subject = Subject(row.code, row.categories) if row.code else None
    pending = row.status == "pending"
    deductible = ZERO if row.status == "elsewhere" else row.deductible
    ledger.record(subject, row.date, row.used, deductible, row.own, pending)


def _count(ledger, rows):
    """Count a service once, however many payments it had; a denied one does not count."""
    first = min(rows, key=lambda row: row.date)
    if not first.own or not first.code or any(row.do_not_bill for row in rows):
        return
    if any(row.status == "elsewhere" for row in rows) or sum(row.used for row in rows) > 0:
        ledger.count(Subject(first.code, first.categories), first.date, first.area)
