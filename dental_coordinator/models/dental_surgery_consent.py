# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from base64 import b64decode
from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError

VOIDING = {"voided_at", "voided_by_id", "void_reason"}


class DentalSurgeryConsent(models.Model):
    """A signed consent: the file as it was signed and its hash. It is voided, never changed."""

    _name = "dental.surgery.consent"
    _inherit = "dental.surgery.line.mixin"
    _description = "Consent to a surgery"
    _order = "id desc"

    surgery_id = fields.Many2one(readonly=False)
    kind = fields.Selection(
        [("treatment", "Treatment"), ("anaesthesia", "Anaesthesia")],
        required=True,
        default="treatment",
    )
    # The attachment behind it is named after the field, so its title tells nothing.
    file = fields.Binary(required=True, attachment=True)
    filename = fields.Char()
    sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    signer = fields.Char(string="Signed by", required=True, help="Patient, parent or guardian.")
    signed_on = fields.Date(string="Signed on", required=True, default=fields.Date.context_today)
    taken_by_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        readonly=True,
        ondelete="restrict",
        string="Taken by",
    )
    voided_at = fields.Datetime(string="Void since", readonly=True, copy=False)
    voided_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    void_reason = fields.Char(string="Why void", copy=False)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._hashed(vals) for vals in vals_list])

    def write(self, vals):
        if vals.keys() - VOIDING:
            raise UserError(
                self.env._(
                    "%s: a signed consent stays as it was signed. Void it, and add the new one.",
                    self[:1].display_name,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("A signed consent is kept. Void it, with the reason."))

    # Actions

    def action_void(self):
        """It no longer counts; why is entered first."""
        for consent in self:
            if not consent.void_reason:
                raise UserError(
                    self.env._(
                        "%s, Reason: say why the consent no longer counts, then void it.",
                        consent.display_name,
                    )
                )
            consent.write({"voided_at": fields.Datetime.now(), "voided_by_id": self.env.uid})
        return True

    # Business

    def _hashed(self, vals):
        """The same values with the hash of the signed bytes.

        :raises UserError: for an empty file
        """
        content = b64decode(vals.get("file") or b"")
        if not content:
            raise UserError(
                self.env._("Consent, File: the file is empty. Scan it again and choose it anew.")
            )
        return {**vals, "sha256": sha256(content).hexdigest()}

    def _is_whole(self):
        """Whether the kept bytes are those that were signed."""
        self.ensure_one()
        content = b64decode(self.with_context(bin_size=False).file or b"")
        return sha256(content).hexdigest() == self.sha256
