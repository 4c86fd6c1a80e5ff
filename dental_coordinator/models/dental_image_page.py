# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64encode
from contextlib import closing

from odoo import models
from odoo.exceptions import UserError

from .. import redaction


class DentalImage(models.Model):
    """Documents page by page, and copies of them with parts blacked out."""

    _inherit = "dental.image"

    # Business

    def page_picture(self, page):
        """One page, for whoever may read the document; the look is logged.

        :return: {"pages": how many there are, "src": the page as a data address}
        """
        self.ensure_one()
        self.check_access("read")
        self._record_access("file")
        with self._pages() as document:
            try:
                picture = b64encode(document.preview(page)).decode()
            except redaction.DocumentError as error:
                raise self._page_error() from error
            return {"pages": document.page_count, "src": f"data:image/png;base64,{picture}"}

    def _blacked_out(self, areas):
        """(bytes, mimetype) of a copy without what lies under ``areas``; the file stays as it is.

        :raises UserError: when the file cannot be read as pages
        """
        with self._pages() as document:
            try:
                return document.blacked_out(areas)
            except redaction.DocumentError as error:
                raise self._page_error() from error

    def _pages(self):
        self.ensure_one()
        image = self.with_context(bin_size=False)
        try:
            return closing(redaction.Document(image._content(), image.mimetype))
        except redaction.DocumentError as error:
            raise self._page_error() from error

    def _page_error(self):
        return UserError(
            self.env._(
                "%s cannot be shown page by page: it is no PDF or picture, or it is locked or "
                "damaged. Save it as a PDF without a password, or leave it out of the packet.",
                self.number,
            )
        )
