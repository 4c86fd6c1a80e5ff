# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

KINDS = [
    ("RB", "X-rays"),
    ("P6", "Periodontal chart"),
    ("DA", "Models"),
    ("EB", "Another payer's answer"),
    ("OZ", "Other"),
]


class DentalClaimEnclosure(models.Model):
    """Something that goes to the payer beside the file: films, a chart, an earlier answer."""

    _name = "dental.claim.enclosure"
    _inherit = "dental.patient.links.mixin"
    _patient_links = ("image_id",)
    _description = "Enclosure of a claim or predetermination"
    _order = "id"

    claim_id = fields.Many2one("dental.claim", ondelete="cascade", index="btree_not_null")
    precert_id = fields.Many2one("dental.precert", ondelete="cascade", index="btree_not_null")
    patient_id = fields.Many2one(compute="_compute_patient_id", store=True, precompute=True)
    kind = fields.Selection(KINDS, required=True, default="RB")
    image_id = fields.Many2one(
        "dental.image",
        string="From the file",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('patient_id', '=', patient_id)]",
    )
    taken_on = fields.Date(
        compute="_compute_taken_on", store=True, readonly=False, string="Taken on"
    )
    how = fields.Selection(
        [
            ("EL", "With the file"),
            ("BM", "Mail"),
            ("FX", "Fax"),
            ("EM", "E-mail"),
            ("FT", "File transfer"),
            ("AA", "On request"),
        ],
        required=True,
        default="BM",
        string="Sent by",
    )
    control = fields.Char(string="Its number", help="By which the payer finds it.")

    _one_document = models.Constraint(
        "CHECK (num_nonnulls(claim_id, precert_id) = 1)",
        "An enclosure belongs to one claim or one predetermination.",
    )

    # Computes

    @api.depends("claim_id.patient_id", "precert_id.patient_id")
    def _compute_patient_id(self):
        for enclosure in self:
            enclosure.patient_id = (enclosure.claim_id or enclosure.precert_id).patient_id

    @api.depends("image_id")
    def _compute_taken_on(self):
        for enclosure in self:
            enclosure.taken_on = enclosure.image_id.taken_on or enclosure.taken_on

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        """What goes beside the file carries a number, by which the payer puts the two together."""
        enclosures = super().create(vals_list)
        for enclosure in enclosures.filtered(lambda one: not one.control):
            enclosure.control = f"E{enclosure.id}"
        return enclosures
