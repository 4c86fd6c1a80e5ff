# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .append_only import make_append_only

PURPOSES = [
    ("payer", "Claim or appeal at a plan"),
    ("treatment", "Treatment by somebody else"),
    ("patient", "The patient asked for it"),
    ("authority", "Law, court or authority"),
]


class DentalDisclosure(models.Model):
    """What of a file was given to whom, when and for what. The database keeps each row as it is."""

    _name = "dental.disclosure"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin"]
    _description = "Disclosure from a patient's file"
    _order = "id desc"

    patient_id = fields.Many2one(
        "dental.patient", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users",
        string="Given by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    purpose = fields.Selection(PURPOSES, required=True, readonly=True)
    recipient = fields.Char(string="Given to", required=True, readonly=True)
    address = fields.Char(string="Sent to", readonly=True)
    reason = fields.Char(readonly=True, help="Request, claim or order that it answers.")
    documents = fields.Char(
        required=True, readonly=True, help="Numbers of the documents, never what they show."
    )
    withheld = fields.Integer(
        readonly=True, string="Kept back", help="Documents that were not for this purpose."
    )
    digest = fields.Char(string="Fingerprint", readonly=True, help="SHA-256 of what was given.")

    # CRUD

    def init(self):
        make_append_only(self.env.cr, self._table)
