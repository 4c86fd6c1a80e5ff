# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clinic, its users, providers and chairs."""

from .clinic import ZONE

LOGINS = [
    ("Coordinator", "coordinator", "coordinator"),
    ("Front desk", "frontdesk", "frontdesk"),
    ("Dentist", "dentist", "dentist"),
    ("Billing", "billing", "billing"),
    ("Privacy officer", "privacy", "privacy"),
    ("Student", "student", "student"),
    ("Portal patient", "patient", "patient"),
]

USERS = [
    ("coordinator", "Nora Whitfield", ["coordinator"]),
    ("frontdesk", "Sam Okafor", ["front_desk"]),
    ("dentist", "Elena Ortiz", ["clinician"]),
    ("billing", "Grace Lindqvist", ["billing"]),
    ("privacy", "Ravi Menon", ["privacy_officer"]),
    ("manager", "Helen Brandt", ["manager"]),
    ("student", "Mia Berg", ["trainee"]),
]

# name, first, last, kind, NPI (with a right check digit), taxonomy, login
PROVIDERS = [
    ("Dr. Ortiz", "Elena", "Ortiz", "dentist", "1234567893", "1223G0001X", "dentist"),
    ("Dr. Haas", "Martin", "Haas", "dentist", "1245319599", "1223G0001X", None),
    ("Dr. Chaudhry", "Amina", "Chaudhry", "dentist", "1497758544", "1223S0112X", None),
    ("Kim", "Jisoo", "Kim", "hygienist", "1003000126", "124Q00000X", None),
    ("Roy", "Daniel", "Roy", "hygienist", "1679576722", "124Q00000X", None),
]

CHAIRS = [
    ("Chair 1", "C1", "treatment"),
    ("Chair 2", "C2", "treatment"),
    ("Hygiene 1", "H1", "hygiene"),
    ("Hygiene 2", "H2", "hygiene"),
    ("Surgery", "S", "surgery"),
]


def load(clinic):
    company = clinic.env.company
    company.write(
        {
            "name": "Riverside Dental",
            "street": "12 Mill Lane",
            "city": "Portland",
            "zip": "04101-1234",
            "state_id": clinic.state.id,
            "phone": "207 555 0100",
            "email": "desk@riverside.example",
            "vat": "123456789",
        }
    )
    company.resource_calendar_id.tz = ZONE
    load_users(clinic)
    load_providers(clinic)


def load_users(clinic):
    for login, name, roles in USERS:
        groups = [clinic.env.ref(f"dental_coordinator.group_{role}").id for role in roles]
        clinic.users[login] = clinic["res.users"].create(
            {
                "name": name,
                "login": login,
                "password": login,
                "tz": ZONE,
                "email": f"{login}@riverside.example",
                "group_ids": [(4, group) for group in groups],
            }
        )
    clinic.env.ref("base.user_admin").tz = ZONE


def load_providers(clinic):
    for name, first, last, kind, npi, taxonomy, login in PROVIDERS:
        provider = {
            "name": name,
            "first_name": first,
            "last_name": last,
            "kind": kind,
            "npi": npi,
            "taxonomy": taxonomy,
            "license_no": f"ME{npi[-4:]}",
            "color": len(clinic.providers) + 1,
            "tz": ZONE,
            "user_id": clinic.users[login].id if login else False,
        }
        clinic.providers.append(clinic["dental.provider"].create(provider))
    for name, code, kind in CHAIRS:
        chair = {"name": name, "code": code, "kind": kind, "tz": ZONE}
        clinic.chairs.append(clinic["dental.operatory"].create(chair))
