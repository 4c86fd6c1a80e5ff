# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..triage import FACTORS, cardiac_index
from .dental_intake import YES_NO

ASLEEP = ("oral", "iv", "general")
# Ticked by whoever did it: who and when goes with the tick.
TICKS = (
    "instructions_given",
    "escort_confirmed",
    "fasting_told",
    "premed_told",
    "aftercare_given",
)
STAMPS = {f"{name}_{what}" for name in TICKS for what in ("at", "by_id")}


class DentalSurgery(models.Model):
    """What must be so before an operation, with who saw to it and when."""

    _inherit = "dental.surgery"

    # Clinicians' part
    anaesthesia = fields.Selection(
        [
            ("local", "Local"),
            ("nitrous", "Nitrous oxide"),
            ("oral", "Oral sedation"),
            ("iv", "Sedation by vein"),
            ("general", "General"),
        ],
        default="local",
        required=True,
    )
    asa_class = fields.Selection(
        [
            ("1", "I healthy"),
            ("2", "II mild disease"),
            ("3", "III severe disease"),
            ("4", "IV constant threat to life"),
            ("5", "V not expected to live without it"),
            ("6", "VI brain-dead donor"),
        ],
        string="ASA class",
        help="Physical status, stated by the dentist.",
    )
    airway = fields.Selection(
        [("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV")],
        string="Airway (Mallampati)",
    )
    risk_high_risk_surgery = fields.Selection(YES_NO, string="High-risk surgery")
    risk_ischaemic_heart = fields.Selection(YES_NO, string="Ischaemic heart disease")
    risk_heart_failure = fields.Selection(YES_NO, string="Heart failure")
    risk_stroke = fields.Selection(YES_NO, string="Stroke or TIA")
    risk_insulin = fields.Selection(YES_NO, string="Insulin")
    risk_creatinine = fields.Selection(YES_NO, string="Creatinine above 2 mg/dl")
    cardiac_risk = fields.Char(compute="_compute_cardiac_risk", string="Cardiac risk index")
    # Instructions
    instructions_given = fields.Boolean(string="Instructions given", copy=False)
    instructions_given_at = fields.Datetime(readonly=True, copy=False)
    instructions_given_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Instructions given by"
    )
    instructions_how = fields.Selection(
        [
            ("person", "In person"),
            ("phone", "By phone"),
            ("paper", "On paper"),
            ("mail", "By mail"),
        ],
        string="How",
    )
    # Escort
    escort_needed = fields.Boolean(
        string="Escort needed",
        compute="_compute_needs",
        store=True,
        readonly=False,
        precompute=True,
    )
    escort_name = fields.Char(string="Escort or driver", copy=False)
    escort_phone = fields.Char(string="Phone of the escort", copy=False)
    escort_confirmed = fields.Boolean(
        string="Escort confirmed", copy=False, help="They said themselves that they will come."
    )
    escort_confirmed_at = fields.Datetime(readonly=True, copy=False, string="Escort confirmed at")
    escort_confirmed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Escort confirmed by"
    )
    # Fasting
    fasting_needed = fields.Boolean(
        string="Fasting needed",
        compute="_compute_needs",
        store=True,
        readonly=False,
        precompute=True,
    )
    fasting_rule = fields.Char(
        string="Fasting rule", help="As in: no food for 6 hours, clear water until 2 hours before."
    )
    fasting_told = fields.Boolean(string="Told to fast", copy=False)
    fasting_told_at = fields.Datetime(readonly=True, copy=False)
    fasting_told_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Fasting told by"
    )
    last_food_at = fields.Datetime(string="Last ate", copy=False)
    last_drink_at = fields.Datetime(string="Last drank", copy=False)
    # Premedication and clearance
    premed_needed = fields.Boolean(
        string="Premedication needed",
        compute="_compute_premed_needed",
        store=True,
        readonly=False,
        help="Follows from the alerts of the file.",
    )
    premed = fields.Char(string="Premedication", help="What is to be taken, and when.")
    premed_told = fields.Boolean(string="Premedication told", copy=False)
    premed_told_at = fields.Datetime(readonly=True, copy=False)
    premed_told_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Premed told by"
    )
    aftercare_given = fields.Boolean(string="Instructions for home given", copy=False)
    aftercare_given_at = fields.Datetime(readonly=True, copy=False)
    aftercare_given_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="For home given by"
    )
    clearance_needed = fields.Boolean(string="Medical clearance needed")
    clearance_id = fields.Many2one(
        "dental.request",
        copy=False,
        ondelete="restrict",
        domain="[('patient_id', '=', patient_id), ('kind', '=', 'clearance')]",
    )
    clearance_state = fields.Selection(related="clearance_id.state", string="Clearance is")

    # Computes

    @api.depends("anaesthesia")
    def _compute_needs(self):
        for surgery in self:
            surgery.escort_needed = surgery.anaesthesia in ASLEEP
            surgery.fasting_needed = surgery.anaesthesia in ("iv", "general")

    @api.depends(
        "patient_id.condition_ids.status", "patient_id.condition_ids.type_id.premedication"
    )
    def _compute_premed_needed(self):
        for surgery in self:
            active = surgery.patient_id.condition_ids.filtered(lambda c: c.status == "active")
            surgery.premed_needed = surgery.premed_needed or any(
                active.type_id.mapped("premedication")
            )

    @api.depends(*(f"risk_{factor}" for factor in FACTORS))
    def _compute_cardiac_risk(self):
        known = {"yes": True, "no": False}
        for surgery in self:
            index = cardiac_index({name: known.get(surgery[f"risk_{name}"]) for name in FACTORS})
            surgery.cardiac_risk = index and surgery._cardiac_words(index)

    # Constraints

    @api.constrains("escort_confirmed", "escort_name", "escort_phone")
    def _check_escort(self):
        for surgery in self:
            if surgery.escort_confirmed and not (surgery.escort_name and surgery.escort_phone):
                raise ValidationError(
                    self.env._(
                        "%s, Escort or driver: enter name and phone before confirming.",
                        surgery.number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tick_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tick_vals(vals))

    # Actions

    def action_ask_clearance(self):
        """Open the request for the medical clearance; make it where there is none."""
        self.ensure_one()
        if not self.clearance_id:
            self.write({"clearance_needed": True, "clearance_id": self._new_clearance().id})
        return self.clearance_id.action_open()

    # Business

    def _tick_vals(self, vals):
        """Who ticked something, and when, goes with the tick."""
        vals = {name: vals[name] for name in vals if name not in STAMPS}
        for name in TICKS:
            if name in vals:
                vals[f"{name}_at"] = vals[name] and fields.Datetime.now()
                vals[f"{name}_by_id"] = vals[name] and self.env.uid
        return vals

    def _new_clearance(self):
        visit = self.appointment_id
        return self.env["dental.request"].create(
            {
                "patient_id": self.patient_id.id,
                "kind": "clearance",
                "appointment_id": visit.id,
                "ordered_by_id": visit.provider_id.id,
                "reason": self.env._("Surgery planned"),
                "due_on": visit._local_day(),
            }
        )

    def _cardiac_words(self, index):
        words = self.env._("%s of 6", index.points)
        if index.unasked:
            words += self.env._(", %s not stated", len(index.unasked))
        return words
