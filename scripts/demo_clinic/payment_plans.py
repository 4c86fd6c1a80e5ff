# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What those who owe more than they can pay at once agreed on, on time and not."""

from dateutil.relativedelta import relativedelta

TEMPLATES = [
    {"name": "Three months", "count": 3, "longest": 3, "smallest": 50, "needs_signature": False},
    {"name": "Half a year", "count": 6, "down_percent": 10, "longest": 6, "smallest": 40},
    {
        "name": "Up to two years",
        "count": 12,
        "apr": 9.9,
        "interest_free": "first",
        "interest_free_count": 3,
        "longest": 24,
        "smallest": 25,
    },
]

# days since the first installment was due, terms; nothing is agreed where they are signed first
PLANS = [
    (-30, {"count": 4}),
    (0, {"count": 3}),
    (12, {"count": 6, "apr": 9.9}),
    (48, {"count": 5, "apr": 12.0}),
    (-14, {"count": 6, "apr": 9.9, "needs_signature": True}),
]


def load(clinic):
    clinic.of_manager("dental.payment.plan.template").create(
        [{"sequence": place, **vals} for place, vals in enumerate(TEMPLATES)]
    )
    plans = clinic["dental.payment.plan"].with_user(clinic.users["billing"])
    owing = (
        one for one in reversed(clinic.patients) if plans.new({"patient_id": one.id}).owed > 200
    )
    for (days, terms), patient in zip(PLANS, owing, strict=False):
        first = clinic.today - relativedelta(days=days)
        begins = min(first - relativedelta(months=1), clinic.today)
        plan = plans.create(
            {"patient_id": patient.id, "date": begins, "first_date": first, **terms}
        )
        if not plan.needs_signature:
            plan.action_post()
            plan.sudo()._work_nightly(clinic.today)
