# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalDisclosure(models.Model):
    """What was blacked out in the copies that were given away. The originals stay whole."""

    _inherit = "dental.disclosure"

    blacked_out = fields.Text(
        readonly=True,
        string="Blacked out",
        help="Documents with areas that were blacked out, on which pages and by whom.",
    )
    blackout_reason = fields.Char(readonly=True, string="Why blacked out")
