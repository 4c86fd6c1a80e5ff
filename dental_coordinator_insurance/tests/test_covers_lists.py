# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ast import literal_eval
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..listing import doubles
from .common import DentalInsuranceCase


class TestDoubles(BaseCase):
    """Which names and numbers may be one and the same."""

    def test_numbers_without_dashes_and_leading_zeros(self):
        items = [(1, "Harbor PPO", "00-4711"), (2, "Harbor managers", "4711"), (3, "Other", "4712")]
        self.assertEqual(doubles(items), [((1, 2), True)])

    def test_names_that_are_nearly_the_same(self):
        items = [(1, "Harbor Dental Insurance Co.", ""), (2, "harbor dental", ""), (3, "Hill", "")]
        self.assertEqual(doubles(items), [((1, 2), False)])
        self.assertEqual(
            doubles([(1, "Delta Dentl", ""), (2, "Delta Dental", "")]), [((1, 2), False)]
        )

    def test_what_differs_on_purpose(self):
        self.assertFalse(doubles([(1, "PPO 1000", ""), (2, "PPO 2000", "")]))
        self.assertFalse(doubles([(1, "Harbor PPO", "1"), (2, "Harbor PPO", "2")]))
        self.assertFalse(doubles([(1, "Harbor", ""), (2, "Union", "")]))

    def test_one_pair_is_told_once(self):
        items = [(1, "Harbor PPO", "7"), (2, "Harbor PPO", "7")]
        self.assertEqual(doubles(items), [((1, 2), True)])


@tagged("post_install", "-at_install")
class TestFindDoubles(DentalInsuranceCase):
    """Double plans and payers are found and made one."""

    def _found(self):
        plans = self.env["dental.insurance.plan"].with_user(self.billing)
        action = plans.with_company(self.company).action_find_doubles()
        return (
            self.env[action["res_model"]].with_user(self.billing).browse(action["res_id"]).line_ids
        )

    def test_double_plan_is_combined(self):
        double = self._new_plan("Harbour P.P.O. (old)")
        self._cover(self._new_patient("Ida", "Holm"), double, "H2")
        self._cover(self._new_patient("Ola", "Holm"), double, "H3")
        (line,) = self._found()
        self.assertEqual(line.plan_ids, self.plan | double)
        self.assertEqual((line.reason, line.members), ("the same group number", 3))
        line.action_combine()
        self.assertEqual(line.kept_plan_id, double, "it has more policies")
        self.assertEqual(self.coverage.plan_id, double)
        with self.assertRaisesRegex(UserError, "No two plans"):
            self._found()

    def test_double_payer_is_made_one(self):
        payer = self.env["res.partner"].create(
            {"name": "Harbor Dental Plan Inc.", "is_company": True}
        )
        plan = self._new_plan("Family", payer=payer)
        line = self._found().filtered("payer_ids")
        self.assertEqual(line.payer_ids, self.payer | payer)
        line.action_one_payer()
        self.assertEqual(plan.payer_id, self.payer)

    def test_only_who_keeps_plans(self):
        with self.assertRaises(AccessError):
            self.env["dental.insurance.plan"].with_user(self.front_desk).action_find_doubles()


@tagged("post_install", "-at_install")
class TestEndedCovers(DentalInsuranceCase):
    """Covers that ended for somebody who comes, and what took their place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.env["dental.patient"])
        cls.action = cls.env.ref(
            "dental_coordinator_insurance.dental_insurance_coverage_ended_action"
        )

    def _listed(self, *filters):
        """Covers in the list with these filters of its search."""
        view = self.action.search_view_id
        domain = literal_eval(self.action.domain)
        covers = self.env["dental.insurance.coverage"].with_user(self.front_desk)
        arch = covers.get_view(view.id, "search")["arch"]
        for name in filters:
            text = arch.split(f'name="{name}"')[1].split('domain="')[1].split('"')[0]
            domain += literal_eval(text.replace("&lt;", "<").replace("&gt;", ">").strip())
        return covers.search(domain)

    def test_ended_cover_with_its_work(self):
        self.assertFalse(self._listed())
        self.coverage.date_to = self.today - timedelta(days=3)
        self._new_procedure("crown")
        visit = self._new_visit(
            "exam", status="scheduled", start=fields.Datetime.now() + timedelta(days=2)
        )
        cover = self._listed("uncovered", "wanted")
        self.assertEqual(cover.id, self.coverage.id)
        self.assertEqual(cover.ended_on, self.today - timedelta(days=3))
        self.assertEqual((cover.open_count, cover.next_visit), (2, visit.start))
        self.assertFalse(cover.followed_by)

    def test_another_cover_took_its_place(self):
        self.coverage.date_to = self.today - timedelta(days=3)
        self._new_procedure("crown")
        self.assertTrue(self._listed("uncovered"))
        new = self._new_plan("Union PPO")
        self._cover(self.patient, new, "U7", sequence=2)
        self.assertFalse(self._listed("uncovered"))
        self.assertEqual(self._listed().followed_by, "Union PPO")

    def test_policy_that_ended_counts_and_who_wants_nothing_is_left_out(self):
        self.coverage.policy_id.date_to = self.today - timedelta(days=1)
        self.assertEqual(self._listed("uncovered").ended_on, self.today - timedelta(days=1))
        self.assertFalse(self._listed("wanted"))
