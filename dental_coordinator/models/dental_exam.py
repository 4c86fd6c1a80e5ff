# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..triage import Vitals, VitalsError, advise

LOOK = [("normal", "Normal"), ("differs", "Differs: see note")]
LOOKS = ("look_symmetry", "look_swelling", "look_skin", "look_lips", "look_nodes")


class DentalExam(models.Model):
    """The first look at a patient, without touching a tooth: measurements and the face.

    Front desk or assistant take it; the dentist states the risk class and countersigns. It holds
    no diagnosis.
    """

    _name = "dental.exam"
    _inherit = [
        "dental.numbered.mixin",
        "dental.clinician.mixin",
        "dental.patient.links.mixin",
    ]
    _description = "First examination"
    _order = "taken_at desc, id desc"
    _patient_links = ("appointment_id",)
    _clinician_fields = frozenset({"asa_class", "countersigned_by_id", "countersigned_at"})

    appointment_id = fields.Many2one("dental.appointment", ondelete="restrict", index=True)
    taken_by_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        string="Taken by",
    )
    taken_at = fields.Datetime(required=True, default=fields.Datetime.now, string="Taken at")
    # Measurements
    pressure_ids = fields.One2many("dental.exam.pressure", "exam_id", string="Blood pressure")
    temperature = fields.Float(digits=(4, 1), string="Temperature °C")
    spo2 = fields.Integer(string="Oxygen %")
    respiration = fields.Integer(string="Breaths a minute")
    glucose = fields.Integer(string="Glucose mg/dl")
    height_cm = fields.Integer(string="Height cm")
    weight_kg = fields.Float(digits=(5, 1), string="Weight kg")
    last_ate = fields.Char(string="Last ate")
    anxiety = fields.Selection(
        [
            ("0", "Not anxious"),
            ("1", "Slightly"),
            ("2", "Fairly"),
            ("3", "Very"),
            ("4", "Extremely"),
        ]
    )
    advice = fields.Text(compute="_compute_advice", string="To do first")
    tell_dentist = fields.Boolean(compute="_compute_advice", string="Tell dentist")
    dentist_told_at = fields.Datetime(readonly=True, copy=False, string="Dentist told at")
    # The look from outside
    look_symmetry = fields.Selection(LOOK, string="Symmetry")
    look_swelling = fields.Selection(LOOK, string="Swelling")
    look_skin = fields.Selection(LOOK, string="Skin")
    look_lips = fields.Selection(LOOK, string="Lips")
    look_nodes = fields.Selection(LOOK, string="Lymph nodes to be seen")
    jaw_opening_mm = fields.Integer(string="Mouth opening mm")
    jaw_click = fields.Selection([("no", "No"), ("yes", "Yes")], string="Jaw clicks")
    jaw_pain = fields.Selection([("no", "No"), ("yes", "Yes")], string="Jaw hurts")
    note = fields.Text()
    # The clinician's part
    asa_class = fields.Selection(
        [
            ("1", "I healthy"),
            ("2", "II mild disease"),
            ("3", "III severe disease"),
            ("4", "IV constant threat to life"),
            ("5", "V"),
            ("6", "VI"),
        ],
        string="ASA class",
        help="Physical status, stated by the dentist.",
    )
    countersigned_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Countersigned by"
    )
    countersigned_at = fields.Datetime(readonly=True, copy=False, string="Countersigned at")

    # Computes

    @api.depends(
        "pressure_ids.systolic",
        "pressure_ids.diastolic",
        "pressure_ids.pulse",
        "temperature",
        "spo2",
        "respiration",
        "glucose",
    )
    def _compute_advice(self):
        texts = self._advice_texts()
        for exam in self:
            try:
                found = advise(exam._vitals())
            except VitalsError:
                found = ()
            exam.advice = "\n".join(texts[item.code] for item in found)
            exam.tell_dentist = any(item.urgency == "tell" for item in found)

    # Constraints

    @api.constrains("temperature", "spo2", "respiration", "glucose")
    def _check_vitals(self):
        for exam in self:
            try:
                exam._vitals()
            except VitalsError as error:
                raise ValidationError(
                    self.env._(
                        "%(number)s, %(field)s: %(error)s",
                        number=exam.number,
                        field=self._fields[error.field]._description_string(self.env),
                        error=error,
                    )
                ) from error

    # CRUD

    def write(self, vals):
        self._check_unsigned()
        return super().write(vals)

    # Actions

    def action_rest_normal(self):
        """Everything that was looked at and not noted otherwise is normal."""
        for exam in self:
            exam.write({name: "normal" for name in LOOKS if not exam[name]})
        return True

    def action_tell_dentist(self):
        self.write({"dentist_told_at": fields.Datetime.now()})
        return True

    def action_countersign(self):
        """The clinician has read it and answers for it; from now on it cannot change."""
        for exam in self:
            exam.write(
                {
                    "countersigned_by_id": self.env.uid,
                    "countersigned_at": fields.Datetime.now(),
                }
            )
        return True

    # Business

    def _check_unsigned(self):
        """Refuse to change what a clinician has countersigned."""
        signed = self.filtered("countersigned_at")
        if signed:
            raise UserError(
                self.env._(
                    "%(number)s is countersigned and stays as it is. Take a new examination.",
                    number=signed[0].number,
                )
            )

    def _vitals(self):
        """The measurements, with the last blood pressure taken."""
        others = {
            "temperature": self.temperature or None,
            "spo2": self.spo2 or None,
            "respiration": self.respiration or None,
            "glucose": self.glucose or None,
        }
        last = self.pressure_ids.sorted("at")[-1:]
        return last._vitals(**others) if last else Vitals(**others)

    def _advice_texts(self):
        return {
            "pressure_high": self.env._("Blood pressure high: tell the dentist now."),
            "pressure_low": self.env._("Blood pressure low: tell the dentist now."),
            "pressure_raised": self.env._("Blood pressure raised: take it again in 5 minutes."),
            "pulse": self.env._("Pulse out of range: tell the dentist now."),
            "temperature": self.env._("Fever: tell the dentist now."),
            "spo2": self.env._("Oxygen low: tell the dentist now."),
            "respiration": self.env._("Breathing rate out of range: tell the dentist now."),
            "glucose": self.env._("Glucose out of range: tell the dentist now."),
        }
