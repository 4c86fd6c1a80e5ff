# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalContactLog(models.Model):
    _inherit = "dental.contact.log"

    outcome = fields.Selection(
        selection_add=[("wrong_address", "Wrong address")],
        ondelete={"wrong_address": "set default"},
    )
