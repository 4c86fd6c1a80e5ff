# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

from .common import DentalInsuranceSetup


@tagged("post_install", "-at_install")
class TestBenefitsLeft(DentalInsuranceSetup, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry_enter_test_mode_cls()
        cls._setup_insurance()

    def _row(self):
        self._new_procedure("crown", self.patient)
        self.env.flush_all()
        return self.env["dental.patient.due"].with_user(self.front_desk).browse(self.patient.id)

    def test_left_of_the_yearly_maximum(self):
        self._usual_rules()
        row = self._row()
        self.assertEqual(row.benefits_left, 2000.0)
        self.assertTrue(row.benefits_until)

    def test_what_nobody_verified_is_not_zero(self):
        row = self._row()
        self.assertFalse(row.benefits_until)
