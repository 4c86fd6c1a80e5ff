# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, time, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import format_date

from ..benefits import add_workdays
from .common import DentalInsuranceCase


class PrecertRulesCase(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.rules = cls.env["dental.precert.rule"]

    def _new_rule(self, **vals):
        return self.rules.create({"company_id": self.company.id, "payer_id": self.payer.id, **vals})

    def _visit_in(self, workdays, *kinds):
        day = add_workdays(date.today(), workdays)
        return self._new_visit(*kinds, status="scheduled", start=datetime.combine(day, time(9)))

    def _need(self, procedure):
        return procedure._precert_needs().get(procedure)


@tagged("post_install", "-at_install")
class TestPrecertRules(PrecertRulesCase):
    """Which work of which payer must be asked beforehand."""

    def test_closest_rule_counts(self):
        self._new_rule(requirement="advised")
        self._new_rule(code_id=self.codes["crown"].id, requirement="required")
        self._new_rule(code_id=self.codes["crown"].id, plan_id=self.plan.id, requirement="none")
        self._new_rule(
            code_id=self.codes["crown"].id,
            plan_id=self.plan.id,
            amount_from=1000,
            requirement="required",
        )
        crown, cheap = self._new_procedure("crown"), self._new_procedure("crown", fee=900)
        filling = self._new_procedure("filling")
        statuses = [one.precert_status for one in (crown, cheap, filling)]
        self.assertEqual(statuses, ["missing", "none", "advised"])

    def test_other_payers_and_dentists_do_not_matter(self):
        other = self.env["res.partner"].create({"name": "Else", "is_company": True})
        dentist = self.env["dental.provider"].create({"name": "Dr. Else"})
        self._new_rule(payer_id=other.id)
        self._new_rule(provider_id=dentist.id)
        procedure = self._new_procedure("crown")
        self.assertEqual(procedure.precert_status, "none")
        procedure.provider_id = dentist
        self.assertEqual(procedure.precert_status, "missing")

    def test_not_billed_or_not_covered_needs_nothing(self):
        self._new_rule()
        procedure = self._new_procedure("crown", keep_from_plan=True)
        self.assertEqual(procedure.precert_status, "none")
        stranger = self._new_patient("Self", "Payer")
        self.assertEqual(self._new_procedure("crown", stranger).precert_status, "none")

    def test_plan_and_payer_of_a_rule_agree(self):
        other = self.env["res.partner"].create({"name": "Else", "is_company": True})
        rule = self.rules.create({"company_id": self.company.id, "plan_id": self.plan.id})
        self.assertEqual(rule.payer_id, self.payer)
        with self.assertRaises(ValidationError):
            rule.payer_id = other

    def test_coordinator_keeps_rules_and_front_desk_reads_them(self):
        rule = self._new_rule()
        rule.with_user(self.coordinator).note = "Ask Ms Reed"
        with self.assertRaises(AccessError):
            rule.with_user(self.front_desk).note = "x"
        self.assertEqual(rule.with_user(self.front_desk).note, "Ask Ms Reed")

    def test_many_procedures_in_few_queries(self):
        self._new_rule()
        procedures = self.env["dental.procedure"].union(
            *(self._new_procedure("crown") for _number in range(20))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(30):
            self.assertEqual(set(procedures.mapped("precert_status")), {"missing"})


@tagged("post_install", "-at_install")
class TestPrecertGate(PrecertRulesCase):
    """A visit can be placed, but not confirmed, before the payer has answered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules.create({"company_id": cls.company.id, "payer_id": cls.payer.id})
        cls.payer.dental_precert_days = 10

    def _asked(self, visit):
        precert = self.env["dental.precert"].browse(
            visit.with_user(self.coordinator).action_ask_precert()["res_id"]
        )
        return precert.with_user(self.coordinator)

    def _answer(self, precert, approved="yes", **vals):
        precert._record_answer(
            {line: {"approved": approved, "plan_amount": 400.0} for line in precert.line_ids},
            "PA-1",
            **{"valid_until": date.today() + timedelta(days=90), **vals},
        )

    def test_placed_but_not_confirmed_and_told_when_it_can_be(self):
        """Nine business days ahead, and the payer usually takes ten."""
        visit = self._visit_in(9, "crown")
        self.assertEqual(visit.status, "scheduled")
        self.assertEqual(visit.precert_status, "missing")
        self.assertLess(visit.precert_send_by, date.today())
        feasible = add_workdays(date.today(), 11)
        self.assertEqual(visit.precert_feasible_on, feasible)
        with self.assertRaisesRegex(UserError, f"Harbor.*X2740.*{format_date(self.env, feasible)}"):
            visit.with_user(self.front_desk).action_confirm()
        self.assertEqual(visit.status, "scheduled")

    def test_far_enough_ahead_says_until_when_to_send(self):
        visit = self._visit_in(15, "crown")
        day = add_workdays(date.today(), 15)
        self.assertEqual(visit.precert_send_by, add_workdays(add_workdays(day, -1), -10))
        self.assertGreaterEqual(visit.precert_send_by, date.today())

    def test_answer_opens_the_gate(self):
        visit = self._visit_in(9, "crown")
        precert = self._asked(visit)
        self.assertEqual(visit.precert_status, "waiting")
        self._answer(precert)
        self.assertEqual(visit.precert_status, "granted")
        visit.with_user(self.front_desk).action_confirm()
        self.assertEqual(visit.status, "confirmed")

    def test_answer_that_ends_before_the_visit_is_none(self):
        visit = self._visit_in(9, "crown")
        self._answer(self._asked(visit), valid_until=date.today() + timedelta(days=2))
        self.assertEqual(visit.precert_status, "expired")
        with self.assertRaises(UserError):
            visit.action_confirm()

    def test_refusal_keeps_it_shut(self):
        visit = self._visit_in(9, "crown")
        self._answer(self._asked(visit), approved="no")
        self.assertEqual(visit.precert_status, "denied")
        with self.assertRaisesRegex(UserError, "denied"):
            visit.action_confirm()

    def test_advice_does_not_stop(self):
        self.rules.search([]).requirement = "advised"
        visit = self._visit_in(9, "crown")
        self.assertEqual(visit.precert_status, "advised")
        visit.action_confirm()
        self.assertEqual(visit.status, "confirmed")

    def test_today_tells_what_must_be_sent(self):
        def counter():
            today = self.env["dental.today"].with_user(self.coordinator)
            counters = today.with_company(self.company).data()["counters"]
            return {one["key"]: one for one in counters}.get("precerts")

        self.assertIsNone(counter())
        late, early = self._visit_in(9, "crown"), self._visit_in(30, "crown")
        asked = self._asked(late)
        self._asked(early)
        found = counter()
        self.assertEqual(found["count"], 1, "the other may still wait")
        self.assertEqual(self.env["dental.precert"].search(found["domain"]), asked)

    def test_override_needs_reason_and_permission_and_is_kept(self):
        visit = self._visit_in(9, "crown")
        with self.assertRaises(AccessError):
            visit.with_user(self.front_desk).with_context(gate_override="x").action_confirm()
        action = visit.with_user(self.coordinator).action_confirm_anyway()
        self.assertEqual((action["tag"], action["params"]["step"]), ("dental_gate", "confirmed"))
        self.assertTrue(action["params"]["may_override"])
        self.assertFalse(visit.with_user(self.front_desk).gate("confirmed")["may_override"])
        own = visit.with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "say why"):
            own.action_override("confirmed", " ")
        own.action_override("confirmed", "Pain, pays himself")
        self.assertEqual(visit.status, "confirmed")
        self.assertEqual(visit.override_ids.reason, "Pain, pays himself")
        log = visit.visit_event_ids.filtered(lambda one: "Pain, pays himself" in (one.note or ""))
        self.assertEqual(log.user_id, self.coordinator)
        other = self._visit_in(12, "crown")
        with self.assertRaises(AccessError):
            other.with_user(self.front_desk).action_override("confirmed", "Why not")

    def test_learned_median_beats_what_was_typed(self):
        """Three answers of 2, 4 and 30 business days: four is usual."""
        for taken in (2, 30, 4):
            precert = self.env["dental.precert"]._open_for(
                self._new_procedure("crown"), self.coverage
            )
            sent = add_workdays(date.today(), -taken)
            precert.sent_on = sent
            self._answer(precert, day=add_workdays(sent, taken))
        days = self.env["dental.precert"]._answer_days(self.payer, self.company)
        self.assertEqual(days, {self.payer.id: 4})

    def test_unknown_payer_takes_what_the_clinic_assumes(self):
        other = self.env["res.partner"].create({"name": "New payer", "is_company": True})
        days = self.env["dental.precert"]._answer_days(other, self.company)
        self.assertEqual(days, {other.id: self.company.dental_precert_days})

    def test_many_visits_in_few_queries(self):
        visits = self.env["dental.appointment"].union(
            *(self._visit_in(9 + number, "crown") for number in range(8))
        )
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            self.assertEqual(set(visits.mapped("precert_status")), {"missing"})
            self.assertTrue(all(visits.mapped("precert_text")))

    def test_closed_days_of_the_clinic_do_not_count(self):
        visit = self._visit_in(9, "crown")
        before = visit.precert_feasible_on
        closed = add_workdays(date.today(), 3)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "company_id": self.company.id,
                "calendar_id": False,
                "date_from": datetime.combine(closed, time(0)),
                "date_to": datetime.combine(closed, time(23)),
            }
        )
        self.env.invalidate_all()
        self.assertEqual(visit.precert_feasible_on, add_workdays(before, 1))


@tagged("post_install", "-at_install")
class TestPrecertFollow(PrecertRulesCase):
    """Enclosures, appeals, expiry."""

    def _open(self, **rule):
        self._new_rule(**rule)
        precert = self.env["dental.precert"]._open_for(
            self._new_procedure("crown", prosthesis="initial"), self.coverage
        )
        return precert.with_user(self.coordinator)

    def _deny(self, precert):
        precert._record_answer({precert.line_ids: {"approved": "no"}}, "N-1")

    def test_what_the_rule_wants_is_sent_along(self):
        precert = self._open(wants_xray=True, wants_narrative=True, kind="preauthorization")
        self.assertEqual(precert.kind, "preauthorization")
        self.assertEqual(precert.kit_text, "x-rays, the reason in words")
        with self.assertRaisesRegex(UserError, "x-rays, the reason in words"):
            precert.action_send()
        precert.enclosure_ids.create({"precert_id": precert.id, "kind": "RB", "control": "N1"})
        precert.narrative = "The old filling broke."
        self.assertFalse(precert.kit_text)
        precert.action_send()
        self.assertEqual(precert.state, "sent")

    def test_missing_xrays_become_a_request(self):
        precert = self._open(wants_xray=True)
        action = precert.action_request_pieces()
        request = self.env["dental.request"].browse(action["res_id"])
        self.assertRecordValues(
            request, [{"kind": "periapical", "teeth": "36", "patient_id": self.patient.id}]
        )

    def test_refusal_stays_on_the_list_with_its_last_day(self):
        self.payer.dental_appeal_days = 60
        precert = self._open()
        self._deny(precert)
        until = date.today() + timedelta(days=60)
        self.assertIn(format_date(self.env, until), precert.next_action)
        self.assertEqual(precert.next_date, date.today())

    def test_appeal_is_a_request_of_its_own(self):
        precert = self._open()
        self._deny(precert)
        appeal = self.env["dental.precert"].browse(precert.action_appeal()["res_id"])
        self.assertRecordValues(
            appeal,
            [
                {
                    "appeal_of_id": precert.id,
                    "prior_authorization": "N-1",
                    "state": "to_prepare",
                    "coverage_id": self.coverage.id,
                }
            ],
        )
        self.assertEqual(appeal.line_ids.procedure_id, precert.line_ids.procedure_id)
        self.assertFalse(precert.next_action)
        self.assertEqual(appeal.line_ids.procedure_id.precert_status, "waiting")

    def test_only_what_was_denied_is_appealed(self):
        precert = self._open()
        precert._record_answer({precert.line_ids: {"approved": "yes", "plan_amount": 1}}, "Y")
        with self.assertRaisesRegex(UserError, "nothing of it was denied"):
            precert.action_appeal()

    def test_plan_anew_tells_the_procedure_what_is_next(self):
        precert = self._open()
        self._deny(precert)
        action = precert.action_replan()
        self.assertEqual(action["res_model"], "dental.estimate")
        procedure = precert.line_ids.procedure_id
        self.assertIn("refused", procedure.next_action)
        self.assertEqual(procedure.next_date, date.today())

    def test_reminder_before_and_prompt_after_expiry(self):
        soon, gone, done = (self._open() for _number in range(3))
        for precert, days in ((soon, 10), (gone, -1), (done, -1)):
            precert._record_answer(
                {precert.line_ids: {"approved": "yes", "plan_amount": 100.0}},
                "Y",
                valid_until=date.today() + timedelta(days=days),
            )
        done.line_ids.procedure_id.sudo().action_done()
        self.env["dental.precert"]._cron_follow_answers()
        self.assertEqual(
            [one.state for one in (soon, gone, done)], ["approved", "expired", "expired"]
        )
        self.assertIn(format_date(self.env, soon.valid_until), soon.next_action)
        self.assertIn("ask again", gone.next_action)
        self.assertFalse(done.next_action)
        again = self.env["dental.precert"].browse(gone.action_ask_again()["res_id"])
        self.assertEqual(again.line_ids.procedure_id, gone.line_ids.procedure_id)

    def test_an_answer_holds_until_the_clinics_day_is_over(self):
        self.company.resource_calendar_id.tz = "America/Los_Angeles"
        precert = self._open()
        last = date.today() + timedelta(days=10)
        precert._record_answer(
            {precert.line_ids: {"approved": "yes", "plan_amount": 100.0}}, "Y", valid_until=last
        )
        for hour, state in ((3, "approved"), (12, "expired")):
            with freeze_time(datetime(last.year, last.month, last.day, hour) + timedelta(days=1)):
                self.env["dental.precert"]._cron_follow_answers()
            self.assertEqual(precert.state, state, hour)

    # 278

    def _answer_278(self, precert, *decisions, valid="RD8*20260301-20991231"):
        """The payer's answer to our 278, with these segments for the one service."""
        head = precert.sudo().exchange_id._bytes().decode().split("~")[0]
        body = [
            "ST*278*0001*005010X217",
            "BHT*0007*11*R-1*20260302*0915*18",
            "HL*1**20*1",
            "NM1*X3*2*HARBOR DENTAL PLAN*****PI*HARB1",
            "HL*2*1*21*1",
            "NM1*1P*2*MILLPOND DENTAL*****XX*1234567893",
            "HL*3*2*22*1",
            "NM1*IL*1*KOWALSKI*MARTA****MI*M100",
            "HL*4*3*EV*1",
            f"TRN*2*{precert.number}*9587654321",
            "UM*HS*I*35*11:B",
            *decisions,
            f"DTP*AAH*{valid}",
        ]
        tail = [
            f"SE*{len(body) + 1}*0001",
            "GE*1*401",
            "IEA*1*000000401",
        ]
        isa = head.split("*")
        isa[13] = "000000401"
        group = "GS*HI*HARBOR*CLINIC*20260302*0915*401*X*005010X217"
        return ("~".join(["*".join(isa), group, *body, *tail]) + "~").encode()

    def _sent_278(self):
        precert = self._open(kind="preauthorization")
        precert.action_send_278()
        return precert

    def test_278_is_written_and_waits(self):
        precert = self._sent_278()
        raw = precert.sudo().exchange_id._bytes()
        self.assertEqual(precert.sudo().exchange_id.kind, "278")
        self.assertIn(f"TRN*1*{precert.number}*9587654321~".encode(), raw)
        self.assertIn(b"SV3*AD:X2740*1150", raw)
        self.assertIn(b"TOO*JP*19", raw)
        self.assertEqual(precert.state, "sent")

    def test_278_that_lacks_something_says_what(self):
        self.patient.birth_date = False
        precert = self._open(kind="preauthorization")
        with self.assertRaisesRegex(UserError, "birth date"):
            precert.action_send_278()
        self.assertEqual(precert.state, "to_prepare")

    def test_permission_leaves_the_estimate_and_goes_to_the_claim(self):
        precert = self._sent_278()
        self._receive(self._answer_278(precert, "HCR*A1*AUTH-9"), user=self.coordinator)
        self.assertRecordValues(
            precert,
            [
                {
                    "state": "approved",
                    "answer_number": "AUTH-9",
                    "valid_from": date(2026, 3, 1),
                    "valid_until": date(2099, 12, 31),
                }
            ],
        )
        procedure = precert.line_ids.procedure_id
        self.assertEqual(procedure.sudo()._make_estimate().total_plan, 435.0)
        visit = self._new_visit()
        procedure.sudo().appointment_id = visit
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertEqual(claim.prior_authorization, "AUTH-9")

    def test_refusal_by_278_is_estimated_as_nothing(self):
        precert = self._sent_278()
        self._receive(self._answer_278(precert, "HCR*A3**0V"), user=self.coordinator)
        self.assertEqual(precert.state, "denied")
        procedure = precert.line_ids.procedure_id
        self.assertEqual(procedure.sudo()._make_estimate().total_plan, 0.0)

    def test_pended_278_asks_for_more(self):
        precert = self._sent_278()
        self._receive(self._answer_278(precert, "HCR*A4**0U"), user=self.coordinator)
        self.assertEqual(precert.state, "more_info")
        self.assertTrue(precert.next_action)

    def test_278_of_nobody_waits_for_a_person(self):
        precert = self._sent_278()
        raw = self._answer_278(precert, "HCR*A1*AUTH-9").replace(precert.number.encode(), b"ELSE-1")
        exchange = self._receive(raw, user=self.coordinator)
        self.assertEqual(exchange.state, "waiting")
        self.assertEqual(precert.state, "sent")
