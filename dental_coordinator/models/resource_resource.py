# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

STAFF = "dental_coordinator.group_staff"


class ResourceResource(models.Model):
    """Which resources are the dental clinic's people, chairs and equipment."""

    _inherit = "resource.resource"

    dental_provider_ids = fields.One2many("dental.provider", "resource_id", groups=STAFF)
    dental_operatory_ids = fields.One2many("dental.operatory", "resource_id", groups=STAFF)
    dental_equipment_ids = fields.One2many("dental.equipment", "resource_id", groups=STAFF)
