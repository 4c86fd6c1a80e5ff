# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalProvider(models.Model):
    """Who treats: working hours and leaves are those of the ERP's resource."""

    _name = "dental.provider"
    _inherit = "resource.mixin"
    _description = "Dentist, hygienist or other provider"
    _order = "sequence, name, id"

    name = fields.Char(required=True)
    first_name = fields.Char(string="First name")
    last_name = fields.Char(string="Last name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(related="resource_id.active", store=True, readonly=False, default=True)
    kind = fields.Selection(
        [
            ("dentist", "Dentist"),
            ("hygienist", "Hygienist"),
            ("assistant", "Assistant"),
            ("anaesthetist", "Anaesthetist"),
        ],
        required=True,
        default="dentist",
    )
    user_id = fields.Many2one("res.users", ondelete="restrict", index=True)
    npi = fields.Char(string="NPI", help="National provider identifier, ten digits.")
    license_no = fields.Char(string="Licence")
    taxonomy = fields.Char(help="Provider taxonomy code, ten characters.")
    color = fields.Integer()

    def _prepare_resource_values(self, vals, tz):
        values = super()._prepare_resource_values(vals, tz)
        return {**values, "resource_type": "user"}
