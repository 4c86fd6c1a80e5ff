# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..triage import AfterAnswers, after_care
from .dental_intake import PAIN, YES_NO

ANSWERS = ("pain", "bleeding", "fever", "swelling", "numb", "relief")
ENOUGH_TRIES = 3
TODO = "mail.mail_activity_data_todo"


class DentalPostopCall(models.Model):
    """The call on the day after: how the patient is, and whether the dentist must hear of it."""

    _name = "dental.postop.call"
    _inherit = [
        "dental.numbered.mixin",
        "dental.flow.mixin",
        "dental.clinician.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
        "dental.outcome.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Call after treatment"
    _order = "next_date, id"
    _patient_links = ("appointment_id",)
    _contact_topic = "treatment"
    _flow = {"to_call": ("escalated", "closed"), "escalated": ("closed",)}
    _clinician_fields = frozenset({"dentist_note"})

    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", required=True, ondelete="restrict", index=True
    )
    state = fields.Selection(
        [("to_call", "To call"), ("escalated", "With the dentist"), ("closed", "Closed")],
        required=True,
        default="to_call",
        copy=False,
        index=True,
    )
    type_id = fields.Many2one(related="appointment_id.type_id", string="After")
    provider_id = fields.Many2one(related="appointment_id.provider_id")
    treated_on = fields.Datetime(related="appointment_id.start", string="Treated")
    phone = fields.Char(related="patient_id.phone")
    tries = fields.Integer(readonly=True, copy=False)
    last_try = fields.Datetime(readonly=True, copy=False, string="Last try")
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
    note = fields.Char(string="What was advised", copy=False)
    # What follows from it
    advice = fields.Selection(
        [("now", "Dentist now"), ("today", "Dentist today"), ("fine", "As expected")],
        compute="_compute_advice",
        store=True,
    )
    advice_text = fields.Char(compute="_compute_advice_text", string="Because")
    reached_at = fields.Datetime(readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False, string="Escalated at")
    dentist_note = fields.Text(string="The dentist's advice", copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False, string="Closed at")
    closed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Closed by"
    )

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

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(DentalPostopCall, quiet).create(vals_list).with_env(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Calls after treatment are kept. Close the call instead."))

    # Actions

    def action_ask(self):
        """The patient is on the phone: the questions."""
        self.ensure_one()
        view = self.env.ref("dental_coordinator.dental_postop_call_view_form_ask")
        return {
            "type": "ir.actions.act_window",
            "name": self.number,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def action_close(self):
        """Everything was asked and nothing is left to do."""
        for call in self:
            call._check_closing()
            call._note_reached()
            call._close()
        return {"type": "ir.actions.act_window_close"}

    def action_escalate(self):
        """The dentist takes over at once."""
        for call in self:
            if any(call[name] for name in ANSWERS):
                call._note_reached()
            owner = call.provider_id.user_id or call.owner_id
            call.write(
                {
                    "state": "escalated",
                    "escalated_at": fields.Datetime.now(),
                    "owner_id": owner.id,
                    "next_date": fields.Date.context_today(call),
                    "next_action": self.env._("The dentist calls the patient now"),
                }
            )
            call.activity_schedule(TODO, user_id=owner.id, summary=self.env._("Call back now"))
        return {"type": "ir.actions.act_window_close"}

    def action_open_visit(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dental.appointment",
            "res_id": self.appointment_id.id,
            "views": [(False, "form")],
        }

    # Business

    def _is_open(self):
        return self.state != "closed"

    @api.model
    def _outcomes(self):
        contact = dict(self._contact_outcomes())
        return [
            ("reached", self.env._("Reached: ask")),
            ("left_message", contact["left_message"]),
            ("no_answer", contact["no_answer"]),
            ("wrong_number", contact["wrong_number"]),
            ("escalate", self.env._("Dentist now")),
            ("give_up", self.env._("Not reached: close")),
        ]

    def _outcome_reached(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one call."), "level": "warning"}
        return {"action": self.action_ask()}

    def _outcome_escalate(self):
        self.action_escalate()
        return {"message": self.env._("Handed to %s", ", ".join(self.owner_id.mapped("name")))}

    def _outcome_give_up(self):
        """Nobody answered often enough; the dentist may look at the list of those closed so."""
        for call in self:
            if call.tries < ENOUGH_TRIES:
                raise UserError(
                    self.env._(
                        "%(number)s: tried %(tries)s times. Try %(enough)s times before closing.",
                        number=call.number,
                        tries=call.tries,
                        enough=ENOUGH_TRIES,
                    )
                )
            call.note = call.note or self.env._("Not reached")
            call._close()

    def _prepare_contact_vals(self, outcome):
        return {
            **super()._prepare_contact_vals(outcome),
            "appointment_id": self.appointment_id.id,
        }

    def _wait_after(self, outcome):
        """Who did not answer is tried again the same day; a message gives him until the next."""
        today = fields.Date.context_today(self)
        visits = self.env["dental.appointment"]
        steps = {
            "no_answer": (self.env._("Try again later today"), today),
            "wrong_number": (self.env._("Find the right number"), today),
            "left_message": (self.env._("Has not called back: try"), visits._next_open_day(today)),
        }
        step, day = steps.get(outcome, steps["no_answer"])
        for call in self:
            call.write(
                {
                    "tries": call.tries + 1,
                    "last_try": fields.Datetime.now(),
                    "next_action": step,
                    "next_date": day,
                }
            )

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

    def _note_reached(self):
        """The first time the patient is reached, the log says so."""
        if not self.reached_at and self.state == "to_call":
            self._log_contact("reached")
            now = fields.Datetime.now()
            self.write({"reached_at": now, "last_try": now, "tries": self.tries + 1})

    def _close(self):
        self.write(
            {
                "state": "closed",
                "closed_at": fields.Datetime.now(),
                "closed_by_id": self.env.uid,
                "next_action": False,
            }
        )
        self.sudo().activity_unlink([TODO])

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
