# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine as a whole: order, as-of date, totals, refusals, determinism, growth."""

import time
from datetime import date
from decimal import Decimal

from ..benefits import Coverage, Overrides, Patient, Request, Settings, estimate
from ..benefits.ortho import case_estimates
from .benefits_common import (
    DAY,
    BenefitsCase,
    benefit,
    coverage,
    deductible,
    frequency,
    maximum,
    pays,
    service,
    used,
)

NEW_YEAR = date(2025, 1, 1)


class TestEstimate(BenefitsCase):
    def test_earlier_services_consume_first(self):
        plan = coverage(pays(80), deductible(50), maximum(100))
        for first, second, expected in (
            (service(), service("D2140"), (40, 60)),
            (service("D2140"), service(), (40, 60)),
        ):
            result = self.run_engine(plan, first, second)
            self.assert_paid(result, *expected)
            self.assertEqual([line.ref for line in result.lines], [first.ref, second.ref])

    def test_totals(self):
        plan = coverage(pays(80), kind="ppo", allowed={"D2391": 80})
        result = self.run_engine(plan, service(), service("D2140"))
        self.assertEqual(
            (result.fee, result.paid, result.write_off, result.discount, result.patient),
            (200, 144, 20, 0, 36),
        )
        self.assertEqual(result.line("D2140").patient, 20)

    def test_as_of_a_future_date(self):
        """After New Year the maximum and the frequency are free again, the deductible is due."""
        plan = coverage(
            pays(100), deductible(50), maximum(500), frequency(1, "calendar_year", "D2391")
        )
        history = [used("D2391", 500, deductible=50)]
        for as_of, expected in ((None, (0, 0)), (DAY, (0, 0)), (NEW_YEAR, (50, 0))):
            result = self.run_engine(
                plan, service(), service(ref="b"), history=history, as_of=as_of
            )
            self.assert_paid(result, *expected)

    def test_only_planned_services_move_to_the_as_of_date(self):
        plan = coverage(pays(100))
        services = (
            service(ref="planned"),
            service(ref="done", planned=False),
            service(ref="later", date=date(2025, 3, 1)),
            service(ref="undated", date=None),
        )
        result = self.run_engine(plan, *services, as_of=NEW_YEAR)
        days = [line.date for line in result.lines]
        self.assertEqual(days, [NEW_YEAR, DAY, date(2025, 3, 1), NEW_YEAR])

    def test_refusals(self):
        plan = coverage(pays(100))
        typed = Overrides(9, total=Decimal(1))
        for words, call in (
            ("neither a date nor an as-of date", lambda: self.run_engine(plan, service(date=None))),
            ("same order", lambda: self.run_engine((plan, coverage(key=2)), service())),
            ("same key", lambda: self.run_engine((plan, coverage(order=2, key=1)), service())),
            ("same ref", lambda: self.run_engine(plan, service(), service())),
            ("no coverage 9", lambda: self.run_engine(plan, service(overrides=(typed,)))),
            ("no coverage 7", lambda: self.run_engine(plan, history=[used("D1", coverage=7)])),
            ("quantity 0", lambda: service(quantity=0)),
            ("fee -1", lambda: service(fee=-1)),
            ("coordination rule 'x'", lambda: coverage(cob="x")),
            ("kind 'hmo'", lambda: coverage(kind="hmo")),
            ("status 'lost'", lambda: used("D1", status="lost")),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValueError, words):
                call()

    def test_without_coverage_the_patient_owes_the_fee(self):
        line = self.run_engine((), service()).lines[0]
        self.assertEqual((line.patient, line.plans), (100, ()))
        self.assertEqual(self.run_engine((), service(fee=0)).lines[0].patient, 0)
        self.assertEqual(self.run_engine((), service(fee=None)).lines[0].fee, 0)

    def test_patient_rows_beat_the_plans_whatever_their_scope(self):
        plan = coverage(pays(100, "D2391"), pays(80)).plan
        self.assertEqual(self.run_one(Coverage(1, 1, plan, benefits=(pays(10),)))[1].paid, 10)
        given = Coverage(1, 1, coverage(pays(10, "D2391"), pays(80, patient_level=True)).plan)
        self.assertEqual(self.run_one(given)[1].paid, 80)

    def test_amounts_of_the_patient_replace_the_plans_on_the_same_thing(self):
        plan = coverage(pays(100), deductible(20), maximum(30), maximum(10, "Crowns")).plan
        given = Coverage(1, 1, plan, benefits=(deductible(50), maximum(40)))
        result = self.run_engine(given, service(), service("D2740"))
        self.assert_deductibles(result, 50, 0)
        self.assert_paid(result, 40, 10)

    def test_the_same_request_gives_the_same_answer(self):
        request = Request(
            (coverage(pays(80), deductible(50), frequency(1, "years", "D2391")),),
            (service(), service("D2140"), service(ref="c")),
            (used("D2740", 20, deductible=10),),
            Patient(date(2000, 1, 1)),
        )
        self.assertEqual(estimate(request), estimate(request))

    def test_a_plan_is_indexed_once_for_all_members(self):
        plan = coverage(pays(80)).plan
        members = [Coverage(key, 1, plan) for key in ("a", "b")]
        for member in members:
            self.run_one(member)
        self.assertIs(members[0].index, members[1].index)

    def test_other_currencies(self):
        line, got = self.run_one(coverage(pays(33)), service(fee=100), cent=Decimal(1))
        self.assertEqual(got.paid, 33)
        line, got = self.run_one(coverage(pays(33)), service(fee=101), cent=Decimal(1))
        self.assertEqual((got.paid, line.patient), (33, 68))


class TestOrthodonticCase(BenefitsCase):
    def test_the_last_service_takes_the_rounding(self):
        fees = [Decimal(1000), Decimal(1000), Decimal(1000)]
        self.assertEqual(
            case_estimates(Decimal(3000), Decimal(1000), fees),
            (Decimal("333.33"), Decimal("333.33"), Decimal("333.34")),
        )

    def test_a_part_of_the_case_takes_its_share_only(self):
        self.assertEqual(
            case_estimates(Decimal(3000), Decimal(1500), [Decimal(500)]), (Decimal(250),)
        )
        with self.assertRaisesRegex(ValueError, "total fee 0"):
            case_estimates(Decimal(0), Decimal(1), [])


class TestGrowth(BenefitsCase):
    """Ten times the lines and the history must not take much more than ten times as long."""

    CODES = ("D0120", "D0220", "D1110", "D2391", "D2740")

    def _request(self, size):
        rows = (
            pays(80),
            deductible(50),
            deductible(150, level="family"),
            maximum(10**6),
            frequency(2, "benefit_year", "D1110"),
            frequency(6, "months", ["D0220"], area="tooth"),
            benefit("waiting", "Crowns", quantity=6, period="months"),
        )
        plans = tuple(
            coverage(*rows, order=n, cob="standard", starts=date(2020, 1, 1)) for n in (1, 2)
        )
        codes = [self.CODES[n % len(self.CODES)] for n in range(size)]
        services = tuple(service(code, ref=n) for n, code in enumerate(codes))
        history = tuple(
            used(code, 10, DAY.replace(day=1 + n % 28), coverage=1 + n % 2, service=("h", n))
            for n, code in enumerate(codes * 2)
        )
        return Request(plans, services, history, settings=Settings())

    def _seconds(self, size):
        request, best = self._request(size), []
        for _attempt in range(3):
            start = time.process_time()
            estimate(request)
            best.append(time.process_time() - start)
        return min(best)

    def test_time_grows_with_the_lines(self):
        self._seconds(50)
        small, large = self._seconds(200), self._seconds(2000)
        self.assertLess(large / small, 25)
