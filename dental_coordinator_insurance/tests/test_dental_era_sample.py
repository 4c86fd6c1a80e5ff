# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12.files import sample

# code: (charge, contracted fee) of the published remittance, claim 7722337
LINES = {
    "D0120": (46, 25),
    "D0220": (25, 14),
    "D0230": (22, 10),
    "D0274": (60, 34),
    "D1110": (73, 49),
}


@tagged("post_install", "-at_install")
class TestDentalEraSample(DentalInsuranceCase):
    """The published dental remittance, posted as published: 226 billed, 94 cut, 132 paid."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = sample("835/dental-era-sample.edi")
        for code, (charge, _contracted) in LINES.items():
            cls.codes[code] = cls._new_code(code, f"Service {code}", "diagnostic", "none", charge)
        cls.delta = cls.env["res.partner"].create(
            {"name": "Delta Dental of ABC", "is_company": True, "dental_payer_code": "DELTA"}
        )
        plan = cls._new_plan(
            "Delta PPO", payer=cls.delta, **{code: fee for code, (_c, fee) in LINES.items()}
        )
        cls._rule("percent", plan, category="diagnostic", percent=100, deductible_applies="no")
        cls._rule("maximum", plan, unlimited=True)
        cls.sally = cls._new_patient(
            "Sally", "Doe", birth_date="1990-01-01", sex="F", **cls.address
        )
        cls.sally.guarantor_id = cls.guarantor
        cls._cover(cls.sally, plan, "SJD11111")
        visit = cls._new_visit(*LINES, patient=cls.sally)
        cls._check_out(visit)
        cls.claim = cls._claims(visit)
        cls.claim.number = "7722337"
        cls.claim.action_send()
        cls.visit = visit

    def test_posted_as_published_and_the_ledger_closes(self):
        self.assertRecordValues(
            self.claim,
            [{"charge": 226.0, "expected": 132.0, "write_off": 94.0, "open_amount": 132.0}],
        )
        remittance = self._receive(self.raw).remittance_ids
        self.assertRecordValues(
            remittance,
            [
                {
                    "amount": 132.0,
                    "trace": "12345",
                    "method": "CHK",
                    "payer_id": self.delta.id,
                    "can_post": True,
                }
            ],
        )
        self.assertRecordValues(
            remittance.claim_ids,
            [{"claim_id": self.claim.id, "matched_by": "number", "charge": 226.0, "paid": 132.0}],
        )
        self.assertEqual(
            [line.claim_line_id.code for line in remittance.claim_ids.line_ids], [*LINES]
        )
        cuts = remittance.claim_ids.line_ids.adjustment_ids
        self.assertEqual(sum(cuts.mapped("amount")), 94.0)
        self.assertEqual(set(cuts.mapped("decision")), {"contractual"})
        remittance.action_post()
        self.assertEqual(
            self._balances(),
            {"guarantor": 0.0, "insurance": 0.0, "allocate": 0.0, "adjustment": 94.0},
        )
        self.assertRecordValues(
            self.claim,
            [
                {
                    "state": "closed",
                    "paid": 132.0,
                    "open_amount": 0.0,
                    "payer_number": "119932404007801",
                }
            ],
        )
        self.assertEqual(self._invoice(self.visit).payment_state, "paid")

    def test_again_changes_nothing(self):
        remittance = self._receive(self.raw).remittance_ids
        remittance.action_post()
        before = self._balances()
        with self.assertRaises(UserError):
            remittance.action_post()
        with self.assertRaisesRegex(UserError, "imported before"):
            self._receive(self.raw)
        self.assertEqual(self._balances(), before)
        self.assertEqual(len(self.env["dental.remittance"].search([])), 1)
