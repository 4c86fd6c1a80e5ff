# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..book import Interval


class DentalAppointmentType(models.Model):
    """Between preparing and fitting the laboratory needs its days."""

    _inherit = "dental.appointment.type"

    lab_days = fields.Integer(
        string="Days for the laboratory",
        help="The next visit is not sooner. The longer of this and the time to heal counts.",
    )

    _lab_days_positive = models.Constraint(
        "CHECK (lab_days IS NULL OR lab_days >= 0)", "Days for the laboratory are not negative."
    )

    # Constraints

    @api.constrains("lab_days", "next_limit")
    def _check_lab_days(self):
        today = fields.Date.context_today(self)
        for kind in self.filtered("lab_days"):
            _least, most = kind._gap()
            if most and most.after(today) < fields.Date.add(today, days=kind.lab_days):
                raise ValidationError(
                    self.env._(
                        "%(name)s: the laboratory needs %(days)s days, the next visit comes "
                        "after %(limit)s at most. Allow more time.",
                        name=kind.name,
                        days=kind.lab_days,
                        limit=kind.next_limit,
                    )
                )

    # Business

    def _gap(self):
        least, most = super()._gap()
        if not self.lab_days:
            return least, most
        today, lab = fields.Date.context_today(self), Interval(days=self.lab_days)
        return max(least, lab, key=lambda interval: interval.after(today)), most
