# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import date

from odoo.tests import TransactionCase

from odoo.addons.dental_coordinator_billing.tests.common import DentalBillingSetup

from .x12 import answers

ADDRESS = {"street": "12 Elm Street", "city": "Salem", "zip": "97301"}


class DentalInsuranceSetup(DentalBillingSetup):
    """A clinic that files claims: numbers, one payer with a plan, a covered patient."""

    @classmethod
    def _setup_insurance(cls):
        cls._setup_clinic()
        cls.state = cls.env.ref("base.state_us_38")  # Oregon
        cls.address = {**ADDRESS, "state_id": cls.state.id, "country_id": cls.env.ref("base.us").id}
        cls.company.write(
            {
                **cls.address,
                "street": "7 River Road",
                "zip": "97301-1234",
                "phone": "503 555 0100",
                "dental_npi": "1234567893",
                "dental_tax_id": "587654321",
                "dental_submitter_id": "CLINIC",
                "dental_receiver_name": "Harbor Clearing",
                "dental_receiver_id": "HARBOR",
                "dental_x12_test": True,
            }
        )
        cls.patient.write({**cls.address, "sex": "F"})
        cls.payer = cls.env["res.partner"].create(
            {"name": "Harbor Dental Plan", "is_company": True, "dental_payer_code": "HARB1"}
        )
        cls.plan = cls._new_plan("Harbor PPO", crown=920.0)
        cls.coverage = cls._cover(cls.patient, cls.plan, "M100")

    @classmethod
    def _new_plan(cls, name, payer=None, kind="ppo", **fees):
        """A plan with contracted fees: ``crown=920.0``."""
        pricelist = cls.env["product.pricelist"].create(
            {
                "name": f"{name} fees",
                "company_id": cls.company.id,
                "currency_id": cls.company.currency_id.id,
                "dental_fee_schedule": True,
                "item_ids": [
                    (
                        0,
                        0,
                        {
                            "applied_on": "0_product_variant",
                            "product_id": cls.codes[key]._product().id,
                            "compute_price": "fixed",
                            "fixed_price": fee,
                        },
                    )
                    for key, fee in fees.items()
                ],
            }
        )
        return cls.env["dental.insurance.plan"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "payer_id": (payer or cls.payer).id,
                "kind": kind,
                "group_number": "G-7",
                "pricelist_id": pricelist.id,
            }
        )

    @classmethod
    def _cover(cls, patient, plan, member, sequence=1, relation="self", **vals):
        """Cover a patient by a policy of his own, or by that of a parent."""
        holder = vals.pop("subscriber", patient.partner_id)
        policy = cls.env["dental.insurance.policy"].create(
            {
                "plan_id": plan.id,
                "subscriber_id": holder.id,
                "member_id": member,
                "release_on_file": "2020-01-01",
                **vals,
            }
        )
        return cls.env["dental.insurance.coverage"].create(
            {
                "patient_id": patient.id,
                "policy_id": policy.id,
                "sequence": sequence,
                "relation": relation,
            }
        )

    @classmethod
    def _rule(cls, kind, plan=None, category=None, **vals):
        """A benefit rule, verified by telephone."""
        scope = {"scope": "general"}
        if category:
            scope = {"scope": "category", "category_id": cls._category(category).id}
        return cls.env["dental.insurance.benefit"].create(
            {
                "plan_id": (plan or cls.plan).id,
                "kind": kind,
                "source": "phone",
                "reference": "88213",
                "as_of": "2026-01-12",
                **scope,
                **vals,
            }
        )

    @classmethod
    def _usual_rules(cls, plan=None):
        """Deductible 50, crowns at half, 2000 a year."""
        cls._rule("percent", plan, category="crowns", percent=50)
        cls._rule("percent", plan, category="diagnostic", percent=100, deductible_applies="no")
        cls._rule("percent", plan, category="preventive", percent=100, deductible_applies="no")
        cls._rule("deductible", plan, amount=50, period="service_year")
        cls._rule("maximum", plan, amount=2000, period="service_year")

    # Doing things as people do

    @classmethod
    def _receive(cls, raw, user=None, filename="file.edi", **vals):
        """Import a payer's file through the one wizard.

        :return: the exchange
        """
        env = cls.env(user=user or cls.billing)
        before = env["dental.exchange"].search([], order="id desc", limit=1)
        env["dental.exchange.import"].create(
            {"raw": base64.b64encode(raw), "filename": filename, **vals}
        ).action_import()
        return env["dental.exchange"].search(
            [("id", ">", before.id or 0), ("direction", "=", "in")]
        )

    @classmethod
    def _claims(cls, visit, user=None):
        claims = cls.env["dental.claim"].with_user(user or cls.billing)
        return claims.search([("appointment_id", "=", visit.id)], order="id")

    @classmethod
    def _done(cls, *kinds, **vals):
        """A visit checked out at the desk, with its claims made.

        :return: (visit, claims as billing sees them)
        """
        visit = cls._new_visit(*kinds, **vals)
        cls._check_out(visit)
        return visit, cls._claims(visit)

    @classmethod
    def _sent(cls, *kinds, **vals):
        """The same, written to a file.

        :return: (visit, claims, bytes of the file)
        """
        visit, claims = cls._done(*kinds, **vals)
        claims.filtered(lambda claim: claim.state == "made").action_send()
        return visit, claims, claims.exchange_id._bytes()

    @classmethod
    def _pay(cls, raw, pay, **values):
        """The remittance that answers a file of ours; see tests/x12/answers.py.

        :param pay: (claim, line) -> cuts of that line
        """
        exchange = cls._receive(answers.era_for(raw, pay, when=date.today(), **values))
        return exchange.remittance_ids

    @classmethod
    def _balances(cls):
        """Open amounts: guarantor, payers, to allocate, and what was given up by contract."""
        cls.env.flush_all()
        company = cls.company

        def balance(account):
            groups = cls.env["account.move.line"]._read_group(
                [("account_id", "=", account.id), ("parent_state", "=", "posted")],
                [],
                ["balance:sum"],
            )
            return round(groups[0][0] or 0.0, 2)

        receivable = cls.guarantor.with_company(company).property_account_receivable_id
        return {
            "guarantor": balance(receivable),
            "insurance": balance(company.dental_insurance_receivable_account_id),
            "allocate": balance(company.dental_allocation_account_id),
            "adjustment": balance(company.dental_adjustment_account_id),
        }


class DentalInsuranceCase(DentalInsuranceSetup, TransactionCase):
    """The usual start of a scenario about payers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()
        cls._setup_insurance()
