# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""In-house discount plans: a lower fee, up to a yearly amount and number of services."""

from decimal import Decimal

ZERO = Decimal(0)


def compute(work):
    """Move the discount track of a :class:`~.work.Work` to its result."""
    procedure, terms = work.procedure, work.plan.discount
    row = work.plan.fees and work.plan.fees.lookup(
        procedure.code, procedure.provider, procedure.clinic
    )
    if not row:
        work.discount.note("unknown_discount", code=procedure.code)
        return
    given, services = work.ledger.discount(work.day, procedure.discount_class)
    allowed = terms and terms.frequencies.get(procedure.discount_class)
    if allowed is not None and services >= allowed:
        work.discount.note("discount_frequency", given=services, allowed=allowed)
        return
    plan_fee = row.amount * procedure.quantity
    amount = max(work.fee - plan_fee, ZERO)
    work.discount.move("discount", amount, row.source, plan_fee=plan_fee)
    if amount > work.unpaid:
        work.discount.move("discount_limited", work.unpaid)
    if terms and terms.annual_max is not None:
        left = max(terms.annual_max - given, ZERO)
        if work.discount.value > left:
            work.discount.move("discount_maximum", left, left=left)
