# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..book import local
from ..models.dental_appointment_status import COMING


class DentalProviderChange(models.TransientModel):
    """Give the visits of one provider to another, of a chair or of all, from a day on."""

    _name = "dental.provider.change"
    _description = "Change the provider of visits"

    from_provider_id = fields.Many2one("dental.provider", string="Visits of", required=True)
    to_provider_id = fields.Many2one("dental.provider", string="Go to", required=True)
    operatory_id = fields.Many2one("dental.operatory", string="Only in chair")
    date_from = fields.Date(string="First day", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="Last day")
    reason = fields.Char(required=True)
    count = fields.Integer(string="Visits to change", compute="_compute_count")

    @api.depends("from_provider_id", "operatory_id", "date_from", "date_to")
    def _compute_count(self):
        for change in self:
            change.count = len(change._visits()) if change.from_provider_id else 0

    def action_change(self):
        """Change those for which the other one is free, and show the rest."""
        self.ensure_one()
        visits = self._visits()
        if not visits:
            raise UserError(
                self.env._(
                    "%s has no visit there. Widen days or chair.", self.from_provider_id.name
                )
            )
        taken = visits._change_provider(self.to_provider_id, self.reason)
        name = self.env._("Stay: the other one is taken") if taken else self.env._("Changed")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "dental.appointment",
            "domain": [("id", "in", (taken or visits).ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def _visits(self):
        zone = self.env.company._dental_zone()
        start = local.to_utc(datetime.combine(self.date_from, time()), zone)
        domain = [
            ("provider_id", "=", self.from_provider_id.id),
            ("status", "in", COMING),
            ("start", ">=", max(start, fields.Datetime.now())),
        ]
        if self.date_to:
            domain.append(("start", "<", local.day_span(self.date_to, zone)[1]))
        if self.operatory_id:
            domain.append(("operatory_id", "=", self.operatory_id.id))
        return self.env["dental.appointment"].search(domain, order="start")
