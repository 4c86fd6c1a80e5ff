# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import DentalSetup


@tagged("post_install", "-at_install")
class TestLink(DentalSetup, HttpCase):
    _registry_readonly_enabled = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._setup_dental(cls.env.company)
        cls.kind = cls.env["dental.appointment.type"].create({"name": "Crown", "pattern": "/XX/"})
        cls.start = fields.Datetime.now().replace(minute=0, second=0) + timedelta(days=9)
        cls.visit = cls.env["dental.appointment"].create(
            {
                "patient_id": cls.patient.id,
                "type_id": cls.kind.id,
                "provider_id": cls.provider.id,
                "operatory_id": cls.chair.id,
                "start": cls.start,
            }
        )

    def _link(self, purpose="visit", days=5, **vals):
        until = fields.Datetime.now() + timedelta(days=days)
        link, address = self.env["dental.link"]._make(purpose, self.patient, until, **vals)
        self.env.flush_all()
        return link, "/dental/l/" + address.rsplit("/", 1)[1]

    def _post(self, path, answer):
        page = self.url_open(path)
        token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(path, data={"csrf_token": token, "answer": answer})

    def test_only_the_hash_is_kept(self):
        link, path = self._link(appointment_id=self.visit.id)
        token = path.rsplit("/", 1)[1]
        self.assertEqual(len(token), 43)
        self.assertNotIn(token, str(link.sudo().read()))
        self.assertEqual(self.env["dental.link"]._find(token), link)
        self.assertFalse(self.env["dental.link"]._find(token + "x"))

    def test_looking_changes_nothing_and_names_nobody(self):
        link, path = self._link(appointment_id=self.visit.id)
        page = self.url_open(path)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.company.name, page.text)
        self.assertIn("Yes, I come", page.text)
        for secret in ("Marta", "Kowalski", "Crown", "Ortiz", self.patient.number):
            self.assertNotIn(secret, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(self.visit.status, "scheduled")
        self.assertTrue(link.viewed_at)
        self.assertFalse(link.used_at)

    def test_confirmed_once(self):
        link, path = self._link(appointment_id=self.visit.id)
        self.assertIn("We expect you", self._post(path, "confirm").text)
        self.env.invalidate_all()
        self.assertEqual(self.visit.status, "confirmed")
        self.assertTrue(link.used_at)
        log = self.visit.contact_log_ids
        self.assertRecordValues(log, [{"direction": "in", "outcome": "reached", "automatic": True}])
        again = self.url_open(path)
        self.assertIn("answered already", again.text)
        self.assertNotIn("<button type", again.text)

    def test_a_wish_to_move_keeps_the_place_and_asks_the_team(self):
        path = self._link(appointment_id=self.visit.id)[1]
        self.assertIn("We call you", self._post(path, "move").text)
        self.env.invalidate_all()
        self.assertEqual(self.visit.status, "scheduled")
        self.assertEqual(self.visit.next_action, "Wants to move: call")

    def test_expired_revoked_or_unknown_opens_nothing(self):
        expired = self._link(days=-1, appointment_id=self.visit.id)[1]
        self.assertIn("no longer valid", self.url_open(expired).text)
        link, path = self._link(appointment_id=self.visit.id)
        link.with_user(self.coordinator).action_revoke()
        self.env.flush_all()
        self.assertIn("no longer valid", self.url_open(path).text)
        when = link.sudo()._when_text()
        self.assertIn(when, self.url_open(self._link(appointment_id=self.visit.id)[1]).text)
        for over in (expired, path):
            self.assertNotIn(when, self.url_open(over).text)
        self.assertEqual(self.url_open("/dental/l/nonsense").status_code, 404)

    def test_no_answer_but_those_offered(self):
        link, path = self._link(appointment_id=self.visit.id)
        self._post(path, "accept")
        self.env.invalidate_all()
        self.assertFalse(link.used_at)

    @mute_logger("odoo.http")
    def test_a_form_of_another_site_is_refused(self):
        path = self._link(appointment_id=self.visit.id)[1]
        answer = self.url_open(path, data={"answer": "confirm"})
        self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertEqual(self.visit.status, "scheduled")

    def test_wrong_secrets_are_slowed_down(self):
        for number in range(20):
            self.assertEqual(self.url_open(f"/dental/l/x{number}").status_code, 404)
        path = self._link(appointment_id=self.visit.id)[1]
        self.assertEqual(self.url_open(path).status_code, 429)

    def test_stop_is_kept_on_the_file(self):
        self.patient.write({"email_ok": "yes", "text_ok": "yes"})
        path = self._link("stop")[1]
        self.assertIn("no more", self._post(path, "stop").text)
        self.env.invalidate_all()
        self.assertEqual((self.patient.email_ok, self.patient.text_ok), ("no", "no"))

    def test_an_offer_is_taken_or_gone(self):
        self.patient.write({"email": "m@example.com", "email_ok": "yes"})
        other = self._new_patient("Bo", "Sow", email="bo@example.com", email_ok="yes")
        entries = self.env["dental.waitlist.entry"].create(
            [{"patient_id": p.id, "type_id": self.kind.id} for p in (self.patient, other)]
        )
        offer = self.env["dental.slot.offer"]._open_for(
            self.start - timedelta(days=2),
            self.start - timedelta(days=2, minutes=-40),
            self.provider,
            self.chair,
        )
        lines = offer.line_ids.filtered(lambda line: line.entry_id in entries)
        offer._put_out()
        paths = []
        for line in lines:
            line._send("email")
            mail = self.env["mail.mail"].search([], order="id desc", limit=1)
            paths.append("/dental/l/" + mail.body_html.split("/dental/l/")[1].split('"')[0])
        self.env.flush_all()
        self.assertIn("This time is free", self.url_open(paths[0]).text)
        self.assertIn("It is yours", self._post(paths[0], "accept").text)
        self.env.invalidate_all()
        self.assertEqual(lines.mapped("state"), ["accepted", "taken"])
        self.assertEqual(offer.filled_by_id.patient_id, lines[0].patient_id)
        self.assertIn("Somebody was faster", self._post(paths[1], "accept").text)
