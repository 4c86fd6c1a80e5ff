# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What makes the screens about benefits alive: rules, a changed plan, a call, the year end."""

from datetime import timedelta


def load(clinic):
    load_precert_rules(clinic)
    change_a_plan(clinic)
    begin_a_call(clinic)
    plan_over_the_new_year(clinic)
    end_a_cover(clinic)
    double_a_plan(clinic)
    found_a_membership(clinic)
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


def idle_patients(clinic, covered):
    """Adults who do not come today, the last ones first."""
    visits = clinic["dental.appointment"].search(
        [
            ("start", ">=", clinic.moment(clinic.today, 0)),
            ("start", "<", clinic.moment(clinic.today, 23)),
        ]
    )
    coming = visits.patient_id
    covers = clinic["dental.insurance.coverage"].search([])
    with_one = {patient for patient, own in covers.grouped("patient_id").items() if len(own) == 1}
    for patient in reversed(clinic.patients):
        fits = patient in with_one if covered else patient not in covers.patient_id
        if fits and patient not in coming and patient.age >= 18:
            yield patient


def new_plan_of(clinic, patient, *works):
    """A treatment plan of these (code, tooth)."""
    plan = clinic["dental.treatment.plan"].create(
        {"patient_id": patient.id, "name": "Crowns", "provider_id": clinic.providers[0].id}
    )
    for code, tooth in works:
        clinic["dental.procedure"].create(
            {
                "patient_id": patient.id,
                "treatment_plan_id": plan.id,
                "code_id": code.id,
                "tooth": tooth,
                "provider_id": clinic.providers[0].id,
            }
        )
    return plan


def crown(clinic):
    return clinic["dental.procedure.code"].search(
        [("category_id.key", "=", "crowns"), ("area_rule", "=", "tooth")], order="id", limit=1
    )


def plan_over_the_new_year(clinic):
    """Two crowns of which the plan still pays one this year: the other is cheaper in January."""
    for patient in idle_patients(clinic, covered=True):
        cover = patient.coverage_ids
        left, _until = cover._left_of_maximum(clinic.today).get(cover, (0, None))
        rules = cover.plan_id.benefit_ids.filtered(lambda rule: rule.kind == "percent")
        if left and left > 700 and "crowns" in rules.category_id.mapped("key"):
            break
    clinic["dental.insurance.usage"].create(
        {
            "coverage_id": cover.id,
            "kind": "maximum",
            "amount": float(left) - 450,
            "date": clinic.today - timedelta(days=60),
            "as_of": clinic.today - timedelta(days=5),
        }
    )
    new_plan_of(clinic, patient, (crown(clinic), "36"), (crown(clinic), "46")).action_estimate()


def end_a_cover(clinic):
    """Somebody changed employer: the crown is planned, and nobody has seen the new card."""
    patient = list(idle_patients(clinic, covered=True))[-1]
    patient.coverage_ids.date_to = clinic.today - timedelta(days=10)
    new_plan_of(clinic, patient, (crown(clinic), "26"))


def double_a_plan(clinic):
    """The same group, typed once more."""
    first = clinic.plans[0]
    first.copy({"name": "Harbor Gold", "group_number": first.group_number.replace("-", " ")})


def found_a_membership(clinic):
    """The clinic's own plan for who has no insurance: dues, and a tenth off."""
    fees = clinic.plans[0].pricelist_id
    own = clinic["res.partner"].create({"name": "Riverside Smile Club", "is_company": True})
    club = clinic["dental.insurance.plan"].create(
        {
            "name": "Smile Club",
            "payer_id": own.id,
            "kind": "discount",
            "pricelist_id": fees.id,
            "dues": 30,
            "dues_every": "1",
            "no_verify": True,
        }
    )
    patient = next(idle_patients(clinic, covered=False))
    policy = clinic["dental.insurance.policy"].create(
        {"plan_id": club.id, "subscriber_id": patient.partner_id.id, "member_id": "C1"}
    )
    cover = clinic["dental.insurance.coverage"].create(
        {
            "patient_id": patient.id,
            "policy_id": policy.id,
            "relation": "self",
            "date_from": clinic.today - timedelta(days=20),
        }
    )
    cover.sudo()._bill_dues(clinic.today)
