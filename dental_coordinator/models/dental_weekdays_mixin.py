# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class DentalWeekdaysMixin(models.AbstractModel):
    """Weekdays to tick; none ticked means what the record says of it."""

    _name = "dental.weekdays.mixin"
    _description = "Has weekdays"

    mon = fields.Boolean(string="Monday")
    tue = fields.Boolean(string="Tuesday")
    wed = fields.Boolean(string="Wednesday")
    thu = fields.Boolean(string="Thursday")
    fri = fields.Boolean(string="Friday")
    sat = fields.Boolean(string="Saturday")
    sun = fields.Boolean(string="Sunday")

    def _weekdays(self):
        """The numbers of the ticked days, Monday is 0."""
        self.ensure_one()
        return frozenset(number for number, day in enumerate(WEEKDAYS) if self[day])
