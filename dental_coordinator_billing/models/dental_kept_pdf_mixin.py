# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class DentalKeptPdfMixin(models.AbstractModel):
    """Several kept documents are shown as one file."""

    _inherit = "dental.kept.pdf.mixin"

    def _print_together(self):
        """Show several documents as one file.

        :raises UserError: when one was kept without a PDF engine
        """
        pages = self.filtered(lambda record: not record.document_name.endswith(".pdf"))
        if pages:
            raise UserError(
                self.env._(
                    "%s was kept as a page, without a PDF engine: print it by itself.",
                    pages[0].display_name,
                )
            )
        contents = [record._document_content() for record in self]
        return self.env["dental.merged.print"]._open(contents, self._description)
