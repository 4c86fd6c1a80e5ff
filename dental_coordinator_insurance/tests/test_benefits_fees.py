# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fee, allowed amount, copay, fixed benefit, capitation, alternate codes, discount plans."""

from decimal import Decimal

from ..benefits import (
    Area,
    Coverage,
    Discount,
    FeeRow,
    FeeSchedule,
    Plan,
    Source,
    Substitution,
    choose,
)
from .benefits_common import BenefitsCase, benefit, coverage, fees, maximum, money, pays, service

POSTERIOR = Area(tooth="4", classes=frozenset({"posterior"}))


class TestPostedFee(BenefitsCase):
    def _fee(self, kind, **values):
        settings = {"usual_fees": fees({"D2391": 50})}
        line, _plan = self.run_one(
            coverage(pays(80), kind=kind, **values), service(fee=None, quantity=2), **settings
        )
        return line.fee

    def test_a_ppo_posts_the_usual_fee(self):
        self.assertEqual(self._fee("ppo", allowed={"D2391": 30}), 100)

    def test_other_plans_post_their_own_fee_and_zero_if_they_have_none(self):
        for kind in ("percentage", "flat_copay", "capitation"):
            with self.subTest(kind):
                self.assertEqual(self._fee(kind, posted={"D2391": 30}), 60)
                self.assertEqual(self._fee(kind, posted={}), 0)
                self.assertEqual(self._fee(kind), 100)

    def test_uncovered_services_post_the_usual_fee_if_the_plan_says_so(self):
        posted = {"posted": {"D2391": 30}, "usual_fee_when_excluded": True}
        row = benefit("exclusion", "D2391")
        zero = pays(0, "D2391")
        settings = {"usual_fees": fees({"D2391": 50})}
        for plan, expected in (
            (coverage(pays(80), row, **posted), 50),
            (coverage(pays(80), zero, **posted), 50),
            (coverage(pays(80), **posted), 30),
            (coverage(**posted), 50),
            (coverage(pays(None), **posted), 50),
            (coverage(pays(80), row, posted={"D2391": 30}), 30),
            (coverage(zero, kind="flat_copay", **posted), 30),
        ):
            line, _plan = self.run_one(plan, service(fee=None), **settings)
            self.assertEqual(line.fee, expected)

    def test_an_unknown_fee_is_named_and_the_plans_amount_taken(self):
        for posted, usual in (({"D2391": 5}, None), ({}, None), (None, fees({"D2391": 5}))):
            plan = coverage(pays(50), posted=posted)
            line, _plan = self.run_one(plan, service(fee=None), usual_fees=usual)
            self.assertNotIn("unknown_fee", [step.rule for step in line.unknowns])
        line, plan = self.run_one(
            coverage(pays(50), kind="ppo", allowed={"D2391": 80}), service(fee=None)
        )
        self.assertEqual((line.fee, plan.allowed, plan.paid), (80, 80, 40))
        self.assertIn("unknown_fee", [step.rule for step in line.unknowns])


class TestAllowed(BenefitsCase):
    def test_contracted_fee_times_quantity_never_above_the_fee(self):
        plan = coverage(pays(100), kind="ppo", allowed={"D2391": 80})
        for fee, quantity, allowed, write_off in ((100, 3, 240, 60), (70, 1, 70, 0)):
            _line, got = self.run_one(plan, service(fee=fee, quantity=quantity))
            self.assertEqual((got.allowed, got.write_off), (allowed, write_off))

    def test_a_missing_network_fee_is_the_office_fee_and_named(self):
        line, got = self.run_one(coverage(pays(80), kind="ppo", allowed={}))
        self.assertEqual((got.allowed, got.paid, got.write_off), (100, 80, 0))
        self.assertIn("unknown_allowed", [step.rule for step in line.unknowns])

    def test_a_network_fee_of_zero_is_zero(self):
        _line, got = self.run_one(coverage(pays(80), kind="ppo", allowed={"D2391": 0}))
        self.assertEqual((got.allowed, got.paid, got.write_off), (0, 0, 100))

    def test_missing_fee_means_not_covered_if_the_practice_says_so(self):
        plan = coverage(pays(80), kind="ppo", allowed={"D1110": 50})
        _line, got = self.run_one(plan, missing_fee_is_zero=True)
        self.assertEqual((got.allowed, got.paid, got.write_off), (0, 0, 0))

    def test_out_of_network_amounts_limit_a_percentage_plan_without_write_off(self):
        line, got = self.run_one(coverage(pays(80), allowed={"D2391": 60}))
        self.assertEqual((got.paid, got.write_off, line.patient), (48, 0, 52))

    def test_the_fee_of_the_provider_counts(self):
        rows = (FeeRow(Decimal(80)), FeeRow(Decimal(90), provider="dentist"))
        plan = Coverage(1, 1, Plan("ppo", (pays(100),), allowed=FeeSchedule({"D2391": rows})))
        _line, got = self.run_one(plan, service(provider="dentist"))
        self.assertEqual(got.paid, 90)
        _line, got = self.run_one(plan, service(provider="hygienist"))
        self.assertEqual(got.paid, 80)

    def test_a_percentage_plan_without_schedule_is_not_unknown(self):
        for kind, named in (("percentage", False), ("ppo", True)):
            line, _got = self.run_one(coverage(pays(80), kind=kind))
            self.assertEqual("unknown_allowed" in [s.rule for s in line.unknowns], named)

    def test_in_and_out_of_network_percentages(self):
        rows = (pays(80, network="in"), pays(50, network="out"))
        for network, kind, expected in (
            ("in", "ppo", 80),
            ("out", "ppo", 50),
            ("", "ppo", 80),
            ("", "percentage", 50),
        ):
            _line, got = self.run_one(coverage(*rows, kind=kind, network=network))
            self.assertEqual(got.paid, expected)


class TestCopay(BenefitsCase):
    def test_flat_copay_pays_the_schedule_less_the_copay(self):
        plan = coverage(
            benefit("copay", "D2391", amount=15), kind="flat_copay", posted={"D2391": 30}
        )
        line, got = self.run_one(plan, service(fee=150))
        self.assertEqual((got.copay, got.paid, got.write_off, line.patient), (15, 15, 0, 135))

    def test_copay_counts_for_each_unit_and_is_cut_to_the_allowed_amount(self):
        plan = coverage(
            pays(80), benefit("copay", "D2391", amount=30), kind="ppo", allowed={"D2391": 50}
        )
        _line, got = self.run_one(plan, service(quantity=2))
        self.assertEqual((got.copay, got.paid), (60, 32))
        plan = coverage(pays(80), benefit("copay", "D2391", amount=70), allowed={"D2391": 50})
        _line, got = self.run_one(plan)
        self.assertEqual((got.copay, got.paid), (50, 0))

    def test_a_copay_schedule_counts_before_the_rows(self):
        plan = coverage(
            benefit("copay", "D2391", amount=30), kind="flat_copay", copays=fees({"D2391": 10})
        )
        self.assertEqual(self.run_one(plan)[1].copay, 10)

    def test_capitation_pays_nothing_and_writes_off_all_but_the_copay(self):
        plan = coverage(benefit("copay", "D2391", amount=30), kind="capitation")
        line, got = self.run_one(plan)
        self.assertEqual((got.paid, got.write_off, got.deductible, line.patient), (0, 70, 0, 30))


class TestFixedBenefit(BenefitsCase):
    def _paid(self, *rows, allowed=None, given=None, **settings):
        plan = coverage(*rows, kind="ppo", allowed=allowed or {}, fixed_benefits=True)
        _line, got = self.run_one(plan, given, **settings)
        return got.paid, got.copay, got.write_off

    def test_the_plan_pays_the_amount_and_the_rest_is_copay(self):
        row = benefit("fixed_benefit", "D2391", amount=12)
        self.assertEqual(self._paid(row, allowed={"D2391": 60}), (12, 48, 40))
        self.assertEqual(self._paid(row), (12, 88, 0))
        twice = service(quantity=2)
        self.assertEqual(self._paid(row, allowed={"D2391": 60}, given=twice), (24, 96, 80))

    def test_an_amount_above_the_network_fee_is_cut_to_it(self):
        row = benefit("fixed_benefit", "D2391", amount=75)
        self.assertEqual(self._paid(row, allowed={"D2391": 60}), (60, 0, 40))

    def test_zero_is_zero_and_blank_is_as_the_practice_says(self):
        zero = benefit("fixed_benefit", "D2391", amount=0)
        allowed = {"allowed": {"D2391": 60}}
        self.assertEqual(self._paid(zero, **allowed), (0, 60, 40))
        self.assertEqual(self._paid(**allowed, blank_fixed_is_zero=True), (0, 60, 40))
        self.assertEqual(self._paid(**allowed), (60, 0, 40))

    def test_a_blank_amount_is_named(self):
        plan = coverage(kind="ppo", allowed={"D2391": 60}, fixed_benefits=True)
        line, _got = self.run_one(plan)
        self.assertIn("unknown_fixed_benefit", [step.rule for step in line.unknowns])


class TestAlternateCode(BenefitsCase):
    RULES = tuple(
        Substitution("D2391", alternate, condition)
        for alternate, condition in (
            ("A1", "always"),
            ("A2", "molar"),
            ("A3", "posterior"),
            ("A4", "second_molar"),
        )
    )

    def test_the_narrowest_condition_wins(self):
        for classes, expected in (
            ((), "A1"),
            (("posterior",), "A3"),
            (("posterior", "molar"), "A2"),
            (("posterior", "molar", "second_molar"), "A4"),
        ):
            found = choose("D2391", Area(classes=frozenset(classes)), self.RULES, ())
            self.assertEqual(found.alternate, expected)

    def test_never_switches_all_rules_off(self):
        rules = (*self.RULES, Substitution("D2391", "", "never"))
        self.assertIsNone(choose("D2391", POSTERIOR, rules, self.RULES))

    def test_a_rule_of_the_plan_hides_the_office_rules(self):
        office = (Substitution("D2391", "B1"),)
        molar_only = (Substitution("D2391", "A2", "molar"),)
        other = (Substitution("D2740", "A2"),)
        self.assertIsNone(choose("D2391", POSTERIOR, molar_only, office))
        self.assertEqual(choose("D2391", POSTERIOR, other, office).alternate, "B1")
        self.assertEqual(choose("D2391", POSTERIOR, (), office).alternate, "B1")

    def _downgrade(self, allowed, *rows, given=None, settings=None, **values):
        values.setdefault("kind", "ppo")
        plan = coverage(
            pays(80, "Restorative"),
            *rows,
            allowed=allowed,
            substitutions=(Substitution("D2391", "D2140"),),
            **values,
        )
        return self.run_one(plan, given or service(fee=150), **(settings or {}))

    def test_published_example(self):
        """Office 150, contract 127, alternate 100, deductible 50 at 80 %: 40 and 87."""
        line, got = self._downgrade({"D2391": 127, "D2140": 100}, benefit("deductible", amount=50))
        self.assertEqual((got.paid, got.write_off, line.patient), (40, 23, 87))
        self.assertEqual((got.alternate, got.alternate_used), ("D2140", True))

    def test_the_alternate_counts_for_each_unit(self):
        _line, got = self._downgrade(
            {"D2391": 127, "D2140": 100}, given=service(fee=150, quantity=2)
        )
        self.assertEqual((got.allowed, got.write_off), (200, 46))

    def test_the_source_is_that_of_the_rule_else_of_the_fee(self):
        by_fee, by_rule = Source("portal"), Source("phone")
        schedule = FeeSchedule.of({"D2391": money(90), "D2140": money(70)}, source=by_fee)
        for source in (Source(), by_rule):
            rule = Substitution("D2391", "D2140", source=source)
            plan = Plan("ppo", (pays(80),), allowed=schedule, substitutions=(rule,))
            line, _got = self.run_one(Coverage(1, 1, plan))
            step = next(step for step in line.trace if step.rule == "allowed_alternate")
            self.assertEqual(step.source, source if source.kind else by_fee)

    def test_without_write_off_the_patient_owes_up_to_the_office_fee(self):
        line, got = self._downgrade({"D2391": 127, "D2140": 100}, no_write_off_on_substitution=True)
        self.assertEqual((got.paid, got.write_off, line.patient), (80, 0, 70))

    def test_an_alternate_without_fee_or_with_a_higher_one_is_ignored_and_named(self):
        for allowed, rule in (
            ({"D2391": 127}, "alternate_no_fee"),
            ({"D2391": 127, "D2140": 130}, "alternate_higher_fee"),
        ):
            line, got = self._downgrade(allowed)
            self.assertEqual((got.allowed, got.alternate_used), (127, False))
            self.assertIn(rule, self.rules(line))

    def test_category_and_limits_stay_those_of_the_code_performed(self):
        _line, got = self._downgrade(
            {"D2391": 127, "D2140": 100}, pays(10, "D2140"), pays(50, "D2391")
        )
        self.assertEqual(got.paid, 50)

    def test_a_percentage_plan_without_schedule_goes_by_the_usual_fee(self):
        usual = {"usual_fees": fees({"D2391": 150, "D2140": 90})}
        _line, got = self._downgrade(None, kind="percentage", settings=usual)
        self.assertEqual((got.allowed, got.paid), (90, 72))
        usual = {"usual_fees": fees({"D2391": 80, "D2140": 90})}
        line, got = self._downgrade(None, kind="percentage", settings=usual)
        self.assertEqual((got.allowed, got.alternate_used), (150, False))

    def test_a_plan_may_refuse_all_substitutions(self):
        _line, got = self._downgrade({"D2391": 127, "D2140": 100}, substitutions_allowed=False)
        self.assertEqual((got.allowed, got.alternate), (127, None))

    def test_the_alternates_copay_counts(self):
        rows = (benefit("copay", "D2140", amount=45), benefit("copay", "D2391", amount=60))
        _line, got = self._downgrade({"D2391": 127, "D2140": 100}, *rows)
        self.assertEqual((got.copay, got.paid), (45, 44))
        _line, got = self._downgrade({"D2391": 127}, *rows)
        self.assertEqual(got.copay, 45)
        _line, got = self._downgrade({"D2391": 127, "D2140": 130}, *rows)
        self.assertEqual(got.copay, 60)


class TestDiscountPlan(BenefitsCase):
    def _discounts(self, terms, *services, **values):
        plan = coverage(
            kind="discount", posted={"D0120": 95, "D0140": 95}, discount=terms, **values
        )
        result = self.run_engine(plan, *services)
        for line in result.lines:
            self.assertEqual(line.patient, line.fee - line.discount)
        return [line.discount for line in result.lines]

    def _exams(self, *quantities, **values):
        return [
            service("D0120", ref=number, quantity=quantity, discount_class="exam", **values)
            for number, quantity in enumerate(quantities)
        ]

    def test_the_yearly_amount_is_shared(self):
        terms = Discount(Decimal(11))
        self.assertEqual(self._discounts(terms, *self._exams(1, 1, 1, 1)), [5, 5, 1, 0])

    def test_units_are_discounted_each_and_count_as_one_service(self):
        terms = Discount(None, {"exam": 2})
        self.assertEqual(self._discounts(terms, *self._exams(5, 1, 1)), [25, 5, 0])

    def test_a_new_plan_year_starts_anew(self):
        first = self._exams(1)[0]
        other = service("D0140", date=first.date.replace(year=2025), discount_class="exam")
        again = service("D0140", ref="again", discount_class="exam")
        terms = Discount(Decimal(5))
        self.assertEqual(self._discounts(terms, first, other, again), [5, 5, 0])

    def test_a_code_without_plan_fee_has_no_discount(self):
        self.assertEqual(self._discounts(None, service("D2740")), [0])

    def test_a_discount_gives_way_to_an_insurance_that_pays_more(self):
        club = coverage(kind="discount", posted={"D2391": 60})
        for rule, paid, discount in (("basic", 80, 20), ("standard", 60, 40)):
            insured = coverage(pays(80), order=2, cob=rule)
            line = self.run_engine((club, insured), service()).lines[0]
            self.assertEqual(
                (line.paid, line.discount, line.patient, line.overpaid), (paid, discount, 0, 0)
            )

    def test_a_discount_follows_an_insurance(self):
        insured = coverage(pays(50), maximum(40), order=1)
        club = coverage(kind="discount", order=2, posted={"D2391": 30})
        line = self.run_engine((insured, club), service()).lines[0]
        self.assertEqual((line.paid, line.discount, line.patient), (40, 60, 0))

    def test_a_discount_comes_after_what_is_written_off(self):
        ppo = coverage(pays(50), kind="ppo", allowed={"D2391": 80})
        club = coverage(kind="discount", order=2, posted={"D2391": 30})
        line = self.run_engine((ppo, club), service()).lines[0]
        self.assertEqual((line.paid, line.write_off, line.discount), (40, 20, 40))
