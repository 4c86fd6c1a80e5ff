# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import DentalInsuranceCase
from .x12 import answers

# The crown of 1,150 as it is expected: 435 paid, 485 left, 230 given up.
USUAL = (("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435))
TURNED = tuple((group, reason, -amount) for group, reason, amount in USUAL)


class RemittanceRules(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim, cls.raw = cls._sent("crown")
        cls.union = cls.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        cls.traces = 0

    def _told(self, cuts=USUAL, claim=None, sign=1, lines=True, **values):
        """What the payer says of the crown."""
        charge = Decimal(1150 * sign)
        paid = charge - sum(Decimal(str(amount)) for _group, _reason, amount in cuts)
        claim = claim or self.claim
        row = {"code": "X2740", "charge": charge, "paid": paid, "date": claim.date_service}
        told = {"number": claim.number, "charge": charge, "paid": paid}
        told |= {"lines": [{**row, "adjustments": cuts}]} if lines else {"adjustments": cuts}
        return told | {"status": "22" if sign < 0 else "1"} | values

    def _import(self, *told, **values):
        type(self).traces += 1
        values = {"trace": f"RULE{self.traces}", "when": date.today(), **values}
        return self._receive(answers.era(told, **values)).remittance_ids

    def _post(self, *told, **values):
        remittance = self._import(*told, **values)
        remittance.action_post()
        return remittance

    def assertLedger(self, guarantor, insurance, adjustment, allocate=0.0):
        want = {"guarantor": guarantor, "insurance": insurance}
        want |= {"adjustment": adjustment, "allocate": allocate}
        self.assertEqual(self._balances(), want)


@tagged("post_install", "-at_install")
class TestMatchingRules(RemittanceRules):
    """Whose number it is, and what stays as a person chose it."""

    def _unions_claim(self):
        """A claim of the same person to another payer, for another crown."""
        self.coverage.active = False
        self._cover(self.patient, self._new_plan("Union", self.union, crown=920.0), "M100", 2)
        _visit, claim = self._done("crown", days_ago=30)
        return claim

    def test_payers_number_belongs_to_its_payer(self):
        other = self._unions_claim()
        (self.claim | other).sudo().write({"payer_number": "P77"})
        said = self._told(number="0", payer_number="P77")
        ours = self._import(said).claim_ids
        self.assertRecordValues(ours, [{"claim_id": self.claim.id, "matched_by": "payer_number"}])
        theirs = self._import(said, payer={"name": "Union Dental", "id": "UNI1"}).claim_ids
        self.assertEqual(theirs.claim_id, other)
        self.claim.sudo().payer_number = False
        alone = self._import(said, payer={"name": "Harbor Dental Plan", "id": "HARB1"})
        self.assertFalse(alone.claim_ids.claim_id, "the number is another payer's")

    def test_number_of_an_unknown_payer_finds_nothing(self):
        self.claim.sudo().payer_number = "P77"
        nobody = {"name": "Somebody Else", "id": "NOID"}
        said = self._told(number="0", payer_number="P77")
        self.assertFalse(self._import(said, payer=nobody).claim_ids.claim_id)
        _visit, known, _raw = self._sent("exam", days_ago=3)
        beside = {"number": known.number, "charge": 0, "paid": 0}
        told = self._import(said, beside, payer=nobody).claim_ids
        self.assertIn(self.claim, told.claim_id, "the claim beside it tells whose money it is")

    def test_reversal_by_the_number_of_an_earlier_answer(self):
        self._post(self._told(payer_number="H-1"))
        more = {"number": self.claim.number, "charge": 0, "paid": 0, "payer_number": "H-2"}
        self._post(more)
        self.assertEqual(self.claim.payer_number, "H-2")
        back = self._told(TURNED, sign=-1, number="0", payer_number="H-1")
        remittance = self._import(back, amount=435, method="ACH")
        self.assertEqual(remittance.claim_ids.claim_id, self.claim)

    def test_member_id_at_two_payers(self):
        other = self._unions_claim()
        member = {"number": "0", "last": "Kowalski", "first": "Marta", "member_id": "M100"}
        self.assertEqual(self._import(self._told(**member)).claim_ids.claim_id, self.claim)
        union = {"name": "Union Dental", "id": "UNI1"}
        told = self._told(claim=other, **member)
        self.assertEqual(self._import(told, payer=union).claim_ids.claim_id, other)

    def test_family_under_one_member_id(self):
        child = self._new_patient("Ola", "Kowalski")
        self.env["dental.insurance.coverage"].create(
            {
                "patient_id": child.id,
                "policy_id": self.coverage.policy_id.id,
                "sequence": 1,
                "relation": "child",
            }
        )
        visit = self._new_visit("crown", patient=child)
        self._check_out(visit)
        hers = self._claims(visit)
        self.assertEqual(hers.date_service, self.claim.date_service)
        told = {"number": "0", "last": "KOWALSKI", "member_id": "M100"}
        names = {"MARTA": self.claim, "OLA": hers, "": self.env["dental.claim"]}
        for first, claim in names.items():
            found = self._import(self._told(first=first, **told)).claim_ids
            self.assertEqual(found.claim_id.ids, claim.ids, first)

    def test_match_again_keeps_what_was_found_or_chosen(self):
        visit = self._new_visit("crown", "exam", days_ago=5)
        self._check_out(visit)
        claim = self._claims(visit)
        crown, exam = claim.line_ids.sorted("sequence")
        rows = [
            {"code": line.code, "charge": line.fee, "paid": line.fee, "date": claim.date_service}
            for line in (crown, exam)
        ]
        rows[1]["code"] = "X0000"
        told = {"number": claim.number, "charge": claim.charge, "paid": claim.charge}
        remittance = self._import({**told, "lines": rows})
        known, loose = remittance.claim_ids.line_ids.sorted("sequence")
        self.assertEqual((known.claim_line_id, loose.claim_line_id.id), (crown, False))
        remittance.action_match()
        self.assertEqual((known.claim_line_id, loose.claim_line_id.id), (crown, False))
        loose.claim_line_id = exam
        remittance.claim_ids.line_ids._match()
        self.assertEqual((known.claim_line_id, loose.claim_line_id), (crown, exam))
        remittance.claim_ids.claim_id = self.claim
        self.assertNotIn(exam, remittance.claim_ids.line_ids.claim_line_id)

    def test_line_with_a_key_is_not_taken_by_its_twin(self):
        visit = self._new_visit("crown", "crown", days_ago=5)
        first, second = visit.procedure_ids.sorted("sequence")
        second.tooth = "15" if first.tooth != "15" else "14"
        self._check_out(visit)
        claim = self._claims(visit)
        one, two = claim.line_ids.sorted("sequence")
        row = {"code": "X2740", "charge": 1150, "paid": 1150, "date": claim.date_service}
        told = {"number": claim.number, "charge": 2300, "paid": 2300}
        lines = self._import({**told, "lines": [row, {**row, "key": one.key}]}).claim_ids.line_ids
        self.assertEqual(lines.sorted("sequence").mapped("claim_line_id"), two | one)


@tagged("post_install", "-at_install")
class TestAnswerRules(RemittanceRules):
    """What is told twice, taken back, corrected, or belongs to no service."""

    def test_payment_after_a_refusal_gives_up_once(self):
        """Refused for a missing picture, sent again, paid; nothing is taken back in between."""
        refused = (("CO", "45", 230), ("CO", "252", 920))
        self._post(self._told(refused, status="4"))
        self.assertEqual(self.claim.line_ids.contract_cut, 230.0)
        self._post(self._told())
        self.assertLedger(485.0, 0.0, 230.0)
        self.assertRecordValues(
            self.claim.line_ids,
            [{"contract_cut": 230.0, "patient_cut": 485.0, "deductible_taken": 50.0}],
        )

    def test_refusal_and_payment_without_lines(self):
        refused = (("CO", "45", 230), ("CO", "252", 920))
        self._post(self._told(refused, status="4", lines=False))
        self._post(self._told(lines=False))
        self.assertLedger(485.0, 0.0, 230.0)

    def test_supplement_gives_up_nothing_more(self):
        """40 more of the same fee: 1150 = 40 paid + 230 + 395 + 485 paid before (OA 23 here)."""
        self._post(self._told())
        more = (("CO", "45", 230), ("PR", "2", 445), ("OA", "94", 435))
        self._post(self._told(more))
        self.assertEqual(self.claim.line_ids.contract_cut, 230.0)
        self.assertEqual(self.claim.paid, 475.0)

    def test_correction_that_stands_before_what_it_corrects(self):
        self._post(self._told())
        right = self._told((("CO", "45", 230), ("PR", "2", 435)))
        remittance = self._import(right, self._told(TURNED, sign=-1))
        self.assertEqual(remittance.amount, 50.0)
        paid, back = remittance.claim_ids.sorted("sequence")
        self.assertEqual((paid.expected, paid.difference), (435.0, 50.0))
        self.assertEqual((back.expected, back.difference), (-435.0, 0.0))
        remittance.action_post()
        self.assertRecordValues(self.claim, [{"state": "closed", "paid": 485.0}])
        self.assertLedger(435.0, 0.0, 230.0)
        self.assertEqual((paid.expected, paid.difference), (435.0, 50.0), "told the same later")
        remittance.action_reverse()
        self.assertRecordValues(self.claim, [{"state": "closed", "paid": 435.0}])

    def test_posted_payment_still_tells_what_was_expected(self):
        answer = self._post(self._told((("CO", "45", 230), ("PR", "2", 520)))).claim_ids
        self.assertRecordValues(answer, [{"expected": 435.0, "difference": -35.0}])
        self.assertEqual(
            answer.explanation,
            "Above the contracted fee 230.00 (CO 45); Patient's percentage 520.00 (PR 2)",
        )

    def test_lump_sum_is_taken_back_where_it_was_given(self):
        visit = self._new_visit("crown", "exam", days_ago=5)
        self._check_out(visit)
        claim = self._claims(visit)
        before = self._balances()
        lines = claim.line_ids.sorted("sequence")
        charge = Decimal(str(claim.charge))
        paid = Decimal(str(claim.expected))
        given = Decimal(str(claim.write_off))
        cuts = [("CO", "45", given), ("PR", "2", charge - paid - given)]
        told = {"number": claim.number, "charge": charge, "paid": paid, "adjustments": cuts}
        self._post(told)
        self.assertEqual(len(lines.filtered("paid")), 2)
        back = {"number": claim.number, "charge": -charge, "paid": -paid, "status": "22"}
        back["adjustments"] = [(group, reason, -amount) for group, reason, amount in cuts]
        self._post(back, amount=-paid)
        self.assertEqual(lines.mapped("paid"), [0.0, 0.0])
        self.assertEqual(lines.mapped("contract_cut"), [0.0, 0.0])
        self.assertEqual(self._balances(), before)

    def test_cut_of_a_service_that_is_not_named(self):
        """10 more paid and 10 less given up, told on a line that charges nothing."""
        self._post(self._told())
        row = {"code": "X2740", "charge": 0, "paid": 10, "adjustments": [("CO", "45", -10)]}
        self._post({"number": self.claim.number, "charge": 0, "paid": 10, "lines": [row]})
        self.assertLedger(485.0, 0.0, 220.0)

    def test_amounts_for_no_claim_that_add_up_to_nothing(self):
        remittance = self._import(provider_adjustments=[("WO", "OLD1", 35), ("FB", "OLD1", -35)])
        self.assertRecordValues(remittance, [{"state": "open", "amount": 0.0}])
        account = self.company.dental_insurance_receivable_account_id
        other = self.company.dental_allocation_account_id
        for one in remittance.adjustment_ids:
            one.account_id = account if one.reason == "WO" else other
        remittance.action_post()
        self.assertLedger(715.0 - 230.0, 470.0, 230.0, allocate=-35.0)

    def test_sent_on_to_somebody_else_is_told_on_the_claim(self):
        told = self._told((("OA", "109", 1150),), status="23")
        remittance = self._import(told)
        self.assertEqual(remittance.state, "closed")
        self.assertRecordValues(
            self.claim, [{"state": "sent", "next_action": "Ask where the payer sent it"}]
        )
        self.assertIn("paid 0.00 of 1150.00", self.claim.event_ids[0].text)

    def test_currency_of_another_country_is_held(self):
        raw = answers.era([self._told()], trace="CAD", when=date.today())
        raw = raw.replace(b"TRN*1*", b"CUR*PR*CAD~\nTRN*1*").replace(b"SE*", b"SE*0", 1)
        count = int(raw.split(b"SE*0")[1].split(b"*")[0])
        raw = raw.replace(b"SE*0%d" % count, b"SE*%d" % (count + 1))
        remittance = self._receive(raw).remittance_ids
        self.assertEqual(remittance.state, "held")
        self.assertIn("in CAD, the books are in", remittance.findings)
        with self.assertRaisesRegex(UserError, "CAD"):
            remittance.action_post()

    def test_known_payment_in_a_file_with_a_new_one(self):
        self._post(self._told(), trace="ONE")
        _visit, other, _raw = self._sent("exam", days_ago=3)
        fee = other.charge
        told = [
            answers.era([self._told()], trace="ONE", when=date.today(), control=8),
            answers.era(
                [{"number": other.number, "charge": fee, "paid": fee}],
                trace="TWO",
                when=date.today(),
                control=9,
            ),
        ]
        exchange = self._receive(b"".join(told))
        self.assertEqual(exchange.remittance_ids.mapped("trace"), ["TWO"])
        self.assertLedger(485.0 + fee - other.expected, other.expected, 230.0)

    def test_corrected_name_and_remarks_are_kept(self):
        raw = answers.era([self._told()], trace="NAME", when=date.today())
        person = b"NM1*74*1*KOWALSKA*MARTA****C*M101~\nMOA***MA130*N4~\nSVC*"
        raw = raw.replace(b"SVC*", person, 1)
        count = int(raw.split(b"SE*")[1].split(b"*")[0])
        raw = raw.replace(b"SE*%d" % count, b"SE*%d" % (count + 2))
        answer = self._receive(raw).remittance_ids.claim_ids
        self.assertRecordValues(
            answer, [{"corrected": "KOWALSKA, MARTA M101", "remarks": "MA130 N4"}]
        )

    def test_two_services_alike_in_a_predetermination(self):
        crowns = self._new_procedure("crown") | self._new_procedure("crown")
        crowns[1].tooth = "15" if crowns[0].tooth != "15" else "14"
        precert = self.env["dental.precert"]._open_for(crowns, self.coverage)
        precert.action_send()
        lines = [
            {"code": "X2740", "charge": 1150, "paid": 0, "adjustments": cuts}
            for cuts in (
                [("CO", "45", 230), ("PR", "2", 485), ("OA", "101", 435)],
                [("CO", "45", 230), ("PR", "2", 520), ("PI", "101", 400)],
            )
        ]
        told = {"number": precert.number, "charge": 2300, "paid": 0, "status": "25"}
        self._import({**told, "lines": lines})
        self.assertEqual(precert.line_ids.mapped("plan_amount"), [435.0, 400.0])
        self.assertEqual(precert.line_ids.mapped("patient_amount"), [485.0, 520.0])
        self.assertEqual(precert.state, "approved")


@tagged("post_install", "-at_install")
class TestPostingRules(RemittanceRules):
    """What is typed, what comes twice by different ways, what a trusted payer may not do."""

    def _enter(self, claims, amount, trace="4711"):
        wizard = self.env["dental.remittance.entry"].with_user(self.billing)
        values = {"company_id": self.company.id, "payer_id": self.payer.id, "trace": trace}
        wizard = wizard.create({**values, "amount": amount, "claim_ids": [(6, 0, claims.ids)]})
        return wizard.env["dental.remittance"].browse(wizard.action_enter()["res_id"])

    def test_service_refused_on_paper_is_never_given_up_in_silence(self):
        visit = self._new_visit("crown", "exam", days_ago=5)
        self._check_out(visit)
        claim = self._claims(visit)
        remittance = self._enter(claim, 435.0)
        crown, exam = remittance.claim_ids.line_ids.sorted("sequence")
        exam.write({"paid": 0.0, "by_contract": 0.0, "deductible": 0.0, "denied": exam.charge})
        crown.write({"paid": 435.0, "by_contract": 230.0, "deductible": 50.0})
        self.assertRecordValues(remittance.claim_ids, [{"kind": "payment", "undecided": True}])
        remittance.action_post()
        self.assertRecordValues(
            claim.line_ids.sorted("sequence"),
            [{"settled": True, "written_off": 230.0}, {"settled": False, "written_off": 0.0}],
        )
        self.assertEqual(claim.state, "answered")

    def test_remainder_runs_along_while_it_is_typed(self):
        remittance = self._enter(self.claim, 435.0)
        with Form(remittance) as form:
            self.assertEqual(form.remainder, 0.0)
            with form.line_ids.edit(0) as line:
                line.paid = 400.0
                self.assertEqual(line.patient_rest, 470.0)
            self.assertEqual(form.remainder, 35.0)
        self.assertRecordValues(remittance, [{"remainder": 35.0, "can_post": False}])
        self.assertRecordValues(remittance.claim_ids, [{"paid": 400.0, "patient_share": 520.0}])

    def test_claims_are_found_by_number_or_name_and_added(self):
        _visit, exam, _raw = self._sent("exam", days_ago=3)
        wizard = Form(self.env["dental.remittance.entry"].with_user(self.billing))
        wizard.payer_id, wizard.trace = self.payer, "4712"
        for text in (self.claim.number, exam.number):
            ((found, _name),) = self.claim.name_search(text)
            wizard.find_id = self.claim.browse(found)
            self.assertFalse(wizard.find_id)
        self.assertEqual(wizard.claim_ids.ids, (self.claim | exam).ids)
        self.assertEqual(len(self.claim.name_search("Kowals")), 2)

    def test_letter_and_file_of_one_payment(self):
        self._enter(self.claim, 435.0, "BOTH1").action_post()
        again = self._import(self._told(), trace="BOTH1")
        with self.assertRaisesRegex(UserError, "BOTH1 of this payer is posted already, as REM"):
            again.action_post()
        self.assertEqual(self.claim.paid, 435.0)
        self._post(self._told((("CO", "45", 1140),)), trace="OTHER")
        self.assertEqual(self.claim.paid, 445.0)

    def _why(self, *told, **values):
        self.payer.dental_auto_post = "decided"
        remittance = self._import(*told, **values)
        self.assertEqual(remittance.state, "open")
        return remittance._why_by_hand()

    def test_reason_never_seen_is_looked_at(self):
        told = self._told((("CO", "45", 230), ("PR", "P99", 485)))
        self.assertIn("Reasons to look at: P99", self._why(told))

    def test_claim_answered_before_is_looked_at(self):
        self._post(self._told())
        self.assertIn("answered before", self._why(self._told()))

    def test_claim_of_another_payer_is_looked_at(self):
        self._new_plan("Union", self.union)
        self.union.dental_auto_post = "decided"
        why = self._why(self._told(), payer={"name": "Union Dental", "id": "UNI1"})
        self.assertIn("put to another payer", why)

    def test_earlier_payer_must_be_told_as_it_is_booked(self):
        plan = self._new_plan("Union", self.union, kind="percentage")
        self._cover(self.patient, plan, "U1", sequence=2)
        _visit, claims = self._done("crown", days_ago=9)
        first, second = claims.sorted(lambda one: one.coverage_id.sequence)
        first.action_send()
        self._post(self._told(claim=first))
        second.action_send()
        self.union.dental_auto_post = "decided"
        union = {"name": "Union Dental", "id": "UNI1"}
        wrong = self._told((("OA", "23", 700), ("PR", "2", 100)), second, status="2")
        self.assertIn("earlier payer", self._why(wrong, payer=union))
        right = self._told((("OA", "23", 665), ("PR", "2", 100)), second, status="2")
        remittance = self._import(right, payer=union)
        self.assertEqual(remittance.state, "posted")
        self.assertEqual((first.paid, second.paid), (435.0, 385.0))
