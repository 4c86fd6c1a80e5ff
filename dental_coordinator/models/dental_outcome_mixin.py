# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# How long somebody who was not reached is left in peace, in days.
AGAIN = {"left_message": 2, "no_answer": 1, "will_call": 7, "wrong_number": 1}


class DentalOutcomeMixin(models.AbstractModel):
    """A list that is worked through by outcomes, one key each; every one leaves a trace.

    The context key ``dental_list`` names the list, where a model is in several.
    """

    _name = "dental.outcome.mixin"
    _description = "Worked through by outcomes"

    #: what a contact made from the list is about, see `dental.contact.log`
    _contact_topic = "other"

    @api.model
    def work_outcomes(self):
        """The outcomes in the order of their keys: [{key, label}]"""
        return [{"key": key, "label": label} for key, label in self._outcomes()]

    def work_outcome(self, key):
        """Give these records an outcome.

        :return: {message, level (of a notification), action (what goes on) or absent, and where
            it can be taken back: press, said (what was done)}
        :raises UserError: for an outcome that the list does not have
        """
        labels = dict(self._outcomes())
        if key not in labels:
            raise UserError(self.env._("This list has no such outcome. Refresh the screen."))
        records = self.exists()
        records.check_access("read")
        if key in self._lasting_outcomes():
            answer = getattr(records, f"_outcome_{key}")()
        else:
            answer = self.env["dental.outcome.press"]._give(records, key, labels[key])
        return {"message": "", **(answer or {})}

    # Business

    @api.model
    def _outcomes(self):
        """(key, label) of the list; a method ``_outcome_<key>`` does it."""
        return self._contact_outcomes()

    @api.model
    def _contact_outcomes(self):
        return [
            ("left_message", self.env._("Left a message")),
            ("no_answer", self.env._("No answer")),
            ("will_call", self.env._("Will call back")),
            ("wrong_number", self.env._("Wrong number")),
        ]

    def _outcome_left_message(self):
        return self._outcome_contact("left_message")

    def _outcome_no_answer(self):
        return self._outcome_contact("no_answer")

    def _outcome_will_call(self):
        return self._outcome_contact("will_call")

    def _outcome_wrong_number(self):
        return self._outcome_contact("wrong_number")

    def _outcome_refused(self):
        """Wants no contact: the log marks the patient so."""
        return self._outcome_contact("refused")

    def _outcome_contact(self, outcome):
        self._log_contact(outcome)
        self._wait_after(outcome)
        return {}

    def _log_contact(self, outcome, **vals):
        """One line for each patient: what was tried with which outcome."""
        return self.env["dental.contact.log"].create(
            [
                {**record._prepare_contact_vals(outcome), **vals}
                for record in self
                if record.patient_id
            ]
        )

    def _prepare_contact_vals(self, outcome):
        return {
            "patient_id": self.patient_id.id,
            "topic": self._contact_topic,
            "outcome": outcome,
        }

    def _wait_after(self, outcome):
        """Whoever was not reached is tried again some days later."""
        self._postpone(self, outcome)

    @api.model
    def _postpone(self, records, outcome):
        if outcome not in AGAIN:
            return
        steps = {
            "wrong_number": self.env._("Find the right number"),
            "will_call": self.env._("Has not called back: ask"),
        }
        day = fields.Date.context_today(self) + timedelta(days=AGAIN[outcome])
        step = steps.get(outcome, self.env._("Try again"))
        records.write({"next_date": day, "next_action": step})
