# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DentalRecall(models.Model):
    """The recall list is worked through like the others."""

    _name = "dental.recall"
    _inherit = ["dental.recall", "dental.outcome.mixin"]
    _contact_topic = "recall"

    @api.model
    def _outcomes(self):
        return [
            ("book", self.env._("Book")),
            *self._contact_outcomes(),
            ("refused", self.env._("Wants no contact")),
        ]

    def _prepare_contact_vals(self, outcome):
        return {**super()._prepare_contact_vals(outcome), "recall_id": self.id}

    def _outcome_book(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one patient to book."), "level": "warning"}
        return {"action": self.action_book()}

    def _wait_after(self, outcome):
        """The policy for reminders, which the contact set off, says how long to wait."""
