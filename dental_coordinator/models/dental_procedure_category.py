# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProcedureCategory(models.Model):
    """A kind of treatment, as benefits and reports group it."""

    _name = "dental.procedure.category"
    _description = "Procedure category"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    key = fields.Selection(
        [
            ("diagnostic", "Diagnostic"),
            ("xray", "X-rays"),
            ("preventive", "Preventive"),
            ("restorative", "Fillings"),
            ("crowns", "Crowns"),
            ("endo", "Root canals"),
            ("perio", "Gums"),
            ("prostho_removable", "Dentures"),
            ("prostho_fixed", "Bridges"),
            ("oral_surgery", "Surgery"),
            ("ortho", "Orthodontics"),
            ("implant", "Implants"),
            ("adjunctive", "Other services"),
        ],
        required=True,
        help="What this is to the benefit rules; the name may say it in the clinic's words.",
    )
    sequence = fields.Integer(default=10)

    _key_uniq = models.Constraint("UNIQUE (key)", "There is already a category for this kind.")
