# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..book import Recurrence
from .dental_weekdays_mixin import WEEKDAYS


class DentalBlockout(models.Model):
    """Time of chairs or people that is closed, or kept for some kinds of visit.

    Closed time is held by reservations, so the database itself refuses a visit there. A template
    block holds nothing: it says which kinds of visit may come, and opens in steps before it starts.
    """

    _name = "dental.blockout"
    _inherit = "dental.weekdays.mixin"
    _description = "Blocked time"
    _order = "start, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    kind = fields.Selection(
        [("closed", "Closed"), ("template", "Kept for some visits")],
        required=True,
        default="closed",
        index=True,
    )
    schedulable = fields.Boolean(
        string="May be booked over", help="Only drawn in the book, as a remark: it refuses nothing."
    )
    copied = fields.Boolean(
        string="Copied with the week", default=True, help="Goes along when a week is copied."
    )
    color = fields.Integer()
    note = fields.Text()
    resource_ids = fields.Many2many(
        "resource.resource",
        string="Chairs and people",
        required=True,
        domain="[('id', 'in', dental_resource_ids)]",
    )
    dental_resource_ids = fields.Many2many(
        "resource.resource", compute="_compute_dental_resource_ids", export_string_translation=False
    )
    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True)
    # Comes again
    repeats = fields.Boolean()
    weeks = fields.Integer(string="Every (weeks)", default=1, required=True)
    until = fields.Date(help="Last day on which it begins. Empty: no end.")
    # Kept for
    type_ids = fields.Many2many(
        "dental.appointment.type", string="Kept for", help="Kinds of visit that may always come."
    )
    hard = fields.Boolean(
        string="Refuse others",
        help="Other visits need a reason and the right to give it. Off: who books is warned.",
    )
    release_ids = fields.One2many("dental.blockout.release", "blockout_id", string="Opens")

    _span_positive = models.Constraint(
        "CHECK (start < stop)", "Blocked time ends after it starts. Correct start or end."
    )
    _weeks_positive = models.Constraint(
        "CHECK (weeks > 0)", "Blocked time comes every week, or every so many weeks."
    )

    # Computes

    def _compute_dental_resource_ids(self):
        self.dental_resource_ids = self._dental_resources()

    # Constraints

    @api.constrains("repeats", *WEEKDAYS)
    def _check_weekdays(self):
        for blockout in self:
            if blockout.repeats and not blockout._weekdays():
                raise ValidationError(
                    self.env._("%s repeats: choose the weekdays.", blockout.display_name)
                )

    @api.constrains(lambda self: ["kind", *self._kept_fields()])
    def _check_kept_for(self):
        for blockout in self:
            kept = any(blockout[name] for name in self._kept_fields())
            if blockout.kind == "template" and not kept:
                raise ValidationError(
                    self.env._(
                        "%s is kept for some kinds of visit: choose them, or close the time.",
                        blockout.display_name,
                    )
                )

    # Onchange

    @api.onchange("repeats", "start")
    def _onchange_repeats(self):
        if self.repeats and self.start and not self._weekdays():
            day = fields.Datetime.context_timestamp(self, self.start).weekday()
            self[WEEKDAYS[day]] = True

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        blockouts = super().create(vals_list)
        self._forget_templates(any(blockout.kind == "template" for blockout in blockouts))
        blockouts._hold(blockouts.resource_ids)
        return blockouts

    def write(self, vals):
        before = self.resource_ids
        result = super().write(vals)
        self._forget_templates({"kind", "active"} & vals.keys())
        if self._holding_fields() & vals.keys():
            self._hold(before | self.resource_ids)
        return result

    def unlink(self):
        resources = self.resource_ids
        result = super().unlink()
        # What lay below it is held by the blockouts that remain.
        self.browse()._hold(resources)
        return result

    # Business

    @api.model
    def _kept_fields(self):
        """Fields that say for whom time is kept."""
        return ["type_ids"]

    @api.model
    def _kept_words(self, kinds, groups):
        """For whom time is kept, in words.

        :param kinds: names of kinds of visit
        :param groups: ids of the groups of patients, of which addons know some
        """
        return ", ".join(kinds)

    @api.model
    def _forget_templates(self, changed):
        if changed:
            self.env.registry.clear_cache()

    def _holding_fields(self):
        """Fields whose change moves what closed time holds."""
        return {
            "active",
            "kind",
            "schedulable",
            "resource_ids",
            "start",
            "stop",
            "repeats",
            "weeks",
            "until",
            *WEEKDAYS,
        }

    def _holds(self):
        """Those that are closed and thereby hold reservations."""
        return self.filtered(lambda b: b.active and b.kind == "closed" and not b.schedulable)

    def _recurrence(self):
        self.ensure_one()
        return Recurrence(
            start=self.start,
            stop=self.stop,
            tz=self.company_id._dental_zone(),
            weekdays=self._weekdays() if self.repeats else frozenset(),
            weeks=self.weeks,
            until=self.until or None,
        )

    @api.model
    def _dental_resources(self):
        """Resources of chairs, equipment and people of one's clinics."""
        own = [("company_id", "in", (False, *self.env.companies.ids))]
        resources = self.env["resource.resource"]
        for model in ("dental.operatory", "dental.provider", "dental.equipment"):
            resources |= self.env[model].search(own).resource_id
        return resources
