# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64encode

from odoo import api, fields, models
from odoo.tools.pdf import merge_pdf


class DentalMergedPrint(models.TransientModel):
    """Several kept prints in one file, for the printer. It is gone with the next clean-up."""

    _name = "dental.merged.print"
    _description = "Prints in one file"

    document = fields.Binary(attachment=True, readonly=True)
    document_name = fields.Char(readonly=True)

    # Business

    @api.model
    def _open(self, contents, name):
        """Show PDFs, each given as bytes, as one."""
        merged = self.create(
            {"document": b64encode(merge_pdf(contents)), "document_name": f"{name}.pdf"}
        )
        return {
            "type": "ir.actions.act_url",
            "target": "new",
            "url": f"/web/content/{self._name}/{merged.id}/document?filename_field=document_name",
        }
