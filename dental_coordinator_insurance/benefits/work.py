# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The figures of one service under one plan while they are computed."""

from decimal import Decimal

from .trace import Track

ZERO = Decimal(0)


class Work:
    """Figures of a service under a coverage while they are computed."""

    def __init__(self, procedure, coverage, ledger, context, fee, day, lower):
        self.procedure = procedure
        self.coverage = coverage
        self.plan = coverage.plan
        self.order = coverage.order
        self.ledger = ledger
        self.settings = context.settings
        self.patient = context.patient
        self.fee = fee
        self.day = day
        self.lower = lower
        self.overrides = _of(coverage, procedure.overrides)
        self.received = _of(coverage, procedure.received)
        self.precert = _of(coverage, procedure.precerts)
        self.steps = []
        self.benefit = Track("benefit", coverage.key, self.steps)
        self.write_off = Track("write_off", coverage.key, self.steps)
        self.allowed = None
        self.network = None
        self.allowed_amount = self.copay = self.deductible = self.deductible_owed = ZERO
        self.base = self.discount = ZERO
        self.percent = None
        self.excluded = self.frequency = self.waiting = None
        self.age_limited = self.max_exhausted = False
        self.stops = []
        self.limits = []

    @property
    def subject(self):
        return self.procedure.subject

    @property
    def paid_before(self):
        """P: paid or estimated by the plans before, or what a person typed."""
        typed = self.overrides and self.overrides.paid_other
        if typed is not None:
            return typed
        return sum((w.benefit.value for w in self.lower), ZERO)

    @property
    def written_off(self):
        """W: written off or discounted by the plans before."""
        return sum((w.write_off.value + w.discount for w in self.lower), ZERO)

    @property
    def unpaid(self):
        return max(self.fee - self.paid_before - self.written_off, ZERO)

    def typed(self, name):
        return getattr(self.overrides, name) if self.overrides else None


def _of(coverage, rows):
    return next((row for row in rows if row.coverage == coverage.key), None)
