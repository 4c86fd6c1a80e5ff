# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo.tests import TransactionCase, new_test_user

ROLES = {
    "front_desk": "group_front_desk",
    "coordinator": "group_coordinator",
    "clinician": "group_clinician",
    "billing": "group_billing",
    "trainee": "group_trainee",
    "privacy_officer": "group_privacy_officer",
    "manager": "group_manager",
}


class DentalSetup:
    """Named people and things that every scenario shares, as a mixin for any Odoo test class."""

    @classmethod
    def _setup_dental(cls, company):
        cls.company = company
        for role, group in ROLES.items():
            setattr(cls, role, cls._new_user(role.replace("_", "."), group, company))
        cls.outsider = new_test_user(
            cls.env,
            "outsider",
            groups="base.group_user",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        cls.provider = cls.env["dental.provider"].create(
            {
                "name": "Dr. Ortiz",
                "first_name": "Elena",
                "last_name": "Ortiz",
                "npi": "1234567893",
                "taxonomy": "1223G0001X",
                "company_id": company.id,
                "tz": "UTC",
            }
        )
        cls.chair = cls.env["dental.operatory"].create(
            {"name": "Chair 1", "code": "C1", "company_id": company.id, "tz": "UTC"}
        )
        cls.patient = cls._new_patient("Marta", "Kowalski", birth_date="1992-05-04")

    @classmethod
    def _new_user(cls, login, group, company):
        return new_test_user(
            cls.env,
            login,
            groups=f"dental_coordinator.{group}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    @classmethod
    def _new_patient(cls, first_name, last_name, **vals):
        return cls.env["dental.patient"].create(
            {
                "first_name": first_name,
                "last_name": last_name,
                "company_id": cls.company.id,
                **vals,
            }
        )


class DentalCase(DentalSetup, TransactionCase):
    """The usual start of a scenario. Readings are logged inside the test's own transaction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()
        cls._setup_dental(cls.env.company)

    @contextmanager
    def _refused(self, error, told):
        """Something is refused in these words (a regular expression), and leaves nothing behind."""
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), told)
