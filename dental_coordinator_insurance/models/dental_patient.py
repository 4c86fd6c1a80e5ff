# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    coverage_ids = fields.One2many("dental.insurance.coverage", "patient_id", string="Insurance")
    verification_ids = fields.One2many("dental.insurance.verification", "patient_id")
    claim_ids = fields.One2many("dental.claim", "patient_id")
    precert_ids = fields.One2many("dental.precert", "patient_id")
    claim_count = fields.Integer(compute="_compute_claim_count", string="Claim count")

    # Computes

    def _compute_claim_count(self):
        groups = self.env["dental.claim"]._read_group(
            [("patient_id", "in", self.ids)], ["patient_id"], ["__count"]
        )
        counts = {patient.id: count for patient, count in groups}
        for patient in self:
            patient.claim_count = counts.get(patient.id, 0)

    # Actions

    def action_add_coverage(self):
        """Ask for plan, member id and holder on one small page."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add insurance"),
            "res_model": "dental.coverage.add",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_patient_id": self.id},
        }

    def action_open_claims(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claims of %s", self.number),
            "res_model": "dental.claim",
            "domain": [("patient_id", "=", self.id)],
            "views": [(False, "list"), (False, "form")],
        }

    # Business

    @api.model
    def _find_domain(self, text):
        """Files are found by the member id on the patient's card, too."""
        word = (text or "").strip()
        domain = super()._find_domain(text)
        if len(word) < 4 or " " in word:
            return domain
        return domain | Domain(
            "coverage_ids",
            "any",
            ["|", ("own_member_id", "=ilike", word), ("policy_id.member_id", "=ilike", word)],
        )

    def _header_facts(self, visits):
        """The first payer, and when it was last verified."""
        first = self.coverage_ids._live(fields.Date.context_today(self))[:1]
        if not first:
            return super()._header_facts(visits)
        verified = first.verified_on
        fact = {
            "key": "plan",
            "label": first.plan_id.name,
            "text": self.env._("verified") if verified else self.env._("not verified"),
            "level": False if verified else "warning",
            "model": first._name,
            "res_id": first.id,
        }
        return [*super()._header_facts(visits), {**fact, "date": verified} if verified else fact]
