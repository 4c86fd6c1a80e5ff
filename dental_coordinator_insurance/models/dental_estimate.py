# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalEstimate(models.Model):
    _inherit = "dental.estimate"

    can_precert = fields.Boolean(compute="_compute_can_precert", string="Can precert")

    # Computes

    @api.depends("line_ids.share_ids", "state")
    def _compute_can_precert(self):
        for estimate in self:
            planned = estimate.line_ids.procedure_id.filtered(lambda one: not one.date_done)
            estimate.can_precert = (
                bool(planned and estimate.line_ids.share_ids) and estimate.state != "superseded"
            )

    def _compute_can_ask_payer(self):
        for estimate in self:
            unknown = any(estimate.line_ids.mapped("unknowns"))
            estimate.can_ask_payer = bool(estimate.line_ids.share_ids) and unknown

    # Actions

    def action_ask_payer(self):
        """Open the verification of the plan whose rules are not known."""
        self.ensure_one()
        coverages = self.line_ids.share_ids.coverage_id
        return coverages[:1].action_verify() if coverages else super().action_ask_payer()

    def action_precert(self):
        """Ask the first payer beforehand what it would pay of this treatment."""
        self.ensure_one()
        coverage = self.line_ids.share_ids.coverage_id.sorted("sequence")[:1]
        procedures = self.line_ids.procedure_id
        precert = self.env["dental.precert"]._open_for(procedures, coverage, self.appointment_id)
        return precert.action_open()


class DentalEstimateLine(models.Model):
    _inherit = "dental.estimate.line"

    share_ids = fields.One2many("dental.estimate.share", "line_id", readonly=True)
