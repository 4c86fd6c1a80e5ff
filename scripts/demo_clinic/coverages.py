# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who is covered by what: four families of five, a few of them twice, and what was used
elsewhere."""

# family -> places of the plans in the list: the first pays first
TWICE = {"Garcia": (2, 0), "Silva": (0, 4), "Reyes": (4, 2), "Mbeki": (1, 2), "Kaya": (4, 0)}
# These have the plan that their story needs.
CHOSEN = {"Kowalski": (0,), "Lund": (1,), "Rossi": (1,), "Patel": (2,), "Fischer": (3,), **TWICE}
# A policy whose card nobody has seen yet.
NO_CARD = ("Rossi", "Fischer")


def load(clinic):
    families = {}
    for patient in clinic.patients:
        families.setdefault(patient.last_name, []).append(patient)
    for place, (name, members) in enumerate(families.items()):
        chosen = CHOSEN.get(name) or ((place % 6,) if place % 5 else ())
        for order, plan in enumerate(chosen, 1):
            holder = members[min(order, len(members)) - 1]
            number = "" if name in NO_CARD else f"{'MSX'[order]}{10000 + 37 * place}"
            policy = load_policy(clinic, clinic.plans[plan], holder, number)
            load_family(clinic, members, policy, holder, order)
    load_usage(clinic)


def load_policy(clinic, plan, holder, number):
    return clinic["dental.insurance.policy"].create(
        {
            "plan_id": plan.id,
            "subscriber_id": holder.partner_id.id,
            "member_id": number,
            "employer": plan.group_name,
            "date_from": clinic.today.replace(year=clinic.today.year - 2, month=1, day=1),
            "release_on_file": clinic.days_ago(400),
        }
    )


def load_family(clinic, members, policy, holder, order):
    clinic["dental.insurance.coverage"].create(
        [
            {
                "patient_id": patient.id,
                "policy_id": policy.id,
                "sequence": order,
                "relation": relation(holder, patient),
                "date_from": policy.date_from,
            }
            for patient in members
        ]
    )


def relation(holder, patient):
    if holder == patient:
        return "self"
    return "spouse" if abs(holder.age - patient.age) < 16 else "child"


def load_usage(clinic):
    """What payers told of benefits used before: less is left than the plan promises."""
    used = [
        ("Marta Kowalski", "maximum", 1410, "phone", "Ms. Reed", "88213", 11),
        ("Lucia Garcia", "deductible", 50, "portal", "", "PSM-7790", 30),
        ("Astrid Berg", "maximum", 380, "phone", "Dana", "41-0977", 24),
    ]
    for name, kind, amount, source, who, reference, days in used:
        coverage = clinic.patient(name).coverage_ids[:1]
        if coverage:
            clinic["dental.insurance.usage"].create(
                {
                    "coverage_id": coverage.id,
                    "kind": kind,
                    "amount": amount,
                    "is_total": kind == "maximum",
                    "source": source,
                    "representative": who,
                    "reference": reference,
                    "as_of": clinic.days_ago(days),
                }
            )
