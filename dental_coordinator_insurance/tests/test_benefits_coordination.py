# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Coordination of benefits and write-offs."""

from datetime import date
from decimal import Decimal

from ..benefits import Received
from .benefits_common import BenefitsCase, benefit, coverage, deductible, maximum, pays, service

RULES = ("basic", "standard", "carve_out", "maintenance")


class TestCoordination(BenefitsCase):
    def _line(self, *plans, fee=100, given=None, **settings):
        return self.run_engine(plans, given or service(fee=fee), **settings).lines[0]

    def _second(self, first, percent, *rows, allowed=None, fee=100, **values):
        """What the second plan pays under each rule."""
        kind = "ppo" if allowed else "percentage"
        allowed = {"D2391": allowed} if allowed else None
        found = []
        for rule in RULES:
            second = coverage(
                pays(percent), *rows, order=2, cob=rule, kind=kind, allowed=allowed, **values
            )
            found.append(self._line(first, second, fee=fee).plans[1].paid)
        return found

    def test_published_set(self):
        """Fee of the first plan 100, its payment P, second allows A at a percentage."""
        for paid, allowed, percent, expected in (
            (80, 110, 80, [30, 20, 8]),
            (80, 90, 80, [10, 20, 0]),
            (50, 110, 50, [55, 50, 5]),
            (50, 90, 50, [40, 45, 0]),
        ):
            first = coverage(pays(paid), kind="ppo", allowed={"D2391": 100})
            got = self._second(first, percent, allowed=allowed, fee=120)
            self.assertEqual(got[:3], expected)

    def test_published_carve_out_with_deductible(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 1500})
        got = self._second(first, 80, deductible(50), allowed=1200, fee=1500)
        self.assertEqual(got[2], 170)

    def test_grid_of_a_contracted_primary(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 80})
        self.assertEqual(self._second(first, 80), [60, 40, 40, 48])
        self.assertEqual(self._second(first, 80, allowed=90), [50, 40, 32, 40])
        self.assertEqual(self._second(first, 80, allowed=60), [20, 40, 8, 16])

    def test_the_second_deductible(self):
        first = coverage(pays(50))
        self.assertEqual(self._second(first, 80, deductible(50)), [40, 40, 0, 0])

    def test_maintenance_of_benefits_reduces_the_allowed_amount_first(self):
        first = coverage(pays(50))
        self.assertEqual(self._second(first, 80, deductible(20))[3], 24)
        second = coverage(pays(80), deductible(70), order=2, cob="maintenance")
        line = self._line(first, second)
        self.assertEqual((line.plans[1].paid, line.plans[1].deductible), (0, 50))

    def test_limits_come_after_coordination(self):
        first = coverage(pays(50))
        self.assertEqual(self._second(first, 80, maximum(25)), [25, 25, 25, 25])

    def test_the_primary_write_off_shrinks_for_a_basic_secondary(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 80})
        for percent, paid, write_off in ((80, 60, 0), (50, 50, 10), (30, 30, 20)):
            second = coverage(pays(percent), order=2, cob="basic")
            line = self._line(first, second)
            self.assertEqual(
                (line.plans[1].paid, line.plans[0].write_off, line.patient),
                (paid, write_off, 100 - 40 - paid - write_off),
            )

    def test_secondary_medicaid_leaves_the_patient_nothing(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 70})
        for kind in ("ppo", "percentage"):
            second = coverage(
                pays(100), order=2, cob="secondary_medicaid", kind=kind, allowed={"D2391": 20}
            )
            line = self._line(first, second)
            self.assertEqual(
                (line.plans[1].paid, line.plans[1].write_off, line.patient), (0, 35, 0)
            )

    def test_secondary_medicaid_writes_off_what_it_does_not_pay(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 70})
        second = coverage(
            pays(100), order=2, cob="secondary_medicaid", kind="ppo", allowed={"D2391": 60}
        )
        line = self._line(first, second)
        self.assertEqual([p.paid for p in line.plans], [35, 25])
        self.assertEqual([p.write_off for p in line.plans], [30, 10])

    def test_medicaid_in_third_place_is_standard(self):
        plans = [
            coverage(pays(40), kind="ppo", allowed={"D2391": 50}, order=n, cob="standard")
            for n in (1, 2)
        ]
        third = coverage(pays(40), order=3, cob="secondary_medicaid")
        line = self._line(*plans, third)
        self.assertEqual([p.paid for p in line.plans], [20, 20, 10])
        self.assertEqual([p.write_off for p in line.plans], [50, 0, 0])

    def test_four_plans_each_see_the_sum_of_those_before(self):
        plans = [coverage(pays(30), order=n, cob="standard") for n in (1, 2, 3, 4)]
        line = self._line(*plans)
        self.assertEqual([p.paid for p in line.plans], [30, 30, 30, 10])

    def test_plans_are_sorted_by_order(self):
        plans = [coverage(pays(n * 10), order=n, cob="carve_out") for n in (3, 1, 2)]
        line = self._line(*plans)
        self.assertEqual([p.paid for p in line.plans], [10, 10, 10])

    def test_without_coordination_the_fee_is_the_limit(self):
        self.assertEqual(
            self._line(coverage(pays(70)), coverage(pays(50), order=2, cob="none")).plans[1].paid,
            30,
        )

    def test_an_unknown_rule_is_named_and_taken_as_standard(self):
        line = self._line(coverage(pays(70)), coverage(pays(80), order=2))
        self.assertEqual(line.plans[1].paid, 30)
        self.assertIn("unknown_cob", [step.rule for step in line.unknowns])

    def test_a_received_primary_counts_with_its_figures(self):
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 80})
        answer = Received(1, Decimal(10), Decimal(20))
        for rule, expected in (("basic", 70), ("standard", 70), ("carve_out", 62)):
            second = coverage(pays(90), order=2, cob=rule, kind="ppo", allowed={"D2391": 80})
            line = self._line(first, second, given=service(received=(answer,)))
            self.assertEqual(line.plans[1].paid, expected)


class TestWriteOff(BenefitsCase):
    PPO = {"kind": "ppo", "allowed": {"D2391": 80}}

    def _write_offs(self, *plans, given=None, **settings):
        line = self.run_engine(plans, given or service(), **settings).lines[0]
        return [plan.write_off for plan in line.plans]

    def test_published_example(self):
        """Office 150, contract 127, deductible 50 at 80 %: 23, 61.60 and 65.40."""
        plan = coverage(pays(80), deductible(50), kind="ppo", allowed={"D2391": 127})
        line, got = self.run_one(plan, service(fee=150))
        self.assertEqual(
            (got.write_off, got.paid, line.patient), (23, Decimal("61.60"), Decimal("65.40"))
        )

    def test_only_contracted_plans_write_off(self):
        for kind, expected in (("ppo", 20), ("percentage", 0), ("flat_copay", 0)):
            values = {"allowed": {"D2391": 80}, "kind": kind}
            self.assertEqual(self._write_offs(coverage(pays(80), **values)), [expected])

    def test_no_secondary_write_off_if_another_plan_pays_or_writes_off(self):
        second = coverage(pays(80), order=2, cob="standard", **self.PPO)
        self.assertEqual(self._write_offs(coverage(pays(50)), second), [0, 0])
        self.assertEqual(self._write_offs(coverage(pays(0), **self.PPO), second), [20, 0])
        self.assertEqual(self._write_offs(coverage(pays(0)), second), [0, 20])

    def test_secondary_write_offs_may_be_allowed(self):
        second = coverage(pays(50), order=2, cob="carve_out", **self.PPO)
        for percent, expected in ((50, 20), (90, 10)):
            got = self._write_offs(coverage(pays(percent)), second, secondary_write_offs=True)
            self.assertEqual(got, [0, expected])
        first = coverage(pays(50), kind="ppo", allowed={"D2391": 90})
        self.assertEqual(self._write_offs(first, second, secondary_write_offs=True), [10, 0])

    def test_it_may_go_when_the_maximum_is_used_up(self):
        rows = (pays(100), maximum(100))
        for on_plan, of_practice, expected in (
            (True, False, [20, 20, 0]),
            (None, True, [20, 20, 0]),
            (False, True, [20, 20, 20]),
            (None, False, [20, 20, 20]),
        ):
            plan = coverage(*rows, zero_write_off_max=on_plan, **self.PPO)
            services = [service(ref=n) for n in range(3)]
            result = self.run_engine(plan, *services, zero_write_off_max=of_practice)
            self.assert_paid(result, 80, 20, 0)
            self.assertEqual([line.write_off for line in result.lines], expected)

    def test_it_stays_when_the_deductible_took_everything(self):
        plan = coverage(pays(100), deductible(80), maximum(0), zero_write_off_max=True, **self.PPO)
        self.assertEqual(self._write_offs(plan), [20])

    def test_it_may_go_beyond_frequency_or_age(self):
        for row in (
            benefit("frequency", "D2391", quantity=0, period="calendar_year"),
            benefit("age", "D2391", max_age=5),
        ):
            for on, expected in ((True, 0), (False, 20)):
                plan = coverage(pays(100), row, zero_write_off_limits=on, **self.PPO)
                self.assertEqual(self._write_offs(plan, given=service(age=9)), [expected])

    def test_a_waiting_period_leaves_the_write_off(self):
        row = benefit("waiting", "D2391", quantity=12, period="months")
        plan = coverage(
            pays(100), row, zero_write_off_limits=True, starts=date(2024, 1, 1), **self.PPO
        )
        self.assertEqual(self._write_offs(plan), [20])

    def test_capitation_leaves_room_for_what_others_paid(self):
        first = coverage(pays(60))
        second = coverage(benefit("copay", "D2391", amount=30), kind="capitation", order=2)
        self.assertEqual(self._write_offs(first, second), [0, 40])
