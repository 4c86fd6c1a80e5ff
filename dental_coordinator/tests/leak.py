# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The shared leak test: every dental model is put before everyone who must not see it.

An addon's test subclasses `LeakMixin` beside its own test case, and gives one record of each of
its models in `_leak_records`, which `_keep_leak_records` makes once for the class. A model that is
neither there nor in `_leak_exempt` fails the test, so that no new model is forgotten.
"""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user
from odoo.tools import mute_logger


class LeakMixin:
    """Needs the attributes of `DentalSetup`; `_leak_module` names the addon under test."""

    allow_inherited_tests_method = True
    _leak_module = None
    # Model name -> why it may be read by those whom this test sends.
    _leak_exempt = {}

    @classmethod
    def _setup_leak(cls):
        other = cls.env["res.company"].create({"name": "Other clinic"})
        cls.foreigner = cls._new_user("foreigner", "group_manager", other)
        cls.foreigner.group_ids |= cls.env.ref("dental_coordinator.group_privacy_officer")
        # With the right to export, so that it is the rules which refuse.
        for user in cls.outsider | cls.foreigner | cls.trainee | cls.coordinator:
            user.group_ids |= cls.env.ref("base.group_allow_export")
        cls.portal_a = cls._portal_user("portal.a", cls.patient.partner_id)
        stranger = cls._new_patient("Pia", "Stranger")
        cls.portal_b = cls._portal_user("portal.b", stranger.partner_id)

    @classmethod
    def _portal_user(cls, login, partner):
        return new_test_user(
            cls.env, login, groups="base.group_portal", partner_id=partner.id, name=partner.name
        )

    @classmethod
    def _keep_leak_records(cls):
        """Make the records once for all tests of the class; the last step of `setUpClass`."""
        cls._leak_kept = cls()._leak_records()

    def _leak_records(self):
        """{model name: record of `self.patient`}"""
        raise NotImplementedError

    # The tests

    def test_every_model_is_covered(self):
        models = {
            name
            for name, model in self.env.registry.models.items()
            if name.startswith("dental.")
            and model._original_module == self._leak_module
            and not model._abstract
            and not model._transient
        }
        covered = {name for name in self._leak_kept} | set(self._leak_exempt)
        self.assertEqual(models - covered, set(), "models that no leak test covers")

    def test_outsider(self):
        self._assert_shut(self.outsider)

    def test_other_company(self):
        self._assert_shut(self.foreigner)

    def test_other_patients_portal(self):
        self._assert_shut(self.portal_b)

    def test_trainee_without_consent(self):
        self._assert_shut(self.trainee)

    def test_expired_grant(self):
        self.patient.write({"restricted": True, "care_team_ids": [(6, 0, self.clinician.ids)]})
        self.env["dental.access.grant"].create(
            {
                "user_id": self.coordinator.id,
                "patient_id": self.patient.id,
                "reason": "Over",
                "date_from": "2020-01-01",
                "until": "2020-01-02",
            }
        )
        for record in self._leak_kept.values():
            if self._leak_patient(record):
                with self.subTest(record._name):
                    self._assert_hidden(record, self.coordinator)

    def test_labels_tell_no_name(self):
        for record in self._leak_kept.values():
            with self.subTest(record._name):
                self._assert_neutral(record)

    def test_no_patient_follows(self):
        patients = self.env["dental.patient"].search([]).partner_id
        for record in self._leak_kept.values():
            if "message_partner_ids" in record._fields and record._name != "dental.patient":
                self.assertFalse(record.message_partner_ids & patients, record._name)

    def test_clinical_fields_are_not_tracked(self):
        for name, record in self._leak_kept.items():
            if "message_ids" in record._fields:
                tracked = record._track_get_fields() if hasattr(record, "_track_get_fields") else ()
                own = {f for f in tracked if record._fields[f].base_field.model_name == name}
                allowed = {"state", "owner_id", "next_date"}
                self.assertLessEqual(own, allowed, f"{name} mails these fields to followers")

    # What "shut" means

    def _assert_shut(self, user):
        for record in self._leak_kept.values():
            with self.subTest(record._name, user=user.login):
                self._assert_hidden(record, user)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def _assert_hidden(self, record, user):
        """Neither read, nor search, nor group, nor name search, nor export, nor attachment."""
        self.env.flush_all()
        self.env.invalidate_all()
        seen = record.with_user(user)
        for read in (
            lambda: seen.read(["id", "display_name"]),
            lambda: seen.web_read({"display_name": {}}),
            lambda: seen.export_data(["id", "display_name"]),
        ):
            self.assertFalse(self._or_nothing(read))
        for find in (
            lambda: seen.search([("id", "=", record.id)]),
            lambda: seen._read_group([("id", "=", record.id)], [], ["__count"])[0][0],
            lambda: seen.name_search("", [("id", "=", record.id)]),
        ):
            self.assertFalse(self._or_nothing(find))
        self._assert_files_hidden(record, user)

    def _or_nothing(self, find):
        try:
            found = find()
        except UserError:
            return False
        return found["datas"] if isinstance(found, dict) else found

    def _assert_files_hidden(self, record, user):
        attachment = self.env["ir.attachment"].create(
            {
                "name": record.display_name,
                "raw": b"x",
                "res_model": record._name,
                "res_id": record.id,
            }
        )
        with self.assertRaises(AccessError):
            attachment.with_user(user).read(["name", "raw"])

    def _assert_neutral(self, record):
        self.env.invalidate_all()
        label = record.with_context(dental_names=False).display_name or ""
        for secret in (self.patient.first_name, self.patient.last_name):
            self.assertNotIn(secret.lower(), label.lower())

    def _leak_patient(self, record):
        return record._name == "dental.patient" or "patient_id" in record._fields
