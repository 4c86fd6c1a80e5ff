# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the team has noted about the payers."""

FACTS = (
    ("needs", "Periapical image with every crown"),
    ("reach", "Choose 3, then 1; the line is free after four"),
    ("answers", "Requests in about ten working days"),
)


def load(clinic):
    payers = clinic["dental.insurance.plan"].search([("active", "=", True)]).payer_id
    clinic["dental.payer.fact"].sudo().create(
        [
            {"payer_id": payer.id, "kind": kind, "text": text, "as_of": clinic.today}
            for place, payer in enumerate(payers)
            for kind, text in FACTS[: 1 + place % len(FACTS)]
        ]
    )
