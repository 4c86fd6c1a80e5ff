# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Command


class DentalSurgery(models.Model):
    """Who operates and with what: the visit holds their time, so nobody is in two rooms."""

    _inherit = "dental.surgery"

    anaesthetist_id = fields.Many2one(
        "dental.provider", compute="_compute_team", inverse="_inverse_anaesthetist_id"
    )
    assistant_ids = fields.Many2many(
        "dental.provider",
        string="Assistants",
        compute="_compute_team",
        inverse="_inverse_assistant_ids",
    )
    equipment_ids = fields.Many2many(related="appointment_id.equipment_ids", readonly=False)

    # Computes

    @api.depends("appointment_id.staff_ids.provider_id", "appointment_id.staff_ids.role")
    def _compute_team(self):
        for surgery in self:
            surgery.anaesthetist_id = surgery._of_role("anaesthetist").provider_id[:1]
            surgery.assistant_ids = surgery._of_role("assistant").provider_id

    def _inverse_anaesthetist_id(self):
        for surgery in self:
            surgery._fill_role("anaesthetist", surgery.anaesthetist_id)

    def _inverse_assistant_ids(self):
        for surgery in self:
            surgery._fill_role("assistant", surgery.assistant_ids)

    # Business

    def _of_role(self, role):
        return self.appointment_id.staff_ids.filtered(lambda row: row.role == role)

    def _fill_role(self, role, people):
        """These people, and nobody else, take part in this role."""
        present = self._of_role(role)
        gone = present.filtered(lambda row: row.provider_id not in people)
        new = people - present.provider_id
        if gone or new:
            commands = [Command.delete(row.id) for row in gone]
            commands += [Command.create({"provider_id": p.id, "role": role}) for p in new]
            self.appointment_id.write({"staff_ids": commands})

    def _team(self):
        """Who operates: surgeon first, then everybody else who takes part."""
        return self.provider_id | self.appointment_id.staff_ids.provider_id
