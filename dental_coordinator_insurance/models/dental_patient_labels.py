# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..claim_form import labels


class DentalPatient(models.Model):
    """Addresses of patients on a sheet of labels, but of those who want no contact.

    A label says no more than where the letter goes.
    """

    _inherit = "dental.patient"

    # Business

    def _print_labels(self, records):
        """A label for each of these patients.

        :param records: what they were chosen by: its print is logged
        """
        wanted = self._to_write_to()
        records.filtered(lambda record: record.patient_id in wanted)._record_access("print")
        company = self.env.company
        content = labels(
            [patient._letter_address() for patient in wanted],
            company.dental_label_columns,
            company.dental_label_rows,
        )
        return self.env["dental.merged.print"]._open([content], self.env._("labels"))


class DentalPatientDue(models.Model):
    _inherit = "dental.patient.due"

    # Actions

    def action_print_labels(self):
        """Labels for the patients of these rows."""
        self.check_access("read")
        return self.patient_id._print_labels(self)


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    # Actions

    def action_print_labels(self):
        """Labels for the patients of these visits, one each."""
        self.check_access("read")
        return self.patient_id._print_labels(self)


class DentalRecall(models.Model):
    _inherit = "dental.recall"

    # Actions

    def action_print_labels(self):
        """Labels for the patients of these recalls, one each."""
        self.check_access("read")
        return self.patient_id._print_labels(self)
