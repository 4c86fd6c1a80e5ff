# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    dental_patient_ids = fields.One2many(
        "dental.patient", "partner_id", groups="dental_coordinator.group_staff"
    )
