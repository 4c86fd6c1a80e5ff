# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Closing a visit: procedures done, estimate, invoice posted, claim filed with its entry."""

from ..frame import figure, ratio

TIMES = 5
SERVICES = ("exam", "cleaning", "crown")


@figure("checkout with claim / bare invoice created and posted", limit=3.0)
def checkout(env):
    clinic = clinic_class(env)
    clinic._setup_insurance()
    clinic._usual_rules()
    desk = clinic.front_desk
    visits = [clinic._new_visit(*SERVICES, days_ago=day) for day in range(1, TIMES + 1)]
    open_checkouts = iter([prepared(visit.with_user(desk)) for visit in visits])
    own = clinic.env

    def bare():
        invoice = own["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": clinic.guarantor.id,
                "invoice_line_ids": [
                    (0, 0, {"name": "Service", "quantity": 1, "price_unit": 100.0, "tax_ids": []})
                    for _service in SERVICES
                ],
            }
        )
        invoice.action_post()

    def ours():
        next(open_checkouts).action_close()

    return ratio(own, ours, bare, TIMES)


def prepared(visit):
    """The checkout page of a visit, filled in and not yet closed."""
    page = visit.env["dental.checkout"].browse(visit.action_open_checkout()["res_id"])
    page.write({"payment": "later", "leaves_without": "Treatment is finished"})
    return page


def clinic_class(env):
    """The clinic of the insurance tests, in this environment."""
    from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup

    return type("BenchClinic", (DentalInsuranceSetup,), {"env": env})
