# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalQuoteAccuracy(models.Model):
    """How far what a patient was told lay from what he owed when all payers had answered."""

    _name = "dental.quote.accuracy"
    _inherit = "dental.patient.mixin"
    _description = "Accuracy of a quote"
    _order = "settled_on desc, id desc"

    procedure_id = fields.Many2one(
        "dental.procedure", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        related="procedure_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    estimate_line_id = fields.Many2one(
        "dental.estimate.line", required=True, readonly=True, ondelete="restrict", index=True
    )
    estimate_id = fields.Many2one(related="estimate_line_id.estimate_id", store=True)
    code_id = fields.Many2one(related="procedure_id.code_id", string="Code", store=True)
    plan_id = fields.Many2one("dental.insurance.plan", readonly=True, ondelete="restrict")
    payer_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict", index=True)
    verified_on = fields.Date(
        readonly=True, help="When the cover had last been verified then.", string="Verified on"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    told = fields.Monetary(readonly=True)
    owed = fields.Monetary(readonly=True, string="Owed in the end")
    error = fields.Monetary(
        readonly=True, string="Difference", help="More than zero: the patient owed more."
    )
    abs_error = fields.Monetary(readonly=True, string="Error", aggregator="avg")
    cause = fields.Selection(
        [
            ("none", "Right to the cent"),
            ("fee", "Fee or procedure changed"),
            ("denial", "Payer refused"),
            ("allowed", "Contracted fee was another"),
            ("deductible", "Deductible"),
            ("cob", "Another plan's part"),
            ("benefit", "Percentage or limit"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    settled_on = fields.Date(readonly=True, required=True, string="Settled on")

    _once = models.UniqueIndex("(procedure_id)", "The quote of this procedure was judged already.")

    # Computes

    def _compute_display_name(self):
        for one in self:
            one.display_name = one.procedure_id.number

    # Business

    @api.model
    def _record(self, procedures):
        """Judge the quotes of procedures that every payer has answered; once each."""
        procedures = procedures.sudo()
        judged = self.sudo().search([("procedure_id", "in", procedures.ids)])
        fresh = procedures - judged.procedure_id
        quoted = self._quoted(fresh)
        return self.sudo().create(
            [self._prepare_vals(one, quoted[one]) for one in fresh if one in quoted]
        )

    @api.model
    def _quoted(self, procedures):
        """{procedure: the line last told to the patient}, a signed one before others.

        The newest of all is the one made while leaving, from which the claims were filed: no quote.
        """
        lines = self.env["dental.estimate.line"].sudo()
        found = lines.search([("procedure_id", "in", procedures.ids)], order="id")
        told = {}
        for procedure, own in found.grouped("procedure_id").items():
            quotes = own[:-1].filtered("share_ids")
            signed = quotes.filtered(lambda one: one.estimate_id.state == "signed")
            if quotes:
                told[procedure] = (signed or quotes)[-1]
        return told

    @api.model
    def _prepare_vals(self, procedure, line):
        claims = procedure.claim_line_ids.filtered("live")
        taken = sum(exact(one.paid) + exact(one.written_off) for one in claims)
        billed = procedure._billed_money().get(procedure)
        owed = (billed[0] if billed else exact(procedure.fee)) - taken
        told = exact(line.patient_amount)
        first = line.share_ids.sorted("sequence")[:1]
        checks = first.coverage_id.verification_ids.filtered(
            lambda one: one.verified_on and one.verified_on <= line.estimate_id._told_on()
        )
        return {
            "procedure_id": procedure.id,
            "estimate_line_id": line.id,
            "plan_id": first.plan_id.id,
            "payer_id": first.plan_id.payer_id.id,
            "verified_on": max(checks.mapped("verified_on"), default=False),
            "told": float(told),
            "owed": float(owed),
            "error": float(owed - told),
            "abs_error": float(abs(owed - told)),
            "cause": self._cause(procedure, line, claims, owed - told),
            "settled_on": max(filter(None, claims.mapped("answered_on")), default=None)
            or fields.Date.context_today(self),
        }

    def _cause(self, procedure, line, claims, error):
        """The first step at which what happened left what was told."""
        if not error:
            return "none"
        if exact(procedure.fee) != exact(line.fee) or (
            line.description != procedure._estimate_description()
        ):
            return "fee"
        shares = {one.coverage_id: one for one in line.share_ids}
        first = claims.sorted(lambda one: one.coverage_id.sequence)[:1]
        told = shares.get(first.coverage_id)
        if told and exact(told.amount) and not exact(first.paid):
            return "denial"
        if told and exact(first.contract_cut) != exact(told.write_off):
            return "allowed"
        if told and exact(first.deductible_taken) != exact(told.deductible):
            return "deductible"
        if told and exact(first.paid) == exact(told.amount):
            return "cob"
        return "benefit"


class DentalProcedure(models.Model):
    _inherit = "dental.procedure"

    # Business

    def _follow_claims(self):
        """Once every payer has answered, what was told is judged."""
        result = super()._follow_claims()
        settled = self.filtered(lambda one: one.state == "settled")
        if settled:
            self.env["dental.quote.accuracy"]._record(settled)
        return result
