# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class DentalClaimFollowUp(models.TransientModel):
    """What was learnt of one or many claims on the phone or in a portal."""

    _name = "dental.claim.follow.up"
    _description = "Follow up claims"

    claim_ids = fields.Many2many("dental.claim", required=True)
    tracking_id = fields.Many2one("dental.claim.tracking", string="What is it", required=True)
    note = fields.Char(help="Who said what, and the number of the call.")
    suppress_until = fields.Date(
        string="Quiet until",
        compute="_compute_next",
        store=True,
        readonly=False,
    )
    next_action = fields.Char(
        string="Next step", compute="_compute_next", store=True, readonly=False
    )
    owner_id = fields.Many2one("res.users", default=lambda self: self.env.user, required=True)

    # Computes

    @api.depends("tracking_id")
    def _compute_next(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            days = wizard.tracking_id.suppress_days
            wizard.suppress_until = today + timedelta(days=days) if days else False
            wizard.next_action = wizard.tracking_id.next_action

    # Actions

    def action_note(self):
        self.ensure_one()
        if self.tracking_id.needs_note and not self.note:
            raise UserError(
                self.env._("%s: say in a few words what was learnt.", self.tracking_id.name)
            )
        self.claim_ids._follow_up(self._prepare_vals(), self.note or "")
        return True

    # Business

    def _prepare_vals(self):
        today = fields.Date.context_today(self)
        vals = {
            "tracking_id": self.tracking_id.id,
            "suppress_until": self.suppress_until,
            "owner_id": self.owner_id.id,
            "next_date": self.suppress_until or today,
        }
        return {**vals, "next_action": self.next_action} if self.next_action else vals
