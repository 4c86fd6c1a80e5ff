# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The search for a place: what it respects, sets of visits, words, and moving a visit."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from .test_blockout import BlockoutCase


class FinderCase(BlockoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.chair_2 = cls.env["dental.operatory"].create({"name": "Chair 2", "tz": "UTC"})
        cls.other = cls.env["dental.provider"].create({"name": "Dr. Sow", "tz": "UTC"})
        cls.mine = cls.provider | cls.other
        cls.family = cls.env["dental.family"].create({"name": "Kowalski"})
        cls.child = cls._new_patient("Ben", "Kowalski", family_id=cls.family.id)
        cls.patient.family_id = cls.family
        # The chairs and dentists of this test only.
        cls.env["dental.operatory"].search([]).filtered(
            lambda c: c not in cls.chair | cls.chair_2
        ).active = False
        cls.env["dental.provider"].search([]).filtered(lambda p: p not in cls.mine).active = False

    def _finder(self, **vals):
        return self.env["dental.slot.finder"].create(
            {
                "patient_id": self.patient.id,
                "type_id": self.kind.id,
                "earliest": "2026-03-03",
                **vals,
            }
        )

    def _found(self, **vals):
        finder = self._finder(**vals)
        finder.action_search()
        return finder.proposal_ids


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestSearch(FinderCase):
    @users("front.desk")
    def test_first_opening_of_ten_days_in_five_queries(self):
        finder = self._finder()
        finder.patient_id.access_need_ids.mapped("name")
        finder.type_id.equipment_ids.mapped("resource_id")
        finder._find()
        self.env["dental.provider"].invalidate_model()
        self.env["dental.operatory"].invalidate_model()
        with self.assertQueryCount(5):
            found = finder._find()
        self.assertEqual(len(found), 10)

    @users("front.desk")
    def test_patients_own_dentist_comes_first_and_the_card_says_so(self):
        self.patient.sudo().primary_provider_id = self.other
        first = self._found()[0]
        self.assertEqual(first.provider_id, self.other)
        self.assertIn("with the patient's own Dr. Sow", first.card["reasons"])
        self.assertIn("fits 40 minutes, 20 of them the provider's", first.card["reasons"])
        self._book(first.start, provider_id=self.other.id, patient_id=self.child.id)
        second = self._found()[0]
        self.assertEqual((second.start, second.provider_id), (first.start, self.provider))
        self.assertIn("Dr. Sow is taken or away", second.card["reasons"])

    @users("front.desk")
    def test_type_decides_who_treats_and_where(self):
        self.other.sudo().kind = "hygienist"
        self.chair_2.sudo().kind = "hygiene"
        self.kind.sudo().write({"provider_kind": "hygienist", "room_kind": "hygiene"})
        found = self._found()
        self.assertEqual((found.provider_id, found.operatory_id), (self.other, self.chair_2))
        self.chair_2.sudo().kind = "treatment"
        with self.assertRaisesRegex(UserError, "no chair suits"):
            self._found()

    @users("front.desk")
    def test_equipment_in_use_is_waited_for(self):
        laser = self.env["dental.equipment"].sudo().create({"name": "Laser", "tz": "UTC"})
        self.kind.sudo().equipment_ids = laser
        first = self._found()[0]
        self._book(first.start, patient_id=self.child.id)
        self.assertGreaterEqual(self._found()[0].start, first.start + timedelta(minutes=40))

    @users("front.desk")
    def test_access_needs_make_it_longer_and_rule_out_chairs_and_hours(self):
        self.patient.sudo().access_need_ids = self.env["dental.access.need"].sudo().create(
            {
                "name": "Quiet",
                "minutes_after": 20,
                "operatory_ids": [(6, 0, self.chair_2.ids)],
                "from_hour": 14,
            }
        )  # fmt: skip
        found = self._found()
        self.assertEqual(found.operatory_id, self.chair_2)
        self.assertEqual(found[0].stop - found[0].start, timedelta(minutes=60))
        self.assertEqual({row.start.hour for row in found}, {14})

    def test_kept_time_is_for_its_kinds_until_it_opens(self):
        urgent = self.env["dental.appointment.type"].create({"name": "Pain", "pattern": "XX"})
        self._block(
            start="2026-03-03 07:00:00",
            stop="2026-03-03 18:00:00",
            name="Emergencies",
            kind="template",
            resource_ids=(self.chair | self.chair_2).resource_id.ids,
            type_ids=urgent.ids,
            release_ids=[(0, 0, {"hours": 20})],
        )
        self.env = self.env(user=self.front_desk)
        day = datetime(2026, 3, 3).date()
        self.assertNotEqual(self._found()[0].start.date(), day)
        kept = self._found(type_id=urgent.id)[0]
        self.assertEqual(kept.start.date(), day)
        self.assertIn("in time kept for it", kept.card["reasons"])
        with freeze_time("2026-03-02 11:00:00"):
            opened = self._found()[0]
            self.assertEqual(opened.start.date(), day)
            self.assertIn("in kept time that has opened", opened.card["reasons"])

    @users("front.desk")
    def test_an_emergency_sees_every_opening_from_now_on(self):
        self.kind.sudo().urgent = True
        found = self._found(earliest="2026-03-02")
        self.assertEqual(len(found), 10)
        self.assertEqual({row.start.date() for row in found}, {datetime(2026, 3, 2).date()})

    @users("front.desk")
    def test_shift_takes_the_place_of_the_weekly_hours_in_its_chair(self):
        shift = {"company_id": self.company.id, "start_hour": 13, "stop_hour": 15}
        self.env["dental.shift"].sudo().create(
            [
                {**shift, "day": "2026-03-03", "provider_id": provider.id,
                 "operatory_ids": [(6, 0, chair.ids)]}
                for provider, chair in ((self.provider, self.chair_2), (self.other, self.chair))
            ]
        )  # fmt: skip
        first = self._found(provider_id=self.provider.id)[0]
        self.assertEqual(
            (first.start, first.operatory_id), (datetime(2026, 3, 3, 13), self.chair_2)
        )

    @users("front.desk")
    def test_the_visit_that_moves_does_not_stand_in_its_own_way(self):
        first = self._found()[0]
        visit = self._book(first.start)
        finder = self.env["dental.slot.finder"].browse(visit.action_move()["res_id"])
        finder.write({"earliest": "2026-03-03", "move_reason": "Train", "provider_id": False})
        finder.action_search()
        self.assertEqual(finder.proposal_ids[0].start, first.start)
        finder.proposal_ids[1].action_book()
        self.assertEqual(visit.start, finder.proposal_ids[1].start)
        self.assertEqual(visit.move_ids.reason, "Train")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestFamilySearch(FinderCase):
    def _family(self, mode):
        finder = self._finder(family_mode=mode)
        finder.action_add_family()
        self.assertEqual(finder.member_ids.patient_id, self.child)
        finder.action_search()
        return finder.proposal_ids

    @users("front.desk")
    def test_side_by_side_is_booked_as_one(self):
        proposal = self._family("side_by_side")[0]
        places = proposal.place_ids
        self.assertEqual(len(set(places.mapped("start"))), 1)
        self.assertEqual(places.operatory_id, self.chair | self.chair_2)
        self.assertEqual(places.provider_id, self.mine)
        self.assertIn("all begin together", proposal.card["reasons"])
        action = proposal.action_book()
        visits = self.env["dental.appointment"].search(action["domain"])
        self.assertEqual(visits.patient_id, self.patient | self.child)

    @users("front.desk")
    def test_back_to_back(self):
        places = self._family("back_to_back")[0].place_ids
        self.assertEqual(places[0].stop, places[1].start)

    @users("front.desk")
    def test_all_or_nothing(self):
        proposal = self._family("side_by_side")[0]
        second = proposal.place_ids[1]
        stranger = self.env["dental.patient"].create({"first_name": "A", "last_name": "B"})
        self._book(
            second.start,
            patient_id=stranger.id,
            operatory_id=second.operatory_id.id,
            provider_id=second.provider_id.id,
        )
        with self._refused(UserError, "is taken"):
            proposal.action_book()
        self.assertFalse(self.patient.with_env(self.env).appointment_ids)

    @users("front.desk")
    def test_a_visit_of_the_family_that_day_is_a_reason(self):
        self._book("2026-03-03 10:00:00", patient_id=self.child.id)
        self.assertRegex(self._found()[0].reasons, "comes at 10:00.*Chair 1")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestChain(FinderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kinds = cls.env["dental.appointment.type"]
        following = kinds
        chain = [("Crown", "2w", "6w"), ("Uncover", "2w", "5w"), ("Heal", "12w", "16w")]
        cls.last = following = kinds.create({"name": "Check", "pattern": "X"})
        for name, gap, limit in chain:
            following = kinds.create(
                {"name": name, "pattern": "/XX/", "next_type_id": following.id,
                 "next_gap": gap, "next_limit": limit}
            )  # fmt: skip
        cls.implant = following

    @users("front.desk")
    def test_a_chain_of_four_is_proposed_and_booked_with_its_gaps(self):
        proposals = self._found(type_id=self.implant.id, with_chain=True)
        self.assertEqual(len(proposals), 3)
        places = proposals[0].place_ids
        days = [place.start.date() for place in places]
        self.assertEqual(len(days), 4)
        self.assertGreaterEqual((days[1] - days[0]).days, 84)
        self.assertLessEqual((days[1] - days[0]).days, 112)
        for before, after in zip(days[1:], days[2:], strict=False):
            self.assertGreaterEqual((after - before).days, 14)
        action = proposals[0].action_book()
        visits = self.env["dental.appointment"].search(action["domain"], order="start")
        self.assertEqual(visits[1:].after_id, visits[:3])
        self.assertEqual(visits[1].gap, "12w")
        self.assertFalse(any(visits.mapped("gap_warning")))

    @users("front.desk")
    def test_the_laboratory_has_its_days_between_two_visits(self):
        kind = self.last.search([("name", "=", "Crown")]).sudo()
        kind.lab_days = 10  # the two weeks of its gap are longer
        self.assertEqual(str(kind._gap()[0]), "2w")
        kind.lab_days = 20
        places = self._found(type_id=kind.id, with_chain=True)[0].place_ids
        self.assertGreaterEqual((places[1].start.date() - places[0].start.date()).days, 20)
        self.assertEqual(places[1].gap, "20d")
        with self._refused(ValidationError, "Crown: the laboratory needs 50 days"):
            kind.lab_days = 50

    @users("front.desk")
    def test_moving_one_warns_of_the_rest(self):
        proposal = self._found(type_id=self.implant.id, with_chain=True)[0]
        visits = self.env["dental.appointment"].search(
            proposal.action_book()["domain"], order="start"
        )
        visits[0].start += timedelta(days=7)
        self.assertRegex(visits[1].gap_warning, f"Too early after {visits[0].number}: not before")
        self.assertIn(visits[1].number, visits[0].place_warnings()[0])
        visits[0].start -= timedelta(days=40)
        self.assertRegex(visits[1].gap_warning, "Too late after")
        visits[0].action_cancel()
        self.assertRegex(visits[1].gap_warning, "is broken")

    @users("front.desk")
    def test_where_the_chain_breaks_off_is_said(self):
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": "Closed",
                "calendar_id": self.company.resource_calendar_id.id,
                "resource_id": False,
                "date_from": "2026-05-20 00:00:00",
                "date_to": "2026-12-31 00:00:00",
            }
        )
        finder = self._finder(type_id=self.implant.id, with_chain=True)
        finder.action_search()
        self.assertFalse(finder.proposal_ids)
        self.assertRegex(finder.nothing, "No place for Uncover between .* and")

    def test_a_circle_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "followed by itself"):
            self.last.next_type_id = self.implant
        with self.assertRaisesRegex(ValidationError, "years, months, weeks"):
            self.implant.next_gap = "soon"
