# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The trace: its steps add up, its words can be said, its assumptions are named."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from ..benefits import (
    TEMPLATES,
    Benefit,
    Coverage,
    Discount,
    Overrides,
    Patient,
    Plan,
    Precert,
    Received,
    Scope,
    Source,
    Step,
    Substitution,
    sentence,
)
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

PACKAGE = Path(__file__).parent.parent / "benefits"


class TestTrace(BenefitsCase):
    def _said(self, line):
        return [sentence(step) for step in line.trace]

    def test_the_whole_story_of_a_line(self):
        phone = Source("phone", date(2024, 5, 2), "ref 77", "Ann", record=12)
        row = Benefit(
            "coinsurance", Scope.category("Restorative"), percent=Decimal(80), source=phone
        )
        plan = Plan("ppo", (row, deductible(50), maximum(1000)), allowed=None, label="Acme")
        plan = Plan(
            "ppo",
            plan.benefits,
            allowed=coverage(allowed={"D2391": 127}).plan.allowed,
            label="Acme",
        )
        line, _got = self.run_one(Coverage(1, 1, plan), service(fee=150))
        self.assertEqual(
            self._said(line),
            [
                "The fee is 150.00.",
                "The plan's fee for D2391 is 127.00; it allows 127.00.",
                "Deductible of 50.00 (50.00 still owed).",
                "The plan covers 80 % of Restorative: 61.60.",
                "Contracted discount: the fee less the plan's fee of 127.00.",
                "The fee is 150.00.",
                "Acme pays 61.60.",
                "Written off for Acme: 23.00.",
            ],
        )
        percent = next(step for step in line.trace if step.rule == "percent")
        self.assertEqual(percent.source, phone)
        self.assertEqual((percent.before, percent.after), (77, Decimal("61.6")))
        self.assertEqual(line.unknowns, ())

    def test_steps_of_each_track_add_up_to_its_result(self):
        plans = (
            coverage(pays(50), deductible(20), maximum(30), kind="ppo", allowed={"D2391": 80}),
            coverage(pays(80), order=2, cob="basic"),
        )
        line = self.run_engine(plans, service()).lines[0]
        for plan in line.plans:
            for track in ("benefit", "write_off", "discount"):
                result = plan.paid if track == "benefit" else getattr(plan, track)
                steps = [s for s in line.trace if (s.coverage, s.track) == (plan.coverage, track)]
                self.assertEqual(sum(step.amount for step in steps), result)
        own = [step for step in line.trace if step.track == "patient"]
        self.assertEqual(sum(step.amount for step in own), line.patient)

    def test_half_cents_go_to_the_even_cent_and_are_a_step(self):
        for fee, expected in (("10.01", "5.00"), ("10.03", "5.02"), ("0.05", "0.02")):
            line, got = self.run_one(coverage(pays(50)), service(fee=fee))
            self.assertEqual(got.paid, Decimal(expected))
            self.assertIn("rounding", self.rules(line))
        line, got = self.run_one(coverage(pays(50)), service(fee="10.01"), rounding="ROUND_HALF_UP")
        self.assertEqual(got.paid, Decimal("5.01"))

    def test_a_blank_percentage_is_named_not_guessed(self):
        for rows, assumed, expected in (((), 0, 0), ((pays(None),), 50, 50)):
            line, got = self.run_one(coverage(*rows), assumed_percent=Decimal(assumed))
            self.assertEqual(got.paid, expected)
            step = next(step for step in line.unknowns if step.rule == "unknown_percent")
            self.assertIn(f"{assumed} % is assumed", sentence(step))
        line, _got = self.run_one(coverage(pays(0)))
        self.assertNotIn("unknown_percent", [step.rule for step in line.unknowns])

    def test_a_limit_tells_when_it_frees(self):
        plan = coverage(pays(100), frequency(6, "months", "D1110"))
        history = [used("D1110", 1, date(2024, 2, 1))]
        line, got = self.run_one(plan, service("D1110"), history=history)
        self.assertIn(
            "Not covered so often: last on 2024-02-01, covered again from 2024-08-02.",
            self._said(line),
        )
        self.assertEqual(got.free_on, date(2024, 8, 2))

    def test_every_rule_that_the_engine_names_has_words(self):
        source = "\n".join(
            path.read_text() for path in PACKAGE.glob("*.py") if not path.name.startswith("case")
        )
        named = set(re.findall(r'(?:move|note|_take_copay)\(\s*(?:work, )?"(\w+)"', source))
        named |= set(re.findall(r'Stop\(\s*"(\w+)"', source))
        named |= set(re.findall(r'return "(write_off_\w+)"', source))
        self.assertGreater(len(named), 40)
        self.assertEqual(named - TEMPLATES.keys(), set())

    def test_every_step_of_many_situations_can_be_said(self):
        said = set()
        for line in self._situations():
            for step in line.trace:
                text = sentence(step)
                self.assertNotIn("%(", text)
                self.assertEqual(TEMPLATES[step.rule] % step.words(), text)
                said.add(step.rule)
        self.assertEqual(TEMPLATES.keys() - said, set())

    def _situations(self):
        ppo = {"kind": "ppo", "allowed": {"D2391": 80}}
        late = date(2024, 6, 1)
        second = [
            coverage(pays(80), order=2, cob=rule, label=rule)
            for rule in ("basic", "standard", "carve_out", "maintenance", "none", "")
        ]
        first = coverage(pays(50), **ppo)
        for other in second:
            yield from self.run_engine((first, other), service()).lines
        medicaid = coverage(pays(80), order=2, cob="secondary_medicaid", **ppo)
        yield from self.run_engine((first, medicaid), service()).lines
        half = coverage(pays(50))
        yield from self.run_engine(
            (half, coverage(pays(50), order=2, cob="carve_out", **ppo)),
            service(),
        ).lines
        yield from self.run_engine(
            (coverage(pays(90)), coverage(pays(5), order=2, cob="carve_out", **ppo)),
            service(),
            secondary_write_offs=True,
        ).lines
        for rows, given, values in (
            ((pays(80), deductible(10), maximum(5)), service(), ppo),
            ((pays(80), maximum(5, level="family")), service(), ppo),
            ((pays(80), maximum(5, period="lifetime")), service(), ppo),
            ((pays(80), maximum(5, period="lifetime", level="family")), service(), ppo),
            ((pays(33),), service(fee="9.99"), {}),
            ((pays(80), benefit("exclusion")), service(), ppo | {"usual_fee_when_excluded": True}),
            (
                (pays(80), benefit("age", max_age=3)),
                service(age=4),
                ppo | {"zero_write_off_limits": True},
            ),
            ((pays(80), benefit("age", max_age=3)), service(), ppo),
            ((pays(80), maximum(0)), service(), ppo | {"zero_write_off_max": True}),
            ((pays(80), frequency(0, "calendar_year", "D2391")), service(), ppo),
            (
                (pays(80), benefit("waiting", quantity=3, period="months")),
                service(),
                ppo | {"starts": late},
            ),
            ((pays(80), benefit("waiting", quantity=3, period="months")), service(), ppo),
            ((pays(80), benefit("missing_tooth")), service(), ppo),
            (
                (pays(80), benefit("missing_tooth")),
                service(tooth_lost_on=date(2020, 1, 1)),
                ppo | {"starts": late},
            ),
            ((), service(fee=None), ppo),
            ((pays(80),), service("D2740"), ppo),
            ((pays(80),), service(date=date(2020, 1, 1)), ppo | {"starts": late}),
            ((pays(80),), service(do_not_bill=True), ppo),
            ((benefit("copay", amount=5),), service(), {"kind": "capitation"}),
            ((benefit("fixed_benefit", amount=5),), service(), ppo | {"fixed_benefits": True}),
            ((), service(), ppo | {"fixed_benefits": True}),
            ((pays(80),), service(precerts=(Precert(1, Decimal(9), "n"),)), ppo),
            ((pays(80),), service(received=(Received(1, Decimal(120)),)), ppo),
            (
                (pays(80),),
                service(overrides=(Overrides(1, *map(Decimal, (70, 5, 5, 50, 0, 9, 3))),)),
                ppo,
            ),
            ((pays(80),), service(overrides=(Overrides(1, before_limits=Decimal(5)),)), ppo),
        ):
            yield from self.run_engine(coverage(*rows, **values), given).lines
        yield from self._alternates()
        yield from self._discounts()
        yield from self.run_engine(
            coverage(pays(80), benefit("same_day", "D2140", other_codes=frozenset({"D2391"}))),
            service(),
            service("D2140"),
        ).lines
        yield from self.run_engine(
            coverage(pays(80), kind="ppo", allowed={}), service(), missing_fee_is_zero=True
        ).lines

    def _alternates(self):
        for fees in ({"D2391": 80, "D2140": 60}, {"D2391": 80}, {"D2391": 80, "D2140": 90}):
            plan = coverage(
                pays(80),
                kind="ppo",
                allowed=fees,
                no_write_off_on_substitution=True,
                substitutions=(Substitution("D2391", "D2140"),),
            )
            yield from self.run_engine(plan, service(), patient=Patient(DAY)).lines

    def _discounts(self):
        def club(order, terms=None):
            return coverage(
                kind="discount", order=order, posted={"D2391": 40}, discount=terms, label="Club"
            )

        for plans in (
            (club(1, Discount(Decimal(5), {"exam": 1})),),
            (club(1), coverage(pays(80), order=2, cob="basic")),
            (coverage(pays(80)), club(2)),
        ):
            exams = [service(ref=n, discount_class="exam") for n in (1, 2)]
            yield from self.run_engine(plans, *exams, service("D2740")).lines

    def test_a_step_is_plain_data(self):
        step = Step("deductible", "benefit", 1, Decimal(80), Decimal(30), {"owed": Decimal(50)})
        self.assertEqual(step.amount, -50)
        self.assertEqual(
            step.words(),
            {"before": "80.00", "after": "30.00", "amount": "50.00", "owed": "50.00"},
        )
        self.assertFalse(step.is_assumption)
