# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""In-house discount plans: a lower fee, up to a yearly amount and number of services."""

from decimal import Decimal

ZERO = Decimal(0)


def compute(work):
    """Discount of a service under a :class:`~.work.Work`, with its steps."""
    row = work.plan.fees and work.plan.fees.lookup(
        work.procedure.code, work.procedure.provider, work.procedure.clinic
    )
    if not row:
        work.benefit.note("unknown_allowed", code=work.procedure.code)
        return ZERO
    plan_fee = row.amount * work.procedure.quantity
    given, services = work.ledger.discount(work.day, work.procedure.discount_class)
    terms = work.plan.discount
    allowed = terms and terms.frequencies.get(work.procedure.discount_class)
    if allowed is not None and services >= allowed:
        work.benefit.note("discount_frequency", given=services, allowed=allowed)
        return ZERO
    amount = min(max(work.fee - plan_fee, ZERO), work.unpaid)
    work.benefit.note("discount", row.source, plan_fee=plan_fee)
    if terms and terms.annual_max is not None:
        left = max(terms.annual_max - given, ZERO)
        if amount > left:
            work.benefit.note("discount_maximum", left=left)
            amount = left
    return amount
