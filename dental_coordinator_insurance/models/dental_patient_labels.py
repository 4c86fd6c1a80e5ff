# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from ..claim_form import labels


class DentalPatientDue(models.Model):
    _inherit = "dental.patient.due"

    # Actions

    def action_print_labels(self):
        """Addresses of these patients on a sheet of labels, but of those who want no contact.

        A label says no more than where the letter goes.
        """
        self.check_access("read")
        wanted = self.filtered(lambda row: not row.do_not_contact)
        if not wanted:
            raise UserError(self.env._("Choose patients who may be written to: no label is left."))
        partners = wanted.patient_id.partner_id
        nowhere = wanted.filtered(lambda row: not (row.patient_id.street and row.patient_id.city))
        if nowhere:
            raise UserError(
                self.env._(
                    "No address is entered for %s. Complete the file or leave it out, then print "
                    "again.",
                    ", ".join(nowhere.patient_id.mapped("number")),
                )
            )
        wanted._record_access("print")
        company = self.env.company
        content = labels(
            [partner._dental_label() for partner in partners],
            company.dental_label_columns,
            company.dental_label_rows,
        )
        return self.env["dental.merged.print"]._open([content], self.env._("labels"))
