# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The figures of one service under one plan while they are computed."""

from decimal import Decimal

from .trace import Track

ZERO = Decimal(0)


class Work:
    """Figures of a service under a coverage while they are computed.

    ``paid_before`` and ``written_off`` are P and W of the plans before, ``unpaid`` what they
    leave of the fee.
    """

    def __init__(self, procedure, coverage, ledger, context, fee, day, lower):
        self.procedure = procedure
        self.coverage = coverage
        self.plan = coverage.plan
        self.rules = coverage.index.of(procedure.subject)
        self.order = coverage.order
        self.ledger = ledger
        self.settings = context.settings
        self.patient = context.patient
        self.fee = fee
        self.day = day
        self.lower = lower
        self.position = len(lower) + 1
        self.overrides = _of(coverage, procedure.overrides)
        self.received = _of(coverage, procedure.received)
        self.precert = _of(coverage, procedure.precerts)
        self.steps = []
        self.benefit = Track("benefit", coverage.key, self.steps)
        self.write_off = Track("write_off", coverage.key, self.steps)
        self.discount = Track("discount", coverage.key, self.steps)
        self.allowed = None
        self.network = None
        self.allowed_amount = self.copay = self.deductible = self.deductible_owed = ZERO
        self.base = ZERO
        self.percent = self.percent_step = None
        self.paid_before = self._paid_before()
        self.written_off = sum((w.write_off.value + w.discount.value for w in lower), ZERO)
        self.unpaid = max(fee - self.paid_before - self.written_off, ZERO)
        self.excluded = self.frequency = self.waiting = None
        self.age_limited = self.max_exhausted = False
        self.stops = []
        self.limits = []

    def _paid_before(self):
        """What a person typed as paid by the plans before, else what they are to pay."""
        typed = self.typed("paid_other")
        if typed is not None:
            return typed
        return sum((w.benefit.value for w in self.lower), ZERO)

    def typed(self, name):
        return getattr(self.overrides, name) if self.overrides else None


def _of(coverage, rows):
    return next((row for row in rows if row.coverage == coverage.key), None)
