# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

OUTCOME_DAYS = {"paid": 5, "wants_plan": 1, "wrong_address": 1}


class DentalCollection(models.Model):
    """What is heard when somebody is called about money, one key each."""

    _inherit = "dental.collection"

    # Actions

    def action_promise(self):
        """Ask until when how much is paid."""
        return self._ask("promise", self.env._("Promise to pay"))

    def action_dispute(self):
        """Ask what is wrong with the bill, and who sees to it."""
        return self._ask("dispute", self.env._("Disputed"))

    def action_plan(self):
        """Agree on installments: a new payment plan of this account."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payment plan"),
            "res_model": "dental.payment.plan",
            "views": [(False, "form")],
            "context": {"default_patient_id": self.patient_id.id},
        }

    # Business

    @api.model
    def _outcomes(self):
        return [
            ("paid", self.env._("Says it is paid")),
            ("promised", self.env._("Promises to pay")),
            ("disputes", self.env._("Disputes it")),
            ("wants_plan", self.env._("Wants a plan")),
            ("wrong_address", self.env._("Wrong address")),
            ("no_answer", self.env._("No answer")),
        ]

    @api.model
    def _lasting_outcomes(self):
        """These only ask; what is then kept is an outcome of its own, and is taken back."""
        return ("promised", "disputes")

    def _press_watched(self):
        cases = self._cases()
        return [(cases, cases._press_names())]

    def _outcome_promised(self):
        return self._one_action("action_promise")

    def _outcome_disputes(self):
        return self._one_action("action_dispute")

    def _outcome_paid(self):
        """Only the ledger says that it is: if it does not by then, somebody looks."""
        self._heard("paid", self.env._("Look for the payment"))

    def _outcome_wants_plan(self):
        self._heard("wants_plan", self.env._("Agree on the payment plan"))
        return self._one_action("action_plan") if len(self) == 1 else {}

    def _outcome_wrong_address(self):
        step = self.env._("Find the right address")
        self._heard("wrong_address", step, outcome="wrong_address")

    def _outcome_no_answer(self):
        self._answered("no_answer")
        self._log_contact("no_answer")
        self.env["dental.outcome.mixin"]._postpone(self.case_id, "no_answer")

    def _outcome_keep_promise(self):
        """A promise as `dental.collection.answer` asked for it."""
        self._cases()._take_turn()
        self._check_nothing_open()
        asked = self._asked()
        promise = self.env["dental.promise"].create(
            {**self._prepare_answer_vals(), "amount": asked.amount, "date": asked.date}
        )
        promise._begin()
        words = {"amount": self._money(asked.amount), "day": asked._day(asked.date)}
        note = self.env._("Promised %(amount)s until %(day)s", **words)
        day = asked.date + timedelta(days=1)
        self._heard("promised", self.env._("See whether it was paid"), note=note, day=day)

    def _outcome_keep_dispute(self):
        """A dispute as `dental.collection.answer` asked for it."""
        self._cases()._take_turn()
        self._check_nothing_open()
        asked = self._asked()
        dispute = self.env["dental.dispute"].create(
            {
                **self._prepare_answer_vals(),
                **{name: asked[name] for name in ("kind", "reason")},
                "owner_id": asked.owner_id.id,
                "next_date": asked.date,
                "next_action": self.env._("Find out, and tell the patient"),
                "amount": self.overdue,
            }
        )
        dispute._begin()
        step = self.env._("%s is being looked into", dispute.number)
        self._heard("disputes", step, day=asked.date)

    def _heard(self, key, step, outcome="reached", note=None, day=None):
        """Somebody was reached: noted, next step set; a courtesy call that was due is made."""
        label = self._answered(key)
        self._log_contact(outcome, note=note or label)
        day = day or fields.Date.context_today(self) + timedelta(days=OUTCOME_DAYS[key])
        due = self.filtered(lambda row: outcome == "reached" and row.step_kind == "call")
        called = [(row.case_id, row.step_id) for row in due]
        self.case_id.write({"next_action": step, "next_date": day})
        for case, rule in called:
            case._take_step(rule)

    def _answered(self, key):
        """It is this user's turn; whoever answers at the same time is told.

        :return: the answer in words
        """
        cases = self._cases()
        cases._take_turn()
        label = dict(self._outcomes())[key]
        vals = {"answer": label, "answered_at": fields.Datetime.now()}
        cases.write({**vals, "answered_by_id": self.env.uid})
        return label

    def _one_action(self, name):
        if len(self) != 1:
            return {"message": self.env._("Choose one account."), "level": "warning"}
        return {"action": getattr(self, name)()}

    def _ask(self, kind, title):
        self.ensure_one()
        self._check_nothing_open()
        amount = self.overdue if self.overdue > 0 else self.owed
        asked = self.env["dental.collection.answer"].create(
            {"answer": kind, "patient_id": self.patient_id.id, "amount": amount}
        )
        view = self.env.ref(f"dental_coordinator_billing.dental_collection_answer_view_{kind}")
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": asked._name,
            "res_id": asked.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _asked(self):
        return self.env["dental.collection.answer"].browse(self.env.context["dental_asked"])

    def _prepare_answer_vals(self):
        case = self._cases()
        return {
            "case_id": case.id,
            "patient_id": case.patient_id.id,
            "guarantor_id": self.guarantor_id.id,
        }

    def _check_nothing_open(self):
        """One thing at a time: a dispute is settled first, a promise is kept or broken.

        :raises UserError: naming what is open
        """
        case = self.case_id
        if case.dispute_id:
            raise UserError(
                self.env._(
                    "%(case)s is disputed: %(dispute)s. Settle that first.",
                    case=case.number,
                    dispute=case.dispute_id.number,
                )
            )
        if case.promise_id:
            raise UserError(
                self.env._(
                    "%(case)s has a promise already: %(promise)s. Take it back first, if it does "
                    "not hold any more.",
                    case=case.number,
                    promise=case.promise_id.number,
                )
            )
