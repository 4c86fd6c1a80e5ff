# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged


@tagged("-standard", "dental_demo", "post_install", "-at_install")
class TestDemoClinic(HttpCase):
    """The demo clinic is whole, its ledger is true, and a coordinator finds her way in it."""

    def _count(self, model, domain=()):
        return self.env[model].search_count(list(domain))

    def test_it_is_a_clinic(self):
        least = {
            "dental.provider": 5,
            "dental.operatory": 5,
            "dental.patient": 60,
            "dental.family": 40,
            "dental.insurance.plan": 6,
            "dental.request": 4,
            "dental.referral": 3,
            "dental.recall": 20,
            "dental.statement": 2,
            "dental.precert": 3,
        }
        self.assertEqual({m: n for m, n in least.items() if self._count(m) < n}, {})
        claims = {"made", "held", "accepted", "rejected", "closed"}
        self.assertLessEqual(claims, set(self.env["dental.claim"].search([]).mapped("state")))
        self.assertEqual(self._count("dental.remittance", [("state", "=", "open")]), 1)

    def test_what_payers_owe_is_what_open_claims_expect(self):
        account = self.env.company.dental_insurance_receivable_account_id
        booked = dict(
            self.env["account.move.line"]._read_group(
                [("account_id", "=", account.id), ("parent_state", "=", "posted")],
                ["partner_id"],
                ["balance:sum"],
            )
        )
        expected = dict(
            self.env["dental.claim"]._read_group(
                [("state", "!=", "void")], ["payer_id"], ["open_amount:sum"]
            )
        )
        for payer, amount in expected.items():
            self.assertAlmostEqual(booked.get(payer, 0.0), amount, 2, payer.name)

    def test_the_coordinators_day(self):
        self.start_tour("/odoo/dental-today", "dental_demo_day", login="coordinator")
