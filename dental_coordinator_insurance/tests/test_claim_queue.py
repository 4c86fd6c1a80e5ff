# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, time, timedelta

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalInsuranceCase
from .x12 import answers


class QueueCase(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.payer.dental_appeal_days = 180
        cls.today = fields.Date.today()

    def _deny(self, claim, reason="252", trace="DENY", post=True):
        raw = answers.era(
            [
                {
                    "number": claim.number,
                    "charge": int(claim.charge),
                    "paid": 0,
                    "status": "4",
                    "payer_number": "P77",
                    "lines": [
                        {
                            "code": line.code,
                            "key": line.key,
                            "charge": int(line.fee),
                            "paid": 0,
                            "adjustments": [("CO", reason, int(line.fee))],
                        }
                        for line in claim.line_ids
                    ],
                }
            ],
            trace=trace,
            when=date.today(),
        )
        remittance = self._receive(raw).remittance_ids
        if post:
            remittance.action_post()
        return remittance


@tagged("post_install", "-at_install")
class TestOutstanding(QueueCase):
    """Whose turn it is, until when, and what is said when nothing is heard."""

    def test_follow_up_of_several_claims_at_once(self):
        _visit, one, _raw = self._sent("crown")
        _visit, two, _raw = self._sent("exam")
        both = one | two
        action = both.action_follow_up()
        wizard = self.env["dental.claim.follow.up"].with_user(self.billing)
        wizard = wizard.with_context(**action["context"]).create(
            {
                "tracking_id": self.env.ref("dental_coordinator_insurance.tracking_on_file").id,
                "note": "Ms Reed, call 4711",
            }
        )
        wizard.action_note()
        quiet = self.today + timedelta(days=14)
        self.assertRecordValues(
            both,
            [
                {"suppress_until": quiet, "next_date": quiet, "next_action": "Ask again"},
                {"suppress_until": quiet, "next_date": quiet, "next_action": "Ask again"},
            ],
        )
        self.assertIn("On file, being processed: Ms Reed, call 4711", one.event_ids.mapped("text"))

    def test_status_that_wants_a_reason(self):
        _visit, claim, _raw = self._sent("crown")
        review = self.env.ref("dental_coordinator_insurance.tracking_review")
        wizard = self.env["dental.claim.follow.up"].with_user(self.billing)
        wizard = wizard.create({"claim_ids": [(6, 0, claim.ids)], "tracking_id": review.id})
        with self.assertRaisesRegex(UserError, "what was learnt"):
            wizard.action_note()

    def test_age_and_clocks(self):
        self.payer.dental_filing_days = 365
        visit, claim, _raw = self._sent("crown")
        claim.sent_on = self.today - timedelta(days=40)
        self.assertEqual(claim.age_days, 40)
        self.assertEqual(claim.filing_deadline, claim.date_service + timedelta(days=365))
        self.assertFalse(claim.appeal_deadline)
        self._deny(claim)
        self.assertEqual(claim.appeal_deadline, self.today + timedelta(days=180))
        claim._decide("bill_patient")
        self.assertFalse(claim.appeal_deadline)

    def test_payers_clock_runs_from_its_own_date(self):
        """Denied on 15 November 2025, read later: 180 days from there end on 14 May 2026."""
        _visit, claim, _raw = self._sent("crown")
        with freeze_time("2025-11-15"):
            remittance = self._deny(claim, post=False)
        remittance.action_post()
        self.assertRecordValues(
            claim, [{"answered_on": date(2025, 11, 15), "appeal_deadline": date(2026, 5, 14)}]
        )

    def test_clocks_over_the_end_of_a_month_and_a_year(self):
        """31 January + 30 days; 30 November 2023 + 90 days, the 29th of February being one."""
        _visit, claim, _raw = self._sent("crown")
        for done, days, until in (
            (date(2026, 1, 31), 30, date(2026, 3, 2)),
            (date(2023, 11, 30), 90, date(2024, 2, 28)),
            (date(2023, 12, 31), 60, date(2024, 2, 29)),
            (date(2025, 12, 31), 365, date(2026, 12, 31)),
        ):
            self.payer.dental_filing_days = days
            claim.date_service = done
            self.assertEqual(claim.filing_deadline, until)
        claim.line_ids.date = date(2025, 11, 30)
        self.assertEqual(claim.filing_deadline, date(2026, 11, 30), "the first service counts")

    def test_what_left_without_a_file_is_not_waited_for(self):
        _visit, claim, _raw = self._sent("crown")
        claim.sudo().write({"sent_on": self.today - timedelta(days=9), "exchange_id": False})
        self.env["dental.claim"]._cron_late_acknowledgments()
        self.assertFalse(claim.alarm)

    def test_undone_sending_is_no_longer_silent(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.ack_999(raw))
        claim.action_undo_sending()
        claim.action_send()
        claim.sent_on = self.today - timedelta(days=1)
        self.env["dental.claim"]._cron_late_acknowledgments()
        self.assertTrue(claim.alarm, "what was heard of the first file counts for that one")
        claim.action_undo_sending()
        self.assertFalse(claim.alarm)

    def _hand_over(self, claims, **vals):
        wizard = self.env["dental.claim.handing"].with_user(self.billing)
        return wizard.create({"claim_ids": [(6, 0, claims.ids)], **vals}).action_note()

    def test_sent_on_paper(self):
        """What only a file needs holds up no letter, and nobody waits for its acknowledgment."""
        self.payer.dental_payer_code = False
        _visit, claim = self._done("crown")
        self.assertEqual(claim.state, "held")
        day = self.today - timedelta(days=4)
        self._hand_over(claim, reference="RR 123", day=day)
        self.assertRecordValues(
            claim,
            [
                {
                    "state": "sent",
                    "sent_on": day,
                    "next_action": "Ask for the answer",
                    "next_date": self.today + timedelta(days=30),
                    "exchange_id": False,
                }
            ],
        )
        last = claim.event_ids.sorted("id")[-1]
        self.assertRecordValues(last, [{"kind": "sent", "text": "By mail, RR 123"}])
        self.assertEqual(last.user_id, self.billing)
        self.env["dental.claim"]._cron_late_acknowledgments()
        self.assertFalse(claim.alarm)
        with self.assertRaisesRegex(UserError, "is sent already"):
            self._hand_over(claim)
        claim.action_undo_sending()
        self.assertEqual(claim.state, "made")
        with self.assertRaisesRegex(UserError, "not come yet"):
            self._hand_over(claim, day=self.today + timedelta(days=1))

    def test_on_paper_too_the_first_payer_comes_first(self):
        union = self.env["res.partner"].create({"name": "Union", "is_company": True})
        self._cover(self.patient, self._new_plan("Union", payer=union), "U1", sequence=2)
        _visit, claims = self._done("crown")
        later = claims.filtered(lambda one: one.payer_id == union)
        with self.assertRaisesRegex(UserError, "answer of the payer before it"):
            self._hand_over(later)
        self.assertFalse(later.sent_on)

    def test_replacement_begun_by_mistake(self):
        _visit, claim, raw = self._sent("crown")
        with self.assertRaisesRegex(UserError, "no replacement or void"):
            claim.action_keep_first()
        self._receive(answers.claim_ack(raw))
        claim.action_replace()
        claim.action_keep_first()
        self.assertRecordValues(claim, [{"state": "accepted", "frequency": "1"}])
        self._deny(claim)
        claim.action_take_back()
        claim.action_keep_first()
        self.assertRecordValues(
            claim, [{"state": "answered", "frequency": "1", "answered_on": self.today}]
        )

    def test_silence_is_an_alarm_and_an_answer_ends_it(self):
        _visit, claim, raw = self._sent("crown")
        claims = self.env["dental.claim"]
        claims._cron_late_acknowledgments()
        self.assertFalse(claim.alarm, "written today")
        claim.sent_on = self.today - timedelta(days=1)
        claims._cron_late_acknowledgments()
        self.assertEqual(claim.alarm, "No acknowledgment of the file since 1 days")
        self._receive(answers.ack_999(raw))
        self.assertFalse(claim.alarm)
        claim.sent_on = self.today - timedelta(days=3)
        claims._cron_late_acknowledgments()
        self.assertRecordValues(
            claim,
            [
                {
                    "alarm": "No acknowledgment of the claim since 3 days",
                    "next_action": "Ask the receiver of the files",
                    "next_date": self.today,
                }
            ],
        )
        self._receive(answers.claim_ack(raw))
        self.assertFalse(claim.alarm)

    def test_an_early_answer_east_of_greenwich_is_heard(self):
        self.company.resource_calendar_id.tz = "Asia/Tokyo"
        _visit, claim, _raw = self._sent("crown")
        midnight = datetime.combine(claim.sent_on, time())
        late = claim.sent_on + timedelta(days=9)
        self.assertTrue(claim._late_text(late))
        claim.event_ids = [
            Command.create({"kind": "277CA", "text": "Taken", "at": midnight - timedelta(hours=1)})
        ]
        self.assertEqual(claim._late_text(late), "", "eight in the morning of the same day")

    def test_replacement_goes_out_under_the_payers_number(self):
        _visit, claim, raw = self._sent("crown")
        with self.assertRaisesRegex(UserError, "has not taken it"):
            claim.action_replace()
        self._receive(answers.claim_ack(raw))
        claim.action_replace()
        self.assertRecordValues(claim, [{"state": "made", "frequency": "7"}])
        claim.action_send()
        said = claim.exchange_id._bytes()
        self.assertIn(b":B:7*", said)
        self.assertIn(b"REF*F8*P000001~", said)

    def test_replacement_needs_the_payers_number(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw))
        claim.payer_number = False
        with self.assertRaisesRegex(UserError, "own number is not known"):
            claim.action_replace()

    def test_void_at_the_payer_keeps_the_books_until_it_answers(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw))
        before = self._balances()
        claim.action_take_back()
        claim.action_send()
        self.assertIn(b":B:8*", claim.exchange_id._bytes())
        self.assertEqual(self._balances(), before)

    def test_status_asked_and_told(self):
        _visit, claim, raw = self._sent("crown")
        self._receive(answers.claim_ack(raw))
        claim.action_ask_status()
        asked = self.env["dental.exchange"].search([("kind", "=", "276")])
        said = asked._bytes()
        self.assertIn(f"REF*EJ*{claim.number}~".encode(), said)
        self.assertIn(b"REF*1K*P000001~", said)
        before = self._balances()
        exchange = self._receive(self._status(claim, "P1:20"))
        self.assertEqual((exchange.kind, exchange.state), ("277", "read"))
        quiet = self.today + timedelta(days=14)
        self.assertRecordValues(claim, [{"next_action": "Ask again", "suppress_until": quiet}])
        self.assertIn("277", claim.event_ids.mapped("kind"))
        self._receive(self._status(claim, "F1:65", control=2))
        self.assertEqual(claim.next_action, "Look for the payment or the denial")
        self.assertEqual(self._balances(), before, "no money is booked of a status")

    def test_status_of_a_claim_that_the_payer_does_not_know(self):
        _visit, claim, _raw = self._sent("crown")
        self._receive(self._status(claim, "A4:35"))
        self.assertRecordValues(
            claim,
            [
                {
                    "next_action": "The payer does not know it: send it again",
                    "next_date": self.today,
                    "suppress_until": False,
                }
            ],
        )

    def test_status_is_asked_of_what_is_out(self):
        _visit, claim = self._done("crown")
        with self.assertRaisesRegex(UserError, "nothing to ask"):
            claim.action_ask_status()

    def _status(self, claim, status, control=1):
        """The 277 on one claim."""
        day = f"{self.today:%Y%m%d}"
        rows = [
            ["BHT", "0010", "08", "S1", day, "0915", "DG"],
            ["HL", "1", "", "20", "1"],
            ["NM1", "PR", "2", "HARBOR", "", "", "", "", "PI", "HARB1"],
            ["HL", "2", "1", "21", "1"],
            ["NM1", "41", "2", "MILLPOND", "", "", "", "", "46", "CLINIC"],
            ["HL", "3", "2", "19", "1"],
            ["NM1", "1P", "2", "MILLPOND", "", "", "", "", "XX", "1234567893"],
            ["HL", "4", "3", "22", "0"],
            ["NM1", "IL", "1", "KOWALSKI", "MARTA", "", "", "", "MI", "M100"],
            ["TRN", "2", claim.number],
            ["STC", status, day, "", "1150"],
            ["REF", "EJ", claim.number],
        ]
        return answers._file("HN", "277", "005010X212", rows, answers.WHEN, control)


@tagged("post_install", "-at_install")
class TestAppeal(QueueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _visit, cls.claim, _raw = cls._sent("crown")

    def setUp(self):
        super().setUp()
        self._deny(self.claim)

    def test_letter_is_made_of_facts(self):
        self.claim._decide("appeal")
        appeal = self.claim.appeal_ids
        self.assertRecordValues(
            appeal,
            [
                {
                    "level": 1,
                    "state": "draft",
                    "at_stake": 435.0,
                    "deadline": self.today + timedelta(days=180),
                }
            ],
        )
        for fact in (self.claim.number, "P77", "M100", "X2740 36 1150.00", appeal.denial):
            self.assertIn(fact, appeal.letter)
        self.assertNotIn("Kowalski", appeal.letter)

    def test_rounds_and_money_recovered(self):
        self.claim.action_appeal()
        first = self.claim.appeal_ids
        first.action_send()
        self.assertRecordValues(
            self.claim,
            [{"next_action": "Ask for the decision", "next_date": self.today + timedelta(days=30)}],
        )
        with self.assertRaisesRegex(UserError, "next level"):
            first.letter = "Another letter"
        first.outcome = "Not shown to be necessary"
        self.assertFalse(self.claim.appeal_deadline, "it is out: nothing is to be done in time")
        first.action_lost()
        first.decided_on = self.today + timedelta(days=40)  # it took the payer so long
        self.assertIn("Not shown to be necessary", self.claim.event_ids[0].text)
        first.action_next_level()
        second = self.claim.appeal_ids - first
        self.assertEqual(second.level, 2)
        until = self.today + timedelta(days=220)
        self.assertEqual(second.deadline, until, "180 days from the first decision")
        self.assertEqual(self.claim.appeal_deadline, second.deadline)
        second.action_send()
        second.action_won()
        self.assertEqual(self._balances()["insurance"], 435.0, "nothing is booked of a promise")
        rows = [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        line = {"code": "X2740", "key": self.claim.line_ids.key, "charge": 1150, "paid": 435}
        one = {"number": self.claim.number, "charge": 1150, "paid": 435}
        one["lines"] = [{**line, "adjustments": rows}]
        self._receive(answers.era([one], trace="WON")).remittance_ids.action_post()
        self.assertEqual(second.recovered, 435.0)
        self.assertEqual(self.claim.state, "closed")

    def test_one_appeal_at_a_time(self):
        self.claim.action_appeal()
        self.assertEqual(self.claim.action_appeal()["res_id"], self.claim.appeal_ids.id)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self.claim.appeal_ids.copy()
            self.env.flush_all()

    def test_only_what_was_answered_is_appealed(self):
        _visit, other, _raw = self._sent("exam")
        with self.assertRaisesRegex(UserError, "nothing to appeal"):
            other.action_appeal()

    def test_letter_is_printed_and_kept(self):
        self.claim.action_appeal()
        appeal = self.claim.appeal_ids
        appeal.action_send()
        appeal.action_print()
        self.assertTrue(appeal.document_sha256)
        self.assertTrue(appeal.document_name.startswith(appeal.number.replace("/", "-")))


@tagged("post_install", "-at_install")
class TestDenialMemory(QueueCase):
    """What a payer denied before is said before the next one goes out."""

    def _deny_three(self):
        for number in range(3):
            visit = self._new_visit("crown", days_ago=number + 1)
            visit.procedure_ids.tooth = ("16", "26", "46")[number]
            self._check_out(visit)
            claim = self._claims(visit)
            claim.action_send()
            remittance = self._deny(claim, trace=f"DENY{number}")
        return remittance

    def test_three_denials_are_told_with_their_counts(self):
        self._deny_three()
        _visit, claim = self._done("crown")
        self.assertIn("Harbor Dental Plan denied 3 of 3 of X2740", claim.hints_html)
        self.assertIn("Attach: X-rays", claim.hints_html)
        claim.enclosure_ids = [(0, 0, {"kind": "RB"})]
        self.assertFalse(claim.hints_html, "it is attached")
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_hint_never_blocks(self):
        self._deny_three()
        _visit, claim = self._done("crown")
        claim.action_send()
        self.assertEqual(claim.state, "sent")

    def test_two_are_no_habit_and_reversed_ones_are_forgotten(self):
        remittance = self._deny_three()
        denials = self.env["dental.claim.denial"].search([])
        self.assertEqual(len(denials), 3)
        remittance.action_reverse()
        self.assertEqual(len(denials.exists()), 2)
        _visit, claim = self._done("crown")
        self.assertFalse(claim.hints_html)

    def test_a_person_says_what_was_missing(self):
        self._deny_three()
        denials = self.env["dental.claim.denial"].with_user(self.billing).search([])
        denials.wants = "P6"
        self.assertEqual(denials.fixed_by_id, self.billing)
        _visit, claim = self._done("crown")
        self.assertIn("Attach: Periodontal chart", claim.hints_html)
        denials.active = False
        claim.invalidate_recordset()
        self.assertFalse(claim.hints_html, "archived ones are not counted")

    def test_off_switch(self):
        self._deny_three()
        self.company.dental_denial_hints = False
        _visit, claim = self._done("crown")
        self.assertFalse(claim.hints_html)


@tagged("post_install", "-at_install")
class TestKit(QueueCase):
    """What a payer wants to see is named, taken from the file, and never invented."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kits = cls.env["dental.claim.kit"]
        crowns = cls._category("crowns")
        kits.create({"category_id": crowns.id, "kind": "RB", "max_age": 365})
        kits.create({"category_id": crowns.id, "kind": "narrative", "payer_id": cls.payer.id})

    def _image(self, days_ago, kind="periapical", teeth="36"):
        return self.env["dental.image"].create(
            {
                "patient_id": self.patient.id,
                "kind": kind,
                "teeth": teeth,
                "taken_on": self.today - timedelta(days=days_ago),
                "file": "iVBORw0KGgo=",
            }
        )

    def test_missing_pieces_are_named(self):
        _visit, claim = self._done("crown")
        self.assertIn("X-rays, at most 365 days old", claim.hints_html)
        self.assertIn("Narrative", claim.hints_html)
        _visit, exam = self._done("exam")
        self.assertFalse(exam.hints_html)

    def test_fresh_one_of_the_tooth_is_taken_from_the_file(self):
        self._image(400)
        self._image(10, teeth="11")
        fresh = self._image(30)
        _visit, claim = self._done("crown")
        claim.action_pick_enclosures()
        self.assertRecordValues(
            claim.enclosure_ids,
            [{"kind": "RB", "image_id": fresh.id, "taken_on": fresh.taken_on}],
        )
        self.assertNotIn("X-rays", claim.hints_html)

    def test_each_tooth_wants_its_own(self):
        """An x-ray of 36 says nothing of the crown on 16; one of the whole mouth says all."""
        low, high = self._image(30), self._image(20, teeth="16")
        visit = self._new_visit("crown", "crown")
        visit.procedure_ids[0].tooth = "16"
        self._check_out(visit)
        claim = self._claims(visit)
        claim.enclosure_ids = [(0, 0, {"kind": "RB", "image_id": low.id})]
        self.assertEqual(claim.hints_html.count("X-rays"), 1)
        claim.action_pick_enclosures()
        self.assertEqual(claim.enclosure_ids.image_id, low | high)
        self.assertNotIn("X-rays", claim.hints_html)
        claim.enclosure_ids.unlink()
        whole = self._image(1, "pano", teeth=False)
        claim.action_pick_enclosures()
        self.assertEqual(claim.enclosure_ids.image_id, whole)

    def test_old_one_is_not_taken(self):
        self._image(400)
        _visit, claim = self._done("crown")
        claim.action_pick_enclosures()
        self.assertFalse(claim.enclosure_ids)

    def test_periodontal_chart_and_models_are_taken_too(self):
        kits = self.env["dental.claim.kit"]
        crowns = self._category("crowns").id
        kits.create({"category_id": crowns, "kind": "P6", "max_age": 180})
        kits.create({"category_id": crowns, "kind": "DA"})
        self._image(200, "perio")
        scan = self._image(900, "scan")
        _visit, claim = self._done("crown")
        claim.action_pick_enclosures()
        self.assertRecordValues(claim.enclosure_ids, [{"kind": "DA", "image_id": scan.id}])
        chart = self._image(100, "perio")
        claim.action_pick_enclosures()
        self.assertRecordValues(claim.enclosure_ids[1:], [{"kind": "P6", "image_id": chart.id}])
        self.assertNotIn("Periodontal", claim.hints_html)

    def test_narrative_names_only_what_is_known(self):
        self.env["dental.claim.narrative"].create(
            {
                "name": "Crown",
                "category_id": self._category("crowns").id,
                "text": "Crown on tooth {tooth}.\nIt replaces one placed on {replaced_on}.\n"
                "X-ray of {x_ray_on} enclosed.",
            }
        )
        image = self._image(30)
        _visit, claim = self._done("crown")
        claim.action_write_narrative()
        self.assertEqual(claim.note, f"Crown on tooth 36. X-ray of {image.taken_on} enclosed.")
        procedure = claim.line_ids.procedure_id
        self.assertEqual(
            [one["sources"] for one in claim.note_sources], [[procedure.number], [image.number]]
        )
        self.assertIn(f"{len(claim.note)} of 400 in a file, of 144 on paper", claim.note_meter)
        self.assertNotIn("Narrative", claim.hints_html)

    def test_long_narrative_goes_out_in_pieces(self):
        _visit, claim = self._done("crown")
        claim.note = "The old crown came off twice and the tooth below is cracked. " * 4
        claim.action_send()
        raw = claim.exchange_id._bytes()
        self.assertEqual(raw.count(b"NTE*ADD*"), 4)

    def test_narrative_of_unknown_facts_is_refused(self):
        with self.assertRaisesRegex(UserError, "nothing that can be filled in"):
            self.env["dental.claim.narrative"].create({"name": "X", "text": "It costs {price}."})
