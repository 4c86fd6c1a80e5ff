# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("to_prepare", "sent", "more_info")


class DentalPrecert(models.Model):
    """A payer is asked beforehand what it would pay, and its answer is kept with its expiry."""

    _name = "dental.precert"
    _inherit = "dental.claim.mixin"
    _description = "Predetermination or preauthorization"
    _order = "next_date, id"
    _patient_links = ("coverage_id", "appointment_id")

    kind = fields.Selection(
        [
            ("predetermination", "Predetermination: what would be paid"),
            ("preauthorization", "Preauthorization: may it be done"),
        ],
        required=True,
        default="predetermination",
    )
    state = fields.Selection(
        [
            ("to_prepare", "To prepare"),
            ("sent", "Sent"),
            ("more_info", "More is asked"),
            ("approved", "Approved"),
            ("partly", "Partly approved"),
            ("denied", "Denied"),
            ("expired", "Expired"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="to_prepare",
        index=True,
    )
    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", ondelete="restrict", index="btree_not_null"
    )
    line_ids = fields.One2many("dental.precert.line", "precert_id")
    enclosure_ids = fields.One2many("dental.claim.enclosure", "precert_id")
    sent_on = fields.Date(string="Sent on", readonly=True, copy=False)
    expected_on = fields.Date(
        string="Answer expected",
        compute="_compute_expected_on",
        store=True,
        readonly=False,
        help="By the days this payer usually takes.",
    )
    answered_on = fields.Date(string="Answered on", readonly=True, copy=False)
    answer_number = fields.Char(
        string="Payer's answer number",
        readonly=True,
        copy=False,
        help="The claim carries it later.",
    )
    valid_until = fields.Date(string="Valid until", copy=False)
    answer_exchange_id = fields.Many2one(
        "dental.exchange",
        string="Answer's file",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    plan_amount = fields.Monetary(compute="_compute_amounts", store=True, string="Plan would pay")
    patient_amount = fields.Monetary(compute="_compute_amounts", store=True, string="Patient pays")

    _number_uniq = models.Constraint("UNIQUE (number)", "This number is taken.")

    # Computes

    @api.depends("sent_on", "payer_id.dental_precert_days")
    def _compute_expected_on(self):
        for precert in self:
            days = precert.payer_id.dental_precert_days or 30
            precert.expected_on = precert.sent_on and precert.sent_on + timedelta(days=days)

    @api.depends("line_ids.plan_amount", "line_ids.patient_amount")
    def _compute_amounts(self):
        for precert in self:
            precert.plan_amount = sum(precert.line_ids.mapped("plan_amount"))
            precert.patient_amount = sum(precert.line_ids.mapped("patient_amount"))

    # Actions

    def action_send(self):
        """Write those that lack nothing to files; of the others say what they lack."""
        for precert in self:
            if precert.state not in OPEN:
                raise UserError(
                    self.env._(
                        "%(number)s is %(state)s. Make a new one to ask again.",
                        number=precert.number,
                        state=precert._state_text().lower(),
                    )
                )
        exchanges = self.env["dental.claim.batch"]._send(self)
        self._check_all_sent()
        return exchanges.action_open() if len(exchanges) == 1 else True

    def action_answer(self):
        """Note an answer that came by phone, letter or portal."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer to %s", self.number),
            "res_model": "dental.precert.answer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_precert_id": self.id},
        }

    def action_more_info(self):
        return self._set_state("more_info", self.env._("Send what the payer asks for"), 1)

    def action_withdraw(self):
        self.write({"state": "withdrawn", "next_action": False})
        return True

    # Business

    def _is_open(self):
        return self.state in OPEN

    def _state_text(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _set_state(self, state, action, days):
        self.write(
            {
                "state": state,
                "next_action": action,
                "next_date": fields.Date.context_today(self) + timedelta(days=days),
            }
        )
        return True

    def _x12_kind(self):
        return {"kind": "predetermination"}

    def _mark_written(self, exchange):
        """These were written to ``exchange``."""
        for precert in self:
            days = precert.payer_id.dental_precert_days or 30
            precert.write({"exchange_id": exchange.id, "sent_on": fields.Date.context_today(self)})
            precert._set_state("sent", self.env._("Ask for the answer"), days)

    def _acknowledge(self, kind, accepted, text, exchange):
        """Note an acknowledgment; a refusal brings the request back to somebody's desk."""
        for precert in self:
            precert.message_post(body=self.env._("%(kind)s: %(text)s", kind=kind, text=text))
            if not accepted and precert.state == "sent":
                precert._set_state("to_prepare", self.env._("Correct and send again"), 0)

    def _note_acknowledgment(self, kind, text, _exchange):
        """Keep an acknowledgment that decides nothing."""
        for precert in self:
            precert.message_post(body=self.env._("%(kind)s: %(text)s", kind=kind, text=text))

    def _check_all_sent(self):
        held = self.filtered("gaps")
        if held and held == self:
            raise UserError(
                "\n".join(
                    f"{precert.number}: {gap['message']}. {gap['remedy']}"
                    for precert in held
                    for gap in precert.gaps
                )
            )

    def _record_answer(self, answers, number, valid_until=False, day=None, exchange=None):
        """Keep a payer's answer; estimates follow it from now on.

        :param answers: {line: {approved, allowed, plan_amount, patient_amount, remark, code_given}}
        :param number: the payer's number, which the claim will carry
        """
        self.ensure_one()
        for line, vals in answers.items():
            line.write(vals)
        approved = set(self.line_ids.mapped("approved"))
        state = "partly"
        if approved <= {"yes"}:
            state = "approved"
        elif approved <= {"no"}:
            state = "denied"
        self.write(
            {
                "state": state,
                "answer_number": number,
                "answered_on": day or fields.Date.context_today(self),
                "valid_until": valid_until,
                "answer_exchange_id": exchange.id if exchange else False,
                "next_action": False,
            }
        )

    @api.model
    def _open_for(self, procedures, coverage, appointment=None):
        """A new predetermination of these procedures for one coverage."""
        patient = procedures.patient_id
        patient.ensure_one()
        line = self.env["dental.precert.line"]
        return self.create(
            {
                "patient_id": patient.id,
                "coverage_id": coverage.id,
                "appointment_id": appointment.id if appointment else False,
                "provider_id": self._treating_dentist(procedures, appointment).id,
                "next_action": self.env._("Prepare and send"),
                "line_ids": [
                    fields.Command.create(line._prepare_service_vals(procedure))
                    for procedure in procedures
                ],
            }
        )
