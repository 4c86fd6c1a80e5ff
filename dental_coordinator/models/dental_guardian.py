# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalGuardian(models.Model):
    """Who may act for a patient, in what, and from when to when."""

    _name = "dental.guardian"
    _inherit = "dental.patient.mixin"
    _description = "Guardian or authorised person"
    _rec_name = "relation"

    partner_id = fields.Many2one(
        "res.partner", string="Person", required=True, ondelete="restrict", index=True
    )
    relation = fields.Selection(
        [
            ("parent", "Parent"),
            ("guardian", "Legal guardian"),
            ("spouse", "Spouse or partner"),
            ("other", "Other"),
        ],
        required=True,
        default="parent",
    )
    scope_schedule = fields.Boolean(string="Appointments", default=True)
    scope_medical = fields.Boolean(string="Medical", default=True)
    scope_money = fields.Boolean(string="Money", default=True)
    scope_consent = fields.Boolean(string="May consent", default=True)
    date_from = fields.Date(required=True, default=fields.Date.context_today, string="Date from")
    date_to = fields.Date(string="Date to")

    _span_positive = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)", "A guardianship ends after it starts."
    )
