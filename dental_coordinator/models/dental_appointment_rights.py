# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from .dental_appointment_status import WITHOUT_PLACE
from .time_rights import BY_TREATMENT, MOVE, RESIZE

WATCHED = {"start", "stop", "duration", "pattern", "provider_id", "operatory_id"}


class DentalAppointment(models.Model):
    """Moving a visit and making it longer or shorter are two rights, wherever it is done."""

    _inherit = "dental.appointment"

    def write(self, vals):
        if not self.env.su:
            self._check_time_rights(vals)
        return super().write(vals)

    # Actions

    def action_to_tray(self):
        """Who may not move a visit does not take its place away either."""
        self._check_right(MOVE, self.filtered(lambda v: v.status not in WITHOUT_PLACE))
        return super().action_to_tray()

    # Business

    def _check_event_write(self, vals):
        self._check_time_rights(vals)
        return super()._check_event_write(vals)

    def _check_time_rights(self, vals):
        """Refuse what the user may not do to the place or the length of visits in the book.

        :raises AccessError: naming the visits and who can help
        """
        if not WATCHED & vals.keys() or self.env.context.get("dental_by") == BY_TREATMENT:
            return
        placed = self.filtered(lambda v: v.start and v.status not in WITHOUT_PLACE)
        self._check_right(MOVE, placed.filtered(lambda v: v._is_moved_by(vals)))
        self._check_right(RESIZE, placed.filtered(lambda v: v._is_resized_by(vals)))

    def _is_moved_by(self, vals):
        start = fields.Datetime.to_datetime(vals.get("start")) or self.start
        return start != self.start or any(
            vals.get(name, self[name].id) != self[name].id
            for name in ("provider_id", "operatory_id")
        )

    def _is_resized_by(self, vals):
        start = fields.Datetime.to_datetime(vals.get("start")) or self.start
        length = self.stop - self.start
        if vals.get("stop"):
            return fields.Datetime.to_datetime(vals["stop"]) - start != length
        if vals.get("pattern"):
            return timedelta(minutes=10 * len(vals["pattern"])) != length
        if vals.get("duration"):
            return abs(timedelta(hours=vals["duration"]) - length) >= timedelta(minutes=1)
        return False

    def _check_right(self, group, visits):
        user = self.env.user
        if not visits or user._is_superuser() or user.has_group(group):
            return
        numbers = ", ".join(visits.mapped("number"))
        raise AccessError(
            self.env._("%s: you may not move visits. Ask who keeps the book.", numbers)
            if group == MOVE
            else self.env._(
                "%s: you may not change how long visits are. Ask who keeps the book.", numbers
            )
        )
