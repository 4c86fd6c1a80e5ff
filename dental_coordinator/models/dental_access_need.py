# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..book import ASSISTANT


class DentalAccessNeed(models.Model):
    """What someone needs to be treated at all, and what that does to the book."""

    _name = "dental.access.need"
    _description = "Access need"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    minutes_before = fields.Integer(
        help="Chair time before the provider comes.", string="Minutes before"
    )
    minutes_after = fields.Integer(
        help="Chair time after the provider has left.", string="Minutes after"
    )
    operatory_ids = fields.Many2many(
        "dental.operatory", string="Only in", help="Chairs that suit. Empty: any."
    )
    from_hour = fields.Float(string="Not before", help="Local time of day; 0: any.")
    to_hour = fields.Float(string="Begins before", help="Local time of day; 0: any.")
    remind = fields.Char(
        string="To arrange", translate=True, help="What whoever books is reminded of."
    )

    _minutes_positive = models.Constraint(
        "CHECK (minutes_before >= 0 AND minutes_after >= 0)",
        "A need adds minutes to a visit: they are not negative.",
    )
    _hours_of_day = models.Constraint(
        "CHECK (from_hour >= 0 AND from_hour < 24 AND to_hour >= 0 AND to_hour <= 24"
        " AND (to_hour = 0 OR from_hour < to_hour))",
        "A need wishes for hours of one day: put the earlier hour first.",
    )

    def _widen(self, units):
        """A visit's pattern with the time that these needs add around it."""
        before = max(self.mapped("minutes_before"), default=0)
        after = max(self.mapped("minutes_after"), default=0)
        return ASSISTANT * -(-before // 10) + units + ASSISTANT * -(-after // 10)

    def _allowed_chairs(self, chairs):
        """Those of the chairs that suit all these needs."""
        for need in self.filtered("operatory_ids"):
            chairs &= need.operatory_ids
        return chairs
