# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase
from .x12 import answers


def as_expected(claim, line):
    return [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]


@tagged("post_install", "-at_install")
class TestBadInput(DentalInsuranceCase):
    """What cannot be used is kept raw and refused by segment and reason; nothing is posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        _visit, cls.claim, raw = cls._sent("crown")
        cls.era = answers.era_for(raw, as_expected)
        cls.before = cls._balances()

    def assertRefused(self, raw, *words, **values):
        exchange = self._receive(raw)
        self.assertEqual(exchange.state, "refused")
        self.assertEqual(exchange._bytes(), raw, "kept as it came")
        for word in words:
            self.assertIn(word, exchange.error)
        self.assertRecordValues(exchange, [values])
        self.assertEqual(self._balances(), self.before)
        self.assertRecordValues(self.claim, [{"state": "sent", "paid": 0.0}])
        return exchange

    def test_not_x12(self):
        self.assertRefused(b"Dear clinic, your payment is on its way.")
        self.assertRefused(b"%PDF-1.7 and so on")

    def test_cut_off(self):
        exchange = self.assertRefused(self.era[:-40], kind="835")
        self.assertFalse(exchange.remittance_ids)

    def test_broken_count(self):
        broken = self.era.replace(b"SE*", b"SE*9")
        self.assertRefused(broken, "SE", segment="SE")

    def test_wrong_kind(self):
        ours = self.claim.exchange_id._bytes()
        self.assertRefused(ours, "is not read here", segment="ST", kind="837D")

    def test_does_not_balance(self):
        """Held for review with its reason; Post is refused."""
        wrong = self.era.replace(b"BPR*I*435*", b"BPR*I*436*")
        self.assertNotEqual(wrong, self.era)
        exchange = self._receive(wrong)
        self.assertEqual(exchange.state, "waiting")
        remittance = exchange.remittance_ids
        self.assertRecordValues(remittance, [{"state": "held", "can_post": False}])
        self.assertIn("436", remittance.findings)
        with self.assertRaisesRegex(UserError, "does not balance"):
            remittance.action_post()
        self.assertEqual(self._balances(), self.before)

    def test_line_does_not_balance(self):
        wrong = self.era.replace(b"CAS*CO*45*230~", b"CAS*CO*45*200~")
        self.assertNotEqual(wrong, self.era)
        remittance = self._receive(wrong).remittance_ids
        self.assertEqual(remittance.state, "held")
        with self.assertRaises(UserError):
            remittance.action_post()

    def test_every_cut_is_refused_without_a_traceback(self):
        for size in range(1, len(self.era) - 2, 97):
            exchange = self._receive(self.era[:size])
            self.assertEqual(exchange.state, "refused", size)
        self.assertEqual(self._balances(), self.before)

    def test_imported_before(self):
        first = self._receive(self.era)
        with self.assertRaisesRegex(UserError, f"imported before: {first.number}.*Nothing"):
            self._receive(self.era)

    def test_refused_before_is_told_too(self):
        first = self._receive(self.era[:-40])
        with self.assertRaisesRegex(UserError, f"{first.number}.*refused"):
            self._receive(self.era[:-40])

    def test_database_refuses_the_same_file_and_payment(self):
        exchange = self._receive(self.era).sudo()
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            exchange.create(
                {
                    "direction": "in",
                    "raw": exchange.raw,
                    "sha256": exchange.sha256,
                    "company_id": self.company.id,
                }
            )
        remittance = exchange.remittance_ids
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            remittance.copy({"key": remittance.key})

    def test_database_refuses_a_second_entry_of_a_remittance(self):
        remittance = self._receive(self.era).remittance_ids
        remittance.action_post()
        move = remittance.sudo().move_id
        twin = {"dental_kind": "remittance", "dental_remittance_id": remittance.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            move.copy({**twin, "dental_posting": move.dental_posting})

    def test_other_clinics_payment_may_have_the_same_numbers(self):
        self._receive(self.era)
        other = self.env["res.company"].create({"name": "Hill Dental"})
        self.billing.company_ids |= other
        wizard = self.env["dental.exchange.import"].with_user(self.billing).with_company(other)
        exchange = wizard.env["dental.exchange"]._receive(self.era, "file.edi")
        self.assertRecordValues(exchange, [{"company_id": other.id, "state": "waiting"}])
        self.assertFalse(exchange.remittance_ids.claim_ids.claim_id, "not this clinic's claim")

    def test_coverage_cannot_be_first_twice(self):
        second = self._new_plan("Second")
        with self.assertRaises(ExclusionViolation), mute_logger("odoo.sql_db"):
            self._cover(self.patient, second, "S1", sequence=1)

    def test_relation_must_fit_the_holder(self):
        with self.assertRaisesRegex(ValidationError, "held by"):
            self.coverage.relation = "child"

    def test_member_id_stands_on_one_policy(self):
        other = self._new_patient("Ida", "Holm")
        with self.assertRaisesRegex(ValidationError, "Member id m100.*already on policy"):
            self._cover(other, self.plan, "m100")

    def test_clinic_npi_is_checked(self):
        with self.assertRaisesRegex(ValidationError, "1234567890 is wrong"):
            self.company.dental_npi = "1234567890"

    def test_rule_without_a_value_is_no_rule(self):
        with self.assertRaisesRegex(ValidationError, "its value is missing"):
            self._rule("frequency", category="diagnostic", quantity=0, period="months")

    def test_claim_without_tooth_is_held_with_field_and_remedy(self):
        line = self.claim.sudo().line_ids
        line.tooth = False
        self.claim._check_gaps()
        (gap,) = self.claim.gaps
        self.assertIn("needs a tooth", gap["message"])
        self.assertEqual(gap["remedy"], "Choose the tooth.")
        self.assertEqual((gap["model"], gap["res_id"]), ("dental.procedure", line.procedure_id.id))

    def test_file_is_never_deleted(self):
        exchange = self._receive(self.era)
        with self.assertRaises(UserError):
            exchange.sudo().unlink()
