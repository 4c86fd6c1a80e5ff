# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""People with treatment that was planned and no visit: most have benefits left, of one nobody
knows."""

from datetime import timedelta

from .plans import cover, load_policy

# name, age, code, tooth, days since it was planned, used of this year's benefits
PEOPLE = [
    ("Irene Castellano", 52, "X2740", "46", 190, 0),
    ("Desmond Achebe", 47, "X3330", "36", 120, 350),
    ("Lucia Moretti", 34, "X2392", "26", 75, 900),
    ("Walter Lindqvist", 66, "X2740", "14", 240, 1450),
    ("Priya Raman", 29, "X7210", "48", 45, 0),
    ("Tomas Novak", 58, "X2740", "24", 30, None),
]


def load(clinic):
    for place, person in enumerate(PEOPLE):
        load_person(clinic, place, *person)
    load_waiting_period(clinic)


def load_waiting_period(clinic):
    """The first of them is insured since spring only: her plan pays no crown yet."""
    patient = clinic["dental.patient"].search([("last_name", "=", "Castellano")])
    cover = patient.coverage_ids
    cover.waiting_from = clinic.today - timedelta(days=190)
    category = patient.procedure_ids.category_id
    clinic["dental.insurance.benefit"].create(
        {
            "plan_id": cover.plan_id.id,
            "coverage_id": cover.id,
            "kind": "waiting",
            "scope": "category",
            "category_id": category.id,
            "quantity": 12,
            "period": "months",
            "source": "phone",
        }
    )


def load_person(clinic, place, name, age, code, tooth, days, used):
    first, last = name.split()
    patient = clinic["dental.patient"].create(
        {
            "first_name": first,
            "last_name": last,
            "birth_date": clinic.today - timedelta(days=365 * age + 40 * place + 20),
            "phone": f"207 555 {1800 + place:04}",
            "street": f"{12 + place} Harbor Lane",
            "city": "Portland",
            "state_id": clinic.state.id,
            "zip": "04101",
            "primary_provider_id": clinic.providers[place % 2].id,
        }
    )
    if used is not None:
        plan = clinic.plans[place % 3]
        policy = load_policy(clinic, plan, patient, f"F{30000 + place}")
        cover(clinic, patient, policy, 1, "self")
    if used:
        clinic["dental.insurance.usage"].create(
            {"coverage_id": patient.coverage_ids.id, "kind": "maximum", "amount": used}
        )
    clinic["dental.procedure"].create(
        {
            "patient_id": patient.id,
            "code_id": clinic.codes[code].id,
            "tooth": tooth,
            "surfaces": "MO" if code == "X2392" else "",
            "prosthesis": "initial" if code == "X2740" else False,
            "provider_id": patient.primary_provider_id.id,
            "date_planned": clinic.today - timedelta(days=days),
            "next_date": clinic.today + timedelta(days=place - 3),
            "next_action": "Call about the treatment",
        }
    )
