# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalDeviceLink(models.TransientModel):
    """Shows the link of a screen once, to be opened there."""

    _name = "dental.device.link"
    _description = "Link of a screen"

    device_id = fields.Many2one("dental.device", readonly=True, ondelete="cascade")
    kind = fields.Selection(related="device_id.kind")
    url = fields.Char(string="Link")
