# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .dental_outcome_undo import DUE

STAMPS = ("sent_on", "received_on", "real_days", "checked_on", "checked_by_id", "delivered_on")


class DentalLabCase(models.Model):
    """The list of cases is worked through by keys, several rows at once."""

    _name = "dental.lab.case"
    _inherit = ["dental.lab.case", "dental.outcome.mixin"]

    @api.model
    def _outcomes(self):
        return [
            ("sent", self.env._("Sent")),
            ("received", self.env._("Received")),
            ("checked", self.env._("Quality checked")),
            ("delivered", self.env._("Delivered")),
            ("asked", self.env._("Laboratory asked")),
            ("back", self.env._("One step back")),
        ]

    def _press_watched(self):
        return [(self, ("state", *STAMPS, *DUE))]

    def _outcome_sent(self):
        self.action_send()

    def _outcome_received(self):
        self.action_receive()

    def _outcome_checked(self):
        self.action_check()

    def _outcome_delivered(self):
        self.action_deliver()

    def _outcome_asked(self):
        self.action_ask()

    def _outcome_back(self):
        self.action_back()
