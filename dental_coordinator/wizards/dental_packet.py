# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import mimetypes
from base64 import b64encode
from hashlib import sha256
from zipfile import ZipFile, ZipInfo

from reportlab.lib.pagesizes import letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.dental_disclosure import PURPOSES


class DentalPacket(models.TransientModel):
    """Choose what of a file is given away, and no more than its purpose needs.

    The row in the register is written in the same transaction: no packet without it.
    """

    _name = "dental.packet"
    _description = "Packet from a patient's file"

    patient_id = fields.Many2one("dental.patient", required=True, ondelete="cascade")
    purpose = fields.Selection(PURPOSES, required=True, default="treatment")
    recipient = fields.Char(string="Given to", required=True)
    address = fields.Char(string="Sent to", help="Address, fax number or mail address.")
    reason = fields.Char(help="Claim, request or order that it answers.")
    allowed_ids = fields.Many2many(
        "dental.image", compute="_compute_allowed", string="May be given"
    )
    withheld = fields.Integer(compute="_compute_allowed", string="Kept back")
    image_ids = fields.Many2many(
        "dental.image",
        string="Documents",
        compute="_compute_image_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', allowed_ids)]",
    )
    disclosure_id = fields.Many2one("dental.disclosure", readonly=True, ondelete="cascade")
    document = fields.Binary(attachment=True, readonly=True)
    document_name = fields.Char(readonly=True)

    # Computes

    @api.depends("patient_id", "purpose")
    def _compute_allowed(self):
        for packet in self:
            images = self.env["dental.image"].search(
                [("patient_id", "=", packet.patient_id.id), ("patient_id", "!=", False)]
            )
            packet.allowed_ids = images._for_purpose(packet.purpose)
            packet.withheld = len(images) - len(packet.allowed_ids)

    @api.depends("patient_id", "purpose")
    def _compute_image_ids(self):
        """Another purpose begins anew; an authority is given only what is chosen by hand."""
        for packet in self:
            by_hand = packet.purpose == "authority"
            packet.image_ids = self.env["dental.image"] if by_hand else packet.allowed_ids

    # Actions

    def action_make(self):
        """Put the documents together with a cover sheet, register it, and hand it over."""
        self.ensure_one()
        self._check_packet()
        images = self.image_ids.sorted("number")
        content = self._zip(images)
        self.disclosure_id = self._enter(images, content)
        images._record_access("send", reason=self.disclosure_id.number)
        self.write(
            {
                "document": b64encode(content),
                "document_name": f"{self.disclosure_id.number.replace('/', '-')}.zip",
            }
        )
        return {
            "type": "ir.actions.act_url",
            "target": "self",
            "url": f"/web/content/{self._name}/{self.id}/document"
            "?filename_field=document_name&download=true",
        }

    # Business

    def _check_packet(self):
        if not self.image_ids:
            raise UserError(self.env._("Choose what to give: the packet is empty."))
        if self.purpose == "authority" and not self.reason:
            raise UserError(self.env._("Name the order or the law by which it is given."))
        wrong = self.image_ids - self.allowed_ids
        if wrong:
            raise UserError(
                self.env._(
                    "%s must not be given for this purpose. Take it out of the packet.",
                    ", ".join(wrong.mapped("number")),
                )
            )

    def _enter(self, images, content):
        return (
            self.env["dental.disclosure"]
            .sudo()
            .create(self._prepare_disclosure_vals(images, content))
        )

    def _prepare_disclosure_vals(self, images, content):
        return {
            "patient_id": self.patient_id.id,
            "company_id": self.patient_id.company_id.id,
            "user_id": self.env.uid,
            "purpose": self.purpose,
            "recipient": self.recipient,
            "address": self.address,
            "reason": self.reason,
            "documents": ", ".join(images.mapped("number")),
            "withheld": self.withheld,
            "digest": sha256(content).hexdigest(),
        }

    def _zip(self, images):
        """The cover sheet and the documents under their numbers."""
        raw = io.BytesIO()
        with ZipFile(raw, "w") as archive:
            archive.writestr(ZipInfo("cover.pdf"), self._cover(images))
            for image in images.with_context(bin_size=False):
                leaving, mimetype = self._leaving(image)
                ending = mimetypes.guess_extension(mimetype or "") or ".bin"
                if mimetype == "application/dicom":
                    ending = ".dcm"
                name = image.number.replace("/", "-") + ending
                archive.writestr(ZipInfo(name), leaving)
        return raw.getvalue()

    def _leaving(self, image):
        """(bytes, mimetype) of what is given away of a document."""
        return image._content(), image.mimetype

    def _cover(self, images):
        raw = io.BytesIO()
        canvas = Canvas(raw, pagesize=letter)
        y = 740
        for line in self._cover_lines(images):
            for part in simpleSplit(line, "Helvetica", 10, 480) or [""]:
                if y < 60:
                    canvas.showPage()
                    y = 740
                canvas.setFont("Helvetica", 10)
                canvas.drawString(66, y, part)
                y -= 15
        canvas.save()
        return raw.getvalue()

    def _cover_lines(self, images):
        purposes = dict(self._fields["purpose"]._description_selection(self.env))
        kinds = dict(images._fields["kind"]._description_selection(self.env))
        today = fields.Date.context_today(self)
        return [
            self.patient_id.company_id.name,
            format_date(self.env, today),
            "",
            self.env._("To: %s", self.recipient),
            self.address or "",
            self.env._("About: %s", self.patient_id.name),
            self.env._("Purpose: %s", purposes[self.purpose]),
            self.reason or "",
            "",
            *(f"{image.number}   {kinds[image.kind]}   {image.taken_on or ''}" for image in images),
            "",
            self.env._(
                "Confidential. Given for the purpose above, and for no other. If it is not meant "
                "for you, call us and destroy it."
            ),
        ]
