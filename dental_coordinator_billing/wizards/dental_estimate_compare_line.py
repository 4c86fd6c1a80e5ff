# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalEstimateCompareLine(models.TransientModel):
    _name = "dental.estimate.compare.line"
    _description = "Estimate line on another day"
    _order = "id"

    compare_id = fields.Many2one("dental.estimate.compare", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="compare_id.currency_id")
    description = fields.Char(readonly=True)
    fee = fields.Monetary(readonly=True)
    allowed = fields.Monetary(readonly=True)
    plan_amount = fields.Monetary(string="Plan pays", readonly=True)
    write_off = fields.Monetary(string="Write-off", readonly=True)
    patient_amount = fields.Monetary(string="You pay", readonly=True)
    patient_now = fields.Monetary(string="Now", readonly=True)
    trace = fields.Json(readonly=True)
    unknowns = fields.Json(readonly=True)
