# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    """Whose treatment somebody pays for, and what speaks for waiting for his money."""

    _inherit = "res.partner"

    dental_paid_for_ids = fields.One2many(
        "dental.patient",
        "guarantor_id",
        string="Pays for",
        context={"active_test": False},
        groups="dental_coordinator.group_staff",
    )

    # Business

    def _dental_patients(self, company):
        """Patients of a clinic for whom this person pays, read as the server."""
        patients = self.sudo().dental_paid_for_ids
        return patients.filtered(lambda patient: patient.company_id == company)

    def _dental_claims_open(self, company):
        """Those of these people with an open claim of a bill that they owe. Insurance answers."""
        return self.browse()
