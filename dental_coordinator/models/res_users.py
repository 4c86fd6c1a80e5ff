# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import notation


class ResUsers(models.Model):
    _inherit = "res.users"

    dental_notation = fields.Selection(
        [
            ("fdi", "FDI (ISO 3950): 36"),
            ("universal", "Universal: 19"),
            ("palmer", "Palmer: LL6"),
        ],
        string="Tooth notation",
        required=True,
        default="fdi",
        help="How you read and type teeth. They are stored in one form, whatever you choose.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return super().SELF_READABLE_FIELDS + ["dental_notation"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return super().SELF_WRITEABLE_FIELDS + ["dental_notation"]

    @api.model
    def dental_tooth_labels(self):
        """How the present user writes each tooth.

        :return: {notation, labels: {canonical tooth: label}}
        """
        system = self.env.user.dental_notation
        return {
            "notation": system,
            "labels": {tooth: notation.format_tooth(tooth, system) for tooth in notation.TEETH},
        }

    @api.model
    def context_get(self):
        """The dental team reads patients' names on its screens; everybody else reads numbers."""
        context = super().context_get()
        if self.env.user.has_group("dental_coordinator.group_staff"):
            return type(context)({**context, "dental_names": True})
        return context
