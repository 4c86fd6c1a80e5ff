# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ninety-four patients in fifty-eight families, with the people around them."""

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
Rossi: Paolo 36 M, Giulia 35 F
Dubois: Camille 33 F, Louis 6 M
Nguyen: Linh 48 F, Minh 19 M
Cohen: David 59 M
Silva: Beatriz 38 F, Pedro 40 M
Keller: Urs 66 M
Adeyemi: Folake 42 F, Tunde 44 M, Kemi 9 F
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
Moreau: Julien 39 M, Chloe 38 F
Singh: Harpreet 49 F, Jaspreet 17 F
Weber: Lena 22 F
Duarte: Ines 65 F
Olsen: Kari 37 F
Baker: Mary 81 F
Reyes: Carlo 43 M, Ana 41 F, Nina 7 F
Shah: Farah 31 F
Young: Peter 58 M
Zhou: Lan 36 F
Quinn: Declan 54 M, Maeve 51 F
Barros: Tiago 29 M
Hughes: Owen 62 M, Carys 59 F
Mensah: Abena 33 F, Kofi 5 M
Petrov: Viktor 71 M
Nowak: Jan 48 M, Ewa 46 F, Ola 14 F
Khan: Imran 40 M, Sana 38 F
Lopez: Rosa 76 F
Schmidt: Jonas 34 M
Andersen: Freja 30 F
Bianchi: Marco 56 M, Elena 53 F
Okafor: Ngozi 45 F, Emeka 18 M
Park: Minjun 38 M, Seoyeon 36 F, Haneul 3 F
Lewis: Grace 67 F
Vargas: Luis 51 M
Hansen: Ole 44 M, Ida 11 F
"""

# They have not been here before.
NEW = ("Shah", "Young", "Zhou", "Barros", "Schmidt", "Andersen", "Vargas", "Park")

ALERTS = {
    "Marta Kowalski": ["Penicillin"],
    "Thabo Mbeki": ["Anticoagulant", "High blood pressure"],
    "Rama Sow": ["Pregnant"],
    "Petr Novak": ["Heart valve"],
    "Astrid Berg": ["Bisphosphonate"],
    "Anil Patel": ["Diabetes"],
    "Leila Haddad": ["Latex"],
    "Mary Baker": ["Anticoagulant"],
    "Owen Hughes": ["High blood pressure"],
    "Rosa Lopez": ["Anticoagulant", "Diabetes"],
    "Viktor Petrov": ["Bisphosphonate"],
    "Camille Dubois": ["Penicillin"],
}
MORE = {
    "Marta Kowalski": {"preferred_name": "Mati", "pronoun": "she"},
    "Thabo Mbeki": {"preferred_name": "Tata", "medical_note": "Ask for the INR of this week"},
    "Gwen Evans": {"preferred_name": "Gwenny"},
    "Hannah Abel": {"service_note": "Early mornings only, works shifts"},
    "Urs Keller": {"money_note": "Pays by cheque, wants a printed bill"},
    "Mary Baker": {"service_note": "Comes with a walker: ground floor", "voicemail_ok": "no"},
    "Linh Nguyen": {"interpreter": "phone"},
    "Tyrell Brown": {"arrive_early_minutes": 15},
}
STREETS = ("Oak Street", "Harbor Road", "Hill Lane", "Station Street", "Garden Way")
HEARD = ("Neighbor", "Web", "Dr. Lee", "Walked by", "Family")


def load(clinic):
    clinic.act_as("coordinator")
    lines = [line.split(": ") for line in FAMILIES.strip().splitlines()]
    families = clinic["dental.family"].create([{"name": last} for last, _members in lines])
    heads, others = [], []
    for place, (last, members) in enumerate(lines):
        members = [member.split() for member in members.split(", ")]
        rows = [prepare(clinic, families[place], place, last, *one) for one in members]
        heads.append(rows[0])
        others += rows[1:]
    heads = clinic["dental.patient"].create(heads)
    for family, head in zip(families, heads, strict=True):
        family.guarantor_id = head.partner_id
    made = heads + clinic["dental.patient"].create(others)
    clinic.patients = list(made.sorted(lambda p: (p.family_id.id, p.id)))
    load_guardians(clinic, made)
    load_alerts(clinic)
    load_portal(clinic)


def prepare(clinic, family, number, last, first, age, sex):
    """Values of one patient; all who live together share the address."""
    pick = clinic.random.choice
    return {
        "first_name": first,
        "last_name": last,
        "sex": sex,
        "birth_date": birth(clinic, int(age)),
        "street": f"{10 + 3 * number} {STREETS[number % len(STREETS)]}",
        "city": "Portland",
        "zip": f"04101-{1000 + number}",
        "state_id": clinic.state.id,
        "country_id": clinic.env.ref("base.us").id,
        "phone": f"207 555 {clinic.random.randrange(1000, 9999)}",
        "email": f"{first}.{last}@mail.example".lower(),
        "text_ok": pick(["yes", "yes", "no"]),
        "email_ok": "yes",
        "voicemail_ok": pick(["yes", "yes", False]),
        "contact_channel": pick(["phone", "text", "email"]),
        "family_id": family.id,
        "primary_provider_id": pick(clinic.providers[:2]).id,
        "hygienist_id": pick(clinic.providers[3:]).id,
        "how_heard": pick(HEARD),
        **MORE.get(f"{first} {last}", {}),
    }


def load_guardians(clinic, patients):
    adults = patients.filtered(lambda p: p.age >= 18)
    clinic["dental.guardian"].create(
        [
            {"patient_id": child.id, "partner_id": parent.partner_id.id, "relation": "parent"}
            for child in patients - adults
            for parent in adults.filtered(lambda p, child=child: p.family_id == child.family_id)
        ]
    )


def birth(clinic, age):
    """A birth date that gives this age today."""
    return clinic.days_ago(365 * age + age // 4 + clinic.random.randint(5, 350))


def load_alerts(clinic):
    clinic["dental.condition"].create(
        [
            {
                "patient_id": clinic.patient(name).id,
                "type_id": clinic.conditions[alert].id,
                "confirmed_on": clinic.days_ago(30),
            }
            for name, alerts in ALERTS.items()
            for alert in alerts
        ]
    )


def load_portal(clinic):
    """The first patient has a portal login."""
    patient = clinic.patients[0]
    clinic["res.users"].sudo().create(
        {
            "partner_id": patient.partner_id.id,
            "login": "patient",
            "password": "patient",
            "tz": clinic.zone.key,
            "group_ids": [(6, 0, [clinic.env.ref("base.group_portal").id])],
        }
    )
