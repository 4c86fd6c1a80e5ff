# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import recall
from ..book import Interval


def parse_interval(record, name="interval"):
    """The interval in a field, in its short form.

    :raises ValidationError: naming the record and how to write it
    """
    try:
        return Interval.parse(record[name] or "")
    except ValueError as error:
        raise ValidationError(
            record.env._(
                "%(name)s, Interval: write years, months, weeks and days as in 6m1d.",
                name=record.display_name,
            )
        ) from error


class DentalRecallType(models.Model):
    """Something that comes round again: what sets it off, after how long, what is done then."""

    _name = "dental.recall.type"
    _description = "Recall type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    interval = fields.Char(
        required=True,
        default="6m1d",
        help="y, m, w and d: 6m1d is six months and a day, so that no plan calls it early.",
    )
    special = fields.Selection(
        [("cleaning", "Cleaning"), ("perio", "Gum maintenance")],
        help="A patient in gum maintenance is not called for cleaning.",
    )
    trigger_code_ids = fields.One2many(
        "dental.procedure.code", "recall_type_id", string="Set off by"
    )
    code_ids = fields.Many2many(
        "dental.procedure.code", string="Procedures", help="What is done when the patient comes."
    )
    pattern = fields.Char(help="X the provider is needed, / somebody else; ten minutes each.")
    age_to = fields.Integer(string="Up to age", help="0: all ages.")
    joins_cleaning = fields.Boolean(
        help="Done at the cleaning, as x-rays are; no call of its own.", string="Joins cleaning"
    )

    _name_uniq = models.Constraint("UNIQUE (name)", "There is already a recall type of this name.")

    @api.constrains("interval")
    def _check_interval(self):
        for kind in self:
            if not parse_interval(kind):
                raise ValidationError(
                    self.env._("%s, Interval: a recall comes after some time.", kind.name)
                )

    def write(self, vals):
        before = {kind: kind.interval for kind in self}
        result = super().write(vals)
        if "interval" in vals:
            for kind, old in before.items():
                self.env["dental.recall"]._change_default(kind, Interval.parse(old))
        return result

    def _definition(self):
        """This type for the package recall."""
        self.ensure_one()
        return recall.RecallType(
            key=self.id,
            interval=Interval.parse(self.interval),
            triggers=frozenset(self.trigger_code_ids.ids),
            special=self.special or None,
        )
