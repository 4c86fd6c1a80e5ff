# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DentalWorkMixin(models.AbstractModel):
    """An open thing has an owner and a next date: nothing waits for nobody."""

    _name = "dental.work.mixin"
    _description = "Has an owner and a next date while open"

    owner_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        index=True,
        help="Who takes the next step.",
    )
    next_action = fields.Char(string="Next step")
    next_date = fields.Date(
        index=True, default=lambda self: fields.Date.context_today(self), string="Next date"
    )
    days_overdue = fields.Integer(compute="_compute_days_overdue", string="Days overdue")

    @api.depends("next_date")
    def _compute_days_overdue(self):
        today = fields.Date.context_today(self)
        for record in self:
            record.days_overdue = max(0, (today - record.next_date).days) if record.next_date else 0

    @api.constrains(lambda self: ["owner_id", "next_date", *self._open_fields()])
    def _check_next_step(self):
        for record in self:
            if record._is_open() and not (record.owner_id and record.next_date):
                raise ValidationError(
                    self.env._(
                        "%(name)s is still open: set who takes the next step and by when.",
                        name=record.display_name,
                    )
                )

    def _open_fields(self):
        """Names of the fields that decide whether a record is open."""
        return ["state"]

    def _is_open(self):
        """Whether this one record still waits for somebody."""
        raise NotImplementedError
