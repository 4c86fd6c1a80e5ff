# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payers, plans with what is known of them, and who is covered."""

from datetime import timedelta

# name, EDI id, phone
PAYERS = [
    ("Harbor Dental", "HARB1", "800 555 0101"),
    ("Pine State Mutual", "PINE2", "800 555 0102"),
    ("Coastal Health", "COAST", "800 555 0103"),
    ("Union Care", "UNION", "800 555 0104"),
]
# name, payer, kind, group number, share of the office fee that is the contract's
PLANS = [
    ("Harbor PPO Gold", 0, "ppo", "G-1001", 0.72),
    ("Harbor PPO Basic", 0, "ppo", "G-1002", 0.68),
    ("Pine State PPO", 1, "ppo", "PS-77", 0.75),
    ("Coastal Percentage", 2, "percentage", "C-500", None),
    ("Union Care PPO", 3, "ppo", "U-12", 0.70),
    ("Union Care Family", 3, "ppo", "U-13", 0.70),
]
PERCENT = {
    "diagnostic": 100,
    "xray": 100,
    "preventive": 100,
    "restorative": 80,
    "endo": 80,
    "perio": 80,
    "oral_surgery": 80,
    "crowns": 50,
    "prostho_fixed": 50,
    "prostho_removable": 50,
}
SOURCES = ["phone", "portal", "file", "letter", "phone", "guess"]


def load(clinic):
    load_company(clinic)
    load_fees(clinic)
    payers = [load_payer(clinic, *row) for row in PAYERS]
    for place, (name, payer, kind, group, share) in enumerate(PLANS):
        plan = load_plan(clinic, name, payers[payer], kind, group, share)
        load_benefits(clinic, plan, place)
        clinic.plans.append(plan)
    load_coverages(clinic)


def load_company(clinic):
    clinic.env.company.sudo().write(
        {
            "dental_npi": "1234567893",
            "dental_tax_id": "587654321",
            "dental_submitter_id": "RIVERSIDE",
            "dental_receiver_name": "Harbor Clearing",
            "dental_receiver_id": "HARBOR",
            "dental_x12_test": True,
        }
    )


def load_fees(clinic):
    for key, code in clinic.codes.items():
        code.sudo().office_fee = clinic.fees[key]


def load_payer(clinic, name, code, phone):
    return (
        clinic["res.partner"]
        .sudo()
        .create(
            {
                "name": name,
                "is_company": True,
                "dental_payer": True,
                "dental_payer_code": code,
                "dental_phone_benefits": phone,
                "street": "1 Plan Plaza",
                "city": "Boston",
                "zip": "02101-0001",
                "state_id": clinic.state_of("MA").id,
                "country_id": clinic.env.ref("base.us").id,
            }
        )
    )


def load_plan(clinic, name, payer, kind, group, share):
    values = {"name": name, "payer_id": payer.id, "kind": kind, "group_number": group}
    if share:
        values["pricelist_id"] = load_schedule(clinic, name, share).id
    return clinic["dental.insurance.plan"].create(values)


def load_schedule(clinic, name, share):
    """The plan's contracted fees: a share of the office fee, to the dollar."""
    lines = [
        {
            "applied_on": "0_product_variant",
            "product_id": code.sudo()._product().id,
            "compute_price": "fixed",
            "fixed_price": round(clinic.fees[key] * share),
        }
        for key, code in clinic.codes.items()
    ]
    return (
        clinic["product.pricelist"]
        .sudo()
        .create(
            {
                "name": f"{name} fees",
                "company_id": clinic.env.company.id,
                "currency_id": clinic.env.company.currency_id.id,
                "dental_fee_schedule": True,
                "item_ids": [(0, 0, line) for line in lines],
            }
        )
    )


def load_benefits(clinic, plan, place):
    """What somebody said of this plan; what nobody asked is not there."""
    known = {
        "plan_id": plan.id,
        "source": SOURCES[place],
        "reference": f"{88200 + 13 * place}",
        "as_of": clinic.today - timedelta(days=20 + 15 * place),
    }
    categories = {row.key: row for row in clinic["dental.procedure.category"].search([])}
    rows = [
        {
            "kind": "percent",
            "scope": "category",
            "category_id": categories[key].id,
            "percent": percent if place != 1 else percent - (20 if percent < 100 else 0),
            "deductible_applies": "no" if percent == 100 else "yes",
        }
        for key, percent in PERCENT.items()
        if not (place == 5 and key in ("crowns", "prostho_fixed"))  # never asked
    ]
    rows.append({"kind": "deductible", "scope": "general", "amount": 50, "period": "service_year"})
    rows.append(
        {
            "kind": "maximum",
            "scope": "general",
            "amount": [2000, 1200, 1500, 1000, 1750, 1500][place],
            "period": "service_year",
        }
    )
    clinic["dental.insurance.benefit"].create([{**known, **row} for row in rows])


def load_coverages(clinic):
    """Three families of four are insured; a few of them twice."""
    families = {}
    for patient in clinic.patients:
        families.setdefault(patient.family_id, []).append(patient)
    for place, members in enumerate(families.values()):
        if place % 4 == 3:
            continue
        plan = clinic.plans[place % len(clinic.plans)]
        policy = load_policy(clinic, plan, members[0], f"M{10000 + 37 * place}")
        for patient in members:
            cover(clinic, patient, policy, 1, relation(members[0], patient))
        if place in (0, 6, 11) and len(members) > 1:
            second = load_policy(
                clinic, clinic.plans[(place + 2) % 6], members[1], f"S{20000 + place}"
            )
            for patient in members:
                cover(clinic, patient, second, 2, relation(members[1], patient))


def load_policy(clinic, plan, holder, number):
    return clinic["dental.insurance.policy"].create(
        {
            "plan_id": plan.id,
            "subscriber_id": holder.partner_id.id,
            "member_id": number,
            "release_on_file": clinic.today - timedelta(days=400),
        }
    )


def relation(holder, patient):
    if holder == patient:
        return "self"
    return "spouse" if patient.age >= 18 else "child"


def cover(clinic, patient, policy, order, how):
    clinic["dental.insurance.coverage"].create(
        {
            "patient_id": patient.id,
            "policy_id": policy.id,
            "sequence": order,
            "relation": how,
        }
    )
