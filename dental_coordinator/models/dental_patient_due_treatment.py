# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models

WITHOUT_VISIT = ("planned", "presented", "accepted")
# Two codes with a dash or "to" between them.
RANGE = re.compile(r"^\s*(\w+)\s*(?:[-–]|\bto\b)\s*(\w+)\s*$", re.IGNORECASE)


class DentalPatientDue(models.Model):
    """What the open treatment is, and whose: to find, and to show beside the patient."""

    _inherit = "dental.patient.due"

    provider_ids = fields.Many2many(
        "dental.provider",
        compute="_compute_treatment",
        search="_search_provider_ids",
        string="Dentist",
    )
    codes = fields.Char(
        compute="_compute_treatment",
        search="_search_codes",
        help="To search: a code, a word of its name, or a range as in X2700-X2799.",
    )

    # Computes

    @api.depends("patient_id")
    def _compute_treatment(self):
        for row in self:
            treatment = row._open_procedures()
            row.provider_ids = treatment.provider_id
            row.codes = ", ".join(dict.fromkeys(treatment.code_id.mapped("claim_code")))

    @api.model
    def _search_provider_ids(self, operator, value):
        if operator in fields.Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return self._treatment_domain([("provider_id", operator, value)])

    @api.model
    def _search_codes(self, operator, value):
        """A range where two codes are typed, else part of a code or of its name."""
        if operator not in ("ilike", "like", "=ilike", "in"):
            return NotImplemented
        words = [value] if isinstance(value, str) else [word for word in value if word]
        return self._treatment_domain(
            fields.Domain.OR(self._code_domain(word) for word in words)
            if words
            else [("code_id", "=", False)]
        )

    # Business

    @api.model
    def _treatment_domain(self, domain):
        """Patients who have open treatment that a domain on procedures fits."""
        return [
            (
                "patient_id.procedure_ids",
                "any",
                fields.Domain("state", "in", WITHOUT_VISIT) & fields.Domain(domain),
            )
        ]

    @api.model
    def _code_domain(self, word):
        Domain = fields.Domain
        ends = RANGE.match(word)
        if not ends:
            return Domain.OR(
                Domain(f"code_id.{name}", "ilike", word)
                for name in ("code", "licensed_code", "name")
            )
        first, last = (end.upper() for end in ends.groups())
        return Domain.OR(
            # What begins like the last code belongs to the range, whatever follows.
            Domain(f"code_id.{name}", ">=", first) & Domain(f"code_id.{name}", "<=", f"{last}zz")
            for name in ("code", "licensed_code")
        )
