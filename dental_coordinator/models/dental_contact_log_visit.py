# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DentalContactLog(models.Model):
    """A contact may be about a visit, and may be the server's own."""

    _inherit = "dental.contact.log"

    appointment_id = fields.Many2one("dental.appointment", ondelete="restrict", index=True)
    automatic = fields.Boolean(help="Sent by a rule, not by a person.")

    @property
    def _patient_links(self):
        return (*super()._patient_links, "appointment_id")
