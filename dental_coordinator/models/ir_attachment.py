# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _to_http_stream(self):
        """Whoever opens a file of a patient leaves a line in the access log."""
        record = self._dental_record()
        if record is not None:
            record._record_access("file")
        return super()._to_http_stream()

    def _dental_record(self):
        """The record of a patient's file that this attachment belongs to, or None."""
        self.ensure_one()
        model = self.env.get(self.sudo().res_model or "")
        if model is None or not hasattr(model, "_record_access"):
            return None
        return model.browse(self.sudo().res_id).exists() or None
