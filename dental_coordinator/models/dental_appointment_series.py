# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..book import Interval
from .dental_appointment_status import BROKEN


class DentalAppointment(models.Model):
    """A visit of a treatment in several visits: what it follows, and how long after at least."""

    _inherit = "dental.appointment"

    after_id = fields.Many2one(
        "dental.appointment",
        string="Follows",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
    )
    next_ids = fields.One2many("dental.appointment", "after_id", string="Followed by")
    gap = fields.Char(string="After at least", copy=False, help="As in 12w, 10d, 3m.")
    gap_limit = fields.Char(string="After at most", copy=False)
    gap_warning = fields.Char(compute="_compute_gap_warning", string="Time between visits")

    # Computes

    @api.depends("start", "gap", "gap_limit", "status", "after_id.start", "after_id.status")
    def _compute_gap_warning(self):
        for visit in self:
            visit.gap_warning = visit._gap_conflict()

    # Constraints

    @api.constrains("gap", "gap_limit")
    def _check_gap(self):
        for visit in self:
            try:
                visit._gap_bounds()
            except ValueError as error:
                raise ValidationError(
                    self.env._("%(number)s: %(error)s", number=visit.number, error=error)
                ) from error

    # Business

    def _gap_bounds(self):
        """First and last local date allowed after the visit it follows, the last may be None.

        :raises ValueError: for a text that is no length of time
        """
        self.ensure_one()
        least = Interval.parse(self.gap) if self.gap else Interval()
        most = Interval.parse(self.gap_limit) if self.gap_limit else None
        if not self.after_id.start:
            return None, None
        since = self.after_id._local_day()
        return least.after(since), most and most.after(since)

    def _gap_conflict(self):
        """What is wrong with the time since the visit before, in words, or False."""
        before = self.after_id
        if not before or not self.start or BROKEN.count(self.status):
            return False
        if before.status in BROKEN:
            return self.env._("%s, which it follows, is broken.", before.number)
        earliest, latest = self._gap_bounds()
        day = self._local_day()
        if day < earliest:
            return self.env._(
                "Too early after %(number)s: not before %(day)s.",
                number=before.number,
                day=format_date(self.env, earliest),
            )
        if latest and day > latest:
            return self.env._(
                "Too late after %(number)s: not after %(day)s.",
                number=before.number,
                day=format_date(self.env, latest),
            )
        return False

    def _obstacles(self):
        """Moving one visit of a treatment warns of those around it."""
        obstacles = super()._obstacles()
        for visit in self | self.next_ids:
            if visit.gap_warning:
                reason = (
                    visit.gap_warning if visit == self else f"{visit.number}: {visit.gap_warning}"
                )
                obstacles.append({"severity": "warn", "reason": reason})
        return obstacles

    @api.readonly
    def place_warnings(self):
        """What whoever just moved or booked these visits should know: list of texts."""
        self.check_access("read")
        return [
            row["reason"]
            for visit in self.sudo()
            for row in visit._obstacles()
            if row["severity"] == "warn"
        ]

    def action_move(self):
        """Look for another place for this visit."""
        self.ensure_one()
        vals = {**self._prepare_finder_vals(), "provider_id": self.provider_id.id}
        return self.env["dental.slot.finder"].create(vals).action_search()
