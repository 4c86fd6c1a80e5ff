# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .test_book_screen import DAY, BookCase


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookAccess(BookCase):
    def _seen_by(self, user):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["dental.book"].with_user(user).data(DAY, self.view.id)

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_outsiders_trainees_and_patients_are_refused(self):
        portal = new_test_user(
            self.env,
            "portal.marta",
            groups="base.group_portal",
            partner_id=self.patient.partner_id.id,
        )
        for user in (self.outsider, self.trainee, portal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._seen_by(user)

    def test_a_restricted_visit_takes_its_place_without_a_word_of_whom(self):
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        data = self._seen_by(self.front_desk)
        card = self._cards(data)[self.hers.id]
        self.assertTrue(card["restricted"])
        self.assertEqual(card["file"], self.patient.number)
        self.assertFalse({"patient_id", "provider_id", "type", "number"} & card.keys())
        text = json.dumps(data, default=str)
        for secret in ("Marta", "Kowalski"):
            self.assertNotIn(secret, text)
        mine = self._cards(self._seen_by(self.clinician))[self.hers.id]
        self.assertEqual(mine["patient"], "Marta Kowalski")

    def test_a_restricted_visit_on_a_tray_is_gone_from_it(self):
        visit = self.hers.with_user(self.front_desk)
        visit.action_to_tray()
        self.assertEqual(len(self._seen_by(self.front_desk)["tray"]), 1)
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.assertEqual(self._seen_by(self.front_desk)["tray"], [])

    def test_a_note_about_a_restricted_file_is_not_shown(self):
        self.env["dental.book.note"].create(
            {"day": DAY, "text": "Call Marta back", "patient_id": self.patient.id}
        )
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.assertEqual(self._seen_by(self.front_desk)["days"][0]["notes"], [])
        self.assertEqual(len(self._seen_by(self.clinician)["days"][0]["notes"]), 1)

    def test_another_clinic_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        foreigner = self._new_user("foreigner", "group_manager", other)
        data = self.env["dental.book"].with_user(foreigner).data(DAY)
        self.assertEqual(data["visits"], [])
        self.assertNotIn("Kowalski", json.dumps(data, default=str))

    def test_looking_at_the_book_is_logged_once_an_hour_for_everybody_in_it(self):
        log = self.env["dental.access.log"]
        last = log.search([], limit=1).id or 0
        for _look in range(2):
            self._seen_by(self.front_desk)
        lines = log.search([("id", ">", last), ("user_id", "=", self.front_desk.id)])
        self.assertEqual(sorted(lines.mapped("patient_key")), sorted((self.patient | self.tom).ids))
        self.assertEqual(set(lines.mapped("model")), {"dental.book"})

    def test_details_and_the_pane_are_openings(self):
        log = self.env["dental.access.log"]
        last = log.search([], limit=1).id or 0
        self.hers.with_user(self.front_desk).book_peek()
        self.tom.with_user(self.front_desk).book_pane()
        lines = log.search([("id", ">", last)])
        self.assertEqual(set(lines.mapped("patient_key")), set((self.patient | self.tom).ids))
        self.assertEqual(set(lines.mapped("action")), {"open"})

    def test_the_paper_is_a_print_and_says_whose_and_of_when(self):
        log = self.env["dental.access.log"]
        last = log.search([], limit=1).id or 0
        report = self.env["ir.actions.report"].with_user(self.front_desk)
        html, _kind = report._render_qweb_html(
            "dental_coordinator.report_book_day", (self.hers | self.his).ids
        )
        text = html.decode()
        for said in (
            self.company.name,
            "2 March 2026",
            "Marta Kowalski",
            "Chair 2",
            "Confidential",
        ):
            self.assertIn(said, text)
        lines = log.search([("id", ">", last), ("action", "=", "print")])
        self.assertEqual(set(lines.mapped("patient_key")), set((self.patient | self.tom).ids))

    def test_the_slip_says_when_and_with_whom_not_what_for(self):
        report = self.env["ir.actions.report"].with_user(self.front_desk)
        html, _kind = report._render_qweb_html(
            "dental_coordinator.report_visit_slip", self.hers.ids
        )
        text = html.decode()
        for said in ("2 March 2026", "9:00", "Dr. Ortiz", self.hers.number):
            self.assertIn(said, text)
        for secret in ("Exam", "Kowalski"):
            self.assertNotIn(secret, text)

    def test_a_family_has_one_slip(self):
        family = self.env["dental.family"].create({"name": "K", "company_id": self.company.id})
        (self.patient | self.tom).family_id = family
        slips = (self.hers | self.his)._slips()
        self.assertEqual([line["name"] for line in slips[0]["visits"]], ["Marta", "Tom"])
