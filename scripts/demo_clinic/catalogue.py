# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The clinic's own procedure codes and words, its appointment types, recalls and alerts."""

# code, name, category, needs, fee, pattern, prosthesis
CODES = [
    ("X0120", "Check-up", "diagnostic", "none", 62, "/X/", False),
    ("X0140", "Look at one complaint", "diagnostic", "none", 88, "/XX", False),
    ("X0150", "First full examination", "diagnostic", "none", 110, "/XXX/", False),
    ("X0210", "Full set of x-rays", "xray", "mouth", 165, "///", False),
    ("X0220", "Single x-ray", "xray", "tooth", 36, "/", False),
    ("X0274", "Four bitewings", "xray", "none", 78, "/", False),
    ("X0330", "Panoramic x-ray", "xray", "none", 130, "/", False),
    ("X1110", "Cleaning, adult", "preventive", "none", 112, "XXXX", False),
    ("X1120", "Cleaning, child", "preventive", "none", 84, "XXX", False),
    ("X1206", "Fluoride varnish", "preventive", "none", 46, "X", False),
    ("X1351", "Sealant", "preventive", "tooth", 64, "X", False),
    ("X2330", "Filling front, one surface", "restorative", "surface", 190, "/XXX/", False),
    ("X2392", "Filling back, two surfaces", "restorative", "surface", 265, "/XXX/", False),
    ("X2740", "Ceramic crown", "crowns", "tooth", 1350, "/XXXXXX//", True),
    ("X2950", "Core build-up", "crowns", "tooth", 310, "/XX/", False),
    ("X3320", "Root canal, premolar", "endo", "tooth", 980, "/XXXXXX/", False),
    ("X3330", "Root canal, molar", "endo", "tooth", 1240, "/XXXXXXXX/", False),
    ("X4341", "Deep cleaning, quadrant", "perio", "quadrant", 285, "XXXXX", False),
    ("X4910", "Gum maintenance", "perio", "none", 158, "XXXXX", False),
    ("X5110", "Full upper denture", "prostho_removable", "arch", 1780, "/XXXX/", True),
    ("X6240", "Bridge tooth", "prostho_fixed", "tooth", 1290, "/XXXXXX/", True),
    ("X7140", "Extraction, simple", "oral_surgery", "tooth", 215, "/XXX/", False),
    ("X7210", "Extraction, surgical", "oral_surgery", "tooth", 365, "/XXXX/", False),
    ("X6010", "Implant body", "implant", "tooth", 2250, "/XXXXXXXX/", False),
    ("X9940", "Night guard", "adjunctive", "none", 620, "/XX/", False),
]

# name, pattern, colour, new patient, who treats
TYPES = [
    ("New patient", "/XXXXX/", 4, True, "dentist"),
    ("Check-up", "/XX/", 3, False, "dentist"),
    ("Cleaning", "XXXX/", 10, False, "hygienist"),
    ("Filling", "/XXXX/", 2, False, "dentist"),
    ("Crown", "/XXXXXX//", 5, False, "dentist"),
    ("Root canal", "/XXXXXXX/", 1, False, "dentist"),
    ("Surgery", "//XXXXXX//", 9, False, "dentist"),
    ("Pain, same day", "/XX/", 8, False, "dentist"),
]

# kind, name, level
CONDITIONS = [
    ("allergy", "Penicillin", "stop"),
    ("allergy", "Latex", "stop"),
    ("medicine", "Anticoagulant", "stop"),
    ("problem", "High blood pressure", "warn"),
    ("problem", "Diabetes", "warn"),
    ("medicine", "Bisphosphonate", "stop"),
    ("device", "Heart valve", "stop"),
    ("pregnancy", "Pregnant", "warn"),
]


def load(clinic):
    categories = {row.key: row for row in clinic["dental.procedure.category"].search([])}
    for code, name, category, needs, fee, pattern, prosthesis in CODES:
        clinic.codes[code] = clinic["dental.procedure.code"].create(
            {
                "code": code,
                "name": name,
                "category_id": categories[category].id,
                "area_rule": needs,
                "pattern": pattern,
                "prosthesis": prosthesis,
                "removes_tooth": code.startswith("X7"),
            }
        )
        clinic.fees[code] = fee
    for name, pattern, color, new_patient, provider_kind in TYPES:
        clinic.types[name] = clinic["dental.appointment.type"].create(
            {
                "name": name,
                "pattern": pattern,
                "color": color,
                "new_patient": new_patient,
                "provider_kind": provider_kind,
            }
        )
    cleaning = clinic["dental.recall.type"].search([("special", "=", "cleaning")], limit=1)
    cleaning.visit_type_id = clinic.types["Cleaning"]
    for kind, name, level in CONDITIONS:
        known = clinic["dental.condition.type"].search([("kind", "=", kind), ("name", "=", name)])
        clinic.conditions[name] = known or clinic["dental.condition.type"].create(
            {"kind": kind, "name": name, "alert_level": level}
        )
