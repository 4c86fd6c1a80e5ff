# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Facts behind estimates: whoever changes one puts the patients concerned on the list."""

from odoo import api, fields, models

from .dental_procedure_estimate import SETTINGS

# Fields of a plan on which estimates rest.
PLAN_FIELDS = {
    "kind",
    "pricelist_id",
    "benefit_year_month",
    "cob_rule",
    "network",
    "active",
    "copay_pricelist_id",
    "pays_fixed",
    "fixed_pricelist_id",
    "substitution_policy",
    "no_write_off_on_substitution",
    "usual_fee_when_excluded",
    "over_max_policy",
    "over_limit_policy",
}
# In the context of one who writes many records and tells for all of them at the end. An object: no
# client can send it.
LATER = object()
CLAIM_LINE_FIELDS = {"plan_amount", "paid", "settled", "written_off", "deductible_taken", "live"}


class DentalEstimateWatched(models.AbstractModel):
    """A record on which estimates rest. :meth:`_watched_patients` tells whose."""

    _name = "dental.estimate.watched"
    _description = "Fact behind estimates"

    #: fields whose change matters; empty for all
    _watched_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._tell_estimates()
        return records

    def write(self, vals):
        matters = not self._watched_fields or self._watched_fields & vals.keys()
        matters = matters and self.env.context.get("dental_estimates") is not LATER
        before = self._watched_patients() if matters else None
        result = super().write(vals)
        if matters:
            self._tell_estimates(before | self._watched_patients())
        return result

    def unlink(self):
        patients = self._watched_patients()
        result = super().unlink()
        self._tell_estimates(patients)
        return result

    # Business

    def _watched_patients(self):
        """Patients whose estimates rest on these records; read as the server."""
        raise NotImplementedError

    def _tell_estimates(self, patients=None):
        """:param patients: whose, where the records tell it no more"""
        if patients is None:
            patients = self._watched_patients()
        self.env["dental.estimate.check"].sudo()._enqueue(patients, self._watched_reason())

    def _watched_reason(self):
        """What changed, without a name or a treatment."""
        return self.env._("%s changed", self._description)

    @api.model
    def _members(self, plans):
        """Patients with a coverage under these plans."""
        coverages = self.env["dental.insurance.coverage"].sudo()
        return coverages.search([("plan_id", "in", plans.ids)]).patient_id


class DentalInsurancePlan(models.Model):
    _name = "dental.insurance.plan"
    _inherit = ["dental.insurance.plan", "dental.estimate.watched"]
    _watched_fields = frozenset(PLAN_FIELDS)

    def _watched_patients(self):
        return self._members(self)


class DentalInsuranceBenefit(models.Model):
    _name = "dental.insurance.benefit"
    _inherit = ["dental.insurance.benefit", "dental.estimate.watched"]

    def _watched_patients(self):
        rules = self.sudo()
        general = rules.filtered(lambda rule: not rule.coverage_id)
        return self._members(general.plan_id) | rules.coverage_id.patient_id


class DentalInsuranceContract(models.Model):
    _name = "dental.insurance.contract"
    _inherit = ["dental.insurance.contract", "dental.estimate.watched"]

    def _watched_patients(self):
        return self._members(self.sudo().plan_id)


class DentalInsurancePolicy(models.Model):
    _name = "dental.insurance.policy"
    _inherit = ["dental.insurance.policy", "dental.estimate.watched"]
    _watched_fields = frozenset({"plan_id", "active", "date_from", "date_to"})

    def _watched_patients(self):
        coverages = self.env["dental.insurance.coverage"].sudo()
        return coverages.search([("policy_id", "in", self.ids)]).patient_id


class DentalInsuranceCoverage(models.Model):
    _name = "dental.insurance.coverage"
    _inherit = ["dental.insurance.coverage", "dental.estimate.watched"]

    def _watched_patients(self):
        return self.sudo().patient_id


class DentalInsuranceUsage(models.Model):
    _name = "dental.insurance.usage"
    _inherit = ["dental.insurance.usage", "dental.estimate.watched"]

    def _watched_patients(self):
        """The whole family: its maximum may be shared."""
        policies = self.sudo().coverage_id.policy_id
        return policies._watched_patients()


class DentalEstimateOverride(models.Model):
    _name = "dental.estimate.override"
    _inherit = ["dental.estimate.override", "dental.estimate.watched"]

    def _watched_patients(self):
        return self.sudo().patient_id


class DentalPrecert(models.Model):
    _name = "dental.precert"
    _inherit = ["dental.precert", "dental.estimate.watched"]
    _watched_fields = frozenset({"state", "valid_until"})

    def _watched_patients(self):
        return self.sudo().patient_id


class DentalClaimLine(models.Model):
    _name = "dental.claim.line"
    _inherit = ["dental.claim.line", "dental.estimate.watched"]
    _watched_fields = frozenset(CLAIM_LINE_FIELDS)

    def _watched_patients(self):
        return self.sudo().coverage_id.policy_id._watched_patients()


class ProductPricelistItem(models.Model):
    _name = "product.pricelist.item"
    _inherit = ["product.pricelist.item", "dental.estimate.watched"]

    def _watched_patients(self):
        pricelists = self.sudo().pricelist_id
        if not pricelists:
            return self.env["dental.patient"].sudo()
        plans = self.env["dental.insurance.plan"].sudo()
        fees = [("pricelist_id", "in", pricelists.ids)]
        found = plans.search(
            [
                "|",
                "|",
                "|",
                *fees,
                ("copay_pricelist_id", "in", pricelists.ids),
                ("fixed_pricelist_id", "in", pricelists.ids),
                ("contract_ids.pricelist_id", "in", pricelists.ids),
            ]
        )
        return self._members(found) if found else self.env["dental.patient"].sudo()

    def _watched_reason(self):
        return self.env._("A contracted fee changed")


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_change_threshold = fields.Monetary(
        string="Quotes that changed by at least",
        default=25.0,
        currency_field="currency_id",
        help="Smaller changes are kept, but not shown as work.",
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & set(SETTINGS):
            estimates = self.env["dental.estimate"].sudo()
            patients = estimates.search(
                [("company_id", "in", self.ids), ("state", "in", ("current", "signed"))]
            ).patient_id
            check = self.env["dental.estimate.check"].sudo()
            check._enqueue(patients, self.env._("A setting of the clinic changed"))
        return result
