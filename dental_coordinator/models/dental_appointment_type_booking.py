# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ..book import Interval


class DentalAppointmentType(models.Model):
    """What a kind of visit needs, asks for, and is followed by."""

    _inherit = "dental.appointment.type"

    provider_kind = fields.Selection(
        [("dentist", "Dentist"), ("hygienist", "Hygienist")],
        string="Treated by",
        help="Empty: a dentist or hygienist, whoever is free.",
    )
    room_kind = fields.Selection(
        [("treatment", "Treatment"), ("hygiene", "Hygiene"), ("surgery", "Surgery")],
        string="Room",
        help="Kind of chair or room it takes place in. Empty: any.",
    )
    equipment_ids = fields.Many2many("dental.equipment")
    fixed_length = fields.Boolean(
        string="Always this long", help="However many procedures it is booked for."
    )
    adds_codes = fields.Boolean(
        string="Adds its procedures", help="Booking it plans them, unless they are planned already."
    )
    code_rule = fields.Selection(
        [("one", "One of its procedures"), ("all", "All its procedures")],
        string="Must be for",
        help="Whoever books is warned where the visit is not for them.",
    )
    prompt = fields.Text(translate=True, help="What to ask or say while booking it.")
    urgent = fields.Boolean(
        string="Emergency", help="The search shows every opening of the next two days."
    )
    blockout_ids = fields.Many2many("dental.blockout", string="Blocks kept for it")
    # Treatment in several visits
    next_type_id = fields.Many2one(
        "dental.appointment.type", string="Followed by", ondelete="restrict"
    )
    next_gap = fields.Char(string="After at least", help="As in 12w, 10d, 3m.")
    next_limit = fields.Char(string="After at most", help="As in 16w. Empty: no limit.")

    @api.constrains("next_gap", "next_limit")
    def _check_gaps(self):
        for kind in self:
            try:
                kind._gap()
            except ValueError as error:
                raise ValidationError(
                    self.env._("%(name)s: %(error)s", name=kind.name, error=error)
                ) from error

    @api.constrains("next_type_id")
    def _check_no_circle(self):
        for kind in self:
            if kind in kind._chain()[1:]:
                raise ValidationError(
                    self.env._(
                        "%s is followed by itself in the end. Leave the last visit without one "
                        "that follows.",
                        kind.name,
                    )
                )

    # CRUD

    def write(self, vals):
        if "equipment_ids" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    # Business

    def _equipment(self):
        """What visits of this kind hold; each booking asks, and a worker remembers it."""
        devices = self.env["dental.equipment"].browse(self._equipment_ids())
        return devices.filtered("active")

    @tools.ormcache("self.id")
    def _equipment_ids(self):
        return self.sudo().with_context(active_test=False).equipment_ids._ids

    def _gap(self):
        """Least and most time until the visit that follows: (Interval, Interval or None).

        :raises ValueError: for a text that is no length of time
        """
        self.ensure_one()
        least = Interval.parse(self.next_gap) if self.next_gap else Interval()
        return least, Interval.parse(self.next_limit) if self.next_limit else None

    def _chain(self):
        """The kinds of visit of the whole treatment, this one first; a circle ends it."""
        self.ensure_one()
        chain = [self]
        while chain[-1].next_type_id and chain.count(chain[-1]) == 1:
            chain.append(chain[-1].next_type_id)
        return chain
