# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

OUTCOMES = [
    ("reached", "Reached"),
    ("left_message", "Left a message"),
    ("no_answer", "No answer"),
    ("wrong_number", "Wrong number"),
    ("will_call", "Will call back"),
    ("refused", "Wants no contact"),
    ("sent", "Sent"),
]


class DentalContactLog(models.Model):
    """One attempt to speak with a patient, or one of theirs to speak with us. It only grows."""

    _name = "dental.contact.log"
    _inherit = ["dental.numbered.mixin", "dental.patient.links.mixin"]
    _description = "Contact with a patient"
    _order = "at desc, id desc"
    _patient_links = ("recall_id", "request_id", "referral_id")

    at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, ondelete="restrict"
    )
    direction = fields.Selection(
        [("out", "We to them"), ("in", "They to us")], required=True, default="out"
    )
    channel = fields.Selection(
        [
            ("phone", "Phone"),
            ("text", "Text"),
            ("email", "Mail"),
            ("letter", "Letter"),
            ("person", "In person"),
        ],
        required=True,
        default="phone",
    )
    topic = fields.Selection(
        [
            ("recall", "Recall"),
            ("appointment", "Appointment"),
            ("treatment", "Treatment"),
            ("result", "Result"),
            ("referral", "Referral"),
            ("money", "Money"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    outcome = fields.Selection(OUTCOMES, required=True, default="reached")
    note = fields.Char()
    recall_id = fields.Many2one("dental.recall", ondelete="restrict", index=True)
    request_id = fields.Many2one("dental.request", ondelete="restrict", index=True)
    referral_id = fields.Many2one("dental.referral", ondelete="restrict", index=True)

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._after_contact()
        return contacts

    def _after_contact(self):
        """What an outcome changes: whoever wants no contact gets none; the recall waits on."""
        refused = self.filtered(lambda c: c.outcome == "refused").patient_id
        if refused:
            refused.sudo().write({"do_not_contact": True})
        for recall in self.recall_id:
            recall._after_reminder()
