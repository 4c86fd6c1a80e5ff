# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

ENOUGH_TRIES = 3
TODO = "mail.mail_activity_data_todo"


class DentalCallMixin(models.AbstractModel):
    """A call to a patient about a visit: tried until reached, asked, closed or handed over."""

    _name = "dental.call.mixin"
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
    _description = "Call to a patient about a visit"
    _order = "next_date, id"
    _patient_links = ("appointment_id",)
    _contact_topic = "treatment"
    _flow = {"to_call": ("escalated", "closed"), "escalated": ("closed",)}
    _clinician_fields = frozenset({"dentist_note"})
    #: the form with the questions
    _ask_view = None

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
    type_id = fields.Many2one(related="appointment_id.type_id")
    provider_id = fields.Many2one(related="appointment_id.provider_id")
    phone = fields.Char(related="patient_id.phone")
    tries = fields.Integer(readonly=True, copy=False)
    last_try = fields.Datetime(readonly=True, copy=False, string="Last try")
    reached_at = fields.Datetime(readonly=True, copy=False)
    escalated_at = fields.Datetime(readonly=True, copy=False, string="Escalated at")
    escalated_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Handed over by"
    )
    dentist_note = fields.Text(string="The dentist's advice", copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False, string="Closed at")
    closed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Closed by"
    )
    note = fields.Char(string="What was advised", copy=False)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(DentalCallMixin, quiet).create(vals_list).with_env(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Calls to patients are kept. Close the call instead."))

    # Actions

    def action_ask(self):
        """The patient is on the phone: the questions."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.number,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref(self._ask_view).id, "form")],
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
            if call._was_asked():
                call._note_reached()
            step, summary = call._escalation()
            owner = call.provider_id.user_id or call.owner_id
            call.write(
                {
                    "state": "escalated",
                    "escalated_at": fields.Datetime.now(),
                    "escalated_by_id": self.env.uid,
                    "owner_id": owner.id,
                    "next_date": fields.Date.context_today(call),
                    "next_action": step,
                }
            )
            call.activity_schedule(TODO, user_id=owner.id, summary=summary)
        return {"type": "ir.actions.act_window_close"}

    def action_open_visit(self):
        self.ensure_one()
        return self.appointment_id.action_open()

    # Business

    def _is_open(self):
        return self.state in ("to_call", "escalated")

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
        self._check_tries()
        for call in self:
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
        steps = {
            "wrong_number": self.env._("Find the right number"),
            "left_message": self.env._("Has not called back: try"),
        }
        for call in self:
            call.write(
                {
                    "tries": call.tries + 1,
                    "last_try": fields.Datetime.now(),
                    "next_action": steps.get(outcome, self.env._("Try again later today")),
                    "next_date": call._day_after(today) if outcome == "left_message" else today,
                }
            )

    def _day_after(self, today):
        """When somebody is tried again who was left a message today."""
        return self.env["dental.appointment"]._next_open_day(today)

    def _check_tries(self):
        """Refuse to give up before it was tried often enough.

        :raises UserError: naming the call and how often is enough
        """
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

    def _check_closing(self):
        """Refuse to close what somebody must still ask or hear.

        :raises UserError: naming what is missing
        """
        raise NotImplementedError

    def _was_asked(self):
        """Whether the patient has answered anything."""
        raise NotImplementedError

    def _escalation(self):
        """The dentist's next step, and the words of the task."""
        raise NotImplementedError

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
