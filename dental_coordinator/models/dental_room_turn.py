# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalRoomTurn(models.Model):
    """A room between two patients: dirty, being cleaned, ready. The open one is its state now."""

    _name = "dental.room.turn"
    _inherit = "dental.access.mixin"
    _description = "Turnover of a room"
    _order = "id desc"
    _rec_name = "operatory_id"

    operatory_id = fields.Many2one(
        "dental.operatory",
        string="Room",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    appointment_id = fields.Many2one(
        "dental.appointment", string="After", readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    dirty_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, string="Dirty at"
    )
    cleaning_at = fields.Datetime(string="Cleaning since", readonly=True)
    ready_at = fields.Datetime(readonly=True, string="Ready at")
    user_id = fields.Many2one(
        "res.users", string="Cleaned by", readonly=True, ondelete="restrict", index=True
    )
    minutes = fields.Integer(
        compute="_compute_minutes", store=True, aggregator="avg", help="From dirty to ready."
    )

    _order_of_times = models.Constraint(
        "CHECK (dirty_at <= COALESCE(cleaning_at, dirty_at)"
        " AND COALESCE(cleaning_at, dirty_at) <= COALESCE(ready_at, cleaning_at, dirty_at))",
        "A room is dirty, then cleaned, then ready.",
    )
    _one_open = models.UniqueIndex(
        "(operatory_id) WHERE ready_at IS NULL", "Somebody just changed this room. Refresh."
    )

    # Computes

    @api.depends("dirty_at", "ready_at")
    def _compute_minutes(self):
        for turn in self:
            spent = turn.ready_at - turn.dirty_at if turn.ready_at else None
            turn.minutes = spent.total_seconds() // 60 if spent else 0
