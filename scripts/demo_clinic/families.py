# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sixty-six patients in forty-two families, with the people around them."""

from datetime import timedelta

# last name: first names with age and sex; the first one pays
FAMILIES = """
Kowalski: Marta 34 F, Tomasz 37 M, Zofia 8 F
Ito: Kenji 52 M
Sow: Rama 29 F, Ibrahim 4 M
Abel: Hannah 41 F
Mbeki: Thabo 63 M, Lindiwe 60 F
Patel: Anil 47 M, Priya 44 F, Rohan 15 M, Asha 12 F
Lund: Ingrid 39 F, Nils 10 M
Okoye: Chidi 31 M
Garcia: Lucia 55 F, Mateo 57 M
Novak: Petr 68 M
Tanaka: Yuki 26 F
Murphy: Sean 45 M, Aoife 43 F, Conor 16 M
Berg: Astrid 72 F
Rossi: Paolo 36 M
Dubois: Camille 33 F, Louis 6 M
Nguyen: Linh 48 F, Minh 19 M
Cohen: David 59 M
Silva: Beatriz 38 F, Pedro 40 M
Keller: Urs 66 M
Adeyemi: Folake 42 F
Jansen: Pieter 50 M, Sanne 13 F
Haddad: Leila 35 F
Romero: Diego 28 M
Fischer: Anke 61 F, Horst 64 M
Brown: Tyrell 23 M
Larsen: Mette 46 F
Kaya: Emre 32 M, Elif 30 F
Popov: Irina 57 F
Wong: Mei 44 F, Jun 9 M
Ali: Samira 27 F
Costa: Rui 70 M
Evans: Gwen 53 F
Moreau: Julien 39 M
Singh: Harpreet 49 F, Jaspreet 17 F
Weber: Lena 22 F
Duarte: Ines 65 F
Olsen: Kari 37 F
Baker: Mary 81 F
Reyes: Carlo 43 M, Nina 7 F
Shah: Farah 31 F
Young: Peter 58 M
Zhou: Lan 36 F
"""

ALERTS = {
    "Marta Kowalski": ["Penicillin"],
    "Thabo Mbeki": ["Anticoagulant", "High blood pressure"],
    "Rama Sow": ["Pregnant"],
    "Petr Novak": ["Heart valve"],
    "Astrid Berg": ["Bisphosphonate"],
    "Anil Patel": ["Diabetes"],
    "Leila Haddad": ["Latex"],
    "Mary Baker": ["Anticoagulant"],
}
PREFERRED = {"Marta Kowalski": "Mati", "Thabo Mbeki": "Tata", "Gwen Evans": "Gwenny"}
STREETS = ("Oak Street", "Harbor Road", "Hill Lane", "Station Street", "Garden Way")


def load(clinic):
    clinic.act_as("coordinator")
    for line in FAMILIES.strip().splitlines():
        last, members = line.split(": ")
        load_family(clinic, last, [member.split() for member in members.split(", ")])
    load_alerts(clinic)
    load_portal(clinic)


def load_family(clinic, last, members):
    number = len(clinic.patients)
    family = clinic["dental.family"].create({"name": last})
    address = {
        "street": f"{10 + number} {STREETS[number % len(STREETS)]}",
        "city": "Portland",
        "zip": f"04101-{1000 + number}",
        "state_id": clinic.state.id,
        "country_id": clinic.env.ref("base.us").id,
    }
    made = clinic["dental.patient"]
    for first, age, sex in members:
        made += clinic["dental.patient"].create(
            {
                **address,
                "first_name": first,
                "last_name": last,
                "preferred_name": PREFERRED.get(f"{first} {last}"),
                "sex": sex,
                "birth_date": birth(clinic, int(age)),
                "phone": f"207 555 {1000 + len(clinic.patients) + len(made):04}",
                "email": f"{first}.{last}@mail.example".lower(),
                "text_ok": clinic.random.choice(["yes", "yes", "no"]),
                "email_ok": "yes",
                "contact_channel": clinic.random.choice(["phone", "text", "email"]),
                "family_id": family.id,
                "primary_provider_id": clinic.random.choice(clinic.providers[:2]).id,
                "hygienist_id": clinic.random.choice(clinic.providers[3:]).id,
                "guarantor_id": made[:1].partner_id.id,
                "how_heard": clinic.random.choice(["Neighbor", "Web", "Dr. Lee", "Walked by"]),
            }
        )
    family.guarantor_id = made[0].partner_id
    load_guardians(clinic, made)
    clinic.patients += list(made)


def load_guardians(clinic, family):
    parents = family.filtered(lambda p: p.age >= 18)
    for child in family.filtered(lambda p: p.age < 18):
        clinic["dental.guardian"].create(
            [
                {"patient_id": child.id, "partner_id": parent.partner_id.id, "relation": "parent"}
                for parent in parents
            ]
        )


def birth(clinic, age):
    """A birth date that gives this age today."""
    return clinic.today - timedelta(days=365 * age + age // 4 + clinic.random.randint(5, 350))


def load_alerts(clinic):
    for patient in clinic.patients:
        for name in ALERTS.get(f"{patient.first_name} {patient.last_name}", ()):
            clinic["dental.condition"].create(
                {"patient_id": patient.id, "type_id": clinic.conditions[name].id}
            )


def load_portal(clinic):
    """The first patient has a portal login."""
    patient = clinic.patients[0]
    clinic["res.users"].sudo().create(
        {
            "partner_id": patient.partner_id.id,
            "login": "patient",
            "password": "patient",
            "group_ids": [(6, 0, [clinic.env.ref("base.group_portal").id])],
        }
    )
