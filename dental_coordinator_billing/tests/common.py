# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase

from odoo.addons.dental_coordinator.tests.common import DentalSetup

# Own codes: (code, name, category key, what it needs, office fee)
CODES = {
    "exam": ("X0150", "Exam", "diagnostic", "none", 80.0),
    "cleaning": ("X1110", "Cleaning", "preventive", "none", 100.0),
    "filling": ("X2391", "Filling", "restorative", "surface", 180.0),
    "crown": ("X2740", "Crown", "crowns", "tooth", 1150.0),
}
PLACES = {"none": {}, "surface": {"tooth": "36", "surfaces": "MO"}, "tooth": {"tooth": "36"}}


class DentalBillingSetup(DentalSetup):
    """A clinic that keeps books: chart, fees, a family with a guarantor, visits on demand."""

    @classmethod
    def _setup_clinic(cls):
        # Outside Odoo's own tests, as in a shell, a company in the US would install its
        # localization at once, and set the models up anew under this very environment.
        cls.env = cls.env(context=dict(cls.env.context, install_mode=True))
        company = cls.env["res.company"].create(
            {
                "name": "Millpond Dental",
                "country_id": cls.env.ref("base.us").id,
                "currency_id": cls.env.ref("base.USD").id,
                "phone": "555 0100",
            }
        )
        cls.env.user.write({"company_ids": [Command.link(company.id)], "company_id": company.id})
        cls.env = cls.env(
            context=dict(cls.env.context, allowed_company_ids=company.ids, tracking_disable=True)
        )
        cls.env.flush_all()  # loading a chart may set the models up anew: leave nothing to compute
        cls.env["account.chart.template"].try_loading(
            "generic_coa", company=company, install_demo=False
        )
        cls._setup_dental(company)
        cls.journal = cls.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        cls.codes = {key: cls._new_code(*values) for key, values in CODES.items()}
        cls.visit_type = cls.env["dental.appointment.type"].create(
            {"name": "Treatment", "pattern": "XXX"}
        )
        cls.guarantor = cls.env["res.partner"].create(
            {"name": "Jan Kowalski", "email": "jan@example.com", "street": "1 Main Street"}
        )
        cls.patient.guarantor_id = cls.guarantor

    @classmethod
    def _new_code(cls, code, name, category, needs, fee):
        record = cls.env["dental.procedure.code"].create(
            {
                "code": code,
                "name": name,
                "category_id": cls._category(category).id,
                "area_rule": needs,
            }
        )
        record.office_fee = fee
        return record

    @classmethod
    def _tax(cls, kind, percent, included=False):
        """Let one of CODES bear a sales tax, added to its fee or in it."""
        tax = cls.env["account.tax"].create(
            {
                "name": f"Sales tax {percent} {kind}",
                "amount": percent,
                "type_tax_use": "sale",
                "company_id": cls.company.id,
                "price_include_override": "tax_included" if included else "tax_excluded",
            }
        )
        cls.codes[kind].tax_ids = tax
        return tax

    @classmethod
    def _category(cls, key):
        categories = cls.env["dental.procedure.category"]
        return categories.search([("key", "=", key)], limit=1) or categories.create(
            {"name": key.capitalize(), "key": key}
        )

    @classmethod
    def _new_procedure(cls, kind, patient=None, **vals):
        """A planned procedure of one of CODES; "crown" stands on tooth 36."""
        code = cls.codes[kind]
        return cls.env["dental.procedure"].create(
            {
                "patient_id": (patient or cls.patient).id,
                "code_id": code.id,
                "provider_id": cls.provider.id,
                "owner_id": cls.coordinator.id,
                "next_date": fields.Date.today(),
                **PLACES[code.area_rule],
                **vals,
            }
        )

    @classmethod
    def _new_visit(cls, *kinds, patient=None, days_ago=0, status="checkout", **vals):
        """A visit with planned procedures, brought to ``status``; each takes the next half hour."""
        patient = patient or cls.patient
        cls.visits_made = getattr(cls, "visits_made", 0) + 1
        start = fields.Datetime.now().replace(hour=6, minute=0, second=0, microsecond=0)
        start += timedelta(minutes=30 * cls.visits_made, days=-days_ago)
        visit = cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.visit_type.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
                **vals,
            }
        )
        for sequence, kind in enumerate(kinds, start=1):
            cls._new_procedure(kind, patient, appointment_id=visit.id, sequence=sequence)
        steps = ("confirmed", "arrived", "seated", "checkout")
        for step in steps[: steps.index(status) + 1] if status in steps else ():
            visit._set_status(step)
        return visit

    @classmethod
    def _check_out(cls, visit, user=None, pay=0.0, **vals):
        """Close a visit as a person at the desk does.

        :return: the closed dental.checkout
        """
        visit = visit.with_user(user or cls.front_desk).with_company(cls.company)
        action = visit.action_open_checkout()
        checkout = visit.env["dental.checkout"].browse(action["res_id"])
        checkout.write(
            {
                "payment": "now" if pay else "later",
                "leaves_without": "Treatment is finished",
                **vals,
            }
        )
        if pay:
            checkout.write({"amount": pay, "method": str(cls.journal.id)})
        checkout.action_close()
        return checkout

    @classmethod
    def _invoice(cls, visit):
        return visit.sudo()._standing_bill()

    @classmethod
    def _owes(cls, partner=None):
        return (partner or cls.guarantor)._dental_balance(cls.company)


class DentalBillingCase(DentalBillingSetup, TransactionCase):
    """The usual start of a scenario about money."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()
        cls._setup_clinic()
