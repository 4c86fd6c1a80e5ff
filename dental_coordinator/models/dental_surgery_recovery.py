# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..triage import RECOVERY_ITEMS, Vitals, VitalsError, advise, discharge_score


class DentalSurgeryRecovery(models.Model):
    """One look at the patient in recovery: what was measured and seen, when, by whom."""

    _name = "dental.surgery.recovery"
    _inherit = "dental.surgery.line.mixin"
    _description = "Reading in recovery"
    _order = "at, id"

    surgery_id = fields.Many2one(readonly=False)
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    taken_by_id = fields.Many2one(
        "res.users",
        string="By",
        readonly=True,
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    pulse = fields.Integer()
    systolic = fields.Integer()
    diastolic = fields.Integer()
    spo2 = fields.Integer(string="Oxygen %")
    # The score; blank is unknown
    movement = fields.Selection(
        [("2", "2 all limbs"), ("1", "1 some limbs"), ("0", "0 none")], string="Moves"
    )
    breathing = fields.Selection(
        [("2", "2 deep, coughs"), ("1", "1 shallow"), ("0", "0 needs help")], string="Breathes"
    )
    circulation = fields.Selection(
        [("2", "2 pressure within 20 %"), ("1", "1 within 50 %"), ("0", "0 further off")],
        string="Pressure as before",
    )
    awareness = fields.Selection(
        [("2", "2 awake"), ("1", "1 wakes when called"), ("0", "0 does not answer")],
        string="Consciousness",
    )
    oxygen = fields.Selection(
        [("2", "2 above 92 % on air"), ("1", "1 above 90 % with oxygen"), ("0", "0 lower")],
        string="Oxygen as needed",
    )
    is_scored = fields.Boolean(compute="_compute_score", store=True)
    score = fields.Integer(compute="_compute_score", store=True, help="Five items, of ten.")
    warning = fields.Char(compute="_compute_warning", string="Tell the dentist")
    note = fields.Char()

    # Computes

    @api.depends(*RECOVERY_ITEMS)
    def _compute_score(self):
        for row in self:
            points = {name: int(row[name]) for name in RECOVERY_ITEMS if row[name]}
            score = discharge_score(points)
            row.is_scored, row.score = score is not None, score or 0

    @api.depends("pulse", "systolic", "diastolic", "spo2")
    def _compute_warning(self):
        texts = self.env["dental.exam"]._advice_texts()
        for row in self:
            try:
                found = advise(row._vitals())
            except VitalsError:
                found = ()
            row.warning = " ".join(texts[one.code] for one in found)

    # Constraints

    @api.constrains("pulse", "systolic", "diastolic", "spo2")
    def _check_vitals(self):
        for row in self:
            try:
                row._vitals()
            except VitalsError as error:
                raise ValidationError(
                    self.env._(
                        "%(number)s, %(field)s: %(error)s",
                        number=row.surgery_id.number,
                        field=self._fields[error.field]._description_string(self.env),
                        error=error,
                    )
                ) from error

    # Business

    def _vitals(self):
        names = ("pulse", "systolic", "diastolic", "spo2")
        return Vitals(**{name: self[name] or None for name in names})
