# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..book import Pattern

AREA_RULES = [
    ("none", "Nothing"),
    ("mouth", "Whole mouth"),
    ("arch", "Arch"),
    ("quadrant", "Quadrant"),
    ("sextant", "Sextant"),
    ("tooth", "Tooth"),
    ("surface", "Tooth and surfaces"),
    ("range", "Several teeth"),
]


class DentalProcedureCode(models.Model):
    """Something the clinic does, under the clinic's own code and in its own words."""

    _name = "dental.procedure.code"
    _description = "Procedure code"
    _order = "code"
    _rec_names_search = ["code", "licensed_code", "name"]

    code = fields.Char(required=True, index=True)
    licensed_code = fields.Char(
        help="The code of a licensed code set, entered by a clinic that holds the licence. "
        "Claims carry it in place of the own code.",
        string="Licensed code",
    )
    claim_code = fields.Char(compute="_compute_claim_code")
    name = fields.Char(required=True, translate=True)
    category_id = fields.Many2one(
        "dental.procedure.category", required=True, ondelete="restrict", index=True
    )
    area_rule = fields.Selection(
        AREA_RULES, string="Needs", required=True, default="none", help="Where it is done."
    )
    pattern = fields.Char(
        help="Chair time, one character for ten minutes: X the provider is needed, / somebody else."
    )
    prosthesis = fields.Boolean(
        help="Claims ask whether it is the first or replaces one, and how old that was."
    )
    removes_tooth = fields.Boolean(
        help="The tooth is charted as missing once this is done.", string="Removes tooth"
    )
    recall_type_id = fields.Many2one(
        "dental.recall.type",
        string="Sets recall",
        ondelete="set null",
        help="Doing it moves this recall of the patient to its next date.",
    )
    precert_hint = fields.Char(
        help="What payers want to see before they agree to it.", string="Precert hint"
    )
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(upper(code))", "There is already a procedure with this code.")

    # Computes

    @api.depends("code", "licensed_code")
    def _compute_claim_code(self):
        for code in self:
            code.claim_code = code.licensed_code or code.code

    @api.depends("code", "name")
    def _compute_display_name(self):
        for code in self:
            code.display_name = f"{code.code or ''} {code.name or ''}".strip()

    # Constraints

    @api.constrains("pattern")
    def _check_pattern(self):
        for code in self.filtered("pattern"):
            try:
                Pattern(code.pattern)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Code %(code)s: the pattern is a row of X and /, one for ten minutes. "
                        "Correct the pattern.",
                        code=code.code,
                    )
                ) from error
