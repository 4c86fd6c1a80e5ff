# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..triage import AfterAnswers, after_care
from .dental_intake import PAIN, YES_NO

ANSWERS = ("pain", "bleeding", "fever", "swelling", "numb", "relief")


class DentalPostopCall(models.Model):
    """The call on the day after: how the patient is, and whether the dentist must hear of it."""

    _name = "dental.postop.call"
    _inherit = "dental.call.mixin"
    _description = "Call after treatment"
    _ask_view = "dental_coordinator.dental_postop_call_view_form_ask"

    type_id = fields.Many2one(string="After")
    treated_on = fields.Datetime(related="appointment_id.start", string="Treated")
    # What the patient says; blank where nobody asked
    pain = fields.Selection(PAIN, string="Pain, 0 to 10", copy=False)
    bleeding = fields.Selection(
        [("none", "None"), ("oozing", "Oozing"), ("uncontrolled", "Does not stop")], copy=False
    )
    fever = fields.Selection(YES_NO, copy=False)
    swelling = fields.Selection(
        [
            ("none", "None"),
            ("expected", "As told"),
            ("growing", "Growing"),
            ("breathing", "Hard to breathe or swallow"),
        ],
        copy=False,
    )
    numb = fields.Selection(YES_NO, string="Still numb", copy=False)
    relief = fields.Selection(YES_NO, string="Medicine helps", copy=False)
    questions = fields.Text(string="Questions of the patient", copy=False)
    # What follows from it
    advice = fields.Selection(
        [("now", "Dentist now"), ("today", "Dentist today"), ("fine", "As expected")],
        compute="_compute_advice",
        store=True,
    )
    advice_text = fields.Char(compute="_compute_advice_text", string="Because")

    _visit_uniq = models.Constraint(
        "UNIQUE (appointment_id)", "There is a call for this visit already."
    )

    # Computes

    @api.depends(*ANSWERS)
    def _compute_advice(self):
        for call in self:
            call.advice = call._care().level

    @api.depends(*ANSWERS)
    def _compute_advice_text(self):
        texts = self._reason_texts()
        for call in self:
            care = call._care()
            parts = [texts[code] for code in care.reasons]
            if care.unasked and call.state == "to_call":
                parts.append(self.env._("not asked: %s", call._labels(care.unasked)))
            call.advice_text = "; ".join(parts)

    # Business

    def _was_asked(self):
        return any(self[name] for name in ANSWERS)

    def _escalation(self):
        return self.env._("The dentist calls the patient now"), self.env._("Call back now")

    def _care(self):
        """What the answers ask for, see the package triage."""
        self.ensure_one()
        known = {"yes": True, "no": False}
        return after_care(
            AfterAnswers(
                pain=int(self.pain) if self.pain else None,
                bleeding=self.bleeding or None,
                fever=known.get(self.fever),
                swelling=self.swelling or None,
                numb=known.get(self.numb),
                relief=known.get(self.relief),
            )
        )

    def _check_closing(self):
        """Refuse to close what somebody must still ask or hear.

        :raises UserError: naming what is missing
        """
        if self.state == "escalated":
            self._check_clinician({"dentist_note": True})
            if not self.dentist_note:
                raise UserError(
                    self.env._("%s, The dentist's advice: write it before closing.", self.number)
                )
            return
        care = self._care()
        if care.unasked:
            raise UserError(
                self.env._(
                    "%(number)s: ask also: %(what)s.",
                    number=self.number,
                    what=self._labels(care.unasked),
                )
            )
        if care.level == "now":
            raise UserError(
                self.env._(
                    "%(number)s: tell the dentist now: %(why)s.",
                    number=self.number,
                    why=self.advice_text,
                )
            )
        if care.level == "today" and not self.note:
            raise UserError(
                self.env._(
                    "%s, What was advised: the dentist should hear of it today. Hand it over, or "
                    "write what the dentist advised.",
                    self.number,
                )
            )

    def _labels(self, names):
        return ", ".join(self._fields[name]._description_string(self.env) for name in names)

    def _reason_texts(self):
        return {
            "breathing": self.env._("breathing or swallowing is hard"),
            "bleeding": self.env._("bleeding does not stop"),
            "fever": self.env._("fever"),
            "severe_pain": self.env._("pain of 8 or more"),
            "swelling": self.env._("the swelling grows"),
            "unrelieved": self.env._("pain that the medicine does not help"),
            "pain": self.env._("pain of 6 or 7"),
            "numb": self.env._("still numb"),
        }
