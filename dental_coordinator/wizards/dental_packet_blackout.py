# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .. import redaction


class DentalPacket(models.TransientModel):
    """Parts of a document that must not leave: blacked out in the copy that is given away."""

    _inherit = "dental.packet"

    areas = fields.Json(
        string="Blacked out",
        help="{id of a document: [{page, x, y, width, height}]}, in parts of the page.",
    )
    blackout_reason = fields.Char(
        string="Why blacked out", help="Such as: about another person; not for this purpose."
    )

    # Business

    def _check_packet(self):
        result = super()._check_packet()
        if self._read_areas() and not (self.blackout_reason or "").strip():
            raise UserError(
                self.env._("Why blacked out: say why, in a few words. The register keeps it.")
            )
        return result

    def _read_areas(self):
        """{document: its areas}, of those that go into the packet.

        :raises UserError: for what is no area
        """
        told = self.areas or {}
        try:
            found = {
                image: redaction.read_areas(told.get(str(image.id), ())) for image in self.image_ids
            }
        except (redaction.AreaError, AttributeError) as error:
            raise UserError(
                self.env._("A marked area cannot be read. Take it away and mark it anew.")
            ) from error
        return {image: areas for image, areas in found.items() if areas}

    def _leaving(self, image):
        areas = self._read_areas().get(image)
        return image._blacked_out(areas) if areas else super()._leaving(image)

    def _prepare_disclosure_vals(self, images, content):
        vals = super()._prepare_disclosure_vals(images, content)
        areas = self._read_areas()
        if not areas:
            return vals
        return {
            **vals,
            "blacked_out": "\n".join(
                self._blackout_text(image, areas[image]) for image in images if image in areas
            ),
            "blackout_reason": self.blackout_reason.strip(),
        }

    def _blackout_text(self, image, areas):
        pages = sorted({area.page + 1 for area in areas})
        return self.env._(
            "%(document)s: %(count)s areas, page %(pages)s, by %(user)s",
            document=image.number,
            count=len(areas),
            pages=", ".join(map(str, pages)),
            user=self.env.user.name,
        )

    def _cover_lines(self, images):
        told = [image.number for image in images if image in self._read_areas()]
        lines = super()._cover_lines(images)
        if told:
            text = self.env._("Parts of these are blacked out: %s", ", ".join(told))
            lines[-1:-1] = [text, ""]
        return lines
