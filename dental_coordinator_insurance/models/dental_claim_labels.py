# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from ..claim_form import labels


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_label_columns = fields.Integer(string="Labels beside each other", default=3)
    dental_label_rows = fields.Integer(string="Labels below each other", default=10)

    _dental_labels = models.Constraint(
        "CHECK (dental_label_columns BETWEEN 1 AND 6 AND dental_label_rows BETWEEN 1 AND 20)",
        "A sheet of labels has 1 to 6 beside each other and 1 to 20 below each other.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_label_columns = fields.Integer(related="company_id.dental_label_columns", readonly=False)
    dental_label_rows = fields.Integer(related="company_id.dental_label_rows", readonly=False)


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Actions

    def action_print_dental_labels(self):
        """Addresses of these payers on a sheet of labels, one each."""
        payers = self.filtered("dental_payer")
        nowhere = payers.filtered(lambda payer: not (payer.street and payer.city))
        if nowhere:
            raise UserError(
                self.env._(
                    "No address is entered for %s. Complete the payer, then print again.",
                    ", ".join(nowhere.mapped("name")),
                )
            )
        if not payers:
            raise UserError(self.env._("Choose payers: labels are printed for payers only."))
        company = self.env.company
        content = labels(
            [payer._dental_label() for payer in payers],
            company.dental_label_columns,
            company.dental_label_rows,
        )
        return self.env["dental.merged.print"]._open([content], self.env._("labels"))


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    # Actions

    def action_print_labels(self):
        """Labels for the payers of these claims."""
        return self.payer_id.action_print_dental_labels()
