# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
from base64 import b64decode
from datetime import date
from zipfile import ZipFile

import pypdfium2
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import Form, tagged, users

from .clinical import PNG, ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestReferralLetter(ClinicalCase):
    """What goes with a referral, and how practices answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.practice.write(
            {
                "dental_specialty": "Oral surgery",
                "dental_referral_note": "Wants images by mail",
                "email": "lee@example.com",
            }
        )
        cls.xray = cls.env["dental.image"].create(
            {
                "patient_id": cls.patient.id,
                "kind": "bitewing",
                "file": PNG,
                "taken_on": "2026-02-27",
            }
        )

    def _refer(self, **vals):
        return self._make("dental.referral", partner_id=self.practice.id, **vals)

    def _printed(self, referral):
        report = "dental_coordinator.report_referral_letter"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(report, referral.ids)
        return " ".join(html.decode().split())

    def _went(self, sent, seen, report, **vals):
        """A referral that went its way on these days of January."""
        day = [n and date(2026, 1, n) for n in (sent, seen, report)]
        referral = self._refer(**vals)
        referral.sudo().write(dict(zip(("sent_on", "seen_on", "report_on"), day, strict=True)))
        return referral

    @users("front.desk")
    def test_letter_tells_what_the_practice_needs(self):
        kind = (
            self.env["dental.condition.type"].sudo().create({"name": "Gloves", "kind": "allergy"})
        )
        self.env["dental.condition"].sudo().create(
            {"patient_id": self.patient.id, "type_id": kind.id, "reaction": "Hives"}
        )
        referral = self._refer(
            reason="Impacted wisdom tooth",
            teeth="48",
            urgency="soon",
            image_ids=[(6, 0, self.xray.ids)],
            authorisation="R-17",
        )
        text = self._printed(referral)
        for told in (
            "Dr. Lee",
            "Marta Kowalski",
            "4 May 1992",
            "Impacted wisdom tooth",
            "Soon",
            "Gloves: Hives",
            f"{self.xray.number} X-ray: bitewing 02/27/2026",
            "R-17",
            referral.number,
        ):
            with self.subTest(told):
                self.assertIn(told, text)
        last = self.env["dental.access.log"].sudo().search([], limit=1, order="id desc")
        self.assertRecordValues(last, [{"action": "print", "patient_key": self.patient.id}])

    @users("front.desk")
    def test_thanks_and_then_our_report_to_the_sender(self):
        kind = (
            self.env["dental.condition.type"].sudo().create({"name": "Gloves", "kind": "allergy"})
        )
        self.env["dental.condition"].sudo().create(
            {"patient_id": self.patient.id, "type_id": kind.id}
        )
        referral = self._refer(direction="in", return_plan="Back to you for the crown")
        self.assertIn("Thank you for sending us your patient", self._printed(referral))
        referral.action_thank()
        referral.action_treated()
        text = self._printed(referral)
        self.assertIn("About the patient whom you sent us", text)
        self.assertIn("2 March 2026", text)
        self.assertIn("Back to you for the crown", text)
        self.assertNotIn("Gloves", text, "a report tells what was asked, not the whole file")

    @users("front.desk")
    def test_packet_from_the_referral_is_registered_with_it(self):
        other = self.env["dental.image"].create(
            {"patient_id": self.patient.id, "kind": "perio", "file": PNG}
        )
        referral = self._refer(reason="Wisdom tooth", image_ids=[(6, 0, self.xray.ids)])
        action = referral.action_packet()
        page = Form(self.env["dental.packet"].with_context(**action["context"]))
        self.assertEqual(page.recipient, "Dr. Lee")
        self.assertEqual(page.address, "lee@example.com")
        packet = page.save()
        self.assertEqual(packet.image_ids, self.xray)
        self.assertIn(other, packet.allowed_ids)
        packet.action_make()
        self.assertRecordValues(
            referral.disclosure_ids,
            [{"recipient": "Dr. Lee", "purpose": "treatment", "documents": self.xray.number}],
        )
        self.assertEqual(referral.disclosure_count, 1)
        with ZipFile(io.BytesIO(b64decode(packet.document))) as archive:
            cover = pypdfium2.PdfDocument(archive.read("cover.pdf"))
            self.assertIn("Why: Wisdom tooth", cover[0].get_textpage().get_text_range())

    @users("front.desk")
    def test_packet_with_another_patients_referral_is_refused(self):
        stranger = (
            self.env["dental.patient"]
            .sudo()
            .create({"first_name": "Pia", "last_name": "Other", "company_id": self.company.id})
        )
        referral = self._refer(image_ids=[(6, 0, self.xray.ids)])
        packet = self.env["dental.packet"].create(
            {
                "patient_id": stranger.id,
                "recipient": "Dr. Lee",
                "referral_id": referral.id,
                "image_ids": [(6, 0, self.xray.ids)],
            }
        )
        with self._refused(UserError, f"{referral.number} is another patient's"):
            packet.action_make()

    @users("coordinator")
    def test_how_long_a_practice_takes(self):
        """Medians of 4, 6, 20 and of 2, 8 days; who was seen three years ago does not count."""
        self._went(1, 5, 7)
        self._went(1, 7, 15)
        self._went(1, 21, None)
        self._went(1, None, None, direction="in")
        old = self._went(1, 2, 3)
        old.sudo().write({"sent_on": date(2022, 1, 1), "seen_on": date(2023, 1, 1)})
        practice = self.practice.with_env(self.env)
        self.assertRecordValues(
            practice,
            [
                {
                    "dental_days_to_visit": 6.0,
                    "dental_days_to_report": 5.0,
                    "dental_seen_count": 3,
                    "dental_open_referrals": 4,
                }
            ],
        )
        page = Form(self.env["dental.referral"].with_context(default_patient_id=self.patient.id))
        page.partner_id = practice
        self.assertEqual(page.specialty, "Oral surgery")
        self.assertEqual(page.days_to_visit, 6.0)
        self.assertEqual(page.practice_note, "Wants images by mail")

    @users("coordinator")
    def test_practices_are_listed_in_two_queries(self):
        several = self.env["res.partner"].sudo().create([{"name": f"P{n}"} for n in range(20)])
        self._went(1, 5, 7)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            (several | self.practice).with_env(self.env).mapped("dental_days_to_visit")

    @users("manager")
    def test_the_first_who_sent_a_patient_is_the_source(self):
        first = self._refer(direction="in")
        second = self._refer(direction="in")
        out = self._went(1, 5, 7)
        self.env.flush_all()
        rows = self.env["dental.referral.report"].browse((first | second | out).ids)
        made = self.company._dental_day(first.create_date)
        self.assertRecordValues(
            rows,
            [
                {"first_source": 1, "seen": 0, "reported": 0, "referred_on": made},
                {"first_source": 0, "seen": 0, "reported": 0, "referred_on": made},
                {"first_source": 0, "seen": 1, "reported": 1, "referred_on": date(2026, 1, 1)},
            ],
        )
        self.assertEqual((rows[2].days_to_visit, rows[2].days_to_report), (4.0, 2.0))
