# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a payer's answer does to the books, without Odoo."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..settlement import ZERO, Answer, Cut, Position, Share, kind_of, spread, total

D = Decimal
money = st.integers(0, 200_000).map(lambda cents: D(cents) / 100)
# The first draw pays for loading, which says nothing of the strategy.
settings.register_profile("settlement", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settled = settings.get_profile("settlement")
shares = st.builds(Share, money, money, money, money, st.booleans(), st.booleans())


class TestPosition(BaseCase):
    def test_filing_moves_plan_and_write_off_off_the_bill(self):
        share = Share(plan=D(402), write_off=D(230))
        self.assertEqual(share.position, Position(D(402), D(230), D(-632), ZERO))

    def test_answer_as_expected_leaves_the_patient_alone(self):
        filed = Share(plan=D(435), write_off=D(230))
        paid = Share(D(435), D(230), paid=D(435), written_off=D(230), settled=True)
        change = paid.position - filed.position
        self.assertEqual(change, Position(insurance=D(-435), cash=D(435)))

    def test_what_is_not_paid_falls_on_the_patient(self):
        filed = Share(plan=D(435), write_off=D(230))
        paid = Share(D(435), D(230), paid=D(400), written_off=D(240), settled=True)
        change = paid.position - filed.position
        self.assertEqual(change, Position(D(-435), D(10), D(25), D(400)))

    def test_open_line_moves_only_the_money(self):
        filed = Share(plan=D(435), write_off=D(230))
        partly = Share(D(435), D(230), paid=D(100), settled=False)
        change = partly.position - filed.position
        self.assertEqual(change, Position(insurance=D(-100), cash=D(100)))

    def test_void_gives_the_whole_fee_back(self):
        filed, void = Share(D(435), D(230)), Share(D(435), D(230), filed=False)
        self.assertEqual(void.position - filed.position, Position(D(-435), D(-230), D(665)))

    @settled
    @given(st.lists(shares, max_size=5))
    def test_every_change_is_a_balanced_entry(self, some):
        whole = total(share.position for share in some)
        parts = (whole.insurance, whole.adjustment, whole.patient, whole.cash)
        self.assertEqual(sum(parts), 0)

    @settled
    @given(shares, shares)
    def test_there_and_back_is_nothing(self, one, other):
        there, back = other.position - one.position, one.position - other.position
        self.assertFalse(there + back)


class TestReasons(BaseCase):
    def _kind(self, group, reason, **options):
        return kind_of(Cut(group, reason, D(10)), **{"contracted": True, **options})

    def test_contract_and_patient_decide_themselves(self):
        self.assertEqual(self._kind("CO", "45"), "contractual")
        self.assertEqual(self._kind("CO", "131"), "contractual")
        self.assertEqual(self._kind("PR", "2"), "patient")
        self.assertEqual(self._kind("PR", "96"), "patient")

    def test_a_person_decides_what_is_not_final(self):
        for group, reason in (
            ("CO", "16"),
            ("CO", "197"),
            ("PR", "22"),
            ("PR", "197"),
            ("OA", "45"),
            ("PI", "45"),
        ):
            self.assertEqual(self._kind(group, reason), "open", (group, reason))

    def test_first_seen_reason_waits(self):
        self.assertEqual(self._kind("CO", "999", known=lambda reason: False), "open")

    def test_without_contract_nothing_is_given_up(self):
        self.assertEqual(self._kind("CO", "45", contracted=False), "open")

    def test_second_payer(self):
        self.assertEqual(self._kind("OA", "23", first_payer=False), "prior")
        self.assertEqual(self._kind("CO", "45", first_payer=False), "open")
        self.assertEqual(self._kind("OA", "23"), "open")


class TestAnswer(BaseCase):
    def test_sums_by_kind(self):
        answer = Answer.of(
            D(402),
            [
                (Cut("CO", "45", D(230)), "contractual"),
                (Cut("PR", "1", D(50)), "patient"),
                (Cut("PR", "2", D(435)), "patient"),
                (Cut("CO", "16", D(33)), "open"),
                (Cut("OA", "16", D(0)), "open"),
            ],
        )
        self.assertEqual(answer, Answer(D(402), D(230), D(485), D(50), (Cut("CO", "16", D(33)),)))

    def test_parts_of_one_line_add_up(self):
        cut = Cut("CO", "16", D(33))
        self.assertEqual(
            Answer(D(10), D(1), D(2), D(2)) + Answer(D(5), D(1), D(30), D(20), (cut,)),
            Answer(D(15), D(2), D(32), D(22), (cut,)),
        )


class TestSpread(BaseCase):
    def test_first_what_is_expected_then_the_fee(self):
        self.assertEqual(spread(D(150), [D(80), D(40)], [D(100), D(60)]), [D(100), D(50)])

    def test_more_than_the_fee_is_not_expected(self):
        self.assertEqual(spread(D(150), [D(120), D(40)], [D(100), D(60)]), [D(100), D(50)])

    def test_surplus_goes_to_the_first(self):
        self.assertEqual(spread(D(200), [D(80), D(40)], [D(100), D(60)]), [D(140), D(60)])

    @settled
    @given(st.integers(-100_000, 100_000), st.lists(st.tuples(money, money), min_size=1))
    def test_nothing_is_lost(self, cents, rows):
        amount = D(cents) / 100
        given_ = spread(amount, [min(row) for row in rows], [max(row) for row in rows])
        self.assertEqual(sum(given_), amount)
