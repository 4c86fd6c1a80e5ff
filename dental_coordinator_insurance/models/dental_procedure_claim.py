# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

# Bills filed while one waits; more of them are filed in the background.
AT_ONCE = 20
FLUSHED = (
    "dental.procedure",
    "dental.claim.line",
    "dental.insurance.coverage",
    "dental.insurance.policy",
    "dental.insurance.plan",
)
# Billed, not kept from the plan, of a patient with a cover; for any day of it.
BILLED = """
    SELECT p.id
      FROM dental_procedure p
      JOIN dental_insurance_coverage c ON c.patient_id = p.patient_id AND c.active
      JOIN dental_insurance_policy o ON o.id = c.policy_id
      JOIN dental_insurance_plan plan ON plan.id = o.plan_id AND plan.kind != 'discount'
     WHERE p.invoice_line_id IS NOT NULL
       AND p.fee > 0
       AND p.keep_from_plan IS NOT TRUE
"""
# Covered on its day, and on no live claim for that coverage.
TO_CLAIM = f"""{BILLED}
       AND p.date_done >= GREATEST(c.date_from, o.date_from, '-infinity'::date)
       AND p.date_done <= LEAST(c.date_to, o.date_to, 'infinity'::date)
       AND NOT EXISTS (
           SELECT 1 FROM dental_claim_line l
            WHERE l.procedure_id = p.id AND l.coverage_id = c.id AND l.live)
"""


class DentalProcedure(models.Model):
    """What is done becomes claims: at checkout, or later for many visits at once."""

    _inherit = "dental.procedure"

    keep_from_plan = fields.Boolean(
        string="Do not tell the plan",
        help="The patient asked for it and pays in full: no estimate, claim or question to a plan "
        "names this service.",
    )
    finished_by_id = fields.Many2one(
        "dental.procedure",
        string="Finished by",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('patient_id', '=', patient_id), ('id', '!=', id)]",
        help="Work of several visits: its claim waits until this step is done, and takes its date.",
    )
    finishes_ids = fields.One2many("dental.procedure", "finished_by_id")
    to_claim = fields.Boolean(
        compute="_compute_to_claim",
        search="_search_to_claim",
        help="Billed and covered, but on no claim to one of the patient's plans.",
        string="To claim",
    )

    # Computes

    def _compute_to_claim(self):
        waiting = self.search([("id", "in", self.ids), ("to_claim", "=", True)])
        for procedure in self:
            procedure.to_claim = procedure in waiting

    @api.model
    def _search_to_claim(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        for name in FLUSHED:
            self.env[name].flush_model()
        return Domain("id", "in", SQL("(%s)", SQL(TO_CLAIM)))

    # Constraints

    @api.constrains("keep_from_plan")
    def _check_keep_from_plan(self):
        for procedure in self.filtered("keep_from_plan"):
            claim = procedure.sudo().claim_line_ids.filtered("live").claim_id[:1]
            if claim:
                raise ValidationError(
                    self.env._(
                        "%(procedure)s is on claim %(claim)s already. Void that claim first; if it "
                        "was sent, the plan knows.",
                        procedure=procedure.number,
                        claim=claim.number,
                    )
                )

    @api.constrains("finished_by_id", "patient_id")
    def _check_finished_by(self):
        for procedure in self.filtered("finished_by_id"):
            last = procedure.finished_by_id
            if last == procedure or last.finished_by_id or last.patient_id != procedure.patient_id:
                raise ValidationError(
                    self.env._(
                        "%(procedure)s cannot be finished by %(last)s: choose the last step of the "
                        "same work, of the same patient.",
                        procedure=procedure.number,
                        last=last.number,
                    )
                )

    # Actions

    def action_make_claims(self):
        """File the claims of these procedures, and show them; many are filed in the background."""
        claims = self.env["dental.claim"]
        if len(self.sudo().invoice_line_id.move_id) > AT_ONCE:
            return self.env["dental.claim.run"]._begin(claims._claimable(self)).action_open()
        claims = claims._file_procedures(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claims made"),
            "res_model": "dental.claim",
            "domain": [("id", "in", claims.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    # Business

    def _unfinished(self):
        """Those of these whose last step is not done yet."""
        return self.filtered(lambda one: one.finished_by_id and not one.finished_by_id.date_done)

    def _after_done(self):
        """The last step of the work releases the claim, which takes its date."""
        result = super()._after_done()
        begun = self.sudo().finishes_ids
        if begun:
            begun.claim_line_ids.filtered("live").claim_id._finish(begun)
        return result

    def _estimate_lines(self, as_of):
        """What is kept from the plan is the patient's, and uses up no benefits."""
        kept = self.filtered("keep_from_plan")
        if not kept or kept == self:
            return super()._estimate_lines(as_of)
        rows = {
            row["procedure_id"]: row
            for some in (kept, self - kept)
            for row in super(DentalProcedure, some)._estimate_lines(as_of)
        }
        return [rows[procedure.id] for procedure in self]

    def _estimate_inputs(self, as_of):
        inputs = super()._estimate_inputs(as_of)
        kept = self.filtered("keep_from_plan").ids
        return {**inputs, "kept_from_plan": kept} if kept else inputs


class DentalEstimateEngine(models.AbstractModel):
    _inherit = "dental.estimate.engine"

    @api.model
    def _estimate(self, procedures, as_of):
        if procedures and all(procedures.mapped("keep_from_plan")):
            return None
        return super()._estimate(procedures, as_of)
