# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the claims desk has besides: orthodontic treatments, a deposit slip."""

from dateutil.relativedelta import relativedelta

from odoo.exceptions import UserError

# months ago, months of treatment, way, fee, part for placing
TREATMENTS = [
    (7, 24, "quarterly", 5400, 1350),
    (3, 18, "monthly", 4320, 900),
]


def load(clinic):
    load_treatments(clinic)
    load_deposit(clinic)


def load_treatments(clinic):
    """Two children with braces, each claimed as the plan wants it."""
    ortho = clinic["dental.procedure.category"].search([("key", "=", "ortho")], limit=1)
    codes = clinic.of_manager("dental.procedure.code").create(
        [
            {"code": code, "name": name, "category_id": ortho.id, "area_rule": "none"}
            for code, name in (("X8080", "Braces placed"), ("X8670", "Braces, continued"))
        ]
    )
    placing, continuing = codes
    covers = clinic["dental.insurance.coverage"].search(
        [("relation", "=", "child"), ("sequence", "=", 1)], order="id", limit=len(TREATMENTS)
    )
    for cover, (ago, months, way, fee, initial) in zip(covers, TREATMENTS, strict=False):
        clinic["dental.ortho.case"].with_user(clinic.users["billing"]).create(
            {
                "patient_id": cover.patient_id.id,
                "coverage_id": cover.id,
                "provider_id": clinic.providers[0].id,
                "way": way,
                "placed_on": clinic.today - relativedelta(months=ago),
                "months": months,
                "fee": fee,
                "initial_fee": initial,
                "initial_code_id": placing.id,
                "continuing_code_id": continuing.id,
            }
        ).action_start()


def load_deposit(clinic):
    """The slip of the last days, not handed in yet."""
    slips = clinic["dental.deposit"].with_user(clinic.users["billing"])
    slip = slips.create({"date_from": clinic.today - relativedelta(days=7)})
    try:
        slip.action_fill()
    except UserError:
        slip.unlink()  # nobody has paid in these days
