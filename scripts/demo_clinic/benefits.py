# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What makes the screens about benefits alive: rules, a changed plan, a call, the year end."""

from datetime import timedelta


def load(clinic):
    load_precert_rules(clinic)
    change_a_plan(clinic)
    begin_a_call(clinic)
    clinic["dental.year.end"]._prepare(12)


def load_precert_rules(clinic):
    """Payers that want to be asked about crowns and bridges; one that only advises it."""
    categories = clinic["dental.procedure.category"]
    crowns = categories.search([("key", "=", "crowns")])
    bridges = categories.search([("key", "=", "prostho_fixed")])
    payers = clinic.env["dental.insurance.plan"].search([], order="id").payer_id.sorted("id")
    rows = [
        (payers[0], crowns, "required", True),
        (payers[0], bridges, "required", True),
        (payers[1], crowns, "advised", False),
        (payers[-1], crowns, "none", False),
    ]
    clinic["dental.precert.rule"].create(
        [
            {
                "payer_id": payer.id,
                "category_id": category.id,
                "requirement": requirement,
                "wants_xray": wants,
                "wants_narrative": wants,
                "source": "portal",
                "as_of": clinic.today - timedelta(days=20),
            }
            for payer, category, requirement, wants in rows
        ]
    )


def change_a_plan(clinic):
    """A payer cut its share of crowns: quotes that were told are wrong now."""
    plans = clinic.env["dental.estimate.share"].sudo().search([], order="id").plan_id
    rules = clinic["dental.insurance.benefit"].search(
        [("plan_id", "in", plans[:2].ids), ("kind", "=", "percent")]
    )
    rules.filtered(lambda rule: rule.category_id.key in ("crowns", "restorative")).percent = 40
    clinic.env["dental.estimate.check"].sudo()._check_batch()


def begin_a_call(clinic):
    """A call that was begun: some answers are typed, the rest is still to ask."""
    check = clinic["dental.insurance.verification"].search(
        [("state", "=", "todo")], order="id", limit=1
    )
    if not check:
        return
    check.action_start_call()
    said = {"active": "yes", "maximum": "1500", "percent": "80", "network": "yes"}
    for question in check.question_ids:
        if question.key in said:
            question.answer = said[question.key]
    check.write({"representative": "Ms Reed", "reference": "88214"})
    check.action_pause_call()
