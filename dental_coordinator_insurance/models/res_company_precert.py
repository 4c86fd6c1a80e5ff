# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    """How long payers are given, and on which days nobody works."""

    _inherit = "res.company"

    dental_precert_days = fields.Integer(
        string="Payers answer in (business days)",
        default=15,
        required=True,
        help="Assumed of a payer whose own answers do not tell it yet.",
    )
    dental_precert_remind_days = fields.Integer(
        string="Remind before an answer expires (days)", default=30, required=True
    )

    # Business

    def _dental_holidays(self, until):
        """Days up to ``until``, and the half year around today, on which the clinic is closed."""
        self.ensure_one()
        today = fields.Date.context_today(self)
        first, last = today - timedelta(days=365), max(until, today) + timedelta(days=183)
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("resource_id", "=", False),
                    ("company_id", "in", (self.id, False)),
                    ("date_from", "<=", fields.Datetime.to_datetime(last)),
                    ("date_to", ">=", fields.Datetime.to_datetime(first)),
                ]
            )
        )
        days = set()
        for leave in leaves:
            begins = fields.Datetime.context_timestamp(self, leave.date_from).date()
            ends = fields.Datetime.context_timestamp(self, leave.date_to).date()
            days |= {begins + timedelta(days=n) for n in range((ends - begins).days + 1)}
        return frozenset(days)
