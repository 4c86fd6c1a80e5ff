# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# In the order of the work: the sign in front sorts the groups of a list.
DUE_GROUPS = [
    ("1_overdue", "Overdue"),
    ("2_today", "Today"),
    ("3_week", "This week"),
    ("4_later", "Later"),
    ("5_none", "No date"),
]


class DentalWorkMixin(models.AbstractModel):
    """Lists of work are grouped by how soon a thing is due."""

    _inherit = "dental.work.mixin"

    due_group = fields.Selection(
        DUE_GROUPS, compute="_compute_due_group", search="_search_due_group", string="How soon"
    )

    @api.depends("next_date")
    def _compute_due_group(self):
        for record in self:
            record.due_group = record._due_group_of(record.next_date)

    @api.model
    def _due_days(self):
        """Today and the last day of this week, as the user's calendar has them."""
        today = fields.Date.context_today(self)
        return today, today + timedelta(days=6 - today.weekday())

    @api.model
    def _due_group_of(self, day):
        today, last = self._due_days()
        if not day:
            return "5_none"
        if day < today:
            return "1_overdue"
        if day == today:
            return "2_today"
        return "3_week" if day <= last else "4_later"

    @api.model
    def _search_due_group(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, last = self._due_days()
        spans = {
            "1_overdue": [("next_date", "<", today)],
            "2_today": [("next_date", "=", today)],
            "3_week": [("next_date", ">", today), ("next_date", "<=", last)],
            "4_later": [("next_date", ">", max(today, last))],
            "5_none": [("next_date", "=", False)],
        }
        return fields.Domain.OR(spans[key] for key in value if key in spans)

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr != "due_group":
            return super()._field_to_sql(alias, field_expr, query)
        today, last = self._due_days()
        return SQL(
            "CASE WHEN %(day)s IS NULL THEN '5_none' WHEN %(day)s < %(today)s THEN '1_overdue'"
            " WHEN %(day)s = %(today)s THEN '2_today' WHEN %(day)s <= %(last)s THEN '3_week'"
            " ELSE '4_later' END",
            day=self._field_to_sql(alias, "next_date", query),
            today=today,
            last=last,
        )
