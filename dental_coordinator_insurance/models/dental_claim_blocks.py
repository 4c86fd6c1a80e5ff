# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12

DELAYS = [
    ("1", "Proof of eligibility was not to be had"),
    ("2", "Lawsuit"),
    ("3", "Authorization came late"),
    ("4", "Provider was being certified"),
    ("5", "Billing forms came late"),
    ("6", "Custom-made appliance came late"),
    ("7", "Third payer was slow"),
    ("8", "Eligibility was found late"),
    ("9", "First claim was refused for reasons beyond us"),
    ("10", "Administrative reason"),
    ("11", "Other"),
]


class DentalClaim(models.Model):
    """What only some claims need: accident, orthodontics, referral, diagnoses, dates of delay."""

    _inherit = "dental.claim"

    accident_kind = fields.Selection(
        [("EM", "Work"), ("AA", "Car"), ("OA", "Other accident")], string="Result of"
    )
    accident_date = fields.Date(string="Accident on")
    accident_state_id = fields.Many2one(
        "res.country.state", string="In the state", help="Where the car accident was."
    )
    accident_country_id = fields.Many2one(
        "res.country", string="In the country", help="Where it was outside of the United States."
    )
    ortho = fields.Boolean(string="Orthodontics")
    ortho_placed = fields.Date(string="Appliance placed on")
    ortho_months = fields.Integer(string="Months of treatment")
    ortho_remaining = fields.Integer(string="Months remaining")
    referring_id = fields.Many2one("res.partner", string="Referred by")
    referring_npi = fields.Char(string="NPI of who refers")
    diagnoses = fields.Char(help="ICD-10 codes, the first one first, at most four: K02.9 K04.0")
    delay_reason = fields.Selection(DELAYS, string="Filed late because")
    epsdt = fields.Boolean(string="Screening programme", help="EPSDT, Title XIX.")
    trace_number = fields.Char(string="Clearinghouse's number", copy=False)
    patient_paid = fields.Monetary(string="Paid by the patient", help="If the payer wants it.")

    _months = models.Constraint(
        "CHECK (ortho_months >= 0 AND ortho_remaining >= 0)", "Months cannot be negative."
    )

    # Constraints

    @api.constrains("diagnoses")
    def _check_diagnoses(self):
        for claim in self:
            codes = claim._diagnosis_codes()
            if len(codes) > 4 or any(not 3 <= len(code) <= 7 for code in codes):
                raise ValidationError(
                    self.env._(
                        "%s, Diagnoses: enter at most four ICD-10 codes, such as K02.9 K04.0.",
                        claim.number,
                    )
                )

    # Business

    def _diagnosis_codes(self):
        text = (self.diagnoses or "").replace(",", " ").replace(".", "").upper()
        return tuple(text.split())

    def _x12_document(self):
        claim = self.sudo()
        document = super()._x12_document()
        codes = claim._diagnosis_codes()
        pointers = tuple(range(1, len(codes) + 1))
        return replace(
            document,
            accident=claim._x12_accident(),
            orthodontics=claim._x12_orthodontics(),
            special_program="01" if claim.epsdt else "",
            delay_reason=claim.delay_reason or "",
            trace_number=claim.trace_number or "",
            patient_paid=exact(claim.patient_paid) if claim.patient_paid else None,
            diagnoses=codes,
            referring=claim._x12_referring(),
            lines=tuple(replace(line, pointers=pointers) for line in document.lines)
            if codes
            else document.lines,
        )

    def _x12_accident(self):
        if not self.accident_kind:
            return None
        state, country = self._x12_land(self.accident_state_id, self.accident_country_id)
        return x12.Accident(
            (self.accident_kind,),
            self.accident_date or None,
            state if self.accident_kind == "AA" else "",
            country,
        )

    def _x12_orthodontics(self):
        if not self.ortho:
            return None
        return x12.Orthodontics(
            months_total=self.ortho_months or None,
            months_remaining=self.ortho_remaining or None,
            placed=self.ortho_placed or None,
            months_unknown=not self.ortho_months,
        )

    def _x12_referring(self):
        if not self.referring_id:
            return None
        *first, last = (self.referring_id.name or "").split() or [""]
        return x12.Provider(name=last, first=" ".join(first), npi=self.referring_npi or "")
