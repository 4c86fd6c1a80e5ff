# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .dental_claim_mixin import PLACES


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    claim_place = fields.Selection(
        PLACES,
        string="Treated at",
        default="11",
        required=True,
        help="Place of service, as claims tell it.",
    )
