# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..book import Pattern


class DentalAppointmentType(models.Model):
    """A kind of visit: how long it takes and in which of its minutes the provider is needed."""

    _name = "dental.appointment.type"
    _description = "Appointment type"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    pattern = fields.Char(
        required=True,
        default="/XXXX/",
        help="One character for ten minutes: X the provider is needed, / the assistant or nobody.",
    )
    minutes = fields.Integer(compute="_compute_minutes")
    color = fields.Integer()
    new_patient = fields.Boolean(string="For new patients")

    @api.depends("pattern")
    def _compute_minutes(self):
        for kind in self:
            kind.minutes = 10 * len(kind.pattern or "")

    @api.constrains("pattern")
    def _check_pattern(self):
        for kind in self:
            try:
                Pattern(kind.pattern)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "Appointment type %(name)s: the pattern is a row of X and /, one for ten "
                        "minutes. Correct the pattern.",
                        name=kind.name,
                    )
                ) from error
