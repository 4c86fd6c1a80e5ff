# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common import DentalInsuranceCase


class ToolsCase(DentalInsuranceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()


@tagged("post_install", "-at_install")
class TestRemaining(ToolsCase):
    """What is left of the benefits, as of a day."""

    def _rows(self, day=None):
        rows = self.coverage._remaining(day or date.today())[self.coverage]
        return {(row.kind, row.level): row for row in rows}

    def test_used_pending_left_and_reset(self):
        self._done("crown")
        self.env["dental.insurance.usage"].create(
            {"coverage_id": self.coverage.id, "kind": "maximum", "amount": 600}
        )
        row = self._rows()["maximum", "individual"]
        self.assertEqual((row.limit, row.used, row.pending, row.left), (2000, 1035, 435, 965))
        self.assertEqual(row.resets_on, date(date.today().year + 1, 1, 1))
        self.assertEqual(self._rows()["deductible", "individual"].left, 0)

    def test_next_year_begins_anew(self):
        self._done("crown")
        row = self._rows(date(date.today().year + 1, 1, 1))["maximum", "individual"]
        self.assertEqual((row.used, row.left), (0, 2000))

    def test_grid_names_what_is_not_known(self):
        html = self.coverage.with_user(self.front_desk).remaining_html
        self.assertIn("2,000.00", html)
        self.plan.benefit_ids.unlink()
        self.env.invalidate_all()
        self.assertIn("ask the payer", self.coverage.remaining_html)

    def test_many_covers_in_the_queries_of_one(self):
        covers = self.coverage
        for number in range(20):
            covers |= self._cover(self._new_patient(f"P{number}", "Many"), self.plan, f"N{number}")
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20):
            self.assertEqual(len(covers._remaining(date.today())), 21)

    def test_a_cover_ended_and_entered_anew_keeps_what_was_used(self):
        """Counted by person, payer and benefit year, not by row."""
        self._done("crown")
        self.coverage.with_user(self.coordinator).action_drop()
        self.assertEqual(self.coverage.date_to, date.today())
        self.coverage.date_to = date.today() - timedelta(days=1)
        self.env.flush_all()
        again = self.coverage.copy({"date_from": date.today(), "date_to": False})
        row = next(r for r in again._remaining(date.today())[again] if r.kind == "maximum")
        self.assertEqual((row.used, row.left), (435, 1565))
        self.assertTrue(self.coverage.active, "it stays on file")

    def test_rollover_raises_the_maximum_until_it_expires(self):
        self.env["dental.insurance.usage"].create(
            {
                "coverage_id": self.coverage.id,
                "kind": "rollover",
                "amount": 350,
                "date": date.today() - timedelta(days=1),
                "expires_on": date.today() + timedelta(days=1),
            }
        )
        self.assertEqual(self._rows()["maximum", "individual"].limit, 2350)
        later = date.today() + timedelta(days=3)
        self.assertEqual(self._rows(later)["maximum", "individual"].limit, 2000)


@tagged("post_install", "-at_install")
class TestPlanMembers(ToolsCase):
    """A plan is edited once for all, split for some, combined with its double."""

    def test_edited_once_for_all(self):
        sister = self._new_patient("Eva", "Kowalski")
        self._cover(sister, self.plan, "M200")
        self.plan.benefit_ids.filtered(lambda r: r.percent == 50).percent = 60
        for patient in (self.patient, sister):
            estimate = self._new_procedure("crown", patient)._make_estimate()
            self.assertEqual(estimate.total_plan, 522.0)

    def test_split_for_some_members(self):
        sister = self._new_patient("Eva", "Kowalski")
        other = self._cover(sister, self.plan, "M200")
        action = self.plan.with_user(self.coordinator).action_split()
        wizard = self.env["dental.plan.split"].with_user(self.coordinator)
        split = wizard.with_context(**action["context"]).create(
            {"name": "Harbor, managers", "policy_ids": [(6, 0, other.policy_id.ids)]}
        )
        new = self.env["dental.insurance.plan"].browse(split.action_split()["res_id"])
        self.assertEqual(new.split_of_id, self.plan)
        self.assertEqual(other.plan_id, new)
        self.assertEqual(len(new.benefit_ids), len(self.plan.benefit_ids))
        new.benefit_ids.filtered(lambda r: r.percent == 50).percent = 80
        mine = self._new_procedure("crown")._make_estimate().total_plan
        hers = self._new_procedure("crown", sister)._make_estimate().total_plan
        self.assertEqual((mine, hers), (435.0, 696.0))

    def test_split_needs_members(self):
        wizard = self.env["dental.plan.split"].create({"plan_id": self.plan.id, "name": "New"})
        with self.assertRaises(UserError):
            wizard.action_split()

    def test_doubles_become_one(self):
        double = self._new_plan("Harbor P.P.O.")
        patient = self._new_patient("Eva", "Kowalski")
        cover = self._cover(patient, double, "M200")
        self._cover(self._new_patient("Jo", "Kowalski"), self.plan, "M300")
        (self.plan | double).with_user(self.coordinator).action_combine()
        self.assertEqual(cover.plan_id, self.plan)
        self.assertFalse(double.active)

    def test_plans_of_two_payers_are_not_one(self):
        payer = self.env["res.partner"].create({"name": "Union", "is_company": True})
        with self.assertRaises(UserError):
            (self.plan | self._new_plan("Union", payer=payer)).action_combine()

    def test_what_was_believed_before_is_kept(self):
        self.env["dental.insurance.benefit"]._take_over(
            [
                {
                    "plan_id": self.plan.id,
                    "kind": "maximum",
                    "level": "individual",
                    "scope": "general",
                    "network": "any",
                    "amount": 1500,
                    "period": "service_year",
                    "source": "phone",
                    "as_of": date.today(),
                }
            ]
        )
        self.assertEqual(self.plan.former_rule_count, 1)
        action = self.plan.action_former_rules()
        former = self.env["dental.insurance.benefit"].with_context(active_test=False)
        self.assertEqual(former.search(action["domain"]).amount, 2000)


@tagged("post_install", "-at_install")
class TestBestDates(ToolsCase):
    """The planner on records."""

    @freeze_time("2026-11-02")
    def test_two_crowns_are_split_and_the_dentist_may_say_no(self):
        self.plan.benefit_ids.filtered(lambda r: r.kind == "maximum").amount = 500
        crowns = self._new_procedure("crown") | self._new_procedure("crown", tooth="46")
        estimate = crowns._make_estimate()
        wizards = self.env["dental.best.dates"].with_user(self.coordinator)
        advice = wizards.browse(estimate.with_user(self.coordinator).action_best_dates()["res_id"])
        self.assertTrue(advice.proven)
        self.assertEqual((advice.patient_now, advice.patient_then), (1340.0, 970.0))
        self.assertEqual(advice.saved, 370.0)
        later = advice.line_ids.sorted("day")[-1]
        self.assertEqual((later.day, later.reason), (date(2027, 1, 1), "a new benefit year begins"))
        advice.line_ids.latest = date(2026, 11, 30)
        again = wizards.browse(advice.action_reckon()["res_id"])
        self.assertEqual(again.saved, 0.0)
        self.assertEqual(set(again.line_ids.mapped("day")), {date(2026, 11, 2)})

    def test_without_a_plan_every_day_is_the_same(self):
        patient = self._new_patient("Self", "Payer")
        procedure = self._new_procedure("crown", patient)
        with self.assertRaisesRegex(UserError, "every day costs the same"):
            self.env["dental.best.dates"]._open(procedure)


@tagged("post_install", "-at_install")
class TestOptions(ToolsCase):
    """Treatment plans side by side."""

    def _plan_of(self, *kinds):
        plan = self.env["dental.treatment.plan"].create(
            {"patient_id": self.patient.id, "name": " and ".join(kinds)}
        )
        for kind in kinds:
            self._new_procedure(kind, treatment_plan_id=plan.id)
        return plan

    def test_each_as_if_alone_and_the_choice_is_kept(self):
        cheap, dear = self._plan_of("filling"), self._plan_of("crown", "filling")
        user = self.front_desk
        action = (cheap | dear).with_user(user).action_compare()
        options = self.env["dental.plan.options"].with_user(user).browse(action["res_id"])
        amounts = {one.plan_id: one.patient_amount for one in options.option_ids}
        self.assertEqual(amounts, {cheap: 180.0, dear: 665.0})
        self.assertIn("Coverage of X2391 is not known", options.option_ids[0].unknown)

    def test_choice(self):
        cheap, dear = self._plan_of("filling"), self._plan_of("crown")
        options = self.env["dental.plan.options"].browse(cheap.action_compare()["res_id"])
        options.option_ids.filtered(lambda one: one.plan_id == dear).action_choose()
        self.assertEqual((dear.state, cheap.state), ("accepted", "declined"))
        self.assertEqual(cheap.chosen_instead_id, dear)
        self.assertEqual(set(cheap.procedure_ids.mapped("state")), {"declined"})

    def test_one_plan_is_no_choice(self):
        plan = self._plan_of("filling")
        with self.assertRaises(UserError):
            plan.action_compare()


@tagged("post_install", "-at_install")
class TestQuoteAccuracy(ToolsCase):
    """What was told beside what was owed, and why they differ."""

    def _settle(self, pay, kind="crown", before=None):
        visit = self._new_visit(kind)
        visit.procedure_ids._make_estimate()
        if before:
            before(visit.procedure_ids)
        self._check_out(visit)
        claims = self._claims(visit)
        claims.action_send()
        self._pay(claims.exchange_id._bytes(), pay)
        self.env["dental.remittance"].search([("state", "=", "open")]).action_post()
        accuracy = self.env["dental.quote.accuracy"]
        return accuracy.search([("procedure_id", "in", visit.procedure_ids.ids)])

    def test_right_to_the_cent(self):
        one = self._settle(
            lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)]
        )
        self.assertRecordValues(
            one,
            [
                {
                    "told": 485.0,
                    "owed": 485.0,
                    "error": 0.0,
                    "cause": "none",
                    "payer_id": self.payer.id,
                }
            ],
        )

    def test_causes(self):
        cases = {
            "allowed": [("CO", "45", 330), ("PR", "1", 50), ("PR", "2", 385)],
            "benefit": [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 600)],
            "deductible": [("CO", "45", 230), ("PR", "2", 460)],
        }
        for cause, cuts in cases.items():
            with self.subTest(cause):
                self.env["dental.claim"].search([]).line_ids.claim_id.write({"state": "void"})
                one = self._settle(lambda claim, line, cuts=cuts: cuts)
                self.assertEqual(one.cause, cause)
                self.assertEqual(one.error, one.owed - one.told)

    def test_another_fee_at_the_visit(self):
        def cheaper(procedure):
            procedure.fee = 700.0

        one = self._settle(lambda claim, line: [("PR", "1", 50), ("PR", "2", 325)], before=cheaper)
        self.assertEqual((one.told, one.owed, one.cause), (485.0, 375.0, "fee"))

    def test_mean_error_by_payer(self):
        self._settle(lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 600)])
        accuracy = self.env["dental.quote.accuracy"].with_user(self.billing)
        groups = accuracy._read_group([], ["payer_id"], ["abs_error:avg", "__count"])
        self.assertEqual(groups, [(self.payer, 165.0, 1)])

    def test_who_was_told_nothing_has_no_quote(self):
        _visit, _claims, raw = self._sent("crown")
        self._pay(raw, lambda c, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)])
        self.env["dental.remittance"].search([("state", "=", "open")]).action_post()
        self.assertFalse(self.env["dental.quote.accuracy"].search([]))

    def test_nobody_writes_it(self):
        with self.assertRaises(AccessError):
            self.env["dental.quote.accuracy"].with_user(self.billing).create({})


@tagged("post_install", "-at_install")
class TestButtonsOverLists(ToolsCase):
    """What stands over a list is called by the browser with the chosen rows, here none."""

    def _press(self, model, name):
        records = self.env[model].with_user(self.coordinator).with_company(self.company)
        return call_kw(records, name, [[]], {})

    def test_each_answers_that_there_is_nothing(self):
        for model, name, said in (
            ("dental.year.end", "action_prepare", "Nobody with open treatment"),
            ("dental.insurance.verification", "action_ask_coming", "is verified"),
            ("dental.insurance.plan", "action_find_doubles", "No two plans"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, said):
                self._press(model, name)


@tagged("post_install", "-at_install")
class TestYearEnd(ToolsCase):
    """Who loses benefits although he wants treatment that they would pay."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lists = cls.env["dental.year.end"]

    def _prepare(self):
        return self.lists.with_user(self.coordinator)._prepare()

    @freeze_time("2026-11-02")
    def test_left_usable_and_reproducible(self):
        self._new_procedure("crown", state="accepted")
        line = self._prepare()
        expected = [
            {
                "patient_id": self.patient.id,
                "coverage_id": self.coverage.id,
                "left": 2000.0,
                "usable": 435.0,
                "patient_part": 485.0,
                "resets_on": date(2027, 1, 1),
                "state": "open",
            }
        ]
        self.assertRecordValues(line, expected)
        self.assertEqual(self._prepare(), line)
        self.assertRecordValues(line, expected)

    @freeze_time("2026-11-02")
    def test_free_places_before_the_benefits_end(self):
        procedure = self._new_procedure("crown", state="accepted")
        procedure.provider_id = self.provider
        line = self._prepare()
        starts = [datetime(2026, 11, 3, 17), datetime(2026, 12, 30, 17), datetime(2027, 1, 4, 17)]
        finders = self.env.registry["dental.slot.finder"]
        found = [(SimpleNamespace(start=start),) for start in starts]
        with patch.object(finders, "_find", lambda finder: found):
            self.assertEqual(line.free_places.count(";"), 1, "two of them are in time")
            self.assertIn("Nov\u00a03", line.free_places)
        action = line.action_find_slot()
        finder = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(finder.provider_id, self.provider)
        line.action_leave()
        self.assertFalse(line.free_places)

    @freeze_time("2026-11-02")
    def test_who_is_not_on_it(self):
        empty = self._new_patient("No", "Treatment")
        self._cover(empty, self.plan, "E1")
        used = self._new_patient("Used", "Up")
        cover = self._cover(used, self.plan, "E2")
        self._new_procedure("crown", used)
        self.env["dental.insurance.usage"].create(
            {"coverage_id": cover.id, "kind": "maximum", "amount": 2000, "date": "2026-05-01"}
        )
        other = self._new_plan("July plan", crown=920.0)
        other.benefit_year_month = "7"
        self._usual_rules(other)
        late = self._new_patient("Later", "Year")
        self._cover(late, other, "E3")
        self._new_procedure("crown", late)
        refused = self._new_procedure("crown")
        refused.action_decline()
        self.assertFalse(self._prepare())
        with self.assertRaisesRegex(UserError, "Nobody"):
            self.lists.with_user(self.coordinator).action_prepare()

    @freeze_time("2026-11-02")
    def test_called_and_left_alone_stay_so(self):
        self._new_procedure("crown")
        line = self._prepare()
        line.action_called()
        self.assertEqual(line.state, "called")
        self.env.invalidate_all()
        self.assertEqual(line.called_on, date(2026, 11, 2))
        line.action_leave()
        self.assertFalse(self._prepare())


@tagged("post_install", "-at_install")
class TestInsuranceImport(ToolsCase):
    """Plans and fees from files: checked first, whole or not at all."""

    def _import(self, text, **vals):
        return (
            self.env["dental.insurance.import"]
            .with_user(self.coordinator)
            .create(
                {
                    "company_id": self.company.id,
                    "file": base64.b64encode(text.encode()),
                    "filename": "list.csv",
                    **vals,
                }
            )
        )

    def test_fees(self):
        schedule = self.plan.pricelist_id
        done = self._import("code,fee\nX2740,900\nX2391,130\n", pricelist_id=schedule.id)
        done.action_check()
        self.assertEqual((done.state, done.new_count, done.changed_count), ("checked", 1, 1))
        today = date.today()
        codes = self.codes["crown"] | self.codes["filling"]
        self.assertEqual(list(codes._fees(schedule, today).values()), [920.0, None])
        done.action_import()
        self.assertEqual(list(codes._fees(schedule, today).values()), [900.0, 130.0])
        self.assertEqual(done.state, "done")
        with self.assertRaises(UserError):
            done.action_import()

    def test_errors_have_lines_and_nothing_is_taken(self):
        schedule = self.plan.pricelist_id
        wrong = self._import("code,fee\nX2740,800\nX9999,5\nX2391,much\n", pricelist_id=schedule.id)
        wrong.action_check()
        self.assertEqual((wrong.state, wrong.problem_count), ("wrong", 2))
        self.assertIn("Line 3, code: is not a code of the clinic", wrong.problems)
        self.assertIn("Line 4, fee", wrong.problems)
        with self.assertRaisesRegex(UserError, "nothing was imported"):
            wrong.action_import()
        crown = self.codes["crown"]
        self.assertEqual(crown._fees(schedule, date.today())[crown], 920.0)

    def test_plans_with_benefits(self):
        text = (
            "payer,payer_code,plan,group_number,kind,fee_schedule,maximum,deductible,"
            "crowns,preventive,endo\n"
            "Bay Dental,BAY1,Bay Gold,77,ppo,Harbor PPO fees,1500,50,60,100,\n"
        )
        done = self._import(text, kind="plans")
        done.action_check()
        self.assertEqual((done.state, done.new_count), ("checked", 1))
        self.assertFalse(self.env["dental.insurance.plan"].search([("name", "=", "Bay Gold")]))
        done.action_import()
        plan = self.env["dental.insurance.plan"].search([("name", "=", "Bay Gold")])
        self.assertEqual(plan.payer_id.dental_payer_code, "BAY1")
        self.assertEqual(plan.pricelist_id, self.plan.pricelist_id)
        rules = {(r.kind, r.category_id.key or ""): r for r in plan.benefit_ids}
        self.assertEqual(
            set(rules),
            {("maximum", ""), ("deductible", ""), ("percent", "crowns"), ("percent", "preventive")},
        )
        self.assertEqual(rules["percent", "crowns"].percent, 60)
        self.assertEqual(rules["maximum", ""].reference, done.number)
        again = self._import(text.replace(",60,", ",80,"), kind="plans")
        again.action_check()
        self.assertEqual((again.changed_count, again.new_count), (1, 0))
        same = self._import(text, kind="plans")
        same.action_check()
        self.assertEqual(same.same_count, 1)
        again.action_import()
        self.assertEqual(len(plan.benefit_ids), 4, "the old rule is archived, not doubled")

    def test_schedule_that_is_not_there(self):
        wrong = self._import("payer,plan,fee_schedule\nBay,Gold,Nowhere\n", kind="plans")
        wrong.action_check()
        self.assertIn("Line 2, fee_schedule: does not exist", wrong.problems)

    def test_front_desk_imports_nothing(self):
        with self.assertRaises(AccessError):
            self.env["dental.insurance.import"].with_user(self.front_desk).create(
                {"file": base64.b64encode(b"code,fee\n")}
            )
