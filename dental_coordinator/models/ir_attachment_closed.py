# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError


class IrAttachment(models.Model):
    """Files of a patient open for those who may open the record, and by no address alone."""

    _inherit = "ir.attachment"

    @api.constrains("public", "access_token", "res_model", "res_id")
    def _check_dental_closed(self):
        for attachment in self.sudo():
            if not (attachment.public or attachment.access_token):
                continue
            if attachment._dental_record() is not None:
                raise ValidationError(
                    self.env._(
                        "A file of a patient has no public address. Send it as an attachment, or "
                        "give the reader access to the record."
                    )
                )
