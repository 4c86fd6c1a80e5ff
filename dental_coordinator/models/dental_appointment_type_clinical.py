# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalAppointmentType(models.Model):
    _inherit = "dental.appointment.type"

    code_ids = fields.Many2many(
        "dental.procedure.code", string="Procedures", help="What a visit of this kind is for."
    )
