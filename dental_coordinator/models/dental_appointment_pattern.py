# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..book import Pattern, visit_pattern
from .time_rights import BY_TREATMENT


class DentalAppointment(models.Model):
    """How long a visit is: as its procedures ask, until someone says otherwise by hand."""

    _inherit = "dental.appointment"

    time_locked = fields.Boolean(
        string="Length set by hand", help="More or fewer procedures no longer change its length."
    )
    minutes_short = fields.Integer(
        compute="_compute_minutes_short",
        help="Minutes its procedures ask for beyond the time it has.",
        string="Minutes short",
    )

    # Computes

    @api.depends("pattern", "type_id", "procedure_ids.code_id.pattern")
    def _compute_minutes_short(self):
        for visit in self:
            asked = len(visit._natural_pattern()) - len(visit.pattern or "")
            visit.minutes_short = max(0, 10 * asked)

    # CRUD

    def write(self, vals):
        inner = self.env.context.get("dont_notify")
        if inner and "pattern" in vals and not self.env.context.get("dental_reserving"):
            vals = {"time_locked": True, **vals}
            if not {"start", "stop"} & vals.keys():
                # Each visit becomes that long from its own start.
                length = timedelta(minutes=10 * len(vals["pattern"] or ""))
                for visit in self:
                    stop = visit.start + length
                    super(DentalAppointment, visit).write({**vals, "stop": stop})
                return True
        return super().write(vals)

    # Actions

    def action_follow_procedures(self):
        """Give the length back to the procedures."""
        self.time_locked = False
        for visit in self:
            visit._follow_procedures()
            if visit.minutes_short:
                raise UserError(
                    self.env._(
                        "%(number)s needs %(minutes)s minutes more, and what follows is taken. "
                        "Move it to a longer place.",
                        number=visit.number,
                        minutes=visit.minutes_short,
                    )
                )
        return True

    # Business

    def _fill_pattern(self, vals):
        """Length of a new visit: by hand if given, else by its kind and what the patient needs."""
        kind = self.env["dental.appointment.type"].browse(vals["type_id"])
        patient = self.env["dental.patient"].browse(vals.get("patient_id"))
        natural = patient._access_needs()._widen(kind.pattern)
        if vals.get("pattern"):
            vals.setdefault("time_locked", vals["pattern"] != natural)
        else:
            vals["pattern"] = natural

    def _prepare_resized(self, pattern):
        return {**super()._prepare_resized(pattern), "time_locked": True}

    def _natural_pattern(self):
        """The pattern that kind, procedures and access needs ask for, as a row of X and /."""
        self.ensure_one()
        kind = self.type_id
        codes = self.procedure_ids.code_id.filtered("pattern")
        default = Pattern(kind.pattern or "X")
        found = visit_pattern(
            [Pattern(code.pattern) for code in codes],
            kind=default if kind.fixed_length else None,
            default=default,
        )
        return self.patient_id._access_needs()._widen(found.units)

    def _follow_procedures(self):
        """Make these visits as long as their procedures ask.

        Where what follows is taken a visit keeps its time; its form and whoever books next is told
        how much is missing. Treatment may always be written down, whatever the book says.
        """
        now = fields.Datetime.now()
        for visit in self.filtered(lambda v: not v.time_locked and v._is_coming()):
            pattern = visit._natural_pattern()
            if pattern == visit.pattern or visit.start < now:
                continue
            quiet = visit.with_context(dental_plain_refusal=True, dental_by=BY_TREATMENT)
            try:
                with self.env.cr.savepoint():
                    quiet.write({"pattern": pattern, "time_locked": False})
            except UserError:
                continue
