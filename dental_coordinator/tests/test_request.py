# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64encode
from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .clinical import PNG, ClinicalCase


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestRequest(ClinicalCase):
    def _ask(self, **vals):
        return self._make(
            "dental.request", **{"kind": "pano", "partner_id": self.practice.id, **vals}
        )

    def _receive(self, request):
        self._make("dental.image", request_id=request.id, kind=request.kind, file=PNG)
        request.action_receive()

    @users("front.desk")
    def test_from_asking_to_telling(self):
        request = self._ask(reason="Before the crown")
        steps = [(request.state, request.next_action, request.next_date)]
        for step in (request.action_ask, lambda: self._receive(request)):
            step()
            steps.append((request.state, request.next_action, request.next_date))
        request.with_user(self.clinician).action_review()
        steps.append((request.state, request.next_action, request.next_date))
        request.action_tell()
        self.assertEqual(
            steps,
            [
                ("to_ask", "Ask for it", date(2026, 3, 2)),
                ("asked", "Chase it", date(2026, 3, 9)),
                ("received", "Review it", date(2026, 3, 3)),
                ("reviewed", "Tell the patient", date(2026, 3, 3)),
            ],
        )
        self.assertRecordValues(
            request,
            [
                {
                    "state": "told",
                    "asked_on": date(2026, 3, 2),
                    "received_on": date(2026, 3, 2),
                    "reviewed_by_id": self.clinician.id,
                    "told_at": datetime(2026, 3, 2, 9),
                }
            ],
        )
        self.assertEqual(request.image_ids.reviewed_by_id, self.clinician)

    @users("coordinator")
    def test_review_is_the_clinicians(self):
        request = self._ask()
        self._receive(request)
        for forbidden in (
            request.action_review,
            lambda: request.write({"state": "reviewed"}),
            lambda: request.write({"abnormal": True}),
            lambda: request.write({"finding": "Caries"}),
            lambda: request.image_ids.action_review(),
        ):
            with self.assertRaises(AccessError):
                forbidden()
        with self._refused(UserError, "“Received” and cannot go to “Patient told”"):
            request.write({"state": "told"})

    @users("clinician")
    def test_an_abnormal_result_is_told_today(self):
        request = self._ask(received_as="Prints")
        request.action_receive()
        request.write({"abnormal": True, "finding": "Shadow"})
        request.action_review()
        self.assertEqual(request.next_date, date(2026, 3, 2))

    @users("front.desk")
    def test_what_is_missing_is_named(self):
        with self._refused(UserError, "From whom: choose who has it"):
            self._ask(partner_id=False).action_ask()
        with self._refused(UserError, "Pregnancy asked: ask before an x-ray"):
            self._ask(where="here").action_ask()
        self._ask(where="here", pregnancy="no").action_ask()
        self._ask(where="here", kind="photo").action_ask()
        with self._refused(UserError, "attach the file, or enter what came"):
            self._ask().action_receive()

    @users("front.desk")
    def test_chasing_and_what_cannot_be_used(self):
        request = self._ask()
        request.action_ask()
        with freeze_time("2026-03-09 09:00:00"):
            request.action_chase()
            self.assertRecordValues(request, [{"chases": 1, "next_date": date(2026, 3, 16)}])
        self._receive(request)
        request.action_reject()
        self.assertRecordValues(request, [{"state": "asked", "chases": 0}])

    @users("front.desk")
    def test_open_has_an_owner_cancelled_need_not(self):
        request = self._ask()
        with self._refused(ValidationError, f"{request.number} is still open"):
            request.owner_id = False
        request.action_cancel()
        request.owner_id = False
        request.owner_id = self.front_desk
        request.action_reopen()
        self.assertEqual(request.state, "to_ask")

    @users("front.desk")
    def test_a_similar_image_is_pointed_out(self):
        self._make("dental.image", kind="pano", taken_on="2025-06-01", file=PNG)
        self._make("dental.image", kind="bitewing", taken_on="2026-01-01", file=PNG)
        self.assertEqual(self._ask().last_similar_on, date(2025, 6, 1))
        self.assertFalse(self._ask(kind="cbct").last_similar_on)

    @users("front.desk")
    def test_nobody_follows_and_nothing_clinical_is_in_the_chatter(self):
        request = self._ask(reason="Suspicion")
        self.assertFalse(request.message_follower_ids)
        self.assertFalse(request.message_ids)
        request.action_ask()
        self.assertFalse(request.message_ids)

    @users("front.desk")
    def test_work_filters_find_mine_overdue(self):
        request = self._ask(next_date="2026-02-20")
        self.assertEqual(request.days_overdue, 10)
        found = self.env["dental.request"].search(
            [("owner_id", "=", self.env.uid), ("next_date", "<", "today")]
        )
        self.assertEqual(found, request)

    @users("billing")
    def test_billing_asks_for_nothing(self):
        with self.assertRaises(AccessError):
            self._ask()


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 09:00:00")
class TestImage(ClinicalCase):
    def _attachment(self, image):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", image._name),
                    ("res_id", "=", image.id),
                    ("res_field", "=", "file"),
                ]
            )
        )

    def _image(self, **vals):
        return self._make("dental.image", **{"file": PNG, "filename": "Kowalski_pano.png", **vals})

    @users("front.desk")
    def test_the_file_has_a_neutral_title_and_no_address(self):
        image = self._image()
        attachment = self._attachment(image)
        self.assertRecordValues(
            attachment, [{"name": "file", "public": False, "access_token": False}]
        )
        for change in (
            lambda: attachment.write({"public": True}),
            attachment.generate_access_token,
        ):
            with self._refused(ValidationError, "no public address"):
                change()
        with self._refused(ValidationError, "no public address"):
            attachment.create(
                {
                    "name": "x",
                    "raw": b"x",
                    "public": True,
                    "res_model": image._name,
                    "res_id": image.id,
                }
            )

    def test_other_attachments_stay_as_free_as_they_were(self):
        logo = self.env["ir.attachment"].create({"name": "logo", "raw": b"x", "public": True})
        self.assertTrue(logo.generate_access_token())

    @users("front.desk")
    def test_kinds_of_content(self):
        dicom = b64encode(b"\0" * 128 + b"DICM" + b"\0" * 8)
        self.assertRecordValues(
            self._image() + self._image(file=dicom),
            [
                {"mimetype": "image/png", "is_picture": True},
                {"mimetype": "application/dicom", "is_picture": False},
            ],
        )

    @users("front.desk")
    def test_an_empty_file_is_refused(self):
        for file in (False, b""):
            with self.subTest(file), self._refused(ValidationError, "the file is empty"):
                self._image(file=file)

    @users("front.desk")
    def test_an_image_of_one_patient_is_not_filed_with_another(self):
        other = self._new_patient("Ben", "Other")
        request = self._make("dental.request", kind="pano", patient_id=other.id)
        with self._refused(ValidationError, "belongs to another patient"):
            self._image(request_id=request.id)

    @users("front.desk")
    def test_not_taken_in_the_future(self):
        with self._refused(ValidationError, "Taken on: the date lies in the future"):
            self._image(taken_on="2026-03-03")
