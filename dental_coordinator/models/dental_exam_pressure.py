# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..triage import Vitals, VitalsError


class DentalExamPressure(models.Model):
    """One reading of blood pressure; an examination has up to three."""

    _name = "dental.exam.pressure"
    _inherit = "dental.patient.mixin"
    _description = "Blood pressure reading"
    _order = "exam_id, at, id"

    exam_id = fields.Many2one("dental.exam", required=True, ondelete="cascade", index=True)
    patient_id = fields.Many2one(
        "dental.patient", related="exam_id.patient_id", store=True, required=False
    )
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    systolic = fields.Integer(required=True)
    diastolic = fields.Integer(required=True)
    pulse = fields.Integer()
    arm = fields.Selection([("left", "Left"), ("right", "Right")])
    position = fields.Selection([("sitting", "Sitting"), ("lying", "Lying")], default="sitting")

    @api.depends("systolic", "diastolic")
    def _compute_display_name(self):
        for reading in self:
            reading.display_name = reading.exam_id.number

    @api.constrains("systolic", "diastolic", "pulse")
    def _check_reading(self):
        for reading in self:
            try:
                reading._vitals()
            except VitalsError as error:
                raise ValidationError(
                    self.env._(
                        "Blood pressure, %(field)s: %(error)s",
                        field=self._fields[error.field]._description_string(self.env),
                        error=error,
                    )
                ) from error

    @api.model_create_multi
    def create(self, vals_list):
        readings = super().create(vals_list)
        readings.exam_id._check_unsigned()
        return readings

    def write(self, vals):
        self.exam_id._check_unsigned()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.exam_id._check_unsigned()

    def _vitals(self, **others):
        """Readings of this line, for the rules of the package triage."""
        return Vitals(
            systolic=self.systolic,
            diastolic=self.diastolic,
            pulse=self.pulse or None,
            **others,
        )
