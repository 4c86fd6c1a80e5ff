# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import models

GROWN_UP = 18


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    def _is_minor(self, day):
        """Whether the patient is known to be under age on a day."""
        self.ensure_one()
        return bool(self.birth_date) and self.birth_date + relativedelta(years=GROWN_UP) > day


class DentalGuardian(models.Model):
    _inherit = "dental.guardian"

    def _may_consent(self, day):
        """Whether this person may consent for the patient on a day."""
        self.ensure_one()
        return (
            self.scope_consent
            and self.date_from <= day
            and (not self.date_to or self.date_to >= day)
        )
