# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged, users

from .common import DentalCase


@tagged("post_install", "-at_install")
class TestPatient(DentalCase):
    @users("front.desk")
    def test_new_file_needs_a_name_only(self):
        patient = self.env["dental.patient"].create({"first_name": "Ana", "last_name": "Lund"})
        self.assertRecordValues(
            patient,
            [
                {
                    "name": "Ana Lund",
                    "status": "patient",
                    "company_id": self.company.id,
                    "guarantor_id": patient.partner_id.id,
                }
            ],
        )
        self.assertRegex(patient.number, r"^P\d{5}$")

    @users("front.desk")
    def test_contact_is_renamed_with_the_file(self):
        patient = self.patient.with_env(self.env)
        patient.write({"last_name": "Nowak"})
        self.assertEqual(patient.partner_id.name, "Marta Nowak")

    def test_family_guarantor_pays_unless_someone_is_named(self):
        mother = self.env["res.partner"].create({"name": "Mother"})
        family = self.env["dental.family"].create({"name": "Lund", "guarantor_id": mother.id})
        child = self._new_patient("Ida", "Lund", family_id=family.id)
        self.assertEqual(child.guarantor_id, mother)

    @freeze_time("2026-03-02")
    def test_age_turns_on_the_birthday(self):
        day_before, same_day = (
            self._new_patient("A", "B", birth_date=birth) for birth in ("2016-03-03", "2016-03-02")
        )
        self.assertEqual((day_before.age, same_day.age), (9, 10))

    def test_birth_date_in_the_future_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "birth date"):
            self._new_patient("A", "B", birth_date="2999-01-01")

    def test_files_are_kept(self):
        with self.assertRaises(AccessError):
            self.patient.with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "kept by law"):
            self.patient.unlink()

    @users("front.desk")
    def test_find_by_parts_number_phone_and_birth_date(self):
        self.patient.phone = "+1 503 555 0134"
        for text in (
            "kow mar",
            self.patient.number.lower(),
            "0134",
            "5035550134",
            "(503)555-0134",
            "1992-05-04 kow",
        ):
            with self.subTest(text=text):
                found = self.env["dental.patient"].find(text)
                self.assertEqual([row["id"] for row in found], [self.patient.id])
        self.assertFalse(self.env["dental.patient"].find("kow 1992-05-05"))

    @users("front.desk")
    def test_label_is_a_number_outside_the_dental_screens(self):
        patient = self.patient.with_env(self.env)
        self.assertEqual(patient.display_name, patient.number)
        self.assertEqual(patient.with_context(dental_names=True).display_name, "Marta Kowalski")

    def test_only_the_team_gets_names_in_its_context(self):
        for user, named in ((self.front_desk, True), (self.outsider, None)):
            context = self.env["res.users"].with_user(user).context_get()
            self.assertEqual(context.get("dental_names"), named)

    def test_two_files_cannot_be_merged_through_their_contacts(self):
        other = self._new_patient("Marta", "Kowalska")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        with self.assertRaisesRegex(UserError, "cannot be merged"):
            wizard._merge((self.patient | other).partner_id.ids)
