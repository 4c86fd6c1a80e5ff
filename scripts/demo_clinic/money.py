# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Past visits are checked out: bills, claims, payments at the desk."""


def load(clinic):
    journal = (
        clinic["account.journal"]
        .sudo()
        .search([("type", "=", "bank"), ("company_id", "=", clinic.env.company.id)], limit=1)
    )
    for place, visit in enumerate(clinic.to_close):
        check_out(visit, journal if place % 3 == 0 else None)


def check_out(visit, journal):
    """Close a visit as the desk does; with a journal the patient pays what is due."""
    checkout = visit.env["dental.checkout"].browse(visit.action_open_checkout()["res_id"])
    checkout.write({"payment": "later", "leaves_without": "Recall is planned"})
    if journal and checkout.due_now > 0:
        checkout.write({"payment": "now", "amount": checkout.due_now, "method": str(journal.id)})
    checkout.action_close()
