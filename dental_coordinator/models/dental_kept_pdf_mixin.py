# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode, b64encode
from hashlib import sha256

from odoo import fields, models
from odoo.exceptions import UserError


class DentalKeptPdfMixin(models.AbstractModel):
    """A document that is printed once and kept: its bytes and their hash, never rendered again."""

    _name = "dental.kept.pdf.mixin"
    _description = "Printed once and kept"

    document = fields.Binary(attachment=True, readonly=True, copy=False)
    document_name = fields.Char(readonly=True, copy=False)
    document_sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)

    # Actions

    def action_print(self):
        """Show the kept documents; each is made when it is asked for the first time."""
        self.check_access("read")
        self._keep_document()
        self._record_access("print")
        if len(self) > 1:
            return self._print_together()
        url = f"/web/content/{self._name}/{self.id}/document?filename_field=document_name"
        if not self.document_name.endswith(".pdf"):
            report = self.env["ir.actions.report"].sudo()._get_report(self._document_report())
            url = f"/report/html/{report.report_name}/{self.id}"
        return {"type": "ir.actions.act_url", "target": "new", "url": url}

    # Business

    def _print_together(self):
        """Show several documents at once, where an addon knows how."""
        raise UserError(self.env._("Print one document at a time."))

    def _document_report(self):
        """External id of the report that renders the document."""
        raise NotImplementedError

    def _keep_document(self):
        """Render what is not kept yet, one record a call: unpatched PDF engines cannot take more.

        Without a PDF engine the page itself is kept, which the browser prints.
        """
        reports = self.env["ir.actions.report"].sudo()
        engine = reports.get_wkhtmltopdf_state() != "install"
        render = reports._render_qweb_pdf if engine else reports._render_qweb_html
        for record in self.sudo().filtered(lambda r: not r.document_sha256):
            content, kind = render(record._document_report(), record.ids)
            content = content.encode() if isinstance(content, str) else content
            record.write(
                {
                    "document": b64encode(content),
                    "document_name": f"{record.display_name.replace('/', '-')}.{kind}",
                    "document_sha256": sha256(content).hexdigest(),
                }
            )

    def _document_content(self):
        """Bytes of the kept document.

        :raises UserError: when they are not what was kept
        """
        self.ensure_one()
        content = b64decode(self.sudo().with_context(bin_size=False).document or b"")
        if sha256(content).hexdigest() != self.document_sha256:
            raise UserError(
                self.env._(
                    "%s: the kept document was changed outside the clinic's screens. Restore it "
                    "from a backup.",
                    self.display_name,
                )
            )
        return content
