# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..models.dental_device import MISSES
from .common import DentalSetup


class DeviceCase(DentalSetup, HttpCase):
    """A clinic with a hall screen and a tablet; Marta and Ana come today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.company.resource_calendar_id.tz = "UTC"
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Exam", "pattern": "XX"})
        cls.ana = cls._new_patient("Ana", "Lund", birth_date="1988-07-06")
        noon = datetime.combine(fields.Date.today(), datetime.min.time()) + timedelta(hours=12)
        cls.marta_visit = cls._visit(cls.patient, noon)
        cls.ana_visit = cls._visit(cls.ana, noon + timedelta(hours=1))

    @classmethod
    def _visit(cls, patient, start):
        return cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": start,
            }
        )

    def _pair(self, kind):
        device = self.env["dental.device"].create({"name": "Entrance", "kind": kind})
        url = device.with_user(self.manager).action_pair()["context"]["default_url"]
        return device, "/" + url.split("/", 3)[3]

    def _get(self, path):
        return self.url_open(path, allow_redirects=False)

    def _post(self, path, **values):
        page = self._get(re.sub("/here$", "", path)).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        values["csrf_token"] = token[1] if token else ""
        return self.url_open(path, data=values, allow_redirects=False)

    def _assert_tells_nothing(self, text):
        text = re.sub(r"[\w-]{40,}", "", text)  # the page's keys are chance
        for secret in ("Marta", "Kowalski", "Ana", "Lund", "Exam", "Ortiz", "1992", "P0"):
            self.assertNotIn(secret, text)


@tagged("post_install", "-at_install")
class TestHall(DeviceCase):
    def test_only_a_manager_is_offered_the_pairing(self):
        for user, offered in ((self.manager, True), (self.coordinator, False)):
            arch = self.env["dental.device"].with_user(user).get_view(view_type="list")["arch"]
            self.assertEqual('name="action_pair"' in arch, offered)
            self.assertEqual('name="action_revoke"' in arch, offered)

    def test_it_shows_tickets_and_never_names(self):
        _device, path = self._pair("hall")
        page = self._get(path).text
        self.assertRegex(page, r"^\s*<!DOCTYPE html>")
        self._assert_tells_nothing(page)
        self.marta_visit.action_arrive()
        self.assertEqual(self._get(path + "/calls").json(), {"calls": []})
        self.marta_visit.action_call_in()
        answer = self._get(path + "/calls")
        call = answer.json()["calls"][0]
        self.assertEqual((call["label"], call["room"]), (self.marta_visit.ticket, "C1"))
        self.assertRegex(call["label"], r"^\d{3}$")
        self._assert_tells_nothing(answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_initials_where_the_clinic_wants_them(self):
        _device, path = self._pair("hall")
        self.company.dental_hall_label = "initials"
        self.marta_visit.action_arrive()
        self.marta_visit.action_call_in()
        answer = self._get(path + "/calls")
        self.assertEqual(answer.json()["calls"][0]["label"], "M. K.")
        self._assert_tells_nothing(answer.text)

    def test_a_call_goes_when_it_is_old_or_settled(self):
        _device, path = self._pair("hall")
        self.marta_visit.action_arrive()
        self.marta_visit.action_call_in()
        self.marta_visit.called_at = fields.Datetime.now() - timedelta(minutes=11)
        self.assertFalse(self._get(path + "/calls").json()["calls"])
        self.marta_visit.called_at = fields.Datetime.now()
        self.marta_visit.action_checkout()
        self.assertFalse(self._get(path + "/calls").json()["calls"])

    def test_other_clinics_calls_are_not_shown(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        device, path = self._pair("hall")
        self.marta_visit.action_arrive()
        self.marta_visit.action_call_in()
        device.company_id = other
        self.assertFalse(self._get(path + "/calls").json()["calls"])

    def test_a_link_that_does_not_work_is_not_there(self):
        device, path = self._pair("hall")
        kiosk = path.replace("/hall/", "/kiosk/")
        self.assertEqual(self._get(path).status_code, 200)
        for wrong in (kiosk, path[:-1] + "_", "/dental/hall/x", "/dental/hall/x/calls"):
            self.assertEqual(self._get(wrong).status_code, 404, wrong)
        device.with_user(self.manager).action_revoke()
        self.assertEqual(self._get(path).status_code, 404)
        self.assertEqual(self._get(path + "/calls").status_code, 404)

    def test_a_link_ends_and_is_kept_only_as_its_hash(self):
        device, path = self._pair("hall")
        token = path.split("/")[-1]
        self.assertNotIn(token, str(device.sudo().read()))
        self.assertEqual(self.env["dental.device"]._by_token(token, "hall"), device)
        device.expires_at = fields.Datetime.now() - timedelta(days=1)
        self.assertFalse(self.env["dental.device"]._by_token(token, "hall"))
        self.assertEqual(device.state, "revoked")
        _device, again = device, device.with_user(self.manager).action_pair()
        self.assertNotIn(token, again["context"]["default_url"])
        self.assertEqual(self._get(path).status_code, 404)

    def test_only_the_manager_pairs(self):
        device = self.env["dental.device"].create({"name": "Hall", "kind": "hall"})
        for user in (self.front_desk, self.clinician, self.outsider, self.trainee):
            with self.assertRaises(AccessError):
                device.with_user(user).action_pair()


@tagged("post_install", "-at_install")
class TestKiosk(DeviceCase):
    def setUp(self):
        super().setUp()
        self.device, self.path = self._pair("kiosk")

    def _ask(self, name, birth_date):
        return self._post(self.path, name=name, birth_date=birth_date).text

    def _offer(self, page):
        found = re.search(r'name="offer" value="([^"]+)"', page)
        return found and found[1]

    def test_name_and_birth_date_confirm_the_own_visit(self):
        page = self._ask("kowalski marta", "1992-05-04")
        self.assertIn("12:00", page)
        self.assertNotIn("13:00", page)
        for secret in ("Lund", "Exam", "Ortiz", "P0"):
            self.assertNotIn(secret, page)
        welcome = self._post(self.path + "/here", offer=self._offer(page)).text
        self.env.invalidate_all()
        self.assertEqual(self.marta_visit.status, "arrived")
        self.assertEqual(self.marta_visit.arrived_by, "tablet")
        self.assertIn(self.marta_visit.ticket, welcome)
        self.assertEqual(self.ana_visit.status, "scheduled")
        self.assertIn("Entrance", self.marta_visit.visit_event_ids[0].note)

    def test_whoever_is_not_found_is_told_the_same(self):
        self._visit(self._new_patient("Tom", "Abel", birth_date="1990-01-02"), "2030-01-07 09:00")
        asked = [
            ("Nobody Known", "1992-05-04"),  # no patient
            ("Marta Kowalski", "1992-05-05"),  # wrong birth date
            ("Kowalski", "1992-05-04"),  # half a name
            ("Tom Abel", "1990-01-02"),  # a patient, not today
            ("Marta Kowalski", "not a date"),
            ("", ""),
        ]
        pages = set()
        for name, birth_date in asked:
            text = self._ask(name, birth_date)
            pages.add(re.sub(r"\s+", " ", text))
            self._assert_tells_nothing(text)
        self.assertEqual(len(pages), 1)
        self.assertIn("Please come to the desk", pages.pop())

    def test_it_works_once(self):
        offer = self._offer(self._ask("Marta Kowalski", "1992-05-04"))
        self._post(self.path + "/here", offer=offer)
        self.assertIn("come to the desk", self._post(self.path + "/here", offer=offer).text)
        self.assertIn("come to the desk", self._ask("Marta Kowalski", "1992-05-04"))

    def test_an_offer_is_of_one_tablet_and_for_minutes(self):
        offer = self.device.sudo()._offer("Marta Kowalski", "1992-05-04")["offer"]
        other, _path = self._pair("kiosk")
        self.assertIsNone(other.sudo()._accept(offer))
        for wrong in ("", "x", offer[:-2], offer + "x"):
            self.assertIsNone(self.device.sudo()._accept(wrong))
        self.marta_visit._set_status("cancelled")
        self.assertIsNone(self.device.sudo()._accept(offer))

    def test_two_of_one_name_and_day_come_to_the_desk(self):
        twin = self._new_patient("Marta", "Kowalski", birth_date="1992-05-04")
        self._visit(twin, self.marta_visit.start + timedelta(hours=3))
        self.assertIn("come to the desk", self._ask("Marta Kowalski", "1992-05-04"))

    def test_guessing_is_stopped_for_a_while(self):
        for number in range(MISSES):
            self._ask(f"Guess {number}", "1990-01-01")
        self.assertIn("come to the desk", self._ask("Marta Kowalski", "1992-05-04"))
        self.device.invalidate_recordset()
        self.device.missed_at = fields.Datetime.now() - timedelta(minutes=11)
        self.assertIn("12:00", self._ask("Marta Kowalski", "1992-05-04"))

    def test_who_has_a_visit_does_not_guess_on_between(self):
        device = self.device.sudo()
        for number in range(MISSES):
            if number % 2:
                self.assertTrue(device._offer("Marta Kowalski", "1992-05-04"))
            device._offer(f"Guess {number}", "1990-01-01")
        self.assertIsNone(device._offer("Marta Kowalski", "1992-05-04"))

    def test_who_checks_in_starts_the_count_anew(self):
        device = self.device.sudo()
        device._offer("Guess", "1990-01-01")
        self.assertEqual(device.misses, 1)
        device._accept(device._offer("Marta Kowalski", "1992-05-04")["offer"])
        self.assertEqual(device.misses, 0)

    def test_what_is_to_settle_goes_to_the_desk(self):
        self.env["dental.visit.check"].create({"name": "Deposit", "before": "arrived"})
        offer = self._offer(self._ask("Marta Kowalski", "1992-05-04"))
        self.assertIn("come to the desk", self._post(self.path + "/here", offer=offer).text)
        self.env.invalidate_all()
        self.assertEqual(self.marta_visit.status, "scheduled")

    def test_forms_that_are_due_come_after_checking_in(self):
        question = {"name": "Do you take new medicines?", "required": True}
        form = self.env["dental.form"].create(
            {"name": "Your health", "thanks": "Read at once.", "question_ids": [(0, 0, question)]}
        )
        name = f"q_{form.question_ids.id}"
        offer = self._offer(self._ask("Marta Kowalski", "1992-05-04"))
        page = self._post(self.path + "/here", offer=offer).text
        self.assertIn("Do you take new medicines?", page)
        self.assertIn("180;url=", page)  # whoever goes away leaves nothing on the screen
        self._assert_tells_nothing(page.replace(form.name, ""))
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        told = {"csrf_token": token, "pass": re.search(r'name="pass" value="([^"]+)"', page)[1]}
        again = self.url_open(self.path + "/form", data=told).text
        self.assertIn("Please answer this.", again)
        done = self.url_open(self.path + "/form", data={**told, name: "yes", "q_0": "x"}).text
        self.assertIn("Read at once.", done)
        self._assert_tells_nothing(done)
        self.env.invalidate_all()
        self.assertIn(self.marta_visit.ticket, done)
        self.assertEqual(self.marta_visit.form_sheet_ids.answer_ids.answer, "Yes")
        wrong = self.url_open(self.path + "/form", data={**told, "pass": "x"}).text
        self.assertIn("come to the desk", wrong)

    @mute_logger("odoo.http")
    def test_without_the_forms_own_token_nothing_happens(self):
        answer = self.url_open(
            self.path, data={"name": "Marta Kowalski", "birth_date": "1992-05-04"}
        )
        self.assertEqual(answer.status_code, 400)

    def test_the_reading_is_logged(self):
        self._ask("Marta Kowalski", "1992-05-04")
        log = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("action", "=", "portal")], limit=1
        )
        self.assertEqual(log.reason, "Entrance")
