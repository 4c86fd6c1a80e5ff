# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..triage import HOLD_LEVELS, IMPACTS, WITHIN, Answers, assess
from .dental_site_mixin import AREAS

YES_NO = [("no", "No"), ("yes", "Yes")]
# Selections, not numbers: a question that nobody asked is blank, and zero is an answer.
PAIN = [(str(value), str(value)) for value in range(11)]
IMPACT = [
    ("0", "Not at all"),
    ("1", "A little"),
    ("2", "Somewhat"),
    ("3", "A lot"),
    ("4", "Very much"),
]
URGENCY = [
    ("emergency", "Emergency now"),
    ("same_day", "Same day"),
    ("two_days", "Within 48 hours"),
    ("week", "Within a week"),
    ("routine", "Routine"),
]
FEVER = 38.0
YES_NO_ANSWERS = ("breathing", "swallowing", "opening", "at_night", "numbness")
CHOSEN_ANSWERS = ("swelling", "bleeding", "trauma", "relief", "course")
IMPACT_FIELDS = tuple(f"impact_{name}" for name in IMPACTS)


class DentalIntake(models.Model):
    """One complaint in the patient's own words, what it does to them, and how soon they are seen.

    Nothing but the patient is required: a call that breaks off is kept as far as it came.
    """

    _name = "dental.intake"
    _inherit = ["dental.numbered.mixin", "dental.site.mixin", "dental.patient.links.mixin"]
    _description = "Intake"
    _order = "started_at desc, id desc"
    _patient_links = ("appointment_id",)

    appointment_id = fields.Many2one("dental.appointment", ondelete="restrict", index=True)
    taken_by_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        string="Taken by",
    )
    source = fields.Selection(
        [("phone", "Phone"), ("desk", "At the desk"), ("kiosk", "Kiosk"), ("portal", "Portal")],
        default="phone",
    )
    started_at = fields.Datetime(required=True, default=fields.Datetime.now, string="Started at")
    stopped_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("open", "Open"), ("in_care", "In care"), ("closed", "Closed")],
        required=True,
        default="open",
        index=True,
    )
    # Red flags, asked first
    breathing = fields.Selection(YES_NO, string="Trouble breathing")
    swallowing = fields.Selection(YES_NO, string="Trouble swallowing")
    swelling = fields.Selection(
        [("none", "None"), ("gum", "Gum"), ("face", "Face"), ("spreading", "Spreading")],
        help="Spreading: to the eye, the neck or under the tongue.",
    )
    bleeding = fields.Selection(
        [("none", "None"), ("some", "Some"), ("uncontrolled", "Does not stop")],
        help="Does not stop: after biting on a cloth for 20 minutes.",
    )
    trauma = fields.Selection(
        [
            ("none", "None"),
            ("chipped", "Tooth broken"),
            ("moved", "Tooth moved or loose"),
            ("knocked_out", "Tooth knocked out"),
        ],
        string="Accident",
    )
    trauma_note = fields.Char(string="When and how")
    fever = fields.Selection(YES_NO)
    temperature = fields.Float(digits=(4, 1), string="Temperature °C")
    opening = fields.Selection(YES_NO, string="Mouth opens less")
    dentist_told_at = fields.Datetime(readonly=True, copy=False, string="Dentist told at")
    # The complaint
    words = fields.Text(string="In the patient's words")
    teeth = fields.Char(help="As in 36, 37 or 11-13.")
    area = fields.Selection(AREAS)
    onset = fields.Char(string="Since when")
    course = fields.Selection(
        [
            ("better", "Getting better"),
            ("same", "The same"),
            ("worse", "Getting worse"),
            ("comes_goes", "Comes and goes"),
        ]
    )
    pain_now = fields.Selection(PAIN, string="Pain now")
    pain_worst = fields.Selection(PAIN, string="Pain worst")
    character = fields.Selection(
        [
            ("dull", "Dull"),
            ("sharp", "Sharp"),
            ("throbbing", "Throbbing"),
            ("burning", "Burning"),
            ("pressure", "Pressure"),
        ]
    )
    trigger_cold = fields.Boolean(string="Cold")
    trigger_hot = fields.Boolean(string="Hot")
    trigger_sweet = fields.Boolean(string="Sweet")
    trigger_bite = fields.Boolean(string="Biting")
    trigger_touch = fields.Boolean(string="Touch")
    at_night = fields.Selection(YES_NO, string="Keeps awake")
    bad_taste = fields.Selection(YES_NO, string="Bad taste")
    numbness = fields.Selection(YES_NO, string="Lip or tongue numb")
    relief = fields.Selection(
        [("helps", "Help"), ("partly", "Help a little"), ("nothing", "Do not help")],
        string="Pain killers",
    )
    medicines_taken = fields.Char(string="Medicines taken")
    last_visit = fields.Char(string="Last dental visit")
    earlier_treatment = fields.Char(string="Treated before at this place")
    expectation = fields.Char(string="Would like us to")
    # What it does to the patient
    impact_eating = fields.Selection(IMPACT, string="Eating and chewing")
    impact_pain = fields.Selection(IMPACT, string="Pain or ache")
    impact_looks = fields.Selection(IMPACT, string="Looks and smile")
    impact_daily = fields.Selection(IMPACT, string="Sleep, work or school")
    impact_worry = fields.Selection(IMPACT, string="Worry and mood")
    impact_total = fields.Integer(compute="_compute_impact", store=True, string="Impact, of 20")
    impact_complete = fields.Boolean(
        compute="_compute_impact", store=True, string="Impact complete"
    )
    days_lost = fields.Integer(string="Days of work or school lost")
    medical_review = fields.Selection(
        [("same", "Nothing changed"), ("changed", "Changes entered")],
        string="Health, still true?",
    )
    condition_ids = fields.One2many(related="patient_id.condition_ids", readonly=False)
    # How soon
    triage_suggested = fields.Selection(
        URGENCY, compute="_compute_triage", store=True, string="Triage suggested"
    )
    triage_reasons = fields.Json(compute="_compute_triage", store=True)
    triage_unasked = fields.Json(compute="_compute_triage", store=True)
    triage_text = fields.Text(compute="_compute_triage_text", string="Because")
    unasked_text = fields.Char(compute="_compute_triage_text", string="Still to ask")
    takes_hold = fields.Boolean(compute="_compute_see_by", string="Takes hold")
    see_by = fields.Datetime(compute="_compute_see_by", string="To be seen by")
    triage_final = fields.Selection(URGENCY, string="Urgency", index=True)
    triage_final_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    triage_final_at = fields.Datetime(readonly=True, copy=False)
    # Afterwards
    outcome_total = fields.Integer(string="Impact after treatment, of 20")
    outcome_on = fields.Date(string="Asked again on")

    _outcome_range = models.Constraint(
        "CHECK (outcome_total BETWEEN 0 AND 20)", "The impact after treatment is 0 to 20."
    )
    _days_positive = models.Constraint("CHECK (days_lost >= 0)", "Days lost cannot be negative.")

    # Computes

    @api.depends(*IMPACT_FIELDS)
    def _compute_impact(self):
        for intake in self:
            answered = [intake[name] for name in IMPACT_FIELDS if intake[name]]
            intake.impact_total = sum(map(int, answered))
            intake.impact_complete = len(answered) == len(IMPACT_FIELDS)

    @api.depends(
        *YES_NO_ANSWERS,
        *CHOSEN_ANSWERS,
        *IMPACT_FIELDS,
        "fever",
        "temperature",
        "pain_now",
        "pain_worst",
    )
    def _compute_triage(self):
        for intake in self:
            triage = assess(intake._answers())
            intake.triage_suggested = triage.level
            intake.triage_reasons = [list(reason) for reason in triage.reasons]
            intake.triage_unasked = list(triage.unasked)

    @api.depends("triage_reasons", "triage_unasked")
    def _compute_triage_text(self):
        texts = self._reason_texts()
        levels = dict(self._fields["triage_final"]._description_selection(self.env))
        for intake in self:
            intake.triage_text = "\n".join(
                f"{levels[level]}: {texts[code]}" for code, level in intake.triage_reasons or []
            )
            intake.unasked_text = ", ".join(
                self._fields[name]._description_string(self.env)
                for name in intake.triage_unasked or []
            )

    @api.depends("triage_final", "triage_suggested", "started_at")
    def _compute_see_by(self):
        for intake in self:
            level = intake.triage_final or intake.triage_suggested
            within = WITHIN.get(level)
            intake.see_by = within and intake.started_at and intake.started_at + within
            intake.takes_hold = level in HOLD_LEVELS

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._triage_vals(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._triage_vals(vals))

    # Actions

    def action_accept_triage(self):
        """Take the suggestion as the decision."""
        for intake in self:
            intake.triage_final = intake.triage_suggested
        return True

    def action_tell_dentist(self):
        """The dentist has been told of the red flags."""
        self.write({"dentist_told_at": fields.Datetime.now()})
        return True

    def action_in_care(self):
        self.write({"state": "in_care", "stopped_at": fields.Datetime.now()})
        return True

    def action_close(self):
        self.write({"state": "closed"})
        return True

    # Business

    def _triage_vals(self, vals):
        """Who decides the urgency, and when, goes with the decision."""
        if "triage_final" not in vals:
            return vals
        decided = bool(vals["triage_final"])
        return {
            **vals,
            "triage_final_by_id": decided and self.env.uid,
            "triage_final_at": decided and fields.Datetime.now(),
        }

    def _answers(self):
        """These answers for the package triage; what was not asked is None."""
        self.ensure_one()
        yes_no = {"yes": True, "no": False}
        fever = yes_no.get(self.fever)
        if self.temperature:
            fever = self.temperature >= FEVER
        return Answers(
            fever=fever,
            pain_now=self._number("pain_now"),
            pain_worst=self._number("pain_worst"),
            impact=tuple(self._number(name) for name in IMPACT_FIELDS),
            **{name: yes_no.get(self[name]) for name in YES_NO_ANSWERS},
            **{name: self[name] or None for name in CHOSEN_ANSWERS},
        )

    def _number(self, name):
        return int(self[name]) if self[name] else None

    def _reason_texts(self):
        return {
            "breathing": self.env._("trouble breathing. Emergency department; dentist now."),
            "swallowing": self.env._("trouble swallowing. Emergency department; dentist now."),
            "swelling_spreads": self.env._("swelling that spreads."),
            "swelling_fever": self.env._("swollen face with fever."),
            "swelling_opening": self.env._("swollen face and the mouth opens less."),
            "bleeding_uncontrolled": self.env._("bleeding that does not stop. Keep biting hard."),
            "tooth_out": self.env._(
                "tooth knocked out. A permanent tooth goes back in at once, or into milk; do not "
                "touch its root."
            ),
            "tooth_moved": self.env._("tooth moved or loosened by an accident."),
            "face_swollen": self.env._("swollen face."),
            "fever": self.env._("fever."),
            "opening": self.env._("the mouth opens less than before."),
            "severe_pain": self.env._("pain of 8 or more."),
            "pain_unrelieved": self.env._("pain that pain killers do not help."),
            "awake": self.env._("pain that keeps awake."),
            "gum_swollen": self.env._("swollen gum."),
            "tooth_broken": self.env._("broken tooth."),
            "bleeding": self.env._("bleeding."),
            "numbness": self.env._("numb lip, chin or tongue."),
            "moderate_pain": self.env._("pain of 4 to 7."),
            "getting_worse": self.env._("pain that gets worse."),
            "heavy_impact": self.env._("weighs heavily on daily life (12 of 20 or more)."),
            "mild_pain": self.env._("pain of 1 to 3."),
            "some_impact": self.env._("weighs on daily life (6 of 20 or more)."),
        }
