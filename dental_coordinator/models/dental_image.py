# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mimetypes import guess_mimetype

from .dental_site_mixin import AREAS

KINDS = [
    ("bitewing", "X-ray: bitewing"),
    ("periapical", "X-ray: single tooth"),
    ("series", "X-ray: full series"),
    ("pano", "X-ray: panoramic"),
    ("ceph", "X-ray: cephalometric"),
    ("cbct", "X-ray: cone beam CT"),
    ("photo", "Photograph"),
    ("scan", "3D scan"),
    ("perio", "Periodontal chart"),
    ("biopsy", "Biopsy"),
    ("blood", "Blood test"),
    ("clearance", "Medical clearance"),
    ("records", "Records"),
]
XRAYS = ("bitewing", "periapical", "series", "pano", "ceph", "cbct")


class DentalImage(models.Model):
    """A file about a patient: x-ray, photograph, result. The file has no public address."""

    _name = "dental.image"
    _inherit = [
        "dental.numbered.mixin",
        "dental.clinician.mixin",
        "dental.site.mixin",
        "dental.patient.links.mixin",
    ]
    _description = "Image or result"
    _order = "taken_on desc, id desc"
    _patient_links = ("request_id",)
    _clinician_fields = frozenset({"reviewed_by_id", "reviewed_at"})

    kind = fields.Selection(KINDS, required=True, default="periapical", index=True)
    request_id = fields.Many2one("dental.request", ondelete="restrict", index=True)
    taken_on = fields.Date(default=fields.Date.context_today, string="Taken on")
    teeth = fields.Char(help="As in 36, 37 or 11-13.")
    area = fields.Selection(AREAS)
    # The attachment behind it is named after the field, so its title tells nothing.
    file = fields.Binary(required=True, attachment=True)
    filename = fields.Char()
    mimetype = fields.Char(compute="_compute_mimetype", store=True)
    is_picture = fields.Boolean(compute="_compute_is_picture", string="Is picture")
    note = fields.Char()
    reviewed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Reviewed by"
    )
    reviewed_at = fields.Datetime(readonly=True, copy=False, string="Reviewed at")
    active = fields.Boolean(default=True)

    # Computes

    @api.depends("file")
    def _compute_mimetype(self):
        for image in self.with_context(bin_size=False):
            content = image._content()
            image.mimetype = self._guess(content) if content else False

    @api.depends("mimetype")
    def _compute_is_picture(self):
        for image in self:
            image.is_picture = image.mimetype in ("image/png", "image/jpeg", "image/webp")

    # Constraints

    # Also on "kind", which every new record has: a file that is not given at all is not seen else.
    @api.constrains("file", "kind")
    def _check_file(self):
        for image in self.with_context(bin_size=False):
            if not image._content():
                raise ValidationError(
                    self.env._(
                        "%(number)s, File: the file is empty. Save it again and choose it anew.",
                        number=image.number,
                    )
                )

    @api.constrains("taken_on")
    def _check_taken_on(self):
        for image in self:
            if image.taken_on and image.taken_on > fields.Date.context_today(self):
                raise ValidationError(
                    self.env._(
                        "%(number)s, Taken on: the date lies in the future. Correct it.",
                        number=image.number,
                    )
                )

    # Actions

    def action_review(self):
        """A clinician has looked at it."""
        self.write({"reviewed_by_id": self.env.uid, "reviewed_at": fields.Datetime.now()})
        return True

    # Business

    def _content(self):
        """The bytes of the file."""
        self.ensure_one()
        return b64decode(self.file or b"")

    @api.model
    def _guess(self, content):
        """Type of the content; the general guess does not know DICOM, whose mark comes late."""
        return "application/dicom" if content[128:132] == b"DICM" else guess_mimetype(content)
