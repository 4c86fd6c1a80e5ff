# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

CHANNELS = [
    ("phone", "Phone"),
    ("work", "Phone at work"),
    ("text", "Text"),
    ("email", "Mail"),
    ("letter", "Letter"),
    ("note", "See the note"),
]


class DentalPatient(models.Model):
    """How a patient wants to be reached, by purpose, and what he agreed to."""

    _inherit = "dental.patient"

    confirm_channel = fields.Selection(
        CHANNELS,
        string="Confirm visits by",
        compute="_compute_confirm_channel",
        store=True,
        readonly=False,
        help="Filled from the usual way of contact until somebody chooses another.",
    )
    recall_channel = fields.Selection(
        CHANNELS, string="Recall by", compute="_compute_recall_channel", store=True, readonly=False
    )
    work_phone = fields.Char(string="Phone at work", groups="dental_coordinator.group_staff")
    contact_note = fields.Char(groups="dental_coordinator.group_staff", string="Contact note")

    @api.depends("contact_channel")
    def _compute_confirm_channel(self):
        for patient in self:
            patient.confirm_channel = patient.confirm_channel or patient.contact_channel

    @api.depends("contact_channel")
    def _compute_recall_channel(self):
        for patient in self:
            patient.recall_channel = patient.recall_channel or patient.contact_channel

    def _may_send(self, channel):
        """Whether a machine may write to this patient by ``email`` or ``text``.

        Only who said yes is written to; who wants no contact, or has no address, is not.
        """
        self.ensure_one()
        if self.do_not_contact or self.status in ("inactive", "deceased"):
            return False
        if channel == "email":
            return self.email_ok == "yes" and bool(self.email)
        return self.text_ok == "yes" and bool(self.phone)

    def _send_channels(self):
        """Ways by which a machine may write, the wanted one first."""
        wanted = [self.confirm_channel, "email", "text"]
        ways = [way for way in dict.fromkeys(wanted) if way in ("email", "text")]
        return [way for way in ways if self._may_send(way)]
